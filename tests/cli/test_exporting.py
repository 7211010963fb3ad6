"""The command export: which format is meant, where it is written, and what is refused."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, filmtui
from tui.exports.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

FILES = [form.name for form in FORMATS.values() if form.chunks]
TEXTS = [name for name in FILES if not FORMATS[name].binary]


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_holds_what_standard_output_would(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{FORMATS[name].suffix}"
    done = filmtui("export", "--format", name, "-o", str(path), "--month", "2026-01")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"filmtui: 6 film ditulis ke {path}\n"
    assert path.read_text("utf-8") == filmtui("export", "--format", name, "--month", "2026-01").stdout
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


def test_the_suffix_tells_the_format(tmp_path: Path) -> None:
    path = tmp_path / "jadwal.JSON"
    filmtui("export", "horor", "-o", str(path))
    assert {row["id"] for row in json.loads(path.read_text("utf-8"))} >= {"dusun-mayit"}


def test_without_a_format_it_is_text() -> None:
    assert filmtui("export", "--month", "2026-01").stdout == filmtui("list", "--month", "2026-01").stdout


@pytest.mark.parametrize("name", ["jadwal", "jadwal.docx", ".csv"])
def test_a_suffix_that_tells_nothing_is_refused(name: str, tmp_path: Path) -> None:
    done = filmtui("export", "-o", str(tmp_path / name))
    assert done.returncode == 2
    assert f"“{name}”" in done.stderr
    assert ".csv" in done.stderr
    assert not (tmp_path / name).exists()


def test_a_file_without_a_film_is_told(tmp_path: Path) -> None:
    done = filmtui("export", "--month", "2031-01", "-o", str(tmp_path / "a.ics"))
    assert (done.returncode, done.stderr) == (
        0,
        f"filmtui: tidak ada film yang terpilih; {tmp_path}/a.ics tidak berisi film\n",
    )
    assert (tmp_path / "a.ics").exists()  # a feed of it goes on


def test_what_a_calendar_leaves_out_is_not_counted_as_written(tmp_path: Path) -> None:
    done = filmtui("export", "-o", str(tmp_path / "a.ics"))
    events = (tmp_path / "a.ics").read_text("utf-8").count("BEGIN:VEVENT")
    assert "1 rilis tanpa tanggal pasti tidak ikut" in done.stderr
    assert f"filmtui: {events} film ditulis ke" in done.stderr


def test_in_a_folder_the_file_is_named_by_its_months(tmp_path: Path) -> None:
    filmtui("export", "--format", "csv", "-o", str(tmp_path), "--month", "2026-01")
    filmtui("export", "--format", "json", "-o", f"{tmp_path}/", "--from", "2025-12", "--to", "2026-01-31")
    assert {path.name for path in tmp_path.glob("*.*")} == {"filmtui-2026-01.csv", "filmtui-2025-12-2026-01.json"}


def test_a_file_is_replaced_with_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "a.md", tmp_path / "link.md"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    filmtui("export", "-o", str(link))
    assert link.is_symlink()
    assert "2026" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        filmtui("export", "-o", str(tmp_path / "a.md"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = filmtui("export", "-o", str(tmp_path / "nowhere" / "a.csv"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"filmtui: {tmp_path}/nowhere/a.csv tidak dapat ditulis: folder {tmp_path}/nowhere tidak ada"
    ]


def test_a_device_is_written_to() -> None:
    done = filmtui("export", "--format", "csv", "-o", "/dev/stdout", "--month", "2026-01")
    assert done.stdout.startswith("id,title,")


@pytest.mark.parametrize("name", [name for name in FILES if FORMATS[name].binary])
@pytest.mark.parametrize("command", ["export", "list"])
def test_what_is_no_text_is_not_written_to_a_terminal(name: str, command: str) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "tui", command, "--format", name],
        cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False, env=dict(os.environ),
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert done.stderr.startswith(f"filmtui: {name} tidak dapat ditampilkan di terminal")
