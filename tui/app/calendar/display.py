"""The calendar's state on the screen: the widgets that show it, and the workers that ask the library for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.app.calendar import marks, surroundings, wording
from tui.app.calendar.daysoff import DaysOff
from tui.app.calendar.following import Following
from tui.app.calendar.months import MonthStrip
from tui.app.calendar.narrowing import Narrowing
from tui.app.calendar.panes import Panes
from tui.app.calendar.state import CalendarState
from tui.app.calendar.status import Status
from tui.app.calendar.views import ENDING, NOTHING, VIEWS
from tui.app.commands import view_tabs
from tui.app.film.detail import Detail
from tui.app.footer import footer
from tui.app.guard import EXPECTED, Guarded, line
from tui.app.widgets.bars import Active, Keys, TitleBar
from tui.base.errors import NotFoundError
from tui.user import settings

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from tui.app.calendar.state import Question
    from tui.app.calendar.views import CalendarView, ViewEntry
    from tui.base.words import Words
    from tui.library.library import Library
    from tui.library.view import View
    from tui.user.settings import Settings

_DAY_CHECKED = 10
"""Seconds between two looks whether another day has begun."""


class CalendarDisplay(Guarded, Screen[None]):
    """Changes the state and tells the widgets. Knows no keys: what these do is in `CalendarScreen`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 (Textual declares them so)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, library: Library, words: Words, settings: Settings, only: int | None = None) -> None:
        """`only` is the period to show at the start, None for all."""
        super().__init__()
        self.words = words
        self.state = CalendarState(library, settings.places.today, only)
        self.following = Following(self, library, words, settings.kept.problems)
        self._views: dict[ViewEntry, CalendarView] = {}
        self._entry = VIEWS[0]
        self.active_view = self._view(self._entry)
        self._title = TitleBar(words, self.state.today, view_tabs(words))
        self.keys_here = footer(words, self._entry.action)
        self._keys = Keys(self.keys_here)
        self._days_off = DaysOff(self, settings.places.cache, settings.region, words)
        self.detail = Detail(words, settings.places.today)
        self.narrowing = Narrowing(words)
        self._active = Active()
        self.settings = settings
        self._months = MonthStrip(words)
        self._status = Status()
        self.panes = Panes(self.active_view, self.detail)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self.narrowing
        yield self._months
        yield self._active
        yield self._status
        yield self.panes
        yield self._keys

    def on_mount(self) -> None:
        self.active_view.focus()
        if self.settings.follows:
            self.set_interval(_DAY_CHECKED, self.look_at_the_clock)
        self.state.mark()
        self.following.open()
        self._show_status()
        self._take(next(self.state.question.answers()))
        if self.state.whole.partial:
            self.ask()
        self.begin()
        self.call_after_refresh(self._look_for_holidays)

    def begin(self) -> None:
        """Show what the calendar opens with."""
        if self.state.period is None:
            self.go_to_today()

    def on_unmount(self) -> None:
        self.following.close()
        self.state.leave()

    def look_at_the_clock(self) -> None:
        """After midnight or a suspend: everything that tells the day, and the cursor unless the user has moved it."""
        today = settings.clock() if self.settings.follows else self.state.today
        if today == self.state.today:
            return
        untouched = self.state.turn(today)
        self.settings = msgspec.structs.replace(self.settings, places=self.settings.places.on(today))
        self._title.turn(today)
        self.detail.turn(today)
        self._show()
        self._look_for_holidays()
        if untouched:
            self.go_to_today()

    def move_to(self, library: Library, settings: Settings) -> None:
        """Go on with another catalog; what is selected and chosen stays."""
        self.settings = settings
        self.state.move_to(library)
        self.following.move_to(library)
        self._show_status()
        self.ask()

    def on_following_changed(self) -> None:
        self.following.refill()
        self._show_status()
        self.state.mark()
        self.ask()

    def on_following_touched(self) -> None:
        self.following.reload()

    def on_following_reported(self) -> None:
        self._show_status()

    def fail(self, why: str) -> None:
        """Say in a line what could not be done; what is shown stays."""
        self.following.fail(why)

    def _show_status(self) -> None:
        text = self.following.text
        self._status.show(text, wrong=text != self.following.progress)

    def ask(self) -> None:
        """Ask the library anew, behind the screen. An answer that is still to come is dropped."""
        self.run_worker(partial(self._answer, self.state.question), thread=True, exclusive=True, group="view")

    def _answer(self, question: Question) -> None:
        worker = get_current_worker()
        try:
            for whole in question.answers():
                if not worker.is_cancelled:
                    self.app.call_from_thread(self._take, whole)
                if worker.is_cancelled:  # by a newer question: what is left of this one need not be counted
                    break
        except EXPECTED as error:
            self.app.call_from_thread(self.fail, line(error, self.words))

    def _take(self, whole: View) -> None:
        if self.state.take(whole):
            self._show()

    def _show(self) -> None:
        state = self.state
        if not state.between and self._entry.action == VIEWS[0].action:
            state.between = tuple(marks.rules(state.library, state.view, state.today, self.words))
            if state.holidays and state.between:
                self._look_for_holidays()
        reading = bool(self.following.progress)
        self._show_view()
        self.active_view.show(wording.hint(self.state, self.words, reading=reading))
        self.state.settle(reading=reading)
        self._show_chosen()
        self.show_narrowing()

    def show_keys(self) -> None:
        """Name the keys that work here."""
        reading, linked = self.has_class("-reading"), self.detail.linked
        narrowed = self.state.narrowed
        self.keys_here = footer(self.words, self._entry.action, reading=reading, narrowed=narrowed, linked=linked)
        self._keys.show(self.keys_here)

    def _show_chosen(self) -> None:
        self._show_film()
        self.show_keys()

    def _show_film(self) -> None:
        row = self.state.chosen
        if self.active_view.by_days and self.state.day.year not in self._days_off.years:
            self._look_for_holidays()
        if not self.state.whole.partial:  # the months are known when all is counted
            self._months.show(self.state.view, self.state.month)
        if row is None:
            self.detail.show(None)
            return
        library = self.state.library
        try:
            film = library.film(row.id)
        except NotFoundError:  # gone since the list was filled
            self.detail.show(None)
            self.ask()
            return
        self.detail.show(
            film,
            row.ordinal,
            library.news_of(row.id),
            surroundings.around(library, row, self.state.holidays, self.state.stars),
            self.state.selection.words,
        )

    def _look_for_holidays(self) -> None:
        day = self.state.day if self.active_view.by_days else self.state.today
        self._days_off.look(self.state.library, self.state.view, self.state.today, day)

    def on_days_off_found(self, event: DaysOff.Found) -> None:
        state = self.state
        state.holidays = event.holidays
        if self._entry is not VIEWS[0]:
            self._show()
        elif event.view is state.view:
            state.between = event.between
            self.active_view.show_between()
        else:  # other rows are shown meanwhile
            self._look_for_holidays()
        self._show_chosen()

    # the views

    def _view(self, entry: ViewEntry) -> CalendarView:
        view = self._views.get(entry)
        if view is None:
            view = self._views[entry] = entry.load()(self.state, self.words)
            view.border_title = self.words.gettext(entry.title)
        return view

    def open_view(self, entry: ViewEntry) -> None:
        """Show the calendar this way; cursor and selection stay."""
        if entry is not self._entry:
            self._entry = entry
            self._show_view()
            self._title.show(next((n for n, one in enumerate(VIEWS) if one is entry), 0))
        self.set_class(entry.whole, "-whole")
        self.remove_class("-reading")
        self.active_view.focus()
        self._show()

    def _show_view(self) -> None:
        """Show the active view, or what is offered in its place; the focus goes along."""
        offers = wording.offered(self.state, self.words, reading=bool(self.following.progress))
        before, view = self.active_view, self._view(NOTHING if offers else self._entry)
        if offers:
            view.offer(offers)
        if view is not before:
            self.active_view = view
            view.display = True
            if not view.is_attached:
                self.panes.mount(view, before=0)
            if before.has_focus:
                view.focus()
            before.display = False

    def go_to_today(self) -> None:
        """The next release from today on, with today in sight; where nothing is ahead, the page that says so."""
        if self._entry in {VIEWS[0], ENDING} and self.state.ended:
            self.open_view(ENDING)
            return
        if self._entry is ENDING:
            self.open_view(VIEWS[0])
        if self._entry is VIEWS[0]:
            self.go(self.state.next_release)
        else:
            self.go_to_day(self.state.today, week=not self.active_view.by_days)
        self.active_view.show_today()

    def go_to_day(self, day: date, *, week: bool = False) -> None:
        """The cursor on this day, with films or without; `week`: on the first film of its week."""
        before = self.state.cursor
        (self.state.go_to_week if week else self.state.go_to_day)(day)
        self.state.keep()
        self.active_view.show_cursor(before)
        self._show_chosen()

    def show_narrowing(self) -> None:
        """Show what narrows the calendar: beside the search box while that is open, then in a line of its own."""
        searching, count = self.narrowing.searching, wording.count(self.state, self.words)
        self.narrowing.show(self.state.understood.said, count)
        self._active.show(wording.narrowing(self.state, self.words), count, stay=searching)

    def go(self, index: int) -> None:
        """Move the cursor. List, detail and months change in one turn of the event loop, so they come in one frame."""
        if self._entry is ENDING:
            self.open_view(VIEWS[0])
        before = self.state.cursor
        if self.state.go(index):
            self.active_view.show_cursor(before)
            self.state.keep()
            self._show_chosen()
