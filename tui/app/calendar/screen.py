"""What keys, clicks and commands do in the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.app.binding import bindings, rebind
from tui.app.calendar.bydays import ByDays
from tui.app.calendar.taking import CalendarTaking
from tui.app.calendar.views import VIEWS
from tui.app.commands import COMMANDS
from tui.app.widgets.page import Page
from tui.films.dates import first_key, key_of, period_of, shifted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import Binding

    from tui.app.calendar.months import MonthStrip
    from tui.app.calendar.views import CalendarView, Step
    from tui.app.widgets.bars import Tabs
    from tui.exports.listing import Listing

_PANES = ("", "-only-calendar", "-only-detail")
"""The screen's class where both panes are shown, and where either is alone."""


class CalendarScreen(ByDays, CalendarTaking):
    """Each command's action, and the messages of the widgets."""

    BINDINGS: ClassVar[list[Binding]] = bindings()  # type: ignore[assignment]

    def on_mount(self) -> None:
        """Bind the keys of the settings."""
        rebind(self._bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether this may be done here, by whatever key, click or link: nothing of the owner's by a guest."""
        return action not in COMMANDS.withheld

    # moving

    @property
    def _in_detail(self) -> bool:
        return self.focused is self.detail

    def _step(self, step: Step, scroll: Callable[..., None]) -> None:
        """Move the cursor, or scroll the detail if the focus is there."""
        if self._in_detail:
            scroll(animate=False)
        else:
            self.go_to(self.active_view.target(step))

    def action_previous(self) -> None:
        self._step("previous", self.detail.scroll_up)

    def action_next(self) -> None:
        self._step("next", self.detail.scroll_down)

    def action_page_up(self) -> None:
        self._step("page_up", self.detail.scroll_page_up)

    def action_page_down(self) -> None:
        self._step("page_down", self.detail.scroll_page_down)

    def action_first(self) -> None:
        self._step("first", self.detail.scroll_home)

    def action_last(self) -> None:
        self._step("last", self.detail.scroll_end)

    def action_today(self) -> None:
        self.go_to_today()

    def action_look_back(self) -> None:
        """To the last release before today."""
        self.open_view(VIEWS[0])
        self.go(self.state.library.index_of(self.state.view, key_of(self.state.today)) - 1)
        self.active_view.show_today()

    def action_previous_film(self) -> None:
        self.go(self.state.cursor - 1)

    def action_next_film(self) -> None:
        self.go(self.state.cursor + 1)

    # views

    def action_show_list(self) -> None:
        self.open_view(VIEWS[0])

    def action_show_week(self) -> None:
        """The cursor's week; today's where the user has not moved it."""
        untouched = self.state.cursor == self.state.next_release
        if self.state.period is not None:
            self.show_month(None)
        self.open_view(VIEWS[1])
        if untouched:
            self.go_to_day(self.state.today, week=True)

    def on_calendar_view_pointed(self, event: CalendarView.Pointed) -> None:
        if event.again and event.index == self.state.cursor:
            self.read(reading=True)
        else:
            self.go(event.index)

    # months

    def action_previous_month(self) -> None:
        if not (self._in_detail and self.detail.pick(-1)):
            self._turn("previous_month", -1)

    def action_next_month(self) -> None:
        if not (self._in_detail and self.detail.pick(1)):
            self._turn("next_month", 1)

    def _turn(self, step: Step, by: int) -> None:
        """To another month; where one alone is shown, show the other alone."""
        if self.state.period is None:
            self.go_to(self.active_view.target(step))
        else:
            self.show_month(self.state.period_beside(by))

    def action_step_next(self) -> None:
        self._step_by(1)

    def action_step_previous(self) -> None:
        self._step_by(-1)

    def _step_by(self, by: int) -> None:
        """What the view steps by: a week, or a month."""
        if self.active_view.steps_weeks:
            self.go_to_day(shifted(self.state.week, 7 * by), week=True)
        elif self.active_view.by_days:
            self.go_to(self.active_view.target("page_down" if by > 0 else "page_up"))
        else:
            self._turn("next_month" if by > 0 else "previous_month", by)

    def action_narrow(self) -> None:
        """Only the cursor's month; all again where one alone is shown."""
        if self.active_view.steps_weeks or self.active_view.by_days:
            self.open_view(VIEWS[0])
        self.show_month(self.state.period_beside(0) if self.state.period is None else None)

    def action_filter_none(self) -> None:
        self.show_month(None)

    def on_month_strip_picked(self, event: MonthStrip.Picked) -> None:
        """To the month's first film, or the next one from today on in today's month."""
        if self.state.period is not None:
            self.show_month(event.period)
            return
        if event.period == period_of(key_of(self.state.today)):
            index = self.state.next_release
        else:
            index = self.state.library.index_of(self.state.view, first_key(event.period))
        self.go(index)

    # searching and filtering

    def action_clear(self) -> None:
        if self.narrowing.searching:
            self.leave_search()
        elif self.has_class("-reading"):
            self.read(reading=False)
        elif self.active_view.leave():
            pass
        elif self.state.narrowed:
            self.clear()
        elif self._in_detail:
            self.active_view.focus()

    def action_filter(self) -> None:
        from tui.app.sheets.filters import FilterScreen

        state = self.state
        self.app.push_screen(FilterScreen(self.words, self, state.library, state.understood.text, state.period))

    # panes

    def read(self, *, reading: bool) -> None:
        """Go into the detail or out of it. On a small terminal the panes take turns."""
        self.set_class(reading, "-reading")
        if (reading and self._panes == 1) or (not reading and self._panes == 2):
            self._set_panes(0)
        (self.detail if reading else self.active_view).focus()
        self.show_keys()

    def action_other_pane(self) -> None:
        if self.narrowing.searching:
            if self.narrowing.complete():
                return
            self._close_search()
            if not self.state.view.total:
                return
        self.read(reading=not self._in_detail)

    async def action_detail(self) -> None:
        """Into the detail; there, and where something is offered, to where the picked link leads."""
        page = self.focused
        offered = not self.state.view.total  # the page that stands for the list, see nothing.py
        if (self._in_detail or offered) and isinstance(page, Page) and page.picked is not None:
            await self.follow(page.picked)
        elif self._in_detail or not self.active_view.enter():
            self.read(reading=True)

    def action_wider(self) -> None:
        self.panes.widen(1)

    def action_narrower(self) -> None:
        self.panes.widen(-1)

    def action_view(self) -> None:
        self._set_panes((self._panes + 1) % len(_PANES))
        if self._panes:
            self.read(reading=self._panes == 2)

    def _set_panes(self, panes: int) -> None:
        self._panes = panes
        for name in filter(None, _PANES):
            self.set_class(name == _PANES[panes], name)
        self.panes.share()

    # sheets

    def action_news(self) -> None:
        from tui.app.sheets.news import news_sheet

        library = self.state.library
        self.app.push_screen(news_sheet(self.words, library.news(), library.film), self.follow)

    def action_origin(self) -> None:
        from tui.app.sheets.origins import origins_sheet

        if (row := self.state.chosen) is not None:
            self.app.push_screen(origins_sheet(self.words, row.title, self.state.library.said(row.id)))

    def action_problems(self) -> None:
        from tui.app.sheets.problems import problems_sheet

        self.app.push_screen(problems_sheet(self.words, self.following.problems(1000), self.following.failure))

    async def on_status_asked(self) -> None:
        await self.run_action("problems")

    def action_sources(self) -> None:
        from tui.app.sheets.sources import SourcesScreen

        state, reload = self.state, self.following.reload
        sheet = SourcesScreen(self.words, self.settings, state.today, state.library, reload)
        self.app.push_screen(sheet, self.follow)

    def action_import(self) -> None:
        from tui.app.sheets.importing import ImportFlow

        ImportFlow(self, self.words, self.settings, self._imported).begin()

    def action_publish(self) -> None:
        from tui.app.sheets.publishing import PublishFlow

        PublishFlow(self, self.words, self.settings, self._listing, self._chosen).begin()

    def _listing(self, name: str, tell: Callable[[str], None]) -> Listing:
        """What the calendar shows, for a calendar of this name."""
        from tui.exports.listing import Listing, Options

        state, places = self.state, self.settings.places
        options = Options(calendar_name=name)
        return Listing(state.library, state.view, self.words, state.today, options, places.revisions, tell)

    def _imported(self, first: str) -> None:
        """Films were written; the cursor goes to the first of them."""
        if first:
            self.state.anchor(first)
        self.following.reload()

    def action_help(self) -> None:
        from tui.app.sheets.help import Help

        reading = self.has_class("-reading")
        where = self.words.gettext("Reading a film") if reading else self.words.gettext(self._entry.title)
        self.app.push_screen(Help(self.words, where, self.keys_here), self.follow)

    # the program

    def action_reload(self) -> None:
        self.following.reload()

    def action_theme(self) -> None:
        self.theme = "light" if self.app.current_theme.dark else "dark"
        self.show_theme(self.theme)

    def action_leave(self) -> None:
        self.app.exit()

    async def on_tabs_pressed(self, event: Tabs.Pressed) -> None:
        await self.run_action(event.action)
