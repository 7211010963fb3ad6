"""What has changed: the ledger, its sentences, the sheet, the marks; and files that change under the calendar."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import film, films, filmtui, places, press, settled, shown, until
from tui.app.app import make
from tui.base.words import Words
from tui.exports.changes import markdown, sentence, text
from tui.library.ledger import Ledger, ReleaseChange
from tui.library.library import Library
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.index.build import Changes

    Make = Callable[..., FilmtuiApp]

DAY = date(2025, 12, 24)


def entry(
    kind: str = "moved", was: str | None = "2026-01-08", now: str | None = "2026-01-15", **more: str
) -> ReleaseChange:
    return ReleaseChange(**{"day": DAY, "kind": kind, "id": "m", "title": "M", "was": was, "date": now} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (entry(), "M mundur dari 8 Januari ke 15 Januari 2026."),
        (entry(source="tix.id"), "M mundur dari 8 Januari ke 15 Januari 2026 (sumber: tix.id)."),
        (entry(was="2025-12-31"), "M mundur dari 31 Desember 2025 ke 15 Januari 2026."),
        (entry(now="2026-01-07"), "M maju dari 8 Januari ke 7 Januari 2026."),
        (entry(was="2026-01", now="2026-02-05"), "M mundur dari Januari 2026 ke 5 Februari 2026."),
        (entry(was=None), "M kini dijadwalkan 15 Januari 2026."),
        (entry(now=None), "M kini belum punya tanggal; semula 8 Januari 2026."),
        (entry("added", None), "M masuk jadwal: 15 Januari 2026."),
        (entry("added", None, None), "M masuk jadwal, belum ada tanggal."),
        (entry("removed", None), "M tidak ada lagi di jadwal (15 Januari 2026)."),
        (entry("status", status="cancelled"), "M batal tayang (15 Januari 2026)."),
        (entry("status", status="postponed"), "M ditunda (15 Januari 2026)."),
        (entry(region="US", type="digital"), "M mundur dari 8 Januari ke 15 Januari 2026 [Digital, Amerika Serikat]."),
    ],
)
def test_sentences(text: ReleaseChange, expected: str) -> None:
    assert sentence(text, Words("id")) == expected


def test_english_sentences() -> None:
    assert sentence(entry(source="x"), Words("en")) == "M moves back from 8 January to 15 January 2026 (source: x)."


def test_lists_by_day() -> None:
    both = [entry(), entry("added", None, title="*N*", day=date(2025, 12, 20))]  # type: ignore[arg-type]
    assert next(text(both, Words("id"))) == "Rabu, 24 Desember 2025"
    assert list(markdown(both, Words("id")))[-1] == "- \\*N\\* masuk jadwal: 15 Januari 2026."


@pytest.fixture
def kept(catalog: Callable[..., Path], tmp_path: Path) -> Callable[[], Library]:
    catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-09")))

    def opened(day: date = DAY) -> Library:
        return Library(places(tmp_path / "catalog", tmp_path / "cache", tmp_path / "state", day))

    return opened


def test_the_first_reading_is_no_change(kept: Callable[[], Library]) -> None:
    with kept() as library:
        library.refresh()
        assert library.changed(date(2020, 1, 1)) == []


def test_what_is_edited_goes_into_the_ledger(kept: Callable[[], Library], catalog: Callable[..., Path]) -> None:
    with kept() as library:
        library.refresh()
        catalog(a=films(film("a", "A", "2026-01-15"), film("c", "C", "2026-02-01")))
        library.refresh()
        found = library.changed(DAY)
        assert [(e.kind, e.id, e.was, e.date) for e in found] == [
            ("removed", "b", None, "2026-01-09"), ("moved", "a", "2026-01-08", "2026-01-15"),
            ("added", "c", None, "2026-02-01"),
        ]  # fmt: skip
        assert library.changed(date(2025, 12, 25)) == []
        library.refresh()
        library.discard()
        library.refresh()
        assert len(library.changed(DAY)) == 3


def test_a_film_that_changes_its_file_has_not_changed(
    kept: Callable[[], Library], catalog: Callable[..., Path]
) -> None:
    with kept() as library:
        library.refresh()
        catalog(a=films(film("a", "A", "2026-01-08")), b=films(film("b", "B", "2026-01-09")))
        library.refresh()
        assert library.changed(date(2020, 1, 1)) == []


def test_a_films_own_history_is_told_once(kept: Callable[[], Library], catalog: Callable[..., Path]) -> None:
    moved = """films:
