"""Where the links of the calendar lead: a web page, another film, what shares something, a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.calendar.searching import CalendarSearch
from tui.app.calendar.views import ENDING, VIEWS
from tui.app.widgets.typeset import Address, Find, Go, Press, Seek
from tui.base.errors import NotFoundError
from tui.base.servers import is_web
from tui.films.dates import from_key

if TYPE_CHECKING:
    from tui.app.widgets.page import Page
    from tui.app.widgets.typeset import Target


class CalendarLinks(CalendarSearch):
    """Follows links, and copies text."""

    def read(self, *, reading: bool) -> None:
        """Go into the detail or out of it."""
        raise NotImplementedError

    def action_open_link(self) -> None:
        row = self.state.chosen
        try:
            links = self.state.library.film(row.id).links if row else {}
        except NotFoundError:  # gone since the list was filled
            self.ask()
            return
        if links:
            self.open(next(iter(links.values())))
        else:
            self.notify(self.words.gettext("The catalog has no link for this film."), markup=False)

    async def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        await self.follow(event.to)

    async def follow(self, to: Target | None) -> None:
        """Go where a link leads; nowhere for None."""
        match to:
            case Address(url):
                self.open(url)
            case Go(id):
                self._go_to_film(id)
            case Find(kind, value):
                self._find(kind, value)
            case Press(action):
                await self.run_action(action)
            case Seek():
                self.seek(to)

    def action_to_day(self, key: int) -> None:
        """To this date key: its day in the views that go by days, else the first release from it on."""
        view, day = self.active_view, from_key(key).about
        if day is None or self._entry in {VIEWS[0], ENDING}:
            self.open_view(VIEWS[0])
            self.go(self.state.library.index_of(self.state.view, key))
        else:
            self.go_to_day(day, week=view.steps_weeks)

    def action_only_month(self, period: int) -> None:
        if self.active_view.steps_weeks:
            self.open_view(VIEWS[0])
        self.show_month(period)

    def action_palette(self) -> None:
        from tui.app.calendar.palette import Palette

        self.app.push_screen(Palette(self), self.follow)

    def action_go_to(self) -> None:
        from tui.app.calendar.palette import Dates

        self.app.push_screen(Dates(self), self.follow)

    def open(self, url: str) -> None:
        """Open a web address in the browser; nothing for any other."""
        if is_web(url):
            self.app.open_url(url)

    def _go_to_film(self, id: str) -> None:
        """The cursor on the film, in the calendar that nothing narrows if it is not in this one."""
        found = self.state.library.find(self.state.view, id, 0)
        if found is None and self.state.narrowed:
            self.state.anchor(id)
            self.clear()
        elif found is not None:
            if self.active_view.steps_weeks:
                self.open_view(VIEWS[0])
            self.go(found)

    def _find(self, kind: str, value: str) -> None:
        """Only films with this person, genre, country or source."""
        from tui.library.fields import KINDS
        from tui.library.search import exactly, write

        self.read(reading=False)
        if self._entry is not VIEWS[0]:
            self.open_view(VIEWS[0])
        self.search(exactly(value) if kind == "person" else write(KINDS[kind], [value], self.context))

    def on_text_selected(self) -> None:
        """Text that was dragged over with the mouse is copied: Ctrl+C leaves."""
        text = self.get_selected_text()
        if text and text.strip():
            self.app.copy_to_clipboard(text)
            self.notify(self.words.gettext("copied"), markup=False)
