"""A week of the calendar: what opens in it, what is still new, what comes next."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from tui.films.dates import key_of, shifted
from tui.index.query import Row  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.library.view import View

MOST = 200
"""Films of a week that are listed; no real week has a quarter of it."""
_STILL_NEW = 14
"""Days before the week of which films are still new."""
_LISTED = 12
"""Films of those that are still new, and of those that come next."""


class Week(msgspec.Struct, frozen=True):
    """Films of a selection by the week's days."""

    first: dt.date
    """Its first day."""
    rows: tuple[Row, ...] = ()
    """Those that open in it, in calendar order."""
    indices: tuple[int, ...] = ()
    """Where each of them is in the view."""
    total: int = 0
    """How many those are; more than `rows` where there are more than MOST."""
    still: tuple[Row, ...] = ()
    """Those of the two weeks before, the newest day first, in calendar order within a day."""
    still_total: int = 0
    next: tuple[Row, ...] = ()
    """The first that open behind it, in calendar order; only those with a day."""

    @property
    def last(self) -> dt.date:
        return shifted(self.first, 6)


def week_of(library: Library, view: View, day: dt.date) -> Week:
    """The week that holds this day, from the rows of the view. Raises IndexUnavailableError."""
    start = library.week_start(day)

    before, first, last = (library.index_of(view, key_of(shifted(start, days))) for days in (-_STILL_NEW, 0, 7))
    # a month without a day stands behind the month's last, which may be one of these: such rows do not count
    found = enumerate(library.rows(view, first, min(last - first, MOST)), first)
    rows = {number: row for number, row in found if row.when.exact}
    still = library.rows(view, max(before, first - _LISTED), min(first - before, _LISTED))
    behind = library.rows(view, last, _LISTED)
    return Week(
        start,
        tuple(rows.values()),
        tuple(rows),
        last - first if last - first > MOST else len(rows),
        tuple(sorted((row for row in still if row.when.exact), key=lambda row: -row.key)),
        first - before,
        tuple(row for row in behind if row.when.exact),
    )
