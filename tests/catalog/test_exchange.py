"""A folder exchanged whole: old or new, wherever it is stopped."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.catalog.test_transaction import Kill, Lethal
from tui.base.errors import CatalogError
from tui.catalog.writing import exchange as exchanging
from tui.catalog.writing.exchange import WORKSHOP, exchange

if TYPE_CHECKING:
    from pathlib import Path

OLD = {"2026-01.yaml": b"films: []\n# old\n", "2026-02.yaml": b"films: []\n", ".state.json": b"{}"}
NEW = {
    "2026-01.yaml": b"films: []\n# new\n",
    "2026-02.yaml": b"films: []\n",
    "2026-03.yaml": b"x: y\n",
    ".state.json": b"[]",
}
STEPS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rename", "link", "rmdir", "scandir")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "followed" / "klub"
    found.parent.mkdir()
    return found


def contents(folder: Path) -> dict[str, bytes] | None:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else None


@pytest.mark.parametrize("steps", [False, True], ids=["swapped", "in two steps"])
@pytest.mark.parametrize(("before", "after"), [(None, NEW), (OLD, NEW), (OLD, None)], ids=["new", "other", "gone"])
def test_wherever_it_is_stopped_it_is_old_or_new(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, bytes] | None, after: dict[str, bytes] | None,
    *, steps: bool,
) -> None:  # fmt: skip
    if steps:
        monkeypatch.setattr(exchanging, "_swapped", lambda one, other: False)
    at, seen = 1, set()
    while True:
        with monkeypatch.context() as patch:
            exchange(folder, before)
            calls = Lethal.__new__(Lethal)
            calls.left = at
            for name in STEPS:
                patch.setattr(os, name, calls._wrapped(name, getattr(os, name)))
            try:
                exchange(folder, after)
                stopped = False
            except Kill:
                stopped = True
        if not steps:  # without any repair
            assert contents(folder) in (before, after)
        if stopped:
            seen.add(contents(folder) == after)
            exchanging.put_right(folder)
            assert contents(folder) in (before, after)
            assert exchange(folder, after) is (contents(folder) != after) or contents(folder) == after
        assert contents(folder) == after
        assert not (folder.parent / WORKSHOP).exists()
        if not stopped:
            break
        at += 1
    assert at > 3
    assert False in seen


def test_what_stays_keeps_its_time_and_nothing_is_touched_for_nothing(folder: Path) -> None:
    exchange(folder, OLD)
    os.utime(folder / "2026-02.yaml", ns=(1, 1))
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert not exchange(folder, OLD)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    assert exchange(folder, NEW)
    assert (folder / "2026-02.yaml").stat().st_mtime_ns == times["2026-02.yaml"]


def test_a_disk_that_refuses_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange(folder, OLD)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CatalogError):
        exchange(folder, NEW)
    assert contents(folder) == OLD
    assert not (folder.parent / WORKSHOP).exists()
