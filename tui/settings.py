"""Where things are: the catalog, the cache, today. Read once, at the border; a value afterwards."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec
from platformdirs import PlatformDirs

from tui.dates import parse_day

_DIRS = PlatformDirs("filmtui", appauthor=False)


def shipped_catalog() -> Path:
    """The catalog that comes with the program: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def user_catalog() -> Path:
    return Path(_DIRS.user_data_dir) / "catalog"


class Settings(msgspec.Struct, frozen=True):
    catalog: Path
    cache: Path
    """The directory of the indexes."""
    language: str
    today: date


def settings(catalog: str | None = None, language: str | None = None, today: str | None = None) -> Settings:
    """Options before the environment before what is there. Raises ValueRefusedError for a wrong day."""
    given = catalog or os.environ.get("FILMTUI_CATALOG")
    if given:
        root = Path(given).expanduser()
    else:
        own = user_catalog()
        root = own if own.exists() else shipped_catalog()
    day = today or os.environ.get("FILMTUI_TODAY")
    return Settings(
        catalog=root,
        cache=Path(os.environ.get("FILMTUI_CACHE") or _DIRS.user_cache_dir),
        language=language or os.environ.get("FILMTUI_LANG") or "id",
        today=parse_day(day) if day else date.today(),  # noqa: DTZ011 (the user's own day)
    )
