"""Copying for a chat, and the sheet that exports."""

from __future__ import annotations

import json
from datetime import date
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from textual.widgets import Input

from tests.conftest import CHRISTMAS_EVE, DATA, film, films, press, settled, shown
from tui.app.app import FilmtuiApp, make
from tui.app.sheets import exporting
from tui.app.sheets.exporting import ExportScreen
from tui.exports.formats import FORMATS
from tui.user.places import Places
from tui.user.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.exports.formats import Format
    from tui.exports.listing import Listing

SIZE = (120, 36)


@pytest.fixture(autouse=True)
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's downloads."""
    for name in ("XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "Downloads"
    folder.mkdir()
    return folder


def told(pilot: Pilot[None]) -> list[str]:
    return [notification.message for notification in pilot.app._notifications]


def made_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def sheet_gone(pilot: Pilot[None]) -> None:
    """Wait until what is written is written."""
    for _ in range(300):
        await pilot.pause(0.02)
        if not isinstance(pilot.app.screen, ExportScreen):
            return
    raise AssertionError(shown(pilot))


# a copy


async def test_a_film_is_copied_as_a_message(app: Callable[..., FilmtuiApp]) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith(
            "*Greenland: Migration*\n_Greenland 2: Migration_\nRabu, 7 Januari 2026\n_Laga"
        )
        (first,) = told(pilot)
        assert first.startswith("Tersalin untuk WhatsApp: Greenland: Migration\n")
        assert "tmux" in first
        await press(pilot, "y")
        assert told(pilot)[1] == "Tersalin untuk WhatsApp: Greenland: Migration"  # terminals are spoken of once


@pytest.mark.parametrize(
    ("keys", "begins", "films"),
    [
        (["Y"], "*Januari 2026 · 6 film*\n\n*Rabu, 7 Januari 2026*\n- *Greenland", 6),
        (["2", "Y"], "*3 film baru pekan ini · 5–11 Januari 2026*\n\n*Rabu, 7", 3),
        (["3", "right", "Y"], "*Kamis, 8 Januari 2026*\n- *Musuh", 2),
        (["4", "left", "Y"], "*Januari 2026 · 6 film*", 6),
        (["4", "right", "Y"], "*Kamis, 8 Januari 2026*\n- *Musuh", 2),
    ],
    ids=["month", "week", "day", "month of a year", "day of a year"],
)
async def test_what_the_view_is_about_is_copied(
    app: Callable[..., FilmtuiApp], keys: list[str], begins: str, films: int
) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        assert pilot.app.clipboard.startswith(begins)
        assert pilot.app.clipboard.count("\n- *") == films


async def test_what_is_filtered_out_is_not_copied(app: Callable[..., FilmtuiApp]) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"horor", "enter")
        await press(pilot, "end", "home", "Y")
        assert "- *Janur Ireng" in pilot.app.clipboard
        assert "Anaconda" not in pilot.app.clipboard


async def test_a_day_without_films_is_not_copied(app: Callable[..., FilmtuiApp]) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "3", "left", "Y")
        assert told(pilot) == ["Selasa, 6 Januari 2026: tak ada film untuk disalin"]
        assert pilot.app.clipboard == ""


async def test_what_is_too_much_for_a_clipboard_is_told(
    app: Callable[..., FilmtuiApp], catalog: Callable[..., Path]
) -> None:
    root = catalog(a=films(*(film(f"f{n}", f"Film {n} " + "panjang " * 20, "2026-01-07") for n in range(600))))
    async with app(root, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "Y")
        (message,) = told(pilot)
        assert message.startswith("Januari 2026, 600 film: terlalu panjang untuk papan klip terminal")
        assert pilot.app.clipboard == ""


# a file


def values(pilot: Pilot[None]) -> dict[str, str]:
    sheet = pilot.app.screen
    assert isinstance(sheet, ExportScreen)
    return {**sheet._rows.values, "file": sheet.query_one(Input).value}


async def choose(pilot: Pilot[None], name: str, value: str) -> None:
    """Turn a choice of the sheet by keys until it has this value."""
    sheet = pilot.app.screen
    assert isinstance(sheet, ExportScreen)
    names = [turn.name for turn in sheet._rows.turns]
    while sheet._rows._cursor:
        await pilot.press("up")
    for _ in range(names.index(name)):
        await pilot.press("down")
    for _ in range(40):
        if sheet._rows.values[name] == value:
            return
        await pilot.press("right")
    raise AssertionError(sheet._rows.values)


async def test_a_month_is_exported_by_keys_alone(app: Callable[..., FilmtuiApp], downloads: Path) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=(40, 12)) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await choose(pilot, "what", "month")
        await choose(pilot, "format", "json")
        assert values(pilot)["file"] == "~/Downloads/filmtui-2026-01.json"
        await pilot.press("enter")
        await sheet_gone(pilot)
        assert told(pilot) == ["6 film ditulis ke ~/Downloads/filmtui-2026-01.json"]
        assert len(json.loads((downloads / "filmtui-2026-01.json").read_text("utf-8"))) == 6
        await pilot.press("x")
        assert values(pilot)["format"] == "json"  # as the last time


@pytest.mark.parametrize(("key", "what", "form"), [("1", "all", "html"), ("2", "week", "ics"), ("3", "month", "html"),
                                                    ("4", "year", "html")])  # fmt: skip
