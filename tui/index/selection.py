"""A selection of the calendar's rows: a value, and the full-text expression that finds its rows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from tui.base.text import words
from tui.films.dates import UNDATED
from tui.films.film import HOME_REGION, HOME_TYPES
from tui.index import entry
from tui.index.schema import LONGEST_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.index.database import Connection


class Term(msgspec.Struct, frozen=True):
    """Something that a row has to have, or must not: these words, or one of these facets."""

    words: tuple[str, ...] = ()
    """Folded. A row has to have all of them."""
    others: tuple[tuple[str, ...], ...] = ()
    """More of such: all of one of them will do in place of `words`."""
    whole: bool = False
    """Whether they are whole words; else each is the beginning of one."""
    people: str = ""
    """The kind of people in whose names they stand, see `facts.Fact.people`; empty: anywhere."""
    facets: tuple[tuple[str, str], ...] = ()
    """Kinds and values, as in `entry.facet`; any of them will do in place of the words."""
    films: frozenset[str] | None = None
    """Ids of which a row has to have one, and nothing else of this term counts; None: any film."""
    excluded: bool = False


class Selection(msgspec.Struct, frozen=True):
    """Which rows are wanted. Nothing set is the calendar: openings in Indonesian cinemas."""

    search: str = ""
    """Words, of which a row has to have all, each at the beginning of a word of its film."""
    terms: tuple[Term, ...] = ()
    """What a row has to have besides, all of it."""
    genres: frozenset[str] = frozenset()
    """As a catalog writes them; a row has to have one."""
    types: frozenset[str] = frozenset()
    """Of the release, as a catalog writes them. Empty: those of `HOME_TYPES`."""
    region: str = HOME_REGION
    """ISO 3166-1, two letters."""
    first: int = 0
    """The first date key."""
    last: int = UNDATED
    """The last date key."""

    @property
    def words(self) -> list[str]:
        """The folded words that are searched for, to be lit where they stand."""
        return words(self.search) + [
            word for term in self.terms if not term.excluded for word in chain(term.words, *term.others)
        ]

    @property
    def home(self) -> bool:
        """Whether it keeps to what the calendar shows unasked."""
        return self.region == HOME_REGION and self.types in {frozenset(), HOME_TYPES}

    @property
    def searched(self) -> bool:
        """Whether anything but its dates leaves out rows of the calendar."""
        return bool(words(self.search) or self.terms or self.genres or not self.home)

    @property
    def facets(self) -> list[list[str]]:
        """Lists of tokens, see `entry.facet`; a row has to have one of each list."""
        narrowed = [("genre", self.genres)]
        if not self.home:
            narrowed += [("type", self.types or HOME_TYPES), ("region", frozenset({self.region}))]
        return [sorted(entry.facet(kind, value) for value in values) for kind, values in narrowed if values]


_MANY = 60
"""Words of one beginning up to which naming them is quicker than merging their hits."""
_MANY_NAMES = 300
"""The same for the names behind a field, which have no index of short beginnings."""


def places_between(first: int, last: int) -> tuple[int, int]:
    """The least and the greatest place of these date keys."""
    return entry.place_of_key(first), entry.place_of_key(last + 1) - 1


def places_of(db: Connection, selection: Selection) -> tuple[str, list[object]]:
    """A FROM and WHERE that give the places of the selection's rows as their rowid, and its values.

    The last two values, the least and the greatest place, are the caller's to add.
    """
    named = [term for term in selection.terms if term.films is not None]
    source = "".join(f"rowid {'NOT ' if term.excluded else ''}IN ({_OF_FILMS}) AND " for term in named)
    ids: list[object] = [entry.encode(sorted(term.films or ())).decode() for term in named]
    if not (words(selection.search) or selection.genres or not selection.home or len(named) < len(selection.terms)):
        return f"release WHERE home AND {source}place BETWEEN ? AND ?", ids
    return f"search WHERE search MATCH ? AND {source}rowid BETWEEN ? AND ?", [_match(db, selection), *ids]


_OF_FILMS = (
    "SELECT place FROM release WHERE film IN (SELECT key FROM film WHERE id IN (SELECT value FROM json_each(?)))"
)


def _match(db: Connection, selection: Selection) -> str:
    """The full-text expression of FTS5, see https://sqlite.org/fts5.html#full_text_query_syntax."""
    wanted = [_begins(db, word[: entry.LONGEST_WORD]) for word in words(selection.search)]
    wanted += [_any(f'"{token}"' for token in tokens) for tokens in selection.facets]
    terms = [term for term in selection.terms if term.films is None]
    wanted += [_term(db, term) for term in terms if not term.excluded]
    barred = [_term(db, term) for term in terms if term.excluded]
    if selection.home:
        barred.append(f'"{entry.AWAY}"')
    # NOT needs something on its left: without anything that is wanted, all rows that are shown unasked
    match = " AND ".join(wanted) or f'"{entry.HOME}"'
    return f"({match}) NOT {_any(barred)}" if barred else match


def _any(parts: Iterable[str]) -> str:
    return "(" + " OR ".join(parts) + ")"


def _term(db: Connection, term: Term) -> str:
    found = [f'"{entry.facet(kind, value)}"' for kind, value in term.facets]
    found += [
        "(" + " AND ".join(_word(db, term, word[: entry.LONGEST_WORD]) for word in listed) + ")"
        for listed in (term.words, *term.others)
        if listed
    ]
    return _any(found)


def _word(db: Connection, term: Term, word: str) -> str:
    if term.people:
        word = entry.name_token(term.people, word)
    return f'"{word}"' if term.whole else _begins(db, word, _MANY_NAMES if term.people else _MANY)


def _begins(db: Connection, start: str, most: int = _MANY) -> str:
    """What finds the words that begin so.

    Short beginnings have an index of their own, names behind a field have not. For longer ones the full-text table
    would first merge all hits of all words in memory (0.2 s in a million films), so the words are named: their hits
    come as they are asked for.
    """
    if len(start) > LONGEST_PREFIX:
        found = db.execute(
            "SELECT word FROM word WHERE word >= ? AND word < ? LIMIT ?", (start, start + "\U0010ffff", most + 1)
        ).fetchall()
        if 0 < len(found) <= most:
            return "(" + " OR ".join(f'"{word}"' for (word,) in found) + ")"
    return f'"{start}" *'
