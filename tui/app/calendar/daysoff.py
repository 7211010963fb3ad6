"""The holidays, worked out behind the screen: the first time this takes a quarter of a second."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import get_current_worker

from tui.app.calendar import marks
from tui.app.guard import EXPECTED
from tui.library.almanac import Almanac

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.screen import Screen

    from tui.app.calendar.lines import Between
    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.library.library import Library
    from tui.library.view import View


class DaysOff:
    """Asks the almanac for the years around two days, and the library where the list has lines for them."""

    class Found(Message):
        """They are worked out for this view."""

        def __init__(self, holidays: tuple[Holiday, ...], view: View, between: tuple[Between, ...]) -> None:
            super().__init__()
            self.holidays, self.view, self.between = holidays, view, between

    def __init__(self, screen: Screen[Any], cache: Path, region: str, words: Words) -> None:
        self._screen, self._words = screen, words
        self.almanac = Almanac(cache, region)
        self.years: frozenset[int] = frozenset()
        """Those that are worked out, or will be."""

    def look(self, library: Library, view: View, today: date, day: date) -> None:
        """Begin; `Found` is then posted to the screen. What was begun before is dropped. `day`: what is looked at."""
        self.years = frozenset(year + by for year in (today.year, day.year) for by in (-1, 0, 1))
        work = partial(self._look, library, view, today)
        self._screen.run_worker(work, thread=True, exclusive=True, group="almanac")

    def _look(self, library: Library, view: View, today: date) -> None:
        worker, years = get_current_worker(), self.years
        with contextlib.suppress(*EXPECTED):
            holidays = tuple(holiday for year in sorted(years) for holiday in self.almanac.year(year))
            between = tuple(marks.between(library, view, holidays, today, self._words))
            if not worker.is_cancelled:
                self._screen.post_message(self.Found(holidays, view, between))
