"""The holidays of years, kept beside the index: working them out costs more than the calendar's first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.base.disk import keep_value, kept_value
from tui.films import holidays
from tui.films.film import HOME_REGION
from tui.films.holidays import Holiday

if TYPE_CHECKING:
    from pathlib import Path

_FIRST, _LAST = 1946, 2099
"""Years that the package knows."""


class Almanac:
    """Holidays by year. Not for the thread that draws: a year that is not kept takes 200 ms the first time."""

    def __init__(self, cache: Path | None, region: str = HOME_REGION) -> None:
        """`cache`: the folder of the index; None keeps nothing. Of other regions than Indonesia it knows none."""
        self._folder = cache
        self._known = region == HOME_REGION
        self._years: dict[int, list[Holiday]] = {}

    def year(self, year: int) -> list[Holiday]:
        """By date; none of years that the package does not know."""
        if year not in self._years:
            self._years[year] = self._kept(year) if self._known and _FIRST <= year <= _LAST else []
        return self._years[year]

    def known(self, year: int) -> list[Holiday] | None:
        """The same from memory, for the thread that draws; None where `year` is to be called first."""
        return self._years.get(year) if self._known and _FIRST <= year <= _LAST else []

    def years(self, first: int, last: int) -> list[Holiday]:
        """Of these years, both included."""
        return [holiday for year in range(first, last + 1) for holiday in self.year(year)]

    def _kept(self, year: int) -> list[Holiday]:
        if self._folder is None:
            return holidays.of_year(year)
        from importlib.metadata import version

        path = self._folder / f"days-off-{version('holidays')}-{year}.json"
        found = kept_value(path, list[Holiday])
        if found is None:
            found = holidays.of_year(year)
            keep_value(path, found)
        return found
