"""Every problem in a catalog, for `filmtui check`. Reads the files, not the index."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from tui.base.errors import Message, Problem, message
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.advice import Advice, Place
from tui.catalog.below import Below
from tui.catalog.layers import OWN, files_of, layer_of
from tui.catalog.reading.reader import read
from tui.films.film import News

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from tui.films.film import Film


def twin(id: str, name: str) -> Message:
    """The problem of the second of two films with one id; `name` is the file of the first."""
    return message(N_("the id “{id}” is also in {file}; give each film its own"), id=id, file=clean(name))


def check(
    root: Path,
    film_read: Callable[[], None] = lambda: None,
    advise: date | None = None,
    shipped: Path | None = None,
) -> Iterator[Problem]:
    """Every problem of a catalog and the one below it, in the order of layers, files and lines.

    Last, what a film lacks in all layers, and films that are named and do not exist. `film_read` is called for each
    id that is met. `advise`: today's date; adds the warnings of advice.py about the user's own layer. Keeps a few
    bytes for each film in memory. Raises CatalogError.
    """
    files = sorted(files_of(root, shipped), key=lambda file: layer_of(file.name), reverse=True)
    layered = any(layer_of(file.name) != OWN for file in files)
    known = _Known()
    below = Below(files) if advise and layered else None
    advice = Advice(advise) if advise else None
    mentions: list[tuple[Problem, bytes]] = []
    for file in files:
        found: list[Problem] = []
        layer, name = layer_of(file.name), clean(file.name)
        for item in read(file, found.append):
            place = Place(name, item.line, item.column)
            if isinstance(item.value, News):
                for id in item.value.films:
                    missing = message(N_("the news names “{id}”, and no film has that id"), id=id)
                    mentions.append((Problem(*place, missing), _short(id)))
                continue
            if not known.has(_short(item.value.id)):
                film_read()
            if problem := known.add(item.value, layer, file.name, place):
                found.append(problem)
            if below and layer != OWN:
                below.add(item.value, layer)
            elif advice and layer == OWN and (film := below.whole(item.value, place) if below else item.value).title:
                found += advice.film(film, place)
        yield from sorted(found, key=lambda problem: (problem.line, problem.column))
    yield from known.lacking()
    yield from (problem for problem, id in mentions if not known.has(id))
    if advice:
        yield from advice.end()
    if below:
        yield from below.copies()


class _Known:
    """Which ids the layers speak of, and what they leave to other films and layers."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[bytes, str]] = {}  # by layer: the file of each id
        self._bare: dict[bytes, list[tuple[str, Place]]] = {}  # ids without a title, with their layers
        self._same: dict[bytes, tuple[str, Film, Place]] = {}  # what is another film, with its layer
        self._others: dict[bytes, bytes] = {}  # which one that is
        self._hidden: dict[bytes, tuple[str, bool]] = {}

    def add(self, film: Film, layer: str, file: str, place: Place) -> Problem | None:
        """The problem of a second film of one id in a layer."""
        short = _short(film.id)
        seen = self._seen.setdefault(layer, {})
        if short in seen:
            return Problem(*place, twin(film.id, seen[short]))
        seen[short] = file
        if not film.title:
            self._bare.setdefault(short, []).append((layer, place))
        if film.same_as is not None and layer <= self._same.get(short, (layer,))[0]:
            self._same[short], self._others[short] = (layer, film, place), _short(film.same_as)
        if film.hidden is not None and layer <= self._hidden.get(short, (layer,))[0]:
            self._hidden[short] = layer, film.hidden
        return None

    def has(self, short: bytes) -> bool:
        return any(short in seen for seen in self._seen.values())

    def lacking(self) -> Iterator[Problem]:
        """Films without a title in any layer, and those that are the same as none."""
        alone: set[bytes] = set()  # whose same_as leads nowhere
        for short, (_, film, place) in self._same.items():
            if not self.has(self._others[short]):
                alone.add(short)
                yield Problem(*place, message(N_("same_as names “{id}”, and no film has that id"), id=film.same_as))
            elif self._end(short) == short:
                yield Problem(*place, message(N_("“{id}” is the same as itself; leave out same_as"), id=film.id))
        titled = {self._end(short) for short in {*self._bare, *self._same} if self._titled(short)}
        ends = {self._end(short) for short in self._bare}
        hidden = {end for end in ends if self._hidden.get(end, ("", False))[1]}
        for short, places in self._bare.items():
            end = self._end(short)
            if short not in alone and end not in titled and end not in hidden and not self._titled(end):
                for _, place in places:
                    yield Problem(*place, message(N_("“{name}” is missing; each entry needs it"), name="title"))

    def _titled(self, short: bytes) -> bool:
        bare = {layer for layer, _ in self._bare.get(short, ())}
        return any(short in seen and layer not in bare for layer, seen in self._seen.items())

    def _end(self, short: bytes) -> bytes:
        """The film that this one is the same as in the end; itself in a circle."""
        path = [short]
        while (other := self._others.get(path[-1])) is not None and self.has(other):
            if other in path:
                return short
            path.append(other)
        return path[-1]


def _short(id: str) -> bytes:
    """Eight bytes in place of an id; among a million ids two are alike with a chance of 1 in 30 million."""
    return blake2b(id.encode(), digest_size=8).digest()
