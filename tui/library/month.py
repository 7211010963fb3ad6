"""A month of the calendar: its days with their films, and what is known to the month only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from tui.films.dates import key_of, period_of, shifted
from tui.index.query import Row  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.library.library import Library
    from tui.library.view import View

LISTED = 40
"""Films of a day that are listed; no real day has half of it."""
_AT_ONCE = 400
"""Films of a month up to which all are read; of one with more, the first of each day."""


class Day(msgspec.Struct, frozen=True):
    """A day, or what of the month has no day, with its films."""

    rows: tuple[Row, ...] = ()
    """Those listed, in calendar order."""
    indices: tuple[int | None, ...] = ()
    """Where each of them is in the view; None for one that it leaves out."""
    count: int = 0
    """How many the view has of that day, listed or not."""
    total: int = 0
    """How many there are, in the view or not."""


NONE = Day()


class Month(msgspec.Struct, frozen=True):
    """The days of a month by what a view has of them."""

    first: dt.date
    days: dict[dt.date, Day] = {}
    """Those on which anything opens."""
    undated: Day = NONE
    """What is known to the month only."""
    count: int = 0
    """How many films the view has in it."""
    total: int = 0
    """How many there are."""

    @property
    def last(self) -> dt.date:
        return last_of(self.first)

    def day(self, day: dt.date) -> Day:
        return self.days.get(day, NONE)

    def weeks(self, first_weekday: int = 0) -> list[list[dt.date]]:
        """Its weeks, seven days each, with those of the months beside that fill them. `first_weekday`: 0 is Monday."""
        start = shifted(self.first, -((self.first.weekday() - first_weekday) % 7))
        weeks: list[list[dt.date]] = []
        while not weeks or weeks[-1][-1] < self.last:
            weeks.append([shifted(start, number) for number in range(7)])
            start = shifted(start, 7)
        return weeks


def last_of(day: dt.date) -> dt.date:
    """The last day of its month."""
    beside = shifted(day.replace(day=28), 4)
    return shifted(beside, -beside.day) if beside.month != day.month else day.replace(day=31)


def month_beside(day: dt.date, by: int) -> dt.date:
    """The first day of the month so many months later, within the calendar."""
    months = min(max(day.year * 12 + day.month - 1 + by, 12), 9999 * 12 + 11)
    return dt.date(months // 12, months % 12 + 1, 1)


def in_month(day: dt.date, by: int) -> dt.date:
    """The same day so many months later, or that month's last."""
    first = month_beside(day, by)
    return first.replace(day=min(day.day, last_of(first).day))


def month_of(library: Library, view: View, day: dt.date) -> Month:
    """The month of this day: its counts by one question, or two of a view that leaves films out, and its rows.

    Raises IndexUnavailableError.
    """
    first = day.replace(day=1)
    low, period = key_of(first), period_of(key_of(first))
    counts = library.days(view.selection, low, period)
    narrowed = view.selection != library.home
    totals = library.days(library.home, low, period) if narrowed else counts
    listed = _listed(library, view, counts, low)
    if narrowed and sum(totals.values()) <= _AT_ONCE:
        known = {row.place for _, row in listed}
        others = library.between(low, period, _AT_ONCE)
        listed += [(None, row) for row in others if row.place not in known]
        listed.sort(key=lambda found: found[1].place)
    days = {}
    undated = NONE
    for key, found in _by_key(listed).items():
        count, total = counts.get(key, 0), max(totals.get(key, 0), counts.get(key, 0))
        made = Day(tuple(row for _, row in found), tuple(index for index, _ in found), count, total)
        exact = found[0][1].when.exact
        if exact:
            days[exact] = made
        else:
            undated = made
    return Month(first, days, undated, sum(counts.values()), max(sum(totals.values()), sum(counts.values())))


def _listed(library: Library, view: View, counts: dict[int, int], low: int) -> list[tuple[int | None, Row]]:
    """Index in the view and row, in calendar order."""
    total = sum(counts.values())
    if not total:
        return []
    at = library.index_of(view, low)
    if total <= _AT_ONCE:
        return list(enumerate(library.rows(view, at, total), at))
    found: list[tuple[int | None, Row]] = []
    for key, count in counts.items():
        found += enumerate(library.between(key, key, min(count, LISTED), view.selection), at)
        at += count
    return found


def _by_key(listed: Iterable[tuple[int | None, Row]]) -> dict[int, list[tuple[int | None, Row]]]:
    found: dict[int, list[tuple[int | None, Row]]] = defaultdict(list)
    for index, row in listed:
        if len(found[row.key]) < LISTED:
            found[row.key].append((index, row))
    return found
