"""Where things are on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import PlatformDirs

from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_

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


def cache_folder() -> Path:
    try:
        return place(os.environ.get("FILMTUI_CACHE") or _DIRS.user_cache_dir)
    except RuntimeError:  # a user without a home: nothing can be made here, so the library makes its own place
        return Path(os.devnull)


def state_folder() -> Path:
    try:
        return place(os.environ.get("FILMTUI_STATE") or _DIRS.user_state_dir)
    except RuntimeError:
        return Path(os.devnull)


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
