"""The rows of a view, a page of them at a time, and where one of them is. Each is a question for `Index.ask`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.films.dates import UNDATED, first_key, key_of, period_of
from tui.index import query
from tui.index.entry import key_of_place, place_of_key
from tui.index.failures import DamagedError
from tui.library.view import View, view_of

if TYPE_CHECKING:
    from datetime import date

    from tui.index.database import Connection
    from tui.index.query import Row
    from tui.index.selection import Selection

_GLIMPSE = 200
"""Rows that are shown before all are counted: more than a screen has."""

_NEAR = 30
"""Rows from today on in which one is looked for that is not cancelled."""


def counted(db: Connection, selection: Selection, only: int | None = None) -> View:
    """The rows of a selection as they are counted; of one period where `only` names it."""
    generation = query.generation(db)
    return view_of(selection, tuple(query.months(db, selection)), only, generation)


def glimpse(db: Connection, selection: Selection, key: int) -> View:
    """The selection's first rows from the month of this date key on; see `Library.glimpse`."""
    if not selection.searched or any(term.films and not term.excluded for term in selection.terms):
        return counted(db, selection)  # from a table of days, or of the films that are named
    generation, last = query.generation(db), selection.last
    low = max(first_key(period_of(key)), selection.first)
    rows = query.rows(db, selection, low, last, 0, _GLIMPSE)
    more = len(rows) == _GLIMPSE
    if not more:
        every = query.rows(db, selection, selection.first, last, 0, _GLIMPSE)
        more = len(every) == _GLIMPSE
        rows = rows if more and rows else every
    months = Counter(period_of(row.key) for row in rows)
    return view_of(selection, tuple(sorted(months.items())), None, generation, partial=more)


def page(db: Connection, view: View, first: int, count: int) -> list[Row]:
    """Rows first..first+count of the view, in calendar order; fewer at its end.

    Raises DamagedError where they are not as they were counted, though the index has not changed since.
    """
    count = min(count, view.total - first)
    if first < 0 or count <= 0:
        return []
    month = view.month_of(first)
    period = view.shown[month][0]
    last = period if view.only is not None else view.selection.last
    low = max(first_key(period), view.selection.first)
    offset = first - view.starts[month]
    rows = query.rows(db, view.selection, low, min(last, view.selection.last), offset, count)
    as_counted = len(rows) == count and all(
        period_of(row.key) == view.shown[view.month_of(index)][0]
        for row, index in ((rows[0], first), (rows[-1], first + count - 1))
    )
    if not as_counted and query.generation(db) == view.generation:
        raise DamagedError
    return rows


def position(db: Connection, view: View, place: int) -> int:
    """The index of the view's first row at this place or behind it; the view's total where there is none."""
    key = key_of_place(place)
    for number, (period, _) in enumerate(view.shown):
        if period >= key:
            return view.starts[number] + query.before(db, view.selection, period, place)
    return view.total


def find(db: Connection, view: View, id: str, ordinal: int) -> int | None:
    """The index in the view of a film's release, by its ordinal; None where the view does not have it."""
    place = query.place(db, id, ordinal)
    if place is None:
        return None
    index = position(db, view, place)
    found = page(db, view, index, 1)
    return index if found and found[0].place == place else None


def next_from(db: Connection, view: View, today: date) -> int:
    """The index of the first row from today on that is not cancelled; of the last with a date if all are past."""
    dated = sum(rows for period, rows in view.shown if period != UNDATED)
    index = position(db, view, place_of_key(key_of(today)))
    if index >= dated:
        return max(0, dated - 1)
    near = page(db, view, index, min(_NEAR, dated - index))
    return index + next((number for number, row in enumerate(near) if row.status != "cancelled"), 0)
