"""What the user has chosen: options, then the environment, then what is there. Read once; a value afterwards."""

from __future__ import annotations

import os
from datetime import date

import msgspec

from tui.films.dates import parse_day
from tui.user.places import Places, cache_folder, catalog_at, shipped_catalog, state_folder, user_catalog


class Settings(msgspec.Struct, frozen=True):
    """How this run was asked for."""

    places: Places
    language: str
    """As it was given; `Words` says whether the program speaks it."""
    follows: bool = False
    """Whether today is the clock's day, which moves on at midnight, and not one that somebody named."""


def settings(catalog: str | None = None, language: str | None = None, today: str | None = None) -> Settings:
    """The settings of a run with these options; None where an option was not given.

    Raises ValueRefusedError for an empty catalog or a wrong day, OSError as `Places` does.
    """
    given = os.environ.get("FILMTUI_CATALOG") or None if catalog is None else catalog
    if given is not None:
        root = catalog_at(given)
    else:
        own = user_catalog()
        there = own and os.path.exists(own)  # noqa: PTH110 (Path's raises where one may not look)
        root = own if own and there else shipped_catalog()
    day = today or os.environ.get("FILMTUI_TODAY")
    return Settings(
        places=Places(
            catalog=root,
            cache=cache_folder(),
            state=state_folder(),
            today=parse_day(day) if day else clock(),
        ),
        language=language or os.environ.get("FILMTUI_LANG") or "id",
        follows=not day,
    )


def clock() -> date:
    """The day on the user's own clock."""
    return date.today()  # noqa: DTZ011
