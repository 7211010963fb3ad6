"""How a film is put into the index: its places in the calendar, and the words by which it is found."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import msgspec

from tui.base.errors import Message
from tui.base.text import words
from tui.films.dates import LAST_DAY, UNDATED, key_of, period_of
from tui.films.facts import FILM, RELEASE, values
from tui.films.film import HOME_REGION, Film, News
from tui.films.titles import letters, loose
from tui.index.failures import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.films.facts import Fact
    from tui.films.film import Release

_T = TypeVar("_T")

# A release's place is 63 bits: its date key (27), its file (15), and its number within that day and file (21).
# It depends on the catalog alone, so an index brought up to date equals one made anew.
# A file's bits are a hash of its name; files with the same bits are called a shelf.
# A film of several layers keeps the place that one of them gives it on the same day. On other days its place is a hash
# of its id: 15 bits, a 1 that the number of no file's film has, 10 bits, and the release's number (10).
_FILE_BITS, _NTH_BITS = 15, 21
DATE_SHIFT = _FILE_BITS + _NTH_BITS
NEXT_FILE = 1 << _NTH_BITS
"""Added to a place that is taken by a file with the same bits."""

encode = msgspec.json.Encoder().encode
_film = msgspec.json.Decoder(Film).decode
_news = msgspec.json.Decoder(News).decode
_message = msgspec.json.Decoder(Message).decode
_months = msgspec.json.Decoder(list[tuple[int, int]]).decode
_places = msgspec.json.Decoder(list[int]).decode


def _read(body: bytes, crc: int, decode: Callable[[bytes], _T]) -> _T:
    try:
        if crc32(body) == crc:
            return decode(body)
    except (TypeError, ValueError, msgspec.MsgspecError):  # no longer bytes, or not this version's
        pass
    raise DamagedError


def decode_film(body: bytes, crc: int) -> Film:
    """The film stored so; `crc` is that of the body. Raises DamagedError, as the three below do."""
    return _read(body, crc, _film)


def decode_news(body: bytes, crc: int) -> News:
    return _read(body, crc, _news)


def decode_message(body: bytes, crc: int) -> Message:
    return _read(body, crc, _message)


def decode_months(body: bytes, crc: int) -> list[tuple[int, int]]:
    return _read(body, crc, _months)


def decode_places(body: bytes) -> list[int]:
    """The places kept so. Raises DamagedError."""
    return _read(body, crc32(body), _places)


def row_crc(*row: int | str) -> int:
    """The checksum of a row of the calendar, over the values of `query.Row`."""
    return crc32(encode(row))


def key_of_place(place: int) -> int:
    """The date key of a row's place."""
    return place >> DATE_SHIFT


def place_of_key(key: int) -> int:
    """The least place of a date key."""
    return key << DATE_SHIFT


def shelf(name: str) -> int:
    """A file's bits, 0 to 32,767. Of a thousand files some thirty share theirs: read together, see build.py."""
    return crc32(name.encode(errors="surrogateescape")) >> (32 - _FILE_BITS)


class FixedPlaces:
    """The places of a film of several layers."""

    def __init__(self, taken: Iterable[list[int]] = ()) -> None:
        """`taken`: the places that the layers give its releases, those of the lowest first."""
        self._taken: dict[int, list[int]] = {}
        for places in taken:
            for place in places:
                self._taken.setdefault(place >> DATE_SHIFT, []).append(place)

    def of(self, film: FilmEntry) -> list[int]:
        """The places for the film's rows."""
        waiting = {key: iter(places) for key, places in self._taken.items()}
        bits = crc32(film.id.encode())
        own = (bits >> 17) << _NTH_BITS | 1 << (_NTH_BITS - 1) | (bits & 0x3FF) << 10
        return [
            next(waiting.get(row.key, iter(())), row.key << DATE_SHIFT | own | min(ordinal, 0x3FF))
            for ordinal, row in enumerate(film.rows)
        ]


class RowPlaces:
    """Gives the rows of a shelf their places, in the order of its files and of the films in them."""

    def __init__(self, shelf: int) -> None:
        self._file = shelf << _NTH_BITS
        self._taken: Counter[int] = Counter()

    def of(self, film: FilmEntry) -> list[int]:
        """The next places for the film's rows."""
        places = []
        for row in film.rows:
            places.append((row.key << DATE_SHIFT | self._file) + self._taken[row.key])
            self._taken[row.key] += 1
        return places

    def back(self, film: FilmEntry) -> None:
        """Take the film's places back: the next film gets them."""
        for row in film.rows:
            self._taken[row.key] -= 1


class ReleaseEntry(msgspec.Struct, frozen=True, array_like=True):
    """A release of a film as it is put into the tables."""

    key: int
    """The date key."""
    home: bool
    """Whether it is shown unless asked for more."""
    type: str
    region: str
    status: str
    facets: str
    """The tokens by which it is filtered, with a space between them."""
    counted: list[tuple[str, str]]
    """What the filters of the calendar count it under: kind and value, such as genre and drama."""


