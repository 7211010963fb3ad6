"""Where things are: the catalog, the cache, today. Read once, at the border; a value afterwards."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec
from platformdirs import PlatformDirs

from tui.dates import parse_day
from tui.errors import ValueRefusedError, message
from tui.i18n import N_

_DIRS = PlatformDirs("filmtui", appauthor=False)


def shipped_catalog() -> Path:
    """The catalog that comes with the program: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def user_catalog() -> Path | None:
    """None for a user without a home."""
    try:
        return Path(_DIRS.user_data_dir) / "catalog"
    except RuntimeError:
        return None


class Settings(msgspec.Struct, frozen=True):
    catalog: Path
    cache: Path
    """The directory of the indexes."""
    language: str
    today: date
    state: Path | None = None
    """The directory of what happened: the ledgers, the last import. None keeps nothing."""


def _cache() -> Path:
    try:
        return Path(os.environ.get("FILMTUI_CACHE") or _DIRS.user_cache_dir)
    except RuntimeError:  # a user without a home: nothing can be made here, so the library makes its own place
        return Path(os.devnull)


def _state() -> Path:
    try:
        return Path(os.environ.get("FILMTUI_STATE") or _DIRS.user_state_dir)
    except RuntimeError:
        return Path(os.devnull)


def settings(catalog: str | None = None, language: str | None = None, today: str | None = None) -> Settings:
    """Options before the environment before what is there. Raises ValueRefusedError for a wrong day."""
    if catalog == "":
        raise ValueRefusedError(message(N_("the catalog's path is empty; name a YAML file or a directory of them")))
    given = catalog or os.environ.get("FILMTUI_CATALOG")
    if given:
        root = Path(os.path.expanduser(given))  # noqa: PTH111 (Path's raises for an unknown user)
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
        today=parse_day(day) if day else date.today(),  # noqa: DTZ011 (the user's own day)
    )
