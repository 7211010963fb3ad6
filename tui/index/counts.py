"""How the rows of a selection are spread over the values of a field: one question for all values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.index.selection import places_between, places_of

if TYPE_CHECKING:
    from tui.index.database import Connection
    from tui.index.selection import Selection

COLUMNS = {
    "genre": "genres", "rating": "rating", "type": "type", "status": "status", "country": "countries",
    "director": "directors",
}  # fmt: skip
"""The kinds that are counted, and their column in the table of releases."""

KEPT = frozenset({"genre", "rating", "type", "status"})
"""Those whose counts are kept where nothing narrows the calendar, see `query.facets`."""


def spread(db: Connection, selection: Selection, kind: str) -> dict[str, int]:
    """Each value of this kind that rows of the selection have, and how many have it; the commonest first."""
    source, values = places_of(db, selection)
    column = COLUMNS[kind]
    if selection.searched:
        source = f"release WHERE place IN (SELECT rowid FROM {source})"
    found = db.execute(
        f"SELECT {column}, count(*) FROM {source} GROUP BY {column}",
        (*values, *places_between(selection.first, selection.last)),
    )
    counts: Counter[str] = Counter()
    for listed, rows in found:
        for value in str(listed).split("\n"):
            if value or kind == "rating":
                counts[value] += rows
    return dict(counts.most_common())
