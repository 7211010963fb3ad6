"""The catalogs that are measured, and where they and their indexes are kept."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from benchmarks import generate, words
from benchmarks.process import FILMTUI, environment, run
from tui.user.places import shipped_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = {"shipped": 0, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
SEED = 2026


def place() -> Path:
    """The directory of all that is generated: FILMTUI_BENCH_DIR, else one in the user's cache."""
    return Path(os.environ.get("FILMTUI_BENCH_DIR") or user_cache_path("filmtui-benchmarks"))


@dataclass(frozen=True)
class Catalog:
    """A catalog that is measured, with the words that it is searched for."""

    size: str
    """One of SIZES."""
    path: Path
    cache: Path
    films: int
    """0 for the shipped one, which has too few for a rate."""
    month: str
    """The month that is listed, as 2020-05."""
    rare: str
    """A word that few films have."""
    marker: str
    """What the list shows once these are found."""

    @property
    def shipped(self) -> bool:
        return not self.films

    @property
    def env(self) -> dict[str, str]:
        """The environment of a filmtui that opens it."""
        return environment(FILMTUI_CATALOG=str(self.path), FILMTUI_CACHE=str(self.cache))

    def prepare(self) -> None:
        """Bring its index up to date. Raises FailedError."""
        run((*FILMTUI, "index"), self.env)


def open_catalog(size: str, tell: Callable[[str], None] = lambda _: None) -> Catalog:
    """The catalog of this size, generated if it is not there yet."""
    count = SIZES[size]
    cache = place() / f"index-{size}"
    if not count:
        return Catalog(size, shipped_catalog().resolve(), cache, 0, "2026-01", "gariepy", "Red Rooms")
    path = generated(place(), count, SEED, tell)
    return Catalog(size, path, cache, count, "2020-05", words.RARE, words.RARE.capitalize())


def generated(folder: Path, count: int, seed: int, tell: Callable[[str], None] = lambda _: None) -> Path:
    """The directory of `count` films in `folder`; one that was generated before, and to its end, is taken as it is."""
    home = folder / f"films-{count}-{seed}"
    made = {"version": generate.GENERATED_VERSION, "count": count, "seed": seed}
    marker = home / "complete.json"
    try:
        if json.loads(marker.read_text("utf-8")) == made:
            return home / "catalog"
    except (OSError, ValueError):
        pass
    tell(f"writing {count:,} films")
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    try:
        generate.write(new / "catalog", count, seed)
        (new / "complete.json").write_text(json.dumps(made), "utf-8")
        shutil.rmtree(home, ignore_errors=True)
        new.rename(home)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return home / "catalog"