async def test_the_sheet_begins_with_what_the_view_shows(
    app: Callable[..., FilmtuiApp], key: str, what: str, form: str
) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, key)
        await pilot.press("x")
        found = values(pilot)
        assert (found["what"], found["format"]) == (what, form)


async def test_what_is_narrowed_is_exported_as_it_is_shown(app: Callable[..., FilmtuiApp], downloads: Path) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"horor", "enter")
        await pilot.press("x")
        assert values(pilot)["what"] == "shown"
        await choose(pilot, "format", "jsonl")
        await pilot.press("enter")
        await sheet_gone(pilot)
    (path,) = made_in(downloads)
    ids = {json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()}
    assert "dusun-mayit" in ids
    assert "anaconda-2025" not in ids


async def test_starred_films_are_exported(tmp_path: Path, downloads: Path) -> None:
    (tmp_path / "stars.yaml").write_text("- {id: kuyank}\n- {id: red-rooms}\n")
    found = Places(
        catalog=DATA, cache=tmp_path / "cache", state=tmp_path / "state", today=CHRISTMAS_EVE,
        starred=tmp_path / "stars.yaml",
    )  # fmt: skip
    async with make(Settings(found, "id"), fresh=True).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await choose(pilot, "what", "starred")
        await choose(pilot, "format", "json")
        await pilot.press("enter")
        await sheet_gone(pilot)
    rows = json.loads((downloads / "filmtui-berbintang.json").read_text("utf-8"))
    assert [row["id"] for row in rows] == ["kuyank", "red-rooms"]


async def test_another_name_is_kept_and_its_suffix_follows(app: Callable[..., FilmtuiApp], downloads: Path) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("x", "tab")
        box = pilot.app.screen.query_one(Input)
        assert pilot.app.screen.focused is box
        box.value = "~/mine.html"
        await pilot.press("tab")
        await choose(pilot, "format", "csv")
        assert values(pilot)["file"] == "~/mine.csv"
        await pilot.pause()
        assert all(label in shown(pilot) for label in ("Film  ", "Format  ", "Untuk Excel  "))
        await choose(pilot, "excel", "yes")
        await pilot.press("enter")
        await sheet_gone(pilot)
    assert (downloads.parent / "mine.csv").read_text("utf-8-sig").startswith("id;title;")


async def test_a_file_that_is_there_is_told_before_it_is_replaced(
    app: Callable[..., FilmtuiApp], downloads: Path
) -> None:
    (downloads / "filmtui-2026-01.html").write_text("old")
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "3")
        await pilot.press("x")
        await pilot.pause()
        assert "Berkas ini sudah ada dan akan diganti." in shown(pilot)
        await pilot.press("escape")
    assert (downloads / "filmtui-2026-01.html").read_text() == "old"


async def test_what_cannot_be_written_is_told_in_the_sheet(app: Callable[..., FilmtuiApp]) -> None:
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("x", "tab")
        pilot.app.screen.query_one(Input).value = "/nowhere/a.html"
        await pilot.press("enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if "tidak dapat ditulis" in shown(pilot):
                break
        assert "/nowhere/a.html tidak dapat ditulis: folder /nowhere tidak ada" in shown(pilot)
        assert isinstance(pilot.app.screen, ExportScreen)


async def test_escape_stops_what_is_being_written(
    app: Callable[..., FilmtuiApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def save(listing: Listing, form: Format, path: Path) -> None:
        begun.set()
        for _ in listing.rows():
            while not listing.stop():
                ended.wait(0.01)
        ended.set()

    monkeypatch.setattr(exporting, "saved", save)
    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("x", "enter")
        for _ in range(200):
            await pilot.pause(0.01)
            if begun.is_set():
                break
        assert "menulis" in shown(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, ExportScreen)
        assert told(pilot) == []
    assert begun.is_set()


async def test_in_a_browser_it_is_a_download(
    app: Callable[..., FilmtuiApp], monkeypatch: pytest.MonkeyPatch, downloads: Path
) -> None:
    given: list[tuple[bytes, dict[str, Any]]] = []

    def deliver(self: FilmtuiApp, stream: BinaryIO, **how: Any) -> str:
        given.append((stream.read(), how))
        stream.close()
        return "key"

    async with app(DATA, today=date(2026, 1, 5)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(FilmtuiApp, "is_web", property(lambda _: True))
        monkeypatch.setattr(FilmtuiApp, "deliver_binary", deliver)
        await pilot.press("x")
        sheet = pilot.app.screen
        assert isinstance(sheet, ExportScreen)
        assert "vdir" not in sheet._rows.turns[1].values
        await choose(pilot, "format", "json")
        await pilot.press("tab")
        pilot.app.screen.query_one(Input).value = "../../etc/x.json"
        await pilot.press("enter")
        await sheet_gone(pilot)
    ((data, how),) = given
    assert len(json.loads(data)) == 15
    assert how == {"save_filename": "x.json", "mime_type": FORMATS["json"].mime}
    assert made_in(downloads) == []


@pytest.mark.parametrize("name", FORMATS)
async def test_every_format_can_be_chosen(app: Callable[..., FilmtuiApp], name: str, downloads: Path) -> None:
    async with app(DATA, today=CHRISTMAS_EVE).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await choose(pilot, "format", name)
        await pilot.press("enter")
        await sheet_gone(pilot)
    (made,) = made_in(downloads)
    assert made.is_dir() if FORMATS[name].folder else made.suffix == f".{FORMATS[name].suffix}"
