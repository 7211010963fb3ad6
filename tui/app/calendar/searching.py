"""Searching in the calendar: the box, what narrows it, and what is offered where nothing is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app.calendar.display import CalendarDisplay
from tui.app.guard import EXPECTED, line
from tui.app.widgets.page import Page
from tui.app.widgets.typeset import Seek
from tui.library.understood import Understood

if TYPE_CHECKING:
    from tui.app.calendar.narrowing import Narrowing
    from tui.library.fields import Context
    from tui.library.instead import Offer
    from tui.library.library import Library
    from tui.library.view import View
    from tui.user.settings import Settings


class CalendarSearch(CalendarDisplay):
    """One line says what is searched for and filtered by; see `library.search`."""

    @property
    def context(self) -> Context:
        """What the meaning of a search depends on."""
        from tui.library.fields import Context
        from tui.library.moments import Clock

        library = self.state.library
        clock = Clock(self.state.today, self.words, self._days_off.almanac.known, library.first_day)
        return Context(clock, library.home, library.genres, library.stars.ids)

    def complete(self, text: str) -> list[str]:
        """What a search can be completed to."""
        from tui.library.completion import completions

        return completions(text, self.context)

    def search(self, text: str) -> None:
        """Show what this line finds; asked for behind the screen, the newest wish wins."""
        from tui.library.search import understand

        understood = understand(text, self.context) if text.strip() else Understood(text, self.state.library.home)
        if self.state.select(understood):
            self.ask()
        else:
            self._look_for_offers()
        self.show_narrowing()
        if understood.lacking:
            work = partial(self._look_up, understood)
            self.run_worker(work, thread=True, exclusive=True, group="holidays")

    def _look_up(self, understood: Understood) -> None:
        """Work out the holidays of years that are seldom asked for, then understand the line anew."""
        for year in understood.lacking:
            self._days_off.almanac.year(year)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._again, understood)

    def _again(self, understood: Understood) -> None:
        if self.state.understood is understood:
            self.search(understood.text)

    def move_to(self, library: Library, settings: Settings) -> None:
        """Go on with another catalog; the search is understood anew, as that may have another region and genres."""
        super().move_to(library, settings)
        self.search(self.state.understood.text)

    # what is offered where nothing is found

    def _take(self, whole: View) -> None:
        super()._take(whole)
        if whole.selection == self.state.selection:
            self._look_for_offers()

    def _look_for_offers(self) -> None:
        """Where nothing is found, work out behind the screen what would hit instead."""
        state = self.state
        if state.whole.selection == state.selection and not state.whole.months and state.understood.parts:
            work = partial(self._find_offers, state.library, state.understood, self.context)
            self.run_worker(work, thread=True, exclusive=True, group="offers")

    def _find_offers(self, library: Library, understood: Understood, context: Context) -> None:
        from tui.library.instead import offers

        worker = get_current_worker()
        try:
            found = tuple(offers(library, understood, context))
        except EXPECTED as error:
            self.app.call_from_thread(self.fail, line(error, self.words))
            return
        if found and not worker.is_cancelled:
            self.app.call_from_thread(self._take_offers, understood, found)

    def _take_offers(self, understood: Understood, found: tuple[Offer, ...]) -> None:
        if understood is self.state.understood and not self.state.view.total:
            self.state.offers = found
            self._show()

    def seek(self, to: Seek) -> None:
        """Search for this, of which one month may be shown alone."""
        if to.period is None and self.state.period is not None:
            self.show_month(None)
        self.search(to.line)
        if to.period is not None:
            self.show_month(to.period)

    # the box

    async def action_search(self) -> None:
        await self.narrowing.open(self.state.understood.text, self.complete)
        self.set_class(True, "-searching")
        self.show_narrowing()

    def on_narrowing_searched(self, event: Narrowing.Searched) -> None:
        self.search(event.query)

    def on_narrowing_closed(self) -> None:
        """Enter: what is found; where nothing is, what was picked of the offers."""
        self._close_search()
        view = self.active_view
        if isinstance(view, Page) and isinstance(view.picked, Seek) and not self.state.view.total:
            self.seek(view.picked)

    def _close_search(self) -> None:
        self.narrowing.close()
        self.set_class(False, "-searching")
        self.active_view.focus()
        self.show_narrowing()

    def leave_search(self) -> None:
        """Esc in the box: the search that was there before; none where it has not been changed."""
        self._close_search()
        before = self.narrowing.before
        self.search("" if before == self.state.understood.text else before)

    # what narrows the calendar

    def show_month(self, period: int | None) -> None:
        """Only this period; None for all."""
        if self.state.show_period(period):
            self._show()
            self.state.keep()  # who goes to a month stays there when all are shown again

    def clear(self) -> None:
        """Drop search, filters and period."""
        if self.state.clear():
            self.ask()
        else:
            self._show()

    def action_drop(self, number: int = -1) -> None:
        """Take away one of what narrows it, as `wording.narrowing` counts them; the last where none is named."""
        parts, month = self.state.understood.parts, self.state.period is not None
        if number < 0:
            number += len(parts) + month
        if month and number == 0:
            self.show_month(None)
        elif 0 <= number - month < len(parts):
            self.search(self.state.understood.without(parts[number - month]))
