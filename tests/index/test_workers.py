"""Files are read by processes beside this one, and whatever becomes of those, all that is in the files comes in."""

from __future__ import annotations

import io
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import film, films, places
from tests.index.test_index import everything
from tui.catalog.files import find
from tui.index import workers
from tui.index.workers import Readers, frames
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.catalog.files import File


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """However little there is to read; the processes that do."""
    started: list[subprocess.Popen[bytes]] = []

    start = subprocess.Popen

    def spy(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(start(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", spy)
    monkeypatch.setattr(workers, "_MUCH", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return started


@pytest.fixture
def root(catalog: Callable[..., Path]) -> Path:
    written = {
        f"f{number}": films(*(film(f"f{number}-{n}", f"Film {n}", f"2026-{number + 1:02}-01") for n in range(250)))
        for number in range(6)
    }
    news = "news:\n- {title: Berita, films: [f1-1]}\n"
    return catalog(**written, g=films(film("f0-0"), film("g", release="2026-02-30")) + news, h="films: [\n")


def ids(frames: list[workers.Frame]) -> list[str]:
    return [film.id for frame in frames for film in frame.films]


def taken(found: Readers, files: list[File]) -> list[workers.Frame]:
    return [frame for file in files for frame in found.frames(file)]


def test_processes_read_what_is_read_here(beside: list[subprocess.Popen[bytes]], root: Path, tmp_path: Path) -> None:
    with Library(places(root, tmp_path / "beside")) as library:
        library.refresh()
        found = everything(library)
        assert library.sizes() == (1500, 3)
    assert len(beside) == 2
    with Library(places(root, tmp_path / "here")) as library, pytest.MonkeyPatch.context() as here:
        here.setattr(workers, "_MUCH", 1 << 40)
        library.refresh()
        assert everything(library) == found
    assert len(beside) == 2


def test_a_process_that_dies_takes_nothing_along(beside: list[subprocess.Popen[bytes]], root: Path) -> None:
    files = list(find(root))
    expected = [frame for file in files for frame in frames(file)]
    with Readers(files) as found:
        first = [next(got := found.frames(files[0]))]
        for process in beside:
            process.kill()
            process.wait()
        rest = [*got, *taken(found, files[1:])]
    assert ids([*first, *rest]) == ids(expected)
    assert [p for frame in [*first, *rest] for p in frame.problems] == [p for frame in expected for p in frame.problems]


def test_no_process_is_left_behind(beside: list[subprocess.Popen[bytes]], root: Path) -> None:
    files = list(find(root))
    with Readers(files) as found:
        next(found.frames(files[0]))
        assert len(beside) == 2
    assert all(process.returncode is not None for process in beside)


def test_a_process_ends_with_the_one_who_asked(beside: list[subprocess.Popen[bytes]], root: Path) -> None:
    with Readers(list(find(root))[:2]):
        for process in beside:
            assert process.stdin
            process.stdin.close()
            assert process.wait(30) == 0


def test_files_that_need_not_be_read_are_passed_over(beside: list[subprocess.Popen[bytes]], root: Path) -> None:
    files = list(find(root))
    with Readers(files) as found:
        found.skip(files[0])
        assert ids(taken(found, files[1:3])) == ids([frame for file in files[1:3] for frame in frames(file)])


def test_a_little_is_read_without_a_process(beside: list[subprocess.Popen[bytes]], root: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as little, Library(places(root, tmp_path / "cache")) as library:
        little.setattr(workers, "_MUCH", 1 << 40)
        library.refresh()
    assert beside == []


def test_a_message_broken_off_is_none() -> None:
    whole = io.BytesIO()
    workers._put(whole, b"entries")
    for end in range(len(whole.getvalue())):
        assert workers._get(io.BytesIO(whole.getvalue()[:end])) == b""
    assert workers._get(io.BytesIO(whole.getvalue())) == b"entries"
