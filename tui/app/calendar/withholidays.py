"""The holidays on the calendar's screen: worked out behind it, for the years that it shows."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.worker import get_current_worker

from tui.app.calendar import marks
from tui.app.calendar.views import VIEWS
from tui.app.guard import EXPECTED, Guarded

if TYPE_CHECKING:
    from tui.app.calendar.lines import Between
    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import CalendarView, ViewEntry
    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.library.almanac import Almanac
    from tui.library.view import View


class WithHolidays(Guarded, Screen[None]):
    """What `CalendarDisplay` does about holidays."""

    state: CalendarState
    words: Words
    active_view: CalendarView
    _entry: ViewEntry
    _almanac: Almanac
    _years: frozenset[int] = frozenset()  # whose holidays are known, or under way

    def _show(self) -> None:
        raise NotImplementedError

    def _show_chosen(self) -> None:
        raise NotImplementedError

    def _look_at_the_almanac(self) -> None:
        """Work out the holidays behind the screen: the first time it takes a quarter of a second."""
        years = {self.state.today.year, self.state.day.year if self.active_view.by_days else self.state.today.year}
        self._years = frozenset(year + by for year in years for by in (-1, 0, 1))
        self.run_worker(self._open_almanac, thread=True, exclusive=True, group="almanac")

    def _open_almanac(self) -> None:
        worker, years = get_current_worker(), sorted(self._years)
        with contextlib.suppress(*EXPECTED):
            holidays = tuple(holiday for year in years for holiday in self._almanac.year(year))
            view = self.state.view
            between = marks.between(self.state.library, view, holidays, self.state.today, self.words)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take_holidays, holidays, view, between)

    def _take_holidays(self, holidays: tuple[Holiday, ...], view: View, between: list[Between]) -> None:
        state = self.state
        state.holidays = holidays
        if view is state.view and self._entry is VIEWS[0]:
            state.between = tuple(between)
            self.active_view.show_between()
        elif self._entry is not VIEWS[0]:
            self._show()
        self._show_chosen()
