"""A calendar, a table, a catalog's file or a page at an address that the user names."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tui.base.errors import Problem, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.titles import loose
from tui.imports.following.asking import Asking, Fetched, Told
from tui.imports.sources import written_catalog
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.registry import read, recognise

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Taken
    from tui.net.client import Answer

_KINDS = {"text/calendar": "ics", "text/csv": "csv", "text/tab-separated-values": "csv"}
_NO_FILM = N_("{source}: no film is found at this address; name a calendar, a table, a film's page or a catalog's file")
_CHANGED = N_("{source}: no film is found at this address any more; nothing was changed, look at it")


def fetch(asking: Asking) -> Fetched | None:
    """None where the address holds what it did. Raises SourceError, FetchError."""
    address = asking.source.address or ""
    answer = asking.client.get(address)
    memory = {"sha256": sha256(answer.body).hexdigest()}
    if memory == asking.before.memory:
        return None
    name = clean(PurePosixPath(unquote(urlsplit(address).path)).name) or asking.source.name
    try:
        taken = _taken(answer, name)
    except SourceError:
        taken = None
    if taken is None or not taken.films:
        known = any(film.gone is None for film in asking.before.films)
        raise SourceError(message(_CHANGED if known else _NO_FILM, source=asking.source.name))
    told: dict[str, Told] = {}
    problems = [Problem(asking.source.name, one.line, one.column, one.message, one.severity) for one in taken.problems]
    spanned = asking.source.first or asking.source.last
    for incoming in taken.films:
        if spanned and not asking.within(incoming.film.releases):
            continue
        start = key = incoming.film.id or loose(incoming.film.title) or fold(incoming.film.title)
        number = 2
        while key in told:
            key, number = f"{start}#{number}", number + 1
        told[key] = Told(incoming)
    return Fetched(told, memory, problems=tuple(problems))


def _taken(answer: Answer, name: str) -> Taken:
    """By what the server calls it, where that is one of a few, and else by what is in it. Raises SourceError."""
    kind = _KINDS.get(answer.type)
    if kind is None and written_catalog.looks_like(answer.body):
        return written_catalog.read(answer.body, name)
    if kind is not None:
        text = answer.body[: 1 << 16].decode("utf-8", "replace")
        kind = None if recognise(text, name) == "html" else kind  # an error's page under the type of what was wanted
    return read(answer.body, name, kind)
