"""A selection of the calendar's rows: a value, and the full-text expression that finds its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.base.text import words
from tui.films.dates import UNDATED
from tui.films.film import HOME_REGION, HOME_TYPES
from tui.index import entry
from tui.index.schema import LONGEST_PREFIX

if TYPE_CHECKING:
    from tui.index.database import Connection


class Selection(msgspec.Struct, frozen=True):
    """Which rows are wanted. Nothing set is the calendar: openings in Indonesian cinemas."""

    search: str = ""
    """Words, of which a row has to have all, each at the beginning of a word of its film."""
    genres: frozenset[str] = frozenset()
    """Genres, age classes, types and statuses as a catalog writes them; of each set a row has to have one."""
    ratings: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    """Empty: those of `HOME_TYPES`."""
    statuses: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    """Of production, ISO 3166-1."""
    sources: frozenset[str] = frozenset()
    """Of the release, as a catalog writes them."""
    region: str = HOME_REGION
    """ISO 3166-1, two letters."""
    first: int = 0
    """The first date key."""
    last: int = UNDATED
    """The last date key."""

    @property
    def words(self) -> list[str]:
        """The folded words that are searched for."""
        return words(self.search)

    @property
    def filters(self) -> bool:
        """Whether anything but a search narrows it."""
        return self != Selection(search=self.search)

    @property
    def home(self) -> bool:
        """Whether it keeps to what the calendar shows unasked."""
        return self.region == HOME_REGION and self.types in {frozenset(), HOME_TYPES}

    @property
    def searched(self) -> bool:
        """Whether its rows are found by the full-text table; the others stand in the table of releases as they are."""
        return bool(
            self.words
            or self.genres
            or self.ratings
            or self.statuses
            or self.countries
            or self.sources
            or not self.home
        )

    @property
    def facets(self) -> list[list[str]]:
        """Lists of tokens, see `entry.facet`; a row has to have one of each list."""
        narrowed = [("genre", self.genres), ("rating", self.ratings), ("status", self.statuses)]
        narrowed += [("country", self.countries), ("source", self.sources)]
        if not self.home:
            narrowed += [("type", self.types or HOME_TYPES), ("region", frozenset({self.region}))]
        return [sorted(entry.facet(kind, value) for value in values) for kind, values in narrowed if values]


_MANY = 60
"""Words of one beginning up to which naming them is quicker than merging their hits."""


def places_between(first: int, last: int) -> tuple[int, int]:
    """The least and the greatest place of these date keys."""
    return entry.place_of_key(first), entry.place_of_key(last + 1) - 1


def places_of(db: Connection, selection: Selection) -> tuple[str, list[object]]:
    """A FROM and WHERE that give the places of the selection's rows as their rowid, and its values.

    The last two values, the least and the greatest place, are the caller's to add.
    """
    if not selection.searched:
        return "release WHERE home AND place BETWEEN ? AND ?", []
    return "search WHERE search MATCH ? AND rowid BETWEEN ? AND ?", [_match(db, selection)]


def _match(db: Connection, selection: Selection) -> str:
    """The full-text expression of FTS5, see https://sqlite.org/fts5.html#full_text_query_syntax."""
    parts = [_begins(db, word[: entry.LONGEST_WORD]) for word in selection.words]
    parts += ["(" + " OR ".join(f'"{token}"' for token in tokens) + ")" for tokens in selection.facets]
    match = " AND ".join(parts)
    return f'({match}) NOT "{entry.AWAY}"' if selection.home else match


def _begins(db: Connection, start: str) -> str:
    """What finds the words that begin so.

    Short beginnings have an index of their own. For longer ones the full-text table would first merge all hits of
    all words in memory (0.2 s in a million films), so the words are named: their hits come as they are asked for.
    """
    if len(start) > LONGEST_PREFIX:
        found = db.execute(
            "SELECT word FROM word WHERE word >= ? AND word < ? LIMIT ?", (start, start + "\U0010ffff", _MANY + 1)
        ).fetchall()
        if 0 < len(found) <= _MANY:
            return "(" + " OR ".join(f'"{word}"' for (word,) in found) + ")"
    return f'"{start}" *'
