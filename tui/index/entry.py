"""How a film stands in the index: its places in the calendar, and the words it is found by."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.catalog.film import HOME_REGION, Film, News
from tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.catalog.film import Release

# place = date key (27 bits) | the file (15) | how many-th of that day in the file (21): 63 bits.
# It follows from the catalog alone, so an index brought up to date equals one made anew.
# The bits of a file come from its name; files that share them stand on one shelf.
_FILE_BITS, _NTH_BITS = 15, 21
DATE_SHIFT = _FILE_BITS + _NTH_BITS
NEXT_FILE = 1 << _NTH_BITS
"""Added to a place that a file with the same bits has taken."""

encode = msgspec.json.Encoder().encode
decode_film = msgspec.json.Decoder(Film).decode
decode_news = msgspec.json.Decoder(News).decode


def date_key(place: int) -> int:
    return place >> DATE_SHIFT


def shelf(name: str) -> int:
    """A file's bits. Of a thousand files some thirty share theirs: those are read together, see build.py."""
    digest = blake2b(name.encode(), digest_size=2).digest()
    return int.from_bytes(digest) >> (16 - _FILE_BITS)


class Places:
    """Hands out the places of a shelf's rows, in the order of its files and of the films in them."""

    def __init__(self, shelf: int) -> None:
        self._file = shelf << _NTH_BITS
        self._taken: Counter[int] = Counter()

    def of(self, film: Film) -> list[int]:
        places = []
        for release in film.rows:
            key = release.when.key
            places.append((key << DATE_SHIFT | self._file) + self._taken[key])
            self._taken[key] += 1
        return places

    def back(self, film: Film) -> None:
        """Take the film's places back, to hand them out again."""
        for release in film.rows:
            self._taken[release.when.key] -= 1


class Columns(NamedTuple):
    """What the full-text table holds of a row. Made anew from the Film to take the row out again."""

    title: str
    people: str
    synopsis: str
    facets: str


def columns(film: Film) -> Iterator[Columns]:
    """For each of the film's rows. Words are folded here, as `text.words` folds a query's."""
    title = fold(film.title)
    if film.original_title:
        title += "\n" + fold(film.original_title)
    people = "\n".join(
        [*film.directors, *film.writers, *film.producers, *(f"{c.name}\n{c.role or ''}" for c in film.cast)],
    )
    told = film.synopsis
    synopsis = "\n".join(filter(None, (told.id, told.en, told.plain))) if told else ""
    people, synopsis = fold(people), fold(synopsis)
    shared = [facet("genre", name) for name in film.genres]
    if film.rating:
        shared.append(facet("rating", film.rating))
    for release in film.rows:
        tokens = [facet(kind, value) for kind, value in _of_release(release)]
        if release.home:
            tokens.append(HOME)
        yield Columns(title, people, synopsis, " ".join(shared + tokens))


HOME = "home"


def _of_release(release: Release) -> list[tuple[str, str]]:
    return [("type", release.type), ("region", release.region), ("status", release.status)]


def facet(kind: str, value: str) -> str:
    """The token by which rows are filtered; hexadecimal, as a genre can be any text."""
    return f"{kind}x{value.encode().hex()}"


def facets(film: Film, release: Release) -> list[tuple[str, str]]:
    """The values that a user can filter the calendar by to find this row: kind and value."""
    if release.region != HOME_REGION:
        return []
    found = [("type", release.type)]
    if release.home:
        found += [("genre", name) for name in dict.fromkeys(film.genres)]
        found.append(("status", release.status))
        if film.rating:
            found.append(("rating", film.rating))
    return found
