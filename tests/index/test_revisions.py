"""Revisions of events: kept in a file that others write too, and that may be damaged."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tui.index.revisions import Edition, Revision, Revisions

if TYPE_CHECKING:
    from pathlib import Path

TOLD = Revision(0, 1000)


def edition(digest: str, uid: str = "a", told: Revision = TOLD) -> Edition:
    return Edition(uid, digest.encode(), told)


def ask(path: Path | None, *editions: Edition, now: int = 2000, variant: str = "id") -> list[Revision]:
    revisions = Revisions(path)
    try:
        return revisions.of(variant, editions, now)
    finally:
        revisions.close()


def test_a_revision_grows_with_each_change_and_only_then(tmp_path: Path) -> None:
    path = tmp_path / "state" / "x.revisions"
    assert ask(path, edition("one")) == [TOLD]
    assert ask(path, edition("one"), now=3000) == [TOLD]
    assert ask(path, edition("two"), now=4000) == [Revision(1, 4000)]
    assert ask(path, edition("two"), now=5000) == [Revision(1, 4000)]
    assert ask(path, edition("one"), now=4000) == [Revision(2, 4001)]
    assert ask(path, edition("one"), variant="en") == [TOLD]


def test_without_a_place_the_catalog_is_believed() -> None:
    assert ask(None, edition("one", told=Revision(3, 7))) == [Revision(3, 7)]


def test_what_the_catalog_counts_is_not_undercut(tmp_path: Path) -> None:
    ask(tmp_path / "x", edition("one"))
    assert ask(tmp_path / "x", edition("two", told=Revision(5, 9000))) == [Revision(5, 9000)]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(damage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(damage)
    revisions = Revisions(path)
    assert revisions.of("id", [edition("one")], 2000) == [TOLD]
    revisions.close()
    assert not revisions.lost
    assert ask(path, edition("two")) == [Revision(1, 2000)]


@given(st.data())
def test_no_flipped_byte_ends_an_export(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("flipped") / "x"
    every = [edition("one", f"film-{number}") for number in range(20)]
    ask(path, *every)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    for _ in range(2):
        found = ask(path, *every)
        assert len(found) == 20
        assert all(0 <= revision.sequence < 2**31 and 0 <= revision.modified < 253_402_300_800 for revision in found)


WRITER = """
import sys
from pathlib import Path
from tui.index.revisions import Edition, Revision, Revisions
revisions = Revisions(Path(sys.argv[1]))
sys.stdin.readline()
for turn in range(40):
    editions = [Edition(f"film-{number}", f"{turn}".encode(), Revision(0, 1000)) for number in range(200)]
    found = revisions.of("id", editions, 2000)
    print([revision.sequence for revision in found] == [found[0].sequence] * 200, revisions.lost)
"""


def test_several_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120)[0].splitlines() for process in running]
    assert told == [["True False"] * 40] * 3
    (last,) = ask(path, edition("end", "film-0"))
    assert 40 <= last.sequence <= 120  # each turn was one change for all of them, whoever saw it first
