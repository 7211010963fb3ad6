"""A followed source's folder: its films, and what is remembered of them beside."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import CatalogError
from tui.catalog.files import find, month, opening
from tui.catalog.reading.reader import read
from tui.films.film import Film

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STATE_FILE = ".state.json"


class FilmState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of a film."""

    key: str
    """By which the source knows it."""
    id: str
    """By which the catalog does."""
    fetched: dt.date
    mark: str = ""
    gone: dt.date | None = None
    """The day on which it was found to be no longer at the source."""
    maybe: tuple[str, ...] = ()
    """Ids of films that it may be, which a person has to say."""


class LayerState(msgspec.Struct, frozen=True, omit_defaults=True):
    asked: str = ""
    """The source as it was asked for: another one begins anew."""
    memory: dict[str, str] = {}
    films: tuple[FilmState, ...] = ()


class Layer:
    """The folder of one source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def state(self) -> LayerState:
        """What is remembered; nothing where that cannot be read."""
        try:
            return msgspec.json.decode((self.folder / STATE_FILE).read_bytes(), type=LayerState)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return LayerState()

    def films(self) -> dict[str, Film]:
        """By id; those that cannot be read are passed over, and fetched again."""
        try:
            items = [item.value for file in find(self.folder) for item in read(file, lambda problem: None)]
        except CatalogError:  # no folder, or nothing in it
            return {}
        return {film.id: film for film in items if isinstance(film, Film)}


def files_of(films: Iterable[Film], state: LayerState) -> dict[str, bytes]:
    """What the folder holds: a file for each month, its films by id, and the state. The same of the same films."""
    from tui.catalog.writing.emit import block

    months: dict[str, list[Film]] = {}
    for film in sorted(films, key=lambda film: film.id):
        months.setdefault(month(opening(film)), []).append(film)
    found = {
        f"{name}.yaml": ("films:\n" + "\n".join(map(block, inside)) + "\n").encode("utf-8", "surrogateescape")
        for name, inside in sorted(months.items())
    }
    return found | {STATE_FILE: msgspec.json.format(msgspec.json.encode(state), indent=1) + b"\n"}
