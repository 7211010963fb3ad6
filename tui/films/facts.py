"""The fields of a film and of a release, a row for each: the one place that describes them.

Reader, article, exports, search, import and ledger walk these tables. A new field is an attribute in film.py and a
row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable  # noqa: TC003 (msgspec reads the annotations)
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.words import N_, Words
from tui.films import complete, parsers, terms
from tui.films.film import (
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ENTRIES,
    MOST_SHARED,
    RATINGS,
    STATUSES,
    TYPES,
)

if TYPE_CHECKING:
    from tui.films.film import Credit, Prose


class Shape(Enum):
    """What a field looks like in a file."""

    ONE = auto()
    """One text."""
    MANY = auto()
    """A list of texts."""
    PROSE = auto()
    """One text, or one for each language: film.Prose."""
    CAST = auto()
    LINKS = auto()
    RELEASES = auto()
    HISTORY = auto()


class Shown(Enum):
    """Where a film's page has the field."""

    NOWHERE = auto()
    OWN = auto()
    """In a place of its own, such as the title's."""
    LINE = auto()
    """In the line of facts under the date: Laga · 98 menit · 17+."""
    LABELLED = auto()
    """Below, behind its label."""


def _itself(value: Any, words: Words) -> str:  # noqa: ARG001
    """The value, or the values with commas between them."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _column(name: str, value: Any) -> dict[str, str]:
    """One column; lists are joined with "; "."""
    return {name: "; ".join(value) if isinstance(value, tuple) else str(value)}


class Fact(msgspec.Struct, frozen=True):
    """One field. `name` is that of its attribute, of its key in a file and of its key in JSON."""

    name: str
    label: str = ""
    """Message id."""
    shape: Shape = Shape.ONE
    parse: Callable[[str], Any] = parsers.text
    """One text of it to its value. Raises ValueRefusedError."""
    longest: int = LONGEST_NAME
    """Characters of one text."""
    most: int = MOST_ENTRIES
    """Entries of a list."""
    required: bool = False
    """Whether a film has to have it, in one of the catalog's layers."""
    shown: Shown = Shown.LABELLED
    words: Callable[[Any, Words], str] = _itself
    """The value for a reader."""
    line: Callable[[Any, Words], str] | None = None
    """The same where no label stands beside it, if that is something else."""
    columns: Callable[[str, Any], dict[str, str]] | None = _column
    """Its columns in a CSV file by name; None: it is in no column."""
    texts: Callable[[Any], Iterable[str]] | None = None
    """By which the search finds it."""
    facet: str = ""
    """The kind under which the calendar is filtered by its values."""
    finds: str = ""
    """What its values lead to on a film's page: films with the same person, or with the same value of a facet."""
    people: str = ""
    """The kind under which the words of its names are found by themselves, as in `director:anwar`."""
    counts_none: bool = False
    """Whether rows without it are filtered and counted under an empty value."""
    complete: Callable[[Any, Any], Any] = complete.value
    """The known value and what an import, or a lower layer, has -> the value."""
    compare: Callable[[Any, Any], str] | None = None
    """Two values of a release -> the kind of change that the ledger records, or an empty text."""


def values(value: Any) -> Iterable[str]:
    """The texts of a field with one or many."""
    return value if isinstance(value, tuple) else (value,) if value else ()


def _minutes(value: int, words: Words) -> str:
    return words.ngettext("{n} minute", "{n} minutes", value)


def _countries(value: Iterable[str], words: Words) -> str:
    return ", ".join(map(words.territory, value))


def _languages(value: Iterable[str], words: Words) -> str:
    return ", ".join(map(words.tongue, value))


def _in_languages(value: Iterable[str], words: Words) -> str:
    return words.gettext("in {languages}").format(languages=_languages(value, words))


def _cast_column(name: str, value: tuple[Credit, ...]) -> dict[str, str]:
    return {name: "; ".join(f"{c.name} as {c.role}" if c.role else c.name for c in value)}