class FilmEntry(msgspec.Struct, frozen=True, array_like=True):
    """A film as it is put into the tables. To take it out, the same is made again from the Film that is stored."""

    id: str
    title: str
    genre: str
    """The first, or an empty text."""
    body: bytes
    """The Film as JSON."""
    words: str
    """The folded words of title, people and synopsis, each once, with a space between them."""
    people: list[str]
    """The tokens of people's names, see `name_token`; each release has them among its facets."""
    counted: tuple[str, str, str, str]
    """Genres, rating, countries and directors, as each release has them in its row."""
    rows: list[ReleaseEntry]
    moved: list[int]
    """Date keys of the days on which a date of it was seen to have moved."""
    line: int
    column: int
    """Where the film begins in its file."""
    apart: bool = False
    """Whether it is no film by itself: it has no title, is hidden or is another one."""
    same_as: str | None = None


def entry_of(film: Film, line: int = 0, column: int = 0) -> FilmEntry:
    """The entry of a film that begins at this line and column of its file, both from 1."""
    texts = [text for fact in FILM if fact.texts for text in fact.texts(getattr(film, fact.name))]
    found = dict.fromkeys(word[:LONGEST_WORD] for word in words("\n".join(texts)))
    shared = [facet(kind, value) for kind, value in _facets(FILM, film)]
    shared += [facet("link", url) for url in film.links.values()]
    shared += dict.fromkeys(token for title in (film.title, film.original_title) for token in title_tokens(title or ""))
    people = _names(film)
    rows = []
    for release in film.rows:
        tokens = shared + people + [facet(kind, value) for kind, value in _facets(RELEASE, release)]
        tokens += [facet(kind, value) for kind, value in when(release.when.key)]
        tokens.append(HOME if release.home else AWAY)
        rows.append(
            ReleaseEntry(release.when.key, release.home, release.type, release.region, release.status,
                " ".join(tokens), facets(film, release)),
        )  # fmt: skip
    days = [e.recorded for release in film.releases for e in release.history if e.recorded]
    genre = film.genres[0] if film.genres else ""
    moved = [key_of(day) for day in days]
    return FilmEntry(
        film.id, film.title, genre, encode(film), " ".join(found), people, _counted(film), rows, moved, line, column,
        not film.title or film.hidden is not None or film.same_as is not None, film.same_as,
    )  # fmt: skip


def _counted(film: Film) -> tuple[str, str, str, str]:
    lists = (film.genres, (film.rating or "",), film.countries, film.directors)
    genres, rating, countries, directors = ("\n".join(dict.fromkeys(values)) for values in lists)
    return genres, rating, countries, directors


LONGEST_WORD = 64
"""Letters by which a word is found; those behind them are not looked at."""

_SIGN = "¶¶¶"
"""Begins every token, and no word of a film or a query. As long as the longest of the beginnings that `search` keeps an
index of, so that all tokens of a row take one place in that, not three each."""
HOME, AWAY = _SIGN + "home", _SIGN + "away"
"""The tokens of rows that are shown unasked, and of the others."""


def when(key: int) -> list[tuple[str, str]]:
    """What a row with this date key is found by: its day, its period, and the month of any year."""
    found = [("period", str(period_of(key)))]
    if key % 100 <= LAST_DAY and key != UNDATED:
        found.append(("month", f"{key // 100 % 100:02}"))
        if key % 100 < LAST_DAY:
            found.append(("day", str(key)))
    return found


def _names(film: Film) -> list[str]:
    """The tokens of each word in the names of people whose kind is asked for by itself."""
    found = [
        name_token(fact.people, word)
        for fact in FILM
        if fact.people
        for one in getattr(film, fact.name)
        for word in words(getattr(one, "name", one))
    ]
    return list(dict.fromkeys(found))


@lru_cache(4096)
def name_token(kind: str, word: str) -> str:
    """The token of the rows whose director, or whatever `kind` is, has this folded word in the name."""
    return f"{_SIGN}{kind}x{word[:LONGEST_WORD]}"


def title_tokens(title: str) -> list[str]:
    """The tokens of the rows whose film has this title in any spelling: with other spaces, or digits for letters."""
    spelled = dict.fromkeys(filter(None, (loose(title), letters(title))))
    return [f"{_SIGN}titlex{crc32(one.encode()):08x}" for one in spelled]


def _facets(table: tuple[Fact, ...], holder: Film | Release) -> list[tuple[str, str]]:
    """Kind and value of each field that rows are filtered by."""
    return [
        (fact.facet, value)
        for fact in table
        if fact.facet
        for value in dict.fromkeys(values(getattr(holder, fact.name))) or ([""] if fact.counts_none else [])
    ]


@lru_cache(1024)
def facet(kind: str, value: str) -> str:
    """The token that the rows with this value have; in hexadecimal, as a genre can be any text."""
    return f"{_SIGN}{kind}x{value.encode().hex()}"


def facets(film: Film, release: Release) -> list[tuple[str, str]]:
    """What the filters of the calendar count this release under: kind and value. Nothing for other countries."""
    if release.region != HOME_REGION:
        return []
    own = [(kind, value) for kind, value in _facets(RELEASE, release) if kind not in {"region", "source"}]
    if release.home:
        return own + [(kind, value) for kind, value in _facets(FILM, film) if kind != "country"]
    return [(kind, value) for kind, value in own if kind == "type"]
