"""Every problem in a catalog, for `filmtui check`. Reads the files, not the index."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from tui.base.errors import Message, Problem, message
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.advice import Advice, Place
from tui.catalog.files import find
from tui.catalog.reading.reader import read
from tui.films.film import News

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path


def twin(id: str, name: str) -> Message:
    """The problem of the second of two films with one id; `name` is the file of the first."""
    return message(N_("the id “{id}” is also in {file}; give each film its own"), id=id, file=clean(name))


def check(root: Path, film_read: Callable[[], None] = lambda: None, advise: date | None = None) -> Iterator[Problem]:
    """Every problem, in the order of files and lines; last, news that names films which do not exist.

    `film_read` is called for each film that is read. `advise`: today's date; adds the warnings of advice.py.
    Keeps a few bytes for each film in memory. Raises CatalogError.
    """
    seen: dict[bytes, str] = {}
    advice = Advice(advise) if advise else None
    mentions: list[tuple[Problem, bytes]] = []
    for file in find(root):
        found: list[Problem] = []
        for item in read(file, found.append):
            if isinstance(item.value, News):
                for id in item.value.films:
                    missing = message(N_("the news names “{id}”, and no film has that id"), id=id)
                    mentions.append((Problem(clean(file.name), item.line, item.column, missing), _short(id)))
                continue
            film_read()
            short = _short(item.value.id)
            if short in seen:
                found.append(Problem(clean(file.name), item.line, item.column, twin(item.value.id, seen[short])))
            else:
                seen[short] = file.name
            if advice:
                found += advice.film(item.value, Place(clean(file.name), item.line, item.column))
        yield from sorted(found, key=lambda problem: (problem.line, problem.column))
    yield from (problem for problem, id in mentions if id not in seen)
    if advice:
        yield from advice.end()


def _short(id: str) -> bytes:
    """Eight bytes in place of an id; among a million ids two are alike with a chance of 1 in 30 million."""
    return blake2b(id.encode(), digest_size=8).digest()