def _cast_texts(value: tuple[Credit, ...]) -> Iterable[str]:
    for credit in value:
        yield credit.name
        yield credit.role or ""


def _prose_columns(name: str, value: Prose | None) -> dict[str, str]:
    return {
        f"{name}_id": (value and (value.id or value.plain)) or "",
        f"{name}_en": (value and value.en) or "",
    }


def _prose_texts(value: Prose | None) -> Iterable[str]:
    return value.texts if value else ()


def _moved(was: str | None, now: str | None) -> str:
    return "moved" if was != now else ""


def _called_off(was: str, now: str) -> str:
    return "status" if was != now and now in {"postponed", "cancelled"} else ""


RELEASE = (
    Fact("date", N_("Date"), parse=parsers.date, compare=_moved),
    Fact("type", N_("Release type"), parse=parsers.choice(TYPES), words=terms.release_type, facet="type"),
    Fact(
        "region",
        N_("Released in"),
        parse=parsers.country,
        words=lambda code, words: words.territory(code),
        facet="region",
    ),
    Fact(
        "status", N_("Status"), parse=parsers.choice(STATUSES), words=terms.status, facet="status", compare=_called_off
    ),
    Fact("source", N_("Source"), facet="source"),
    Fact("note", N_("Note"), shape=Shape.PROSE, columns=None),
    Fact("history", shape=Shape.HISTORY, columns=None),
)

FILM = (
    Fact("id", parse=parsers.id, longest=LONGEST_ID, required=True, shown=Shown.NOWHERE),
    Fact("title", N_("Title"), required=True, shown=Shown.OWN, texts=values),
    Fact("original_title", N_("Original title"), shown=Shown.OWN, texts=values),
    Fact("releases", N_("Other releases"), Shape.RELEASES, shown=Shown.OWN, complete=complete.releases),
    Fact("genres", N_("Genre"), Shape.MANY, parsers.genre, most=MOST_SHARED, shown=Shown.LINE, words=terms.genres,
         facet="genre", finds="genre"),
    Fact("runtime", N_("Runtime"), parse=parsers.minutes, shown=Shown.LINE, words=_minutes),
    Fact("rating", N_("Rating"), parse=parsers.choice(RATINGS), shown=Shown.LINE, facet="rating",
         counts_none=True),
    Fact("countries", N_("Country"), Shape.MANY, parsers.country, shown=Shown.LINE, words=_countries,
         facet="country", finds="country"),
    Fact("languages", N_("Language"), Shape.MANY, parsers.language, shown=Shown.LINE, words=_languages,
         line=_in_languages),
    Fact("directors", N_("Director"), Shape.MANY, texts=values, finds="person", people="director"),
    Fact("writers", N_("Writer"), Shape.MANY, texts=values, finds="person"),
    Fact("producers", N_("Producer"), Shape.MANY, texts=values, finds="person"),
    Fact("companies", N_("Production company"), Shape.MANY),
    Fact("distributor", N_("Distributor")),
    Fact("cast", N_("Cast"), Shape.CAST, shown=Shown.OWN, columns=_cast_column, texts=_cast_texts,
         people="cast", complete=complete.cast),
    Fact("synopsis", N_("Synopsis"), Shape.PROSE, parsers.lines, longest=LONGEST_TEXT, shown=Shown.OWN,
         columns=_prose_columns, texts=_prose_texts, complete=complete.prose),
    Fact("links", N_("Links"), Shape.LINKS, shown=Shown.OWN, columns=None, complete=complete.links),
    Fact("poster", N_("Poster"), parse=parsers.path, shown=Shown.NOWHERE, columns=None),
    Fact("same_as", parse=parsers.id, longest=LONGEST_ID, shown=Shown.NOWHERE, columns=None),
    Fact("hidden", N_("Hidden"), parse=parsers.flag, shown=Shown.NOWHERE, columns=None, complete=complete.flag),
)  # fmt: skip
