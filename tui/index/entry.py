"""How a film stands in the index: its places in the calendar, and the words it is found by."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import msgspec

from tui.base.errors import Message
from tui.base.text import words
from tui.films.dates import key_of
from tui.films.facts import FILM, RELEASE, values
from tui.films.film import HOME_REGION, Film, News
from tui.index.database import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.films.facts import Fact
    from tui.films.film import Release

T = TypeVar("T")

# place = date key (27 bits) | the file (15) | how many-th of that day in the file (21): 63 bits.
# It follows from the catalog alone, so an index brought up to date equals one made anew.
# The bits of a file come from its name; files that share them stand on one shelf.
_FILE_BITS, _NTH_BITS = 15, 21
DATE_SHIFT = _FILE_BITS + _NTH_BITS
NEXT_FILE = 1 << _NTH_BITS
"""Added to a place that a file with the same bits has taken."""

encode = msgspec.json.Encoder().encode
_film = msgspec.json.Decoder(Film).decode
_news = msgspec.json.Decoder(News).decode
_message = msgspec.json.Decoder(Message).decode
_months = msgspec.json.Decoder(list[tuple[int, int]]).decode


def _read(body: bytes, crc: int, decode: Callable[[bytes], T]) -> T:
    try:
        if crc32(body) == crc:
            return decode(body)
    except (TypeError, ValueError, msgspec.MsgspecError):  # no longer bytes, or not this version's
        pass
    raise DamagedError


def decode_film(body: bytes, crc: int) -> Film:
    """Raises DamagedError, as those below do."""
    return _read(body, crc, _film)


def decode_news(body: bytes, crc: int) -> News:
    return _read(body, crc, _news)


def decode_message(body: bytes, crc: int) -> Message:
    return _read(body, crc, _message)


def decode_months(body: bytes, crc: int) -> list[tuple[int, int]]:
    return _read(body, crc, _months)


def row_crc(place: int, id: str, ordinal: int, title: str, type: str, region: str, status: str) -> int:
    """Of a row of the calendar: the values of query.Row."""
    return crc32(encode((place, id, ordinal, title, type, region, status)))


def date_key(place: int) -> int:
    return place >> DATE_SHIFT


def shelf(name: str) -> int:
    """A file's bits. Of a thousand files some thirty share theirs: those are read together, see build.py."""
    return crc32(name.encode(errors="surrogateescape")) >> (32 - _FILE_BITS)


class Places:
    """Hands out the places of a shelf's rows, in the order of its files and of the films in them."""

    def __init__(self, shelf: int) -> None:
        self._file = shelf << _NTH_BITS
        self._taken: Counter[int] = Counter()

    def of(self, entry: Entry) -> list[int]:
        places = []
        for row in entry.rows:
            places.append((row.key << DATE_SHIFT | self._file) + self._taken[row.key])
            self._taken[row.key] += 1
        return places

    def back(self, entry: Entry) -> None:
        """Take the film's places back, to hand them out again."""
        for row in entry.rows:
            self._taken[row.key] -= 1


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A release of the film."""

    key: int
    """Of its date."""
    home: bool
    type: str
    region: str
    status: str
    facets: str
    """The tokens by which it is filtered."""
    counted: list[tuple[str, str]]
    """Kind and value of what a user can filter the calendar by to find it."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A film as it is put into the tables. Made anew from the Film to take it out again."""

    id: str
    title: str
    body: bytes
    words: str
    """By which it is found: those of title, people and synopsis, each once."""
    rows: list[Row]
    moved: list[int]
    """Date keys of the days on which a date of it was seen to have moved."""
    line: int
    column: int
    """Where the film begins in its file."""


def entry(film: Film, line: int = 0, column: int = 0) -> Entry:
    texts = [text for fact in FILM if fact.texts for text in fact.texts(getattr(film, fact.name))]
    found = dict.fromkeys(word[:LONGEST] for word in words("\n".join(texts)))
    shared = [facet(kind, value) for kind, value in _facets(FILM, film)]
    shared += [facet("link", url) for url in film.links.values()]
    rows = []
    for release in film.rows:
        tokens = shared + [facet(kind, value) for kind, value in _facets(RELEASE, release)]
        if not release.home:
            tokens.append(AWAY)
        rows.append(
            Row(release.when.key, release.home, release.type, release.region, release.status,
                " ".join(tokens), facets(film, release)),
        )  # fmt: skip
    days = [e.recorded for release in film.releases for e in release.history if e.recorded]
    return Entry(film.id, film.title, encode(film), " ".join(found), rows, [key_of(day) for day in days], line, column)


LONGEST = 64
"""Letters of a word that count."""

AWAY = "¶away"
"""The token of what is not shown unless asked for. No word of a film or a query has this sign."""


def _facets(table: tuple[Fact, ...], holder: Film | Release) -> list[tuple[str, str]]:
    """Kind and value of each field that rows are filtered by."""
    return [
        (fact.facet, value)
        for fact in table
        if fact.facet
        for value in dict.fromkeys(values(getattr(holder, fact.name)))
    ]


@lru_cache(1024)
def facet(kind: str, value: str) -> str:
    """The token by which rows are filtered; hexadecimal, as a genre can be any text."""
    return f"¶{kind}x{value.encode().hex()}"


def facets(film: Film, release: Release) -> list[tuple[str, str]]:
    """The values that a user can filter the calendar by to find this row: kind and value."""
    if release.region != HOME_REGION:
        return []
    own = [(kind, value) for kind, value in _facets(RELEASE, release) if kind != "region"]
    if release.home:
        return own + _facets(FILM, film)
    return [(kind, value) for kind, value in own if kind == "type"]
