"""The fields of the search language, a row for each: their names, and how what is typed behind one is understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence  # noqa: TC003 (msgspec reads the annotations)
from functools import cache
from typing import NamedTuple

import msgspec

from tui.base.text import clean, fold
from tui.base.text import words as folded
from tui.base.words import LANGUAGES, Words, names
from tui.films import terms
from tui.films.film import RATINGS, STATUSES, TYPES
from tui.index.selection import Selection
from tui.library import moments
from tui.library.moments import Clock, Moment  # noqa: TC001 (msgspec reads the annotations)


class Context(msgspec.Struct, frozen=True):
    """What the meaning of a search depends on besides its text."""

    clock: Clock
    home: Selection = Selection()
    """What is selected where nothing is typed."""
    genres: Callable[[], Iterable[str]] = tuple
    """Those of the catalog, beside the known ones."""
    starred: Callable[[], frozenset[str]] = frozenset
    """The ids of the films that the user has starred."""

    @property
    def words(self) -> Words:
        return self.clock.words


class FieldValue(NamedTuple):
    """A value of a field."""

    value: str
    """As a catalog writes it."""
    label: str
    """In the user's language."""


class Meaning(NamedTuple):
    """What is typed behind a field means this."""

    labels: Sequence[str]
    facets: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    """Folded words of a person's name, of each that will do."""
    moments: tuple[Moment, ...] = ()


_UNRATED = ("tanpa", "none")
"""How one asks for films without an age class, in each language."""


STAR, STARS = "★", "★☆*"
"""What stands for starred films, and how it may be typed: few keyboards have a star."""
_STARRED = ("ya", "yes")
"""How one asks for them behind the name of the field, in each language."""


class Field(msgspec.Struct, frozen=True):
    """A field: `names` in Indonesian, English, and others."""

    kind: str
    """That of `facts.Fact.facet` or `people`; month, from, to."""
    names: tuple[str, ...]
    values: Callable[[Context], Iterable[tuple[FieldValue, frozenset[str]]]] | None = None
    """Its values and how they are spelled, folded; None where there is no list of them."""

    def name(self, words: Words) -> str:
        """In the user's language."""
        return self.names[LANGUAGES.index(words.language)]

    def written(self, value: str, context: Context) -> str:
        """A value of it as one types it."""
        if self.kind == "star":
            return _STARRED[LANGUAGES.index(context.words.language)]
        if self.kind == "rating":
            return value or _UNRATED[LANGUAGES.index(context.words.language)]
        return self.label(value, context).lower() if self.kind in {"genre", "type", "status"} else value

    def listed(self, context: Context) -> list[FieldValue]:
        """Its values; none where there is no list of them."""
        return [value for value, _ in self.values(context)] if self.values else []

    def label(self, value: str, context: Context) -> str:
        """What a value of it is called in the user's language."""
        return next((known.label for known in self.listed(context) if known.value == value), clean(value))


def _joined(text: str) -> str:
    return " ".join(folded(text))


def _spelled(*texts: str) -> frozenset[str]:
    return frozenset(map(_joined, texts))


@cache
def _speakers() -> tuple[Words, ...]:
    return tuple(map(Words, LANGUAGES))


