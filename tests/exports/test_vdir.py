"""A calendar as a folder: one file an event, equal ones untouched, nothing of others touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, filmtui
from tests.exports.listings import listing_of
from tests.exports.strict import events_in
from tui.exports.ics import events
from tui.exports.listing import Options
from tui.exports.vdir import file_name, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.exports.formats import Written

    Catalog = Callable[..., Path]

LONG_AGO = 1_000_000_000
FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nDESCRIPTION:a\r\n X-FILMTUI-ID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def exported(tmp_path: Path, root: Path, said: list[str] | None = None, **options: str) -> Written:
    tell = (said if said is not None else []).append
    with listing_of(tmp_path / "cache", root, options=Options(**options), state=tmp_path / "s", tell=tell) as listing:  # type: ignore[arg-type]
        return write(listing, tmp_path / "v")


def test_each_event_is_a_file_of_its_own_named_by_its_uid(tmp_path: Path) -> None:
    with listing_of(tmp_path / "cache") as listing:
        assert write(listing, tmp_path / "v" / "films").removed == 0
        wanted = {file_name(event.uid): event.text for event in events(listing)}
    found = kept(tmp_path / "v" / "films")
    assert (found.pop("displayname"), found.pop("color")) == (b"Rilis film", b"#008080")
    assert found == wanted
    for name, data in found.items():
        assert name == events_in(data, stored=True)[0]["UID"] + ".ics"


def test_only_what_has_changed_is_written_and_what_is_gone_taken_away(catalog: Catalog, tmp_path: Path) -> None:
    b, c = film("b", "B", "2026-02-01"), film("c", "C", "2026-03-01")
    assert exported(tmp_path, catalog(a=films(film("a", "A", "2026-01-08"), b, c))) == (3, 0, 0)
    before = kept(tmp_path / "v")
    for path in (tmp_path / "v").iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    assert exported(tmp_path, catalog(a=films(film("a", "A", "2026-01-09"), b))) == (1, 1, 1)
    after = kept(tmp_path / "v")
    times = {path.name: path.stat().st_mtime == LONG_AGO for path in (tmp_path / "v").iterdir()}
    assert times == {"a.ID.theatrical@filmtui.ics": False, "b.ID.theatrical@filmtui.ics": True, "color": True, "displayname": True}  # fmt: skip
    assert after.keys() == before.keys() - {"c.ID.theatrical@filmtui.ics"}
    assert b"SEQUENCE:1\r\n" in after["a.ID.theatrical@filmtui.ics"]


def test_nothing_of_others_is_touched(catalog: Catalog, tmp_path: Path) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-09")))
    folder = tmp_path / "v"
    folder.mkdir()
    others = {"x.ics": FOREIGN, "notes.txt": b"X-FILMTUI-ID:a", "a.ID.theatrical@filmtui.ics": FOREIGN,
              "displayname": b"Punyaku", "color": b"#123456"}  # fmt: skip
    for name, data in others.items():
        (folder / name).write_bytes(data)
    (folder / "y.ics").mkdir()
    (folder / "z.ics").symlink_to(folder / "b.ID.theatrical@filmtui.ics")
    said: list[str] = []
    assert exported(tmp_path, root, said) == (1, 0, 0)
    assert said == [f"{folder}/a.ID.theatrical@filmtui.ics bukan milik filmtui dan dibiarkan"]
    assert {path.name for path in folder.iterdir()} == {*others, "b.ID.theatrical@filmtui.ics", "y.ics", "z.ics"}
    assert {name: (folder / name).read_bytes() for name in others} == others


def test_a_name_that_is_asked_for_is_written(catalog: Catalog, tmp_path: Path) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08")))
    exported(tmp_path, root)
    exported(tmp_path, root, calendar_name="Bioskop")
    assert (tmp_path / "v" / "displayname").read_text("utf-8") == "Bioskop"
    exported(tmp_path, root)
    assert (tmp_path / "v" / "displayname").read_text("utf-8") == "Bioskop"


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_what_another_program_has_written_anew_is_still_ours(line_end: bytes, catalog: Catalog, tmp_path: Path) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08")))
    exported(tmp_path, root)
    (path,) = (tmp_path / "v").glob("*.ics")
    path.write_bytes(path.read_bytes().replace(b"STATUS:CONFIRMED", b"STATUS:TENTATIVE").replace(b"\r\n", line_end))
    assert exported(tmp_path, root) == (1, 0, 0)
    assert exported(tmp_path, catalog(a=films(film("b", "B", "2026-01-08")))) == (1, 0, 1)


def test_a_file_that_cannot_be_replaced_stays_whole(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(tmp_path, catalog(a=films(film("a", "A", "2026-01-08"))))
    before = kept(tmp_path / "v")

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="full"):
        exported(tmp_path, catalog(a=films(film("a", "A", "2026-01-09"))))
    assert kept(tmp_path / "v") == before


def test_the_longest_id_makes_a_name_that_file_systems_take() -> None:
    assert len(file_name(f"{'a' * 200}.ID.theatrical.12@filmtui")) <= 255


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    first = filmtui("export", "--format", "vdir", "-o", str(tmp_path / "v"), "--month", "2026-01")
    assert (first.returncode, first.stderr) == (0, f"filmtui: 6 berkas ditulis ke {tmp_path / 'v'}\n")
    again = filmtui("export", "--format", "vdir", "-o", str(tmp_path / "v"), "--genre", "horror", "--lang", "en")
    assert "genre: Horror" in again.stderr or "files written to" in again.stderr
    assert len(list((tmp_path / "v").glob("*.ics"))) < 12
    assert filmtui("export", "--format", "vdir").returncode == 2
