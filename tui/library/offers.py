"""What a shell can complete from a catalog's index as it is: months, genres, ids; nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.films.dates import UNDATED
from tui.index import query
from tui.index.peek import peek
from tui.index.selection import Selection

if TYPE_CHECKING:
    from tui.user.places import Places


def periods(places: Places) -> list[int]:
    """The periods that have rows, as keys, without those that have no date."""
    found = peek(places.index, lambda db: query.months(db, Selection())) or []
    return [period for period, _ in found if period != UNDATED]


def genres(places: Places) -> list[str]:
    """Those that occur, as a catalog writes them, the commonest first."""
    found = peek(places.index, query.facets) or {}
    return [genre for genre, _ in found.get("genre", [])]


def films(places: Places, start: str) -> list[tuple[str, str]]:
    """Id and title of at most 200 films whose id begins so, by id."""
    return peek(places.index, lambda db: query.titles_like(db, start)) or []
