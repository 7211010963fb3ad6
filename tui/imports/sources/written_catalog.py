"""A file of filmtui's own catalogs, from elsewhere: its films with their ids."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tui.base.errors import message
from tui.base.words import N_
from tui.catalog.files import find
from tui.catalog.reading import reader
from tui.films.film import Film, News
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken

_LIST = re.compile(rb"^(?:films|news):[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def looks_like(data: bytes) -> bool:
    """Whether a list of films begins in it, as only catalogs have one."""
    return _LIST.search(data[: 1 << 16]) is not None and b"\x00" not in data


def read(data: bytes, name: str) -> Taken:
    """Its films and news. Raises SourceError where there is no film in it."""
    report = Problems(name)
    films: list[Incoming] = []
    news: list[News] = []
    known: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="filmtui-") as folder:
        path = Path(folder, "films.yaml")
        path.write_bytes(data)
        for file in find(path):
            for item in reader.read(file, lambda problem: report(problem.line, problem.message)):
                if isinstance(item.value, News):
                    news.append(item.value)
                elif item.value.id not in known:
                    known.add(item.value.id)
                    films.append(Incoming(_elsewhere(item.value), item.line))
    if not films:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return Taken(films, news, report.reported())


def _elsewhere(film: Film) -> Film:
    """Without the path of a poster, which is not here."""
    import msgspec

    return msgspec.structs.replace(film, poster=None)
