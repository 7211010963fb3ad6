"""A year of the calendar: how many films open on each day, the weeks without any, and the fullest ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from tui.films.dates import from_key, key_of, shifted

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.view import View

_FULLEST = 3
"""Weeks that are named as the fullest."""


class Span(msgspec.Struct, frozen=True):
    """Weeks one behind the other."""

    first: dt.date
    last: dt.date
    count: int = 0
    """Films that open in it."""


class Year(msgspec.Struct, frozen=True):
    """What a view has of a year."""

    year: int
    days: dict[dt.date, int] = {}
    """The days on which anything opens, and how many films."""
    months: tuple[int, ...] = (0,) * 12
    """Films of each month, those without a day among them."""
    count: int = 0
    """Films of the year, those without a month among them."""
    total: int = 0
    """How many there are, in the view or not."""
    free: tuple[Span, ...] = ()
    """Runs of weeks between the year's first opening and its last in which none is."""
    full: tuple[Span, ...] = ()
    """The weeks with the most openings, the fullest first."""

    @property
    def busiest(self) -> dt.date | None:
        """The first of the days with the most openings."""
        return max(self.days, key=lambda day: (self.days[day], -day.toordinal()), default=None)


def year_of(library: Library, view: View, year: int) -> Year:
    """A year by one question, or two of a view that leaves films out. Raises IndexUnavailableError."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    low, high = key_of(shifted(first, -6)), key_of(shifted(last, 6))
    counts = library.days(view.selection, low, max(high, key_of(last) + 99))
    own = {key: rows for key, rows in counts.items() if key // 10_000 == year}
    months = [0] * 12
    dated: dict[dt.date, int] = {}
    for key, rows in counts.items():
        known = from_key(key)
        if known.month and known.year == year:
            months[known.month - 1] += rows
        if known.exact:
            dated[known.exact] = rows
    days = {day: rows for day, rows in dated.items() if day.year == year}
    total = sum(own.values())
    everything = total
    if view.selection != library.home:
        everything = sum(library.days(library.home, key_of(first), key_of(last) + 99).values())
    weeks = _weeks(library, first, last, dated)
    return Year(
        year, days, tuple(months), total, max(total, everything), _free(weeks, days), _full(weeks)
    )  # fmt: skip


def _weeks(library: Library, first: dt.date, last: dt.date, days: dict[dt.date, int]) -> list[Span]:
    """The weeks that have a day of the year."""
    counts: dict[dt.date, int] = {}
    for day, rows in days.items():
        start = library.week_start(day)
        counts[start] = counts.get(start, 0) + rows
    found = []
    start = library.week_start(first)
    while start <= last:
        found.append(Span(start, shifted(start, 6), counts.get(start, 0)))
        if shifted(start, 7) == start:
            break
        start = shifted(start, 7)
    return found


def _free(weeks: list[Span], days: dict[dt.date, int]) -> tuple[Span, ...]:
    if not days:
        return ()
    first, last = min(days), max(days)
    runs: list[Span] = []
    for week in weeks:
        if week.count or week.first < first or week.last > last:
            continue
        if runs and shifted(runs[-1].last, 1) == week.first:
            runs[-1] = Span(runs[-1].first, week.last)
        else:
            runs.append(week)
    return tuple(runs)


def _full(weeks: list[Span]) -> tuple[Span, ...]:
    fullest = sorted(weeks, key=lambda week: (-week.count, week.first))[:_FULLEST]
    return tuple(week for week in fullest if week.count > 1)
