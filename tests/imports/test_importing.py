"""From a page to the calendar: the commands as processes, and the screens by Pilot."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from tests.conftest import DATA, ROOT, SHIPPED, film, films, filmtui, places, press, settled, shown, until
from tui.app.app import make
from tui.base.errors import CatalogError
from tui.catalog.writing.layout import Layout
from tui.films.film import Film
from tui.imports.importing import Import, take_back
from tui.library.library import Library
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

PAGE = ROOT / "tests" / "samples" / "pages" / "november.txt"
TODAY = ("--today", "2026-11-01")


def rows(catalog: Path) -> list[dict[str, Any]]:
    done = filmtui("--catalog", str(catalog), "list", "--format", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_page_becomes_a_calendar_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    new = tmp_path / "new"
    done = filmtui("import", str(PAGE), "--into", str(new), "--yes", *TODAY)
    assert done.returncode == 0, done.stderr
    found = rows(new)
    assert [(row["title"], row["date"]) for row in found] == [
        ("Rumah di Ujung Jalan", "2026-11-05"), ("1917", "2026-11-12"), ("Laut Bercerita", "2026-11-19"),
    ]  # fmt: skip
    assert found[0]["synopsis"]
    assert found[0]["cast"] == [{"name": "Sari Wulandari", "role": "Ratna"}, {"name": "Bagus Permana"}]
    assert [path.name for path in new.iterdir()] == ["2026-11.yaml"]
    before = (new / "2026-11.yaml").read_bytes()
    again = filmtui("import", str(PAGE), "--into", str(new), "--yes", *TODAY)
    assert again.returncode == 0
    assert "tidak ada yang berubah" in again.stdout
    assert (new / "2026-11.yaml").read_bytes() == before


def test_a_moved_date_is_told_and_kept_and_taken_back(tmp_path: Path) -> None:
    new = tmp_path / "new"
    filmtui("import", str(PAGE), "--into", str(new), "--yes", *TODAY)
    later = tmp_path / "later.txt"
    later.write_text(PAGE.read_text("utf-8").replace("19 November", "3 Desember"), "utf-8")
    shown = filmtui("import", str(later), "--into", str(new), "--dry-run", *TODAY)
    assert "bergeser dari 19 Nov ke 3 Des" in shown.stdout
    assert len(rows(new)) == 3
    before = {path.name: path.read_bytes() for path in new.iterdir()}
    done = filmtui("import", str(later), "--into", str(new), "--yes", "--format", "json", *TODAY)
    found = json.loads(done.stdout)
    assert [change["kind"] for change in found["changes"]] == ["unchanged", "unchanged", "moved"]
    assert sorted(found["written"]) == ["2026-11.yaml", "2026-12.yaml"]
    (moved,) = [row for row in rows(new) if row["title"] == "Laut Bercerita"]
    assert moved["date"] == "2026-12-03"
    assert (new / "2026-12.yaml").exists()
    text = filmtui("--catalog", str(new), "changes", "--since", "2026-10-01", *TODAY).stdout
    assert "Laut Bercerita mundur dari 19 November ke 3 Desember 2026 (sumber: later.txt)." in text
    undone = filmtui("import", "--undo", "--into", str(new))
    assert undone.returncode == 0, undone.stderr
    assert {path.name: path.read_bytes() for path in new.iterdir()} == before


def test_an_import_writes_what_differs_into_the_users_own_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FILMTUI_CATALOG")
    shipped = {path.name: path.read_bytes() for path in SHIPPED.iterdir()}
    own = tmp_path / "share" / "filmtui" / "catalog"
    page = tmp_path / "page.txt"
    page.write_text("Jadwal Film\nKuyank\n5 Februari 2026\nOmbak Sunyi\n6 Februari 2026\n", "utf-8")
    done = filmtui("import", str(page), "--yes", "--today", "2026-01-01")
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in SHIPPED.iterdir()} == shipped
    assert [path.name for path in own.iterdir()] == ["2026-02.yaml"]
    (kuyank, new) = sorted(Layout("", (own / "2026-02.yaml").read_bytes()).parts["films"], key=lambda part: part.dash)
    assert isinstance(kuyank.value, Film)
    assert isinstance(new.value, Film)
    assert (kuyank.value.id, kuyank.value.title, kuyank.value.synopsis) == ("kuyank", "", None)
    assert [release.date for release in kuyank.value.releases] == ["2026-02-05"]
    assert new.value.title == "Ombak Sunyi"
    found = {row["id"]: row for row in json.loads(filmtui("list", "--format", "json").stdout)}
    assert (found["kuyank"]["title"], found["kuyank"]["date"]) == ("Kuyank", "2026-02-05")
    assert "ombak-sunyi" in found
    assert filmtui("check").returncode == 0
    told = filmtui("changes", "--since", "2026-01-01", "--today", "2026-01-01").stdout
    assert "Kuyank mundur dari 29 Januari ke 5 Februari 2026 (sumber: page.txt)." in told
    again = filmtui("import", str(page), "--yes", "--today", "2026-01-02")
    assert "tidak ada yang berubah" in again.stdout
    assert filmtui("import", "--undo").returncode == 0
    assert list(own.iterdir()) == []
    found = {row["id"]: row for row in json.loads(filmtui("list", "--format", "json").stdout)}
    assert found["kuyank"]["date"] == "2026-01-29"
    assert "ombak-sunyi" not in found


def test_an_import_leaves_what_the_user_wrote_and_what_is_hidden(tmp_path: Path) -> None:
    root, shipped = tmp_path / "own", tmp_path / "below"
    root.mkdir()
    shipped.mkdir()
    (shipped / "a.yaml").write_text(films(film("laut", "Laut", "2026-11-12"), film("darat", "Darat", "2026-11-12")))
    (root / "mine.yaml").write_text(
        "films:\n- id: laut  # mine\n  title: Laut\n  synopsis: {id: Ombak.}\n- {id: darat, hidden: true}\n", "utf-8"
    )
    layers = replace(places(root, tmp_path / "cache", tmp_path / "state", date(2026, 11, 1)), shipped=shipped)
    with Import(layers) as found:
        found.add(b"Jadwal Film\nLaut\n19 November 2026\nDarat\n20 November 2026\n", "page.txt")
        assert [change.kind for change in found.found.changes] == ["moved", "unchanged"]
        assert found.write(found.found.changes, []) == ["mine.yaml"]
    text = (root / "mine.yaml").read_text("utf-8")
    assert text.startswith("films:\n- id: laut  # mine\n  title: Laut\n  releases:\n  - date: 2026-11-19\n")
    assert text.endswith("  synopsis: {id: Ombak.}\n- {id: darat, hidden: true}\n")


def test_a_film_edited_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    root, shipped = tmp_path / "own", tmp_path / "below"
    root.mkdir()
    shipped.mkdir()
    (shipped / "a.yaml").write_text(films(film("laut", "Laut", "2026-11-12")))
    layers = replace(places(root, tmp_path / "cache", tmp_path / "state", date(2026, 11, 1)), shipped=shipped)
    with Import(layers) as found:
        found.add(b"Jadwal Film\nLaut\n19 November 2026\n", "page.txt")
        (root / "mine.yaml").write_text("films:\n- {id: laut, release: 2026-11-26}\n", "utf-8")
        with Library(layers) as other:
            other.refresh()
        with pytest.raises(CatalogError, match="changed while the import"):
            found.write(found.found.changes, [])


def test_without_a_terminal_nothing_is_written_unasked(tmp_path: Path) -> None:
    done = filmtui("import", str(PAGE), "--into", str(tmp_path / "new"))
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert "Laut Bercerita" in done.stdout
    assert not (tmp_path / "new").exists()


def test_putting_off_most_of_what_it_meets_asks_for_force(catalog: Callable[..., Path], tmp_path: Path) -> None:
    words = ("Satu", "Dua", "Tiga", "Empat")
    root = catalog(**{"2026-11": films(*(film(word.lower(), f"Film {word}", "2026-11-05") for word in words))})
    page = tmp_path / "page.txt"
    page.write_text("Jadwal Film\n" + "".join(f"Film {word}\n12 November 2026\n" for word in words), "utf-8")
    done = filmtui("import", str(page), "--into", str(root), "--yes", *TODAY)
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert {row["date"] for row in rows(root)} == {"2026-11-05"}
    assert filmtui("import", str(page), "--into", str(root), "--yes", "--force", *TODAY).returncode == 0
    assert {row["date"] for row in rows(root)} == {"2026-11-12"}


@pytest.mark.parametrize("name", ["empty.txt", "none.txt", "binary.txt", "missing.txt", "folder"])
def test_a_source_that_is_none_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    match name:
        case "empty.txt":
            path.write_bytes(b" \n")
        case "none.txt":
            path.write_text("hari ini cerah\n" * 30, "utf-8")
        case "binary.txt":
            path.write_bytes(bytes(range(256)) * 40)
        case "folder":
            path.mkdir()
    done = filmtui("import", str(path), "--into", str(tmp_path / "new"), "--yes")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def test_why_a_file_of_the_catalog_cannot_be_read_is_kept_without_a_language(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a")))
    (root / "b.yaml").symlink_to("b.yaml")
    for language, text in (("id", "tautan simbolis melingkar"), ("en", "symbolic links in a circle")):
        assert filmtui("list", "--catalog", str(root), "--lang", language).stderr.endswith(f": {text}\n")


def test_standard_input_that_is_closed_is_empty(tmp_path: Path) -> None:
    command = f'exec "{sys.executable}" -m tui import - --into "{tmp_path}/new" --yes <&-'
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (1, "filmtui: stdin: kosong; salin teks halaman ke dalamnya\n")


def test_an_empty_catalog_is_wrong_usage() -> None:
    done = filmtui("import", str(PAGE), "--into", "", "--dry-run")
    assert done.returncode == 2
    assert "jalur katalog kosong" in done.stderr


def test_no_source_is_wrong_usage() -> None:
    done = filmtui("import")
    assert done.returncode == 2
    assert "SUMBER" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a")))
    root.chmod(0o555)
    done = filmtui("import", str(PAGE), "--into", str(root), "--yes")
    root.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_what_was_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    exported = tmp_path / "list.csv"
    exported.write_text(filmtui("list", "--format", "csv").stdout, "utf-8")
    with Import(places(DATA, tmp_path / "cache", today=date(2026, 1, 1)), DATA) as found:
        found.add(exported.read_bytes(), "list.csv")
        assert found.found.empty
        assert {change.kind for change in found.found.changes} == {"unchanged"}


async def test_an_import_in_the_calendar(app: Make, tmp_path: Path) -> None:
    root = tmp_path / "own"
    shutil.copytree(DATA, root)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "i")
        assert "Tulis jalur berkas" in shown(pilot)
        pilot.app.screen.query_one("#path").value = str(PAGE)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "[×] Laut Bercerita  19 Nov 2026")
        text = shown(pilot)
        assert "[×] Tiga Film Pulang dari Festival" in text
        await press(pilot, "enter")
        await until(pilot, "NOVEMBER 2026")
        screen = await settled(pilot)
        assert screen.state.view.total == 18
    assert (root / "2026-11.yaml").exists()


async def test_a_page_is_pasted(app: Make, tmp_path: Path) -> None:
    from textual import events

    root = tmp_path / "own"
    shutil.copytree(DATA, root)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path").post_message(events.Paste(PAGE.read_text("utf-8")))
        await until(pilot, "[×] Laut Bercerita")
        await press(pilot, "escape")
        assert not (root / "2026-11.yaml").exists()


async def test_the_first_import_begins_the_users_own_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILMTUI_CATALOG")
    async with make(settings(today="2025-12-24"), fresh=True).run_test(size=(100, 30)) as pilot:
        before = (await settled(pilot)).state.view.total
        await press(pilot, "i")
        pilot.app.screen.query_one("#path").value = str(PAGE)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "[×] Laut Bercerita")
        await press(pilot, "enter")
        for _ in range(600):
            await pilot.pause(0.02)
            if (await settled(pilot)).state.view.total == before + 2:  # Laut Bercerita was there and moves
                break
        assert (await settled(pilot)).state.view.total == before + 2
    november = (tmp_path / "share" / "filmtui" / "catalog" / "2026-11.yaml").read_text("utf-8")
    assert "Rumah di Ujung Jalan" in november
    assert "- id: laut-bercerita\n  releases:\n  - date: 2026-11-19\n" in november


async def test_a_source_that_is_none_is_told_in_the_calendar(app: Make) -> None:
    async with app().run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, "i", *"xyz", "enter")
        await until(pilot, "tidak dapat dibaca")


def test_a_catalog_has_one_name_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FILMTUI_STATE", "../state/.")
    monkeypatch.setenv("FILMTUI_CACHE", "~/cache")
    monkeypatch.setenv("FILMTUI_CATALOG", "../here/../cat")
    told = settings().places
    assert (told.catalog, told.cache, told.state) == (tmp_path / "cat", tmp_path / "cache", tmp_path / "state")
    (tmp_path / "link").symlink_to(tmp_path / "here")
    assert settings("../link").places.catalog == tmp_path / "link"
    names = {told.of(Path(name)).index for name in ("../cat", str(tmp_path / "cat"), "../here/../cat", "./../cat/")}
    assert len(names) == 1
    with Import(told, Path("../cat")) as found:
        found.add(PAGE.read_bytes(), "november.txt")
        found.write(found.found.changes, [])
    assert take_back(told, Path("~/cat")) == ["2026-11.yaml"]


def test_what_comes_with_filmtui_is_not_written_by_any_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "program" / "data"
    shipped.mkdir(parents=True)
    for name in ("2026-11", "2026-12"):
        (shipped / f"{name}.yaml").write_text(films(film("laut-bercerita", "Laut Bercerita", "2026-11-12")), "utf-8")
    before = {path.name: path.read_bytes() for path in shipped.iterdir()}
    monkeypatch.setattr("tui.user.places.shipped_catalog", lambda: shipped)
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "2026-11.yaml").symlink_to(shipped / "2026-11.yaml")
    (tmp_path / "one.yaml").symlink_to(shipped / "2026-11.yaml")

    def taken(into: Path) -> None:
        with Import(places(into, tmp_path / "cache", tmp_path / "state", date(2026, 11, 1))) as found:
            found.add(PAGE.read_bytes(), "november.txt")
            found.write(found.found.changes, [])

    for into in (shipped / "2026-11.yaml", tmp_path / "one.yaml", linked, tmp_path / "program", shipped / "new" / "a"):
        with pytest.raises(CatalogError, match="never changed"):
            taken(into)
    assert {path.name: path.read_bytes() for path in shipped.iterdir() if path.is_file()} == before


async def test_while_it_writes_nothing_else_can_be_done(
    app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "own"
    shutil.copytree(DATA, root)
    go, calls, write = threading.Event(), [], Import.write

    def slow(self: Import, *wanted: Any) -> list[str]:
        calls.append(wanted)
        assert go.wait(30)
        return write(self, *wanted)

    monkeypatch.setattr(Import, "write", slow)
    async with app(root).run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path").value = str(PAGE)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "[×] Laut Bercerita")
        await pilot.press("enter", "0", "enter", "escape")
        await until(pilot, "Menyimpan…")
        await pilot.press("q", "enter")
        assert "Menyimpan…" in shown(pilot)
        go.set()
        await until(pilot, "NOVEMBER 2026")
        await until(pilot, "2026-11.yaml")
    assert len(calls) == 1
    assert (root / "2026-11.yaml").exists()


async def test_an_import_that_fails_is_told(app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    root = tmp_path / "own"
    shutil.copytree(DATA, root)
    monkeypatch.setattr("tui.imports.importing.plan", full)
    async with app(root).run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path").value = str(PAGE)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, "[×] Laut Bercerita")
        await press(pilot, "enter")
        await until(pilot, "disk penuh")