def _genres(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    spelled: dict[str, set[str]] = {}
    for text, name in genre_words().items():
        spelled.setdefault(name, set()).add(text)
    for name in context.genres():
        spelled.setdefault(name, {_joined(name)})
    for name in sorted(spelled):
        yield FieldValue(name, clean(terms.genre(name, context.words))), frozenset(spelled[name])


def _ratings(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    for name in RATINGS:
        yield FieldValue(name, name), _spelled(name) | {name.lower()}
    spelled = (terms.rating("", words) for words in _speakers())
    yield FieldValue("", terms.rating("", context.words)), _spelled(*spelled, *_UNRATED)


def _types(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    for name in TYPES:
        spelled = (terms.release_type(name, words) for words in _speakers())
        yield FieldValue(name, terms.release_type(name, context.words)), _spelled(name, *spelled)


def _statuses(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    for name in STATUSES:
        spelled = (terms.status(name, words) for words in _speakers())
        yield FieldValue(name, terms.status(name, context.words)), _spelled(name, *spelled)


@cache
def _territories() -> tuple[tuple[str, frozenset[str]], ...]:
    known = [names(language).territories for language in LANGUAGES]
    codes = sorted({code for territories in known for code in territories if len(code) == 2})
    return tuple((code, _spelled(code, *(one[code] for one in known if code in one))) for code in codes)


def _stars(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    yield FieldValue(STAR, context.words.gettext("★ starred")), _spelled(*_STARRED) | {*STARS}


def _countries(context: Context) -> Iterable[tuple[FieldValue, frozenset[str]]]:
    for code, spelled in _territories():
        yield FieldValue(code, context.words.territory(code)), spelled


SEARCH_FIELDS = (
    Field("genre", ("genre", "genre"), _genres),
    Field("rating", ("usia", "rating", "klasifikasi"), _ratings),
    Field("type", ("jenis", "type", "tipe"), _types),
    Field("status", ("status", "status"), _statuses),
    Field("country", ("negara", "country"), _countries),
    Field("region", ("wilayah", "region"), _countries),
    Field("source", ("sumber", "source")),
    Field("star", ("bintang", "starred"), _stars),
    Field("month", ("bulan", "month", "tahun", "year")),
    Field("from", ("dari", "from")),
    Field("to", ("sampai", "to", "hingga")),
    Field("director", ("sutradara", "director")),
    Field("cast", ("pemeran", "cast")),
)
KINDS = {field.kind: field for field in SEARCH_FIELDS}
NAMED = {name: field for field in SEARCH_FIELDS for name in field.names}
"""By each of its names."""
PEOPLE = frozenset({"director", "cast"})
TIMES = frozenset({"month", "from", "to"})


def meaning(field: Field, values: Sequence[str], context: Context, lacking: set[int]) -> Meaning | None:
    """What these values mean behind the field; None where one of them means nothing.

    A value that is listed may be shortened: all that begin so are meant.
    """
    if field.kind in PEOPLE:
        people = tuple(tuple(folded(value)) for value in values)
        return Meaning([clean(value) for value in values], people=people) if all(people) else None
    if field.kind in TIMES:
        found = [_moment(value, field, context, lacking) for value in values]
        known = tuple(moment for moment in found if moment)
        return Meaning([one.name for one in known], moments=known) if len(known) == len(found) else None
    if field.values is None:
        sources = [clean(value) for value in values]
        return Meaning(sources, tuple((field.kind, value) for value in sources)) if all(sources) else None
    listed = list(field.values(context))
    meant: dict[str, str] = {}
    for text in values:
        wanted = _meant(text, listed)
        if not wanted:
            return None
        meant |= wanted
    return Meaning(list(meant.values()), tuple((field.kind, value) for value in meant))


def _meant(text: str, listed: Sequence[tuple[FieldValue, frozenset[str]]]) -> dict[str, str]:
    typed, bare = _joined(text), fold(text.strip())
    exact = {known.value: known.label for known, spelled in listed if typed in spelled or bare in spelled}
    if exact or not typed:
        return exact
    begun = [known for known, spelled in listed if any(one.startswith(typed) for one in spelled)]
    inside = [known for known, spelled in listed if any(f" {typed}" in one for one in spelled)]
    return {known.value: known.label for known in begun or inside}


def _moment(text: str, field: Field, context: Context, lacking: set[int]) -> Moment | None:
    parts = text.split()
    found = moments.read(parts, context.clock, lacking)
    if found and found[0] == len(parts):
        moment = found[1]
        if moment.month and field.kind != "month":  # a month without a year is one of this year
            return moments.month_of(context.clock.today.year, moment.month, context.words)
        return moment
    if field.kind != "month" or len(parts) != 1 or not (start := fold(text)).isalpha():
        return None
    number = next((number for name, number in moments.months().items() if name.startswith(start)), 0)
    return moments.any_month(number, context.words) if number else None


@cache
def genre_words() -> dict[str, str]:
    """Each known genre by how it is spelled in either language, folded."""
    known = {_joined(name): name for name in terms.GENRES} | {"sci fi": "science-fiction", "scifi": "science-fiction"}
    return known | {_joined(terms.genre(name, words)): name for words in _speakers() for name in terms.GENRES}
