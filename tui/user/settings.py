"""Where things are: the catalog, the cache, today. Read once, at the border; a value afterwards."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec
from platformdirs import PlatformDirs

from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_
from tui.films.dates import parse_day

_DIRS = PlatformDirs("filmtui", appauthor=False)


def shipped_catalog() -> Path:
    """The catalog that comes with the program: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def user_catalog() -> Path | None:
    """None for a user without a home."""
    try:
        return place(_DIRS.user_data_dir) / "catalog"
    except RuntimeError:
        return None


def place(given: str | os.PathLike[str]) -> Path:
    """The one absolute path by which a place is known: ~ expanded, without . and .., symbolic links kept as links.

    Raises OSError where the path is relative and the working directory is gone.
    """
    return Path(os.path.abspath(os.path.expanduser(given)))  # noqa: PTH100, PTH111 (Path's keep .., and raise for ~unknown)


def catalog_at(given: str) -> Path:
    """The place of a catalog as an option names it. Raises ValueRefusedError."""
    if not given:
        raise ValueRefusedError(message(N_("the catalog's path is empty; name a YAML file or a directory of them")))
    return place(given)


def ships_with(path: Path) -> bool:
    """Whether a file or folder is the shipped catalog, or inside it, also by way of a symbolic link."""
    try:
        return path.resolve().is_relative_to(shipped_catalog().resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False


class Settings(msgspec.Struct, frozen=True):
    catalog: Path
    cache: Path
    """The directory of the indexes."""
    language: str
    today: date
    state: Path | None = None
    """The directory of what happened: the ledgers, the last import. None keeps nothing."""
    follows: bool = False
    """Whether today is the clock's, so that it moves on at midnight, not a day that somebody named."""


def _cache() -> Path:
    try:
        return place(os.environ.get("FILMTUI_CACHE") or _DIRS.user_cache_dir)
    except RuntimeError:  # a user without a home: nothing can be made here, so the library makes its own place
        return Path(os.devnull)


def _state() -> Path:
    try:
        return place(os.environ.get("FILMTUI_STATE") or _DIRS.user_state_dir)
    except RuntimeError:
        return Path(os.devnull)


def settings(catalog: str | None = None, language: str | None = None, today: str | None = None) -> Settings:
    """Options before the environment before what is there. Raises ValueRefusedError for a wrong day."""
    given = os.environ.get("FILMTUI_CATALOG") or None if catalog is None else catalog
    if given is not None:
        root = catalog_at(given)
    else:
        own = user_catalog()
        there = own and os.path.exists(own)  # noqa: PTH110 (Path's raises where one may not look)
        root = own if own and there else shipped_catalog()
    day = today or os.environ.get("FILMTUI_TODAY")
    return Settings(
        catalog=root,
        cache=_cache(),
        state=_state(),
        language=language or os.environ.get("FILMTUI_LANG") or "id",
        today=parse_day(day) if day else clock(),
        follows=not day,
    )


def clock() -> date:
    """The user's own day."""
    return date.today()  # noqa: DTZ011
