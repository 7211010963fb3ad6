"""The plug pulled in the middle of a sync: the layer is the old or the new one, and the next sync goes on from it."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from tests.catalog.test_transaction import Kill, Lethal
from tests.conftest import places
from tests.imports.worlds import QUICK, UrlWorld
from tests.net.server import Server
from tui.imports.following.state import Layer
from tui.imports.following.sync import Outcome, Sync
from tui.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tui.user.places import Places

STEPS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rename", "link", "rmdir", "scandir")
BEFORE = {"Kuyank": "2026-02-05", "Suka Duka Tawa": "2026-01-08"}
AFTER = {"Kuyank": "2026-03-12", "Suka Duka Tawa": "2026-01-08", "Kafir": "2026-01-29"}


def dates(at: Places) -> dict[str, str | None]:
    return {film.title: film.releases[0].date for film in Layer(at.followed("klub")).films().values()}


def sync(world: UrlWorld, at: Places) -> Outcome:
    (outcome,) = Sync(at, limits=QUICK).run([world.source()])
    return outcome


def test_pulled_anywhere_it_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    seen = set()
    with Server() as server:
        for at in range(1, 400, 3):
            root = tmp_path / str(at)
            (root / "catalog").mkdir(parents=True)
            here = places(root / "catalog", root / "cache", root / "state", date(2026, 1, 5))
            world = UrlWorld(server, BEFORE)
            assert sync(world, here).failure is None
            world.films = dict(AFTER)
            stopped = False
            with monkeypatch.context() as patch:
                calls = Lethal.__new__(Lethal)
                calls.left = at
                for name in STEPS:
                    patch.setattr(os, name, calls._wrapped(name, getattr(os, name)))
                try:
                    sync(world, here)
                except Kill:
                    stopped = True
            found = dates(here)
            assert found in (BEFORE, AFTER), at
            seen.add((stopped, found == AFTER))
            assert sync(world, here).failure is None
            assert dates(here) == AFTER
            with Library(here) as library:
                library.refresh()
                assert library.sizes() == (3, 0)
            if not stopped:
                break
    assert {(True, False), (False, True)} <= seen
