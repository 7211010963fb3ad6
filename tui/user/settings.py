"""The settings: places, language and day, read once from options and environment; a value afterwards."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from tui.films.dates import parse_day
from tui.user.places import cache_folder, catalog_at, shipped_catalog, state_folder, user_catalog

if TYPE_CHECKING:
    from pathlib import Path


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
        cache=cache_folder(),
        state=state_folder(),
        language=language or os.environ.get("FILMTUI_LANG") or "id",
        today=parse_day(day) if day else clock(),
        follows=not day,
    )


def clock() -> date:
    """The user's own day."""
    return date.today()  # noqa: DTZ011