- id: a
  title: A
  releases:
  - date: 2026-01-15
    source: tix
    history: [{date: 2026-01-08, recorded: 2025-12-24}]
"""
    with kept() as library:
        library.refresh()
        catalog(a=moved + film("b", "B", "2026-01-09"))
        library.refresh()
        (only,) = library.changed(DAY)
        assert (only.was, only.date, only.source) == ("2026-01-08", "2026-01-15", "tix")


def test_a_release_that_never_moved_stands_beside_one_that_did(
    kept: Callable[[], Library], catalog: Callable[..., Path]
) -> None:
    catalog(
        a="""films:
- id: a
  title: A
  releases:
  - {date: 2026-01-15, history: [{date: 2026-01-08, recorded: 2025-12-24}]}
  - {date: 2026-02-01, region: US}
"""
    )
    with kept() as library:
        library.refresh()
        (only,) = library.changed(DAY)
        assert (only.was, only.date, only.region) == ("2026-01-08", "2026-01-15", "ID")


def test_a_damaged_ledger_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state" / "l.jsonl")
    ledger.add([entry()])
    with (tmp_path / "state" / "l.jsonl").open("ab") as stream:
        stream.write(b"\xff{]\n")
    ledger.add([entry("added")])
    assert [e.kind for e in ledger.since(DAY)] == ["moved", "added"]


def test_changes_as_a_command(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08")))
    call = ("--catalog", str(root), "--today", "2025-12-24", "changes")
    assert "tidak ada perubahan" in filmtui(*call).stderr
    catalog(a=films(film("a", "A", "2026-01-15")))
    assert "A mundur dari 8 Januari ke 15 Januari 2026." in filmtui(*call).stdout
    (found,) = json.loads(filmtui(*call, "--format", "json").stdout)
    assert list(found)[:4] == ["day", "kind", "id", "title"]
    assert (found["was"], found["date"]) == ("2026-01-08", "2026-01-15")
    assert filmtui(*call, "--format", "markdown").stdout.startswith("## Rabu, 24 Desember 2025\n\n- A mundur")
    assert filmtui(*call, "--since", "kemarin").returncode == 2


def test_what_the_index_command_reads_is_told(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08")))
    call = ("--catalog", str(root), "--today", "2025-12-24")
    filmtui(*call, "index")
    catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-15")))
    assert filmtui(*call, "index").returncode == 0
    assert "B masuk jadwal: 15 Januari 2026." in filmtui(*call, "changes").stdout


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a file to be", "the shipped catalog"])
def test_the_films_of_a_first_import_are_told_as_new(
    tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Jadwal Film\nSuatu Malam\n08 Januari 2026\n")
    root = tmp_path / ("films.yaml" if there == "a file to be" else "films")
    into: tuple[str, ...] = ("--into", str(root))
    if there == "an empty folder":
        root.mkdir()
    if there == "the shipped catalog":
        monkeypatch.delenv("FILMTUI_CATALOG")
        into = ()
    done = filmtui("import", str(page), "--yes", *into, "--today", "2025-12-24")
    assert done.returncode == 0, done.stderr
    told = filmtui("changes", *(("--catalog", str(root)) if into else ()), "--today", "2025-12-24").stdout
    assert [line for line in told.splitlines() if "masuk jadwal" in line] == [
        "  Suatu Malam masuk jadwal: 8 Januari 2026 (sumber: page.txt)."
    ]


@pytest.mark.parametrize("day", ["0001-01-20", "9999-12-31"])
def test_changes_at_the_ends_of_the_calendar(catalog: Callable[..., Path], day: str) -> None:
    run = filmtui("--catalog", str(catalog(a=films(film("a", "A", day)))), "--today", day, "changes")
    assert (run.returncode, run.stdout) == (0, "")
    assert "tidak ada perubahan" in run.stderr


@pytest.mark.parametrize("day", [date.min, date(1, 1, 20), date.max])
async def test_the_sheet_of_changes_at_the_ends_of_the_calendar(
    app: Make, catalog: Callable[..., Path], day: date
) -> None:
    async with app(catalog(a=films(film("a", "A", day.isoformat()))), today=day).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "left", "left", "left")
        assert "Perubahan sejak" in shown(pilot)


async def test_an_edit_shows_by_itself_and_the_cursor_stays(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-09")))
    async with app(root).run_test(size=(100, 30)) as pilot:
        await press(pilot, "end")
        await watching(pilot)
        catalog(a=films(film("a", "A", "2026-01-08"), film("b", "Berubah", "2026-01-07"), film("c", "C", "2026-01-10")))
        await until(pilot, "Berubah")
        screen = await settled(pilot)
        assert screen.state.chosen
        assert screen.state.chosen.id == "b"
        assert "• Sab 10  C" in shown(pilot) or "•Sab 10  C" in shown(pilot)


async def watching(pilot: Pilot[None]) -> None:
    screen = await settled(pilot)
    for _ in range(600):
        await pilot.pause(0.02)
        if screen.following.watching:
            return
    raise AssertionError


async def test_a_broken_file_keeps_its_films_and_says_where(app: Make, catalog: Callable[..., Path]) -> None:
    good = films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-09"))
    root = catalog(a=good)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await watching(pilot)
        catalog(a=good.replace("title: B", "title: [B"))
        await until(pilot, "a.yaml:")
        screen = await settled(pilot)
        assert screen.state.view.total == 2
        await press(pilot, "e")
        assert "a.yaml:" in shown(pilot)
        await press(pilot, "escape")
        catalog(a=good.replace("title: B", "title: Baik"))
        await until(pilot, "Baik")
        await until(pilot, "a.yaml:", there=False)


async def test_changes_are_marked_until_seen_and_listed(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-09")))
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
    catalog(a=films(film("a", "A", "2026-01-08"), film("b", "B", "2026-01-16")))
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        screen = await settled(pilot)
        assert screen.state.unseen == {"b"}
        assert "•" in shown(pilot)
        await press(pilot, "c")
        assert "B mundur dari 9 Januari ke 16 Januari 2026." in shown(pilot)
        assert "sejak 24 Desember 2025" in shown(pilot)
        await press(pilot, "left")
        assert "sejak 17 Desember 2025" in shown(pilot)
        await press(pilot, "escape")
    async with app(root).run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        assert screen.state.unseen == {"b"}
        await press(pilot, "end")
        assert screen.state.unseen == set()
        assert "•" not in shown(pilot)
    async with app(root).run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        assert screen.state.unseen == set()


async def test_a_reading_that_is_overtaken_shows_all_the_same(
    app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = catalog(a=films(film("a", "A", "2026-01-08")))
    async with app(root).run_test(size=(100, 30)) as pilot:
        following = (await settled(pilot)).following
        monkeypatch.setattr(following, "watching", True)
        following._left.set()
        refresh = Library.refresh

        def overtaken(library: Library, *args: Any, **kwargs: Any) -> Changes:
            monkeypatch.setattr(Library, "refresh", refresh)
            changes = refresh(library, *args, **kwargs)
            pilot.app.call_from_thread(following.reload)
            return changes

        monkeypatch.setattr(Library, "refresh", overtaken)
        catalog(a=films(film("a", "Baru", "2026-01-08")))
        following.reload()
        await until(pilot, "Baru")


async def test_the_first_file_of_the_users_own_layer_shows_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FILMTUI_CATALOG")
    asked = settings(today="2026-01-01")
    async with make(asked, fresh=True).run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        assert not asked.places.catalog.exists()
        before = screen.state.view.total
        asked.places.catalog.mkdir(parents=True)
        (asked.places.catalog / "mine.yaml").write_text(films(film("baru", "Film Baru", "2026-01-01")), "utf-8")
        await until(pilot, "Film Baru")
        assert screen.state.view.total == before + 1
