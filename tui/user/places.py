"""Where things are on this machine: the catalog, the cache, the state and the user's own settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

import msgspec
from platformdirs import PlatformDirs

from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_DIRS = PlatformDirs("filmtui", appauthor=False)

FOLLOWED = "followed"
"""The folder of a catalog that holds a folder for each source that is followed."""
SOURCES_FILE = "sources.yaml"
"""The file of a catalog that says which sources are followed."""


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where the program reads and writes, and the day that is today. Each path is made absolute once, here, by `place`.

    Raises OSError where a path is relative and the working directory is gone.
    """

    catalog: Path
    """A YAML file, or a directory of them: what the user writes, and imports write into."""
    shipped: Path | None = None
    """The catalog below that one, which nobody writes; then the user's own need not be there. See catalog/layers.py."""
    cache: Path
    """The directory of the indexes. Whatever is in it can be made again."""
    today: date
    state: Path | None = None
    """The directory of ledgers, visits, sessions, revisions and what undoes an import; None: nothing is kept."""
    starred: Path | None = None
    """The file of the films that the user has starred, whether it is there or not; None: none are kept."""

    def __post_init__(self) -> None:
        for name in ("catalog", "shipped", "cache", "state", "starred"):
            if path := getattr(self, name):
                msgspec.structs.force_setattr(self, name, place(path))

    def of(self, catalog: Path) -> Places:
        """The same places with another catalog, and none below it."""
        return msgspec.structs.replace(self, catalog=catalog, shipped=None)

    def on(self, today: date) -> Places:
        """The same places on another day."""
        return msgspec.structs.replace(self, today=today)

    def followed(self, name: str) -> Path:
        """The folder of a followed source, whether it is there or not: written by the program alone."""
        return self.catalog / FOLLOWED / name

    @property
    def sources(self) -> Path:
        """The file that says which sources are followed, whether it is there or not."""
        return self.catalog / SOURCES_FILE

    @property
    def index(self) -> Path:
        """The file of the catalog's index: another one with a catalog below it than without."""
        return self.cache / f"{self._name}{'-layers' if self.shipped else ''}.sqlite3"

    @property
    def ledger(self) -> Path | None:
        """The file of what changed in the catalog, one entry a line."""
        return self._kept("jsonl")

    @property
    def visit(self) -> Path | None:
        """The file about the last time that somebody looked at the catalog."""
        return self._kept("visit")

    @property
    def session(self) -> Path | None:
        """The file about how the catalog's calendar was left."""
        return self._kept("session")

    @property
    def frame(self) -> Path | None:
        """The file with the calendar's last picture."""
        return self._kept("frame")

    @property
    def synced(self) -> Path | None:
        """The file about when each source was asked the last time, and what came of it."""
        return self._kept("synced")

    @property
    def told(self) -> Path | None:
        """The file about which starred films were reminded of."""
        return self._kept("told")

    @property
    def undo(self) -> Path | None:
        """The file that the last import into the catalog is undone from."""
        return self._kept("undo")

    @property
    def revisions(self) -> Path | None:
        """The file of how often each event of a published calendar has changed."""
        return self._kept("revisions")

    def _kept(self, suffix: str) -> Path | None:
        return self.state / f"{self._name}.{suffix}" if self.state else None

    @property
    def _name(self) -> str:
        """What a catalog's own files are called, from its path. hashlib would cost 3 ms of each start.

        Two catalogs of one name would share an index, which would be read anew whenever the other is opened.
        """
        path = os.fsencode(self.catalog)
        return f"{crc32(path):08x}{adler32(path):08x}{len(path):x}"


def place(given: str | os.PathLike[str]) -> Path:
    """The one absolute path by which a place is known: ~ expanded, without . and .., symbolic links kept as links.

    Raises OSError where the path is relative and the working directory is gone.
    """
    return Path(os.path.abspath(os.path.expanduser(given)))  # noqa: PTH100, PTH111 (Path's keep .., and raise for ~unknown)


def shipped_catalog() -> Path:
    """The catalog that comes with the program: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def user_catalog() -> Path | None:
    """The catalog in the user's data directory, whether it is there or not; None for a user without a home."""
    try:
        return place(_DIRS.user_data_dir) / "catalog"
    except RuntimeError:
        return None


def stars_file() -> Path | None:
    """The user's starred films, whether the file is there or not: FILMTUI_STARS, else beside the user's catalog.

    None for a user without a home.
    """
    try:
        return place(os.environ.get("FILMTUI_STARS") or os.path.join(_DIRS.user_data_dir, "starred.yaml"))  # noqa: PTH118
    except RuntimeError:
        return None


def cache_folder() -> Path:
    """The directory of the indexes: FILMTUI_CACHE, else the user's cache directory."""
    return _folder("FILMTUI_CACHE", lambda: _DIRS.user_cache_dir)


def state_folder() -> Path:
    """The directory of what cannot be made again from the catalog: FILMTUI_STATE, else the user's state directory."""
    return _folder("FILMTUI_STATE", lambda: _DIRS.user_state_dir)


def downloads_folder() -> Path:
    """Where what is exported goes unless another place is named: the user's downloads, else home, else here."""
    from platformdirs import user_downloads_path

    for folder in (user_downloads_path, Path.home):
        try:
            found = folder()
        except RuntimeError:
            continue
        if found.is_dir():
            return place(found)
    return place(".")


def settings_file() -> Path:
    """The user's settings, whether they are there or not: FILMTUI_CONFIG, else in the user's config directory.

    For a user without a home it is one that cannot be there.
    """
    try:
        return place(os.environ.get("FILMTUI_CONFIG") or os.path.join(_DIRS.user_config_dir, "settings.toml"))  # noqa: PTH118
    except (RuntimeError, OSError):
        return Path(os.devnull) / "settings.toml"


def _folder(variable: str, usual: Callable[[], str]) -> Path:
    """What the environment variable says, else the usual directory.

    For a user without a home it is one in which nothing can be made; the index then takes a temporary directory.
    """
    try:
        return place(os.environ.get(variable) or usual())
    except RuntimeError:
        return Path(os.devnull)


def catalog_at(given: str) -> Path:
    """The place of a catalog as an option names it. Raises ValueRefusedError where it is empty."""
    if not given:
        raise ValueRefusedError(message(N_("the catalog's path is empty; name a YAML file or a directory of them")))
    return place(given)


def ships_with(path: Path) -> bool:
    """Whether a file or folder is the shipped catalog, or inside it, also by way of a symbolic link."""
    try:
        return path.resolve().is_relative_to(shipped_catalog().resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False
