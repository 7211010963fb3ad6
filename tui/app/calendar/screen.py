"""The calendar: holds what is selected, asks the library, and hands its widgets what they show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.app.calendar.agenda import Agenda
from tui.app.calendar.months import MonthStrip
from tui.app.calendar.status import Status
from tui.app.commands import bindings, footer
from tui.app.film.detail import Detail
from tui.app.guard import EXPECTED, Guarded, line
from tui.app.widgets.bars import Active, Keys, Title
from tui.base.errors import NotFoundError
from tui.base.text import clean
from tui.films import dates, spoken, terms
from tui.library.library import Library, Row, Selection, key_of_place
from tui.library.view import View
from tui.user import settings

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.widgets import Input

    from tui.base.words import Words
    from tui.user.settings import Settings

_MONTHS_NAMED = 4
"""Of those that have hits, where the month that is shown has none."""

_DAY_CHECKED = 10
"""Seconds between two looks whether another day has begun."""

_VIEWS = ("", "-only-agenda", "-only-detail")


class CalendarScreen(Guarded, Screen[None]):
    class Moved(Message):
        """The catalog is another one now: the user's own, made from the one that comes with the program."""

        def __init__(self, screen: CalendarScreen, catalog: Path) -> None:
            super().__init__()
            self.screen, self.catalog = screen, catalog

    BINDINGS: ClassVar[list[Binding]] = bindings()  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 (Textual declares them so)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, library: Library, words: Words, settings: Settings, only: int | None = None) -> None:
        """`only` is the period to show at the start, None for all."""
        super().__init__()
        self._library = library
        self._words = words
        self._settings = settings
        self._today = settings.places.today
        self._only = only
        self._selection = Selection()
        self._whole = View()  # the selection's rows in all months
        self._wanted: tuple[str, int, int] | None = None  # the user's film: id, release, place
        self._filling = False
        self._view_mode = 0
        self._seen: set[str] = set()  # films that the cursor was on in this session

    def compose(self) -> ComposeResult:
        yield Title(self._words, self._today)
        yield MonthStrip(self._words)
        with Horizontal(id="narrowing"):
            yield Active()
        yield Status(self._library, self._words)
        with Horizontal(id="panes"):
            yield Agenda(self._words, self._today)
            yield Detail(self._words, self._today)
        yield Keys(footer(self._words))

    def on_mount(self) -> None:
        self.agenda = self.query_one(Agenda)
        self._detail = self.query_one(Detail)
        self._months = self.query_one(MonthStrip)
        self._active = self.query_one(Active)
        self._status = self.query_one(Status)
        self.agenda.border_title = self._words.gettext("Schedule")
        self.watch(self.agenda, "cursor", self._moved, init=False)
        self.agenda.focus()
        if self._settings.follows:
            self.set_interval(_DAY_CHECKED, self.look_at_the_clock)
        self._mark()
        self._status.open()
        self._fill(self._library.view(self._selection))

    def look_at_the_clock(self) -> None:
        """After midnight or a suspend: everything that tells the day, and the cursor unless the user has moved it."""
        today = settings.clock() if self._settings.follows else self._today
        if today == self._today:
            return
        untouched = self.agenda.cursor == self._next(self.agenda.view)
        self._today = today
        self._settings = msgspec.structs.replace(self._settings, places=self._settings.places.on(today))
        self._library.today = today
        for part in (self.query_one(Title), self.agenda, self._detail):
            part.turn(today)
        if untouched:
            self.action_today()

    def move_to(self, library: Library, settings: Settings) -> None:
        """Go on with another catalog; what is selected and chosen stays."""
        self._library, self._settings = library, settings
        self._status.watch_over(library)
        self._whole = View()
        self._ask()

    # selection -> view -> widgets

    def select(self, selection: Selection) -> None:
        """Show these rows; asked for behind the screen, the newest wish wins."""
        if selection != self._selection:
            self._selection = selection
            self._ask()

    def _ask(self) -> None:
        if self._only is not None:
            near = self._only
        elif self._wanted is not None:
            near = key_of_place(self._wanted[2])
        else:
            near = dates.key_of(self._today)
        # what is on the screen already stays until it is counted anew
        ahead = near if self._whole.selection != self._selection or self._whole.partial else None
        self.run_worker(partial(self._answer, self._selection, ahead), thread=True, exclusive=True, group="view")

    def _answer(self, selection: Selection, ahead: int | None) -> None:
        """First, where they are wanted ahead, the rows that are seen from that key on; then how many there are."""
        worker = get_current_worker()
        try:
            view = None
            if ahead is not None:
                view = self._library.glimpse(selection, ahead)
                if not worker.is_cancelled:
                    self.app.call_from_thread(self._fill, view)
            if (view is None or view.partial) and not worker.is_cancelled:
                view = self._library.view(selection)
                if not worker.is_cancelled:
                    self.app.call_from_thread(self._fill, view)
        except EXPECTED as error:
            self.app.call_from_thread(self.fail, line(error, self._words))

    def fail(self, why: str) -> None:
        """Say in a line what could not be done; what is shown stays."""
        self._status.fail(why)

    def _rows(self, view: View, first: int, count: int) -> list[Row]:
        """A page for the agenda, which asks while it draws: nothing may be raised there."""
        try:
            return self._library.rows(view, first, count)
        except EXPECTED as error:
            self.call_later(self.fail, line(error, self._words))
            return []

    def _fill(self, whole: View) -> None:
        if whole.selection != self._selection:
            return
        self._whole = whole
        self._show()

    def _show(self) -> None:
        """The whole in the chosen month, the cursor on the user's film or on what is next to it."""
        view = self._whole.within(self._only)
        if self._wanted is None:
            index = self._start(view)
        else:
            id, ordinal, place = self._wanted
            found = self._library.find(view, id, ordinal)
            index = self._library.position(view, place) if found is None else found
        self._filling = True
        self.agenda.show(view, partial(self._rows, view), index, self._hint())
        self._filling = False
        self._tell_chosen()
        if self._wanted is None:
            self._want(self.agenda.chosen)
        self._show_active()

    def _start(self, view: View) -> int:
        """Where the cursor goes unless the user has chosen: the next release; a past month's first."""
        return 0 if view.only is not None and view.only < dates.key_of(self._today) else self._next(view)

    def _next(self, view: View) -> int:
        return self._library.next_from(view, self._today)

    def _hint(self) -> str:
        _ = self._words.gettext
        if self._status.progress:
            return _("The catalog is being read…")
        if self._only is not None and self._whole.months and not self._whole.partial:
            near = sorted(self._whole.months, key=lambda month: abs(month[0] - (self._only or 0)))[:_MONTHS_NAMED]
            months = ", ".join(f"{spoken.period(period, self._words)} ({rows})" for period, rows in sorted(near))
            return _("Nothing in {month}, but in {months}. 0 shows all months.").format(
                month=spoken.period(self._only, self._words), months=months
            )
        if self._only is not None or self._selection != Selection():
            return _("No film matches. Esc clears the filters.")
        return _("No films here yet.")

    def _want(self, row: Row | None) -> None:
        if row is not None:
            self._wanted = row.id, row.ordinal, row.place
            self._seen.add(row.id)
            self.agenda.unseen.discard(row.id)

    def _moved(self) -> None:
        """The user's step. Called, not messaged, so that list, detail and months come in one frame."""
        if not self._filling:
            self._want(self.agenda.chosen)
            self._tell_chosen()

    def _tell_chosen(self) -> None:
        row = self.agenda.chosen
        if not self._whole.partial:  # the months are known when all is counted
            self._months.show(self._whole.within(self._only), dates.period_of(row.key) if row else None)
        if row is None:
            self._detail.show(None)
            return
        try:
            film = self._library.film(row.id)
        except NotFoundError:  # gone since the list was filled
            self._detail.show(None)
            self._ask()
            return
        self._detail.show(film, row.ordinal, self._library.news_of(row.id), self._selection.words)

    def _show_active(self) -> None:
        words, selection = self._words, self._selection
        what = []
        if self._only is not None:
            what.append(spoken.period(self._only, words))
        if selection.words and not self._searching:
            what.append(f"“{clean(selection.search)}”")
        what += sorted(terms.genre(name, words) for name in selection.genres)
        what += sorted(selection.ratings)
        what += sorted(terms.release_type(name, words) for name in selection.types)
        what += sorted(terms.status(name, words) for name in selection.statuses)
        count = words.ngettext("{n} film", "{n} films", self.agenda.view.total)
        if self.agenda.view.partial:
            count = f"≥ {count}"
        clears = words.gettext("Esc clears")
        self._active.show(what or ([""] if self._searching else []), f"{count} · {clears}")

    # moving

    @property
    def _in_detail(self) -> bool:
        return self.focused is self._detail

    def action_previous(self) -> None:
        self._detail.scroll_up(animate=False) if self._in_detail else self.agenda.move(-1)

    def action_next(self) -> None:
        self._detail.scroll_down(animate=False) if self._in_detail else self.agenda.move(1)

    def action_page_up(self) -> None:
        self._detail.scroll_page_up(animate=False) if self._in_detail else self.agenda.move(-self._page)

    def action_page_down(self) -> None:
        self._detail.scroll_page_down(animate=False) if self._in_detail else self.agenda.move(self._page)

    @property
    def _page(self) -> int:
        return max(1, self.agenda.rows_seen - 2)

    def action_first(self) -> None:
        self._detail.scroll_home(animate=False) if self._in_detail else self.agenda.move(-self.agenda.view.total)

    def action_last(self) -> None:
        self._detail.scroll_end(animate=False) if self._in_detail else self.agenda.move(self.agenda.view.total)

    def action_previous_month(self) -> None:
        self._turn(-1)

    def action_next_month(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        if self._only is None:
            self.agenda.move_month(by)
        else:
            self._filter_by(by)

    def action_today(self) -> None:
        self.agenda.cursor = self._next(self.agenda.view)

    # months

    def show_month(self, period: int | None) -> None:
        """Only this period; None for all."""
        if period != self._only:
            self._only = period
            if period is not None and self._wanted and dates.period_of(key_of_place(self._wanted[2])) != period:
                self._wanted = None
            self._show()
            self._want(self.agenda.chosen)  # who goes to a month stays there when all are shown again

    def action_filter_next(self) -> None:
        self._filter_by(1)

    def action_filter_previous(self) -> None:
        self._filter_by(-1)

    def _filter_by(self, by: int) -> None:
        periods = [period for period, _ in self._whole.months]
        if not periods:
            return
        if self._only is None:
            row = self.agenda.chosen
            self.show_month(dates.period_of(row.key) if row else periods[0])
            return
        later = [period for period in periods if period > self._only]
        earlier = [period for period in periods if period < self._only]
        self.show_month((later[0] if later else None) if by > 0 else (earlier[-1] if earlier else None))

    def action_filter_none(self) -> None:
        self.show_month(None)

    def on_month_strip_picked(self, event: MonthStrip.Picked) -> None:
        self.show_month(event.period)

    # searching and filtering

    @property
    def _search(self) -> Input | None:
        return next(iter(self.query("#search").results()), None)  # type: ignore[return-value]

    @property
    def _searching(self) -> bool:
        search = self._search
        return search is not None and bool(search.display)

    async def action_search(self) -> None:
        search = self._search
        if search is None:
            from tui.app.widgets.search import Search

            search = Search(self._words.gettext("Title, person, synopsis"))
            await self.query_one("#narrowing").mount(search, before=0)
        search.display = True
        search.value = self._selection.search
        search.focus()
        self._show_active()

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._searching:
            self.search(event.value)

    def search(self, query: str) -> None:
        self.select(msgspec.structs.replace(self._selection, search=query))

    def on_input_submitted(self) -> None:
        self._close_search()

    def _close_search(self) -> None:
        search = self._search
        if search is not None:
            search.display = False
        self.agenda.focus()
        self._show_active()

    def action_clear(self) -> None:
        if self._searching:
            self._close_search()
            self.search("")
        elif self.has_class("-reading"):
            self._read(reading=False)
        elif self._only is not None or self._selection != Selection():
            self._only = None
            if self._selection == Selection():
                self._show()
            else:
                self.select(Selection())
        elif self._in_detail:
            self.agenda.focus()

    def action_filter(self) -> None:
        from tui.app.sheets.filters import FilterScreen

        def chosen(selection: Selection | None) -> None:
            if selection is not None:
                self.select(selection)

        self.app.push_screen(FilterScreen(self._words, self._library.facets(), self._selection), chosen)

    # panes

    def _read(self, *, reading: bool) -> None:
        """On a small terminal the panes take turns."""
        self.set_class(reading, "-reading")
        if (reading and self._view_mode == 1) or (not reading and self._view_mode == 2):
            self._set_view(0)
        (self._detail if reading else self.agenda).focus()

    def action_other_pane(self) -> None:
        if self._searching:
            self._close_search()
        self._read(reading=not self._in_detail)

    def action_detail(self) -> None:
        self._read(reading=True)

    def on_agenda_chosen(self) -> None:
        self._read(reading=True)

    def action_view(self) -> None:
        self._set_view((self._view_mode + 1) % len(_VIEWS))
        if self._view_mode:
            self._read(reading=self._view_mode == 2)

    def _set_view(self, mode: int) -> None:
        self._view_mode = mode
        for name in filter(None, _VIEWS):
            self.set_class(name == _VIEWS[mode], name)

    # links, sheets, the program

    def action_open_link(self) -> None:
        row = self.agenda.chosen
        try:
            links = self._library.film(row.id).links if row else {}
        except NotFoundError:  # gone since the list was filled
            self._ask()
            return
        if links:
            self.open(next(iter(links.values())))
        else:
            self.notify(self._words.gettext("The catalog has no link for this film."), markup=False)

    def on_detail_link_chosen(self, event: Detail.LinkChosen) -> None:
        self.open(event.address)

    def open(self, address: str) -> None:
        if address.lower().startswith(("http://", "https://")):
            self.app.open_url(address)

    def action_news(self) -> None:
        from tui.app.sheets.sheets import news_sheet

        self.app.push_screen(news_sheet(self._words, self._library.news()), self._leave_sheet)

    def action_problems(self) -> None:
        from tui.app.sheets.sheets import problems_sheet

        self.app.push_screen(
            problems_sheet(self._words, [*self._status.held, *self._library.problems(1000)], self._status.failure)
        )

    def on_status_changed(self) -> None:
        self._mark()
        self._ask()

    def _mark(self) -> None:
        """Mark what changed since the last visit, but for what was looked at meanwhile."""
        _, unseen = self._library.since_visit()
        self.agenda.unseen = unseen - self._seen

    def on_unmount(self) -> None:
        self._library.keep_visit(self.agenda.unseen)

    def action_changes(self) -> None:
        from tui.app.sheets.changes import ChangesScreen

        visited, _ = self._library.since_visit()
        self.app.push_screen(ChangesScreen(self._words, self._today, visited, self._library.changed))

    def action_import(self) -> None:
        from tui.app.sheets.importing import ImportFlow

        ImportFlow(self, self._words, self._settings, self._imported).begin()

    def _imported(self, catalog: Path) -> None:
        """Films were written into this catalog."""
        if catalog == self._library.catalog:
            self._status.reload()
        else:
            self.post_message(self.Moved(self, catalog))

    def action_reload(self) -> None:
        self._status.reload()

    def on_status_asked(self) -> None:
        self.action_problems()

    def action_help(self) -> None:
        from tui.app.sheets.sheets import help_sheet

        self.app.push_screen(help_sheet(self._words))

    def _leave_sheet(self, address: str | None) -> None:
        if address:
            self.open(address)

    def action_theme(self) -> None:
        self.app.theme = "filmtui-light" if self.app.current_theme.dark else "filmtui-dark"

    def action_palette(self) -> None:
        self.app.action_command_palette()

    def action_leave(self) -> None:
        self.app.exit()

    async def on_keys_pressed(self, event: Keys.Pressed) -> None:
        await self.run_action(event.action)

    @property
    def whole(self) -> View:
        return self._whole

    @property
    def words(self) -> Words:
        return self._words
