"""The review of an import in the terminal: what is asked, and what is written of what was answered."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, places
from tui.base import disk
from tui.base.errors import CatalogError
from tui.base.words import Words
from tui.cli import importing as editor
from tui.imports.importing import Import, load
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.registry import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.user.places import Places

    Review = Callable[..., int]

NEWS = "Berita Lainnya\nSatu kabar\n"
ONE = "Jadwal Film\nKuyank\n29 Januari 2026\n"


@pytest.fixture
def told(tmp_path: Path) -> Places:
    return places(tmp_path / "new", tmp_path / "cache", tmp_path / "state", date(2026, 1, 1))


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch) -> Iterator[Review]:
    """The review of an import, with these answers; all of them have to be asked for."""
    left: list[str] = []
    monkeypatch.setattr("click.prompt", lambda *_, **__: left.pop(0))
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)

    def run(found: Import, *answers: str) -> int:
        left[:] = answers
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return editor._review(found, Words("en"), dry_run=False, yes=False, force=False, as_json=False)

    yield run
    assert left == []


def test_who_declines_everything_writes_nothing(
    told: Places, review: Review, capsys: pytest.CaptureFixture[str]
) -> None:
    with Import(told) as found:
        found.add((ONE + NEWS).encode(), "page.txt")
        assert review(found, "n", "x", "n") == 0
    text = capsys.readouterr().out
    assert "News: Satu kabar" in text
    assert text.endswith("nothing was saved\n")
    assert not told.catalog.exists()


def test_news_can_be_all_that_is_taken(told: Places, review: Review, capsys: pytest.CaptureFixture[str]) -> None:
    with Import(told) as found:
        found.add((ONE + NEWS).encode(), "page.txt")
        assert review(found, "n", "y") == 0
    (file,) = told.catalog.iterdir()
    assert "Kuyank" not in file.read_text("utf-8")
    assert "Satu kabar" in file.read_text("utf-8")
    assert capsys.readouterr().out.endswith(f"saved: {file.name}\n")


@pytest.mark.parametrize(("answers", "written"), [(["a"], True), (["y", "q"], False), (["y", "a"], True)])
def test_all_and_quit_are_for_the_news_too(told: Places, review: Review, answers: list[str], written: bool) -> None:
    with Import(told) as found:
        found.add((ONE + NEWS).encode(), "page.txt")
        assert review(found, *answers) == int(not written)
    text = "".join(path.read_text("utf-8") for path in told.catalog.glob("*"))
    assert ("Kuyank" in text, "Satu kabar" in text) == (written, written)


def test_a_film_asked_about_keeps_its_own_source(told: Places, review: Review, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "Rumah", "2026-01-08"), film("b", "Rumah", "2026-02-08")))
    with Import(told, root) as found:
        found.add(b"judul,tanggal\nRumah,2026-01-15\n", "one.csv")
        found.add(b"judul,tanggal\nLain,2026-01-22\n", "two.csv")
        assert review(found, "y", "0") == 0
        sources = {change.film.title: change.film.releases[0].source for change in found.found.changes}
    assert sources == {"Rumah": "one.csv", "Lain": "two.csv"}


@pytest.mark.parametrize("command", ["false", "/no/such/editor", "vim '", "rm"])
def test_an_editor_that_fails_is_told_and_asked_again(
    told: Places, review: Review, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", command)
    with Import(told) as found:
        found.add(ONE.encode(), "page.txt")
        assert review(found, "e", "y") == 0
    captured = capsys.readouterr()
    assert captured.err == "the editor failed, and the film stays as it was; look at $EDITOR\n"
    assert "Kuyank" in (told.catalog / "2026-01.yaml").read_text("utf-8")


def test_without_file_locks_an_import_does_not_begin(told: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "HAS_LOCKS", False)
    with pytest.raises(CatalogError, match="POSIX file locks"):
        Import(told)


# where from


def text(error: SourceError) -> str:
    return error.message.text(Words("en"))


def refused(path: str) -> str:
    with pytest.raises(SourceError) as caught:
        load(path)
    return text(caught.value)


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/null", "/dev/tty", "/dev/zero"):
        assert refused(path) == f"{path}: not a regular file; save the page as a file"


def test_a_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    with endless.open("wb") as stream:
        stream.truncate(1 << 40)
    data, name = load(str(endless))
    assert (len(data), name) == (LONGEST + 1, "endless")


def test_a_home_is_meant_by_its_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "page.txt").write_text("x", "utf-8")
    assert load("~/page.txt") == (b"x", "page.txt")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none", "not there"), ("no\0ne", "not there"), ("x" * 300, "the name is too long"),
        ("file/below", "part of the path is not a directory"), (".", "a directory, not a file"),
        ("circle", "symbolic links in a circle"),
    ],
)  # fmt: skip
def test_why_a_file_cannot_be_read_is_said_in_our_words(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refused(f"{tmp_path}/{name}").endswith(f": cannot be read: {why}")
