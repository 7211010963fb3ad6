"""How the calendar was left comes back; on another day it opens at that day; a faulty session is passed over."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.terminal import Terminal
from tests.app.test_background import BACK_DARK, BACK_LIGHT
from tests.conftest import CHRISTMAS_EVE, DATA, film, films, places, press, settled, shown
from tui.app.app import make
from tui.user.session import Session, read_session, write_session
from tui.user.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)


@pytest.fixture
def opened(tmp_path: Path) -> Make:
    """The app as it was left."""

    def build(
        catalog: Path = DATA, *, today: date = CHRISTMAS_EVE, fresh: bool = False, only: int | None = None,
        theme: str = "auto", region: str = "ID",
    ) -> FilmtuiApp:  # fmt: skip
        found = places(catalog, tmp_path / "cache", tmp_path / "state", today)
        return make(Settings(found, "id", theme=theme, region=region), only, fresh=fresh)

    return build


async def left(app: FilmtuiApp, *keys: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for key in keys:
            await press(pilot, key)


async def seen(app: FilmtuiApp) -> dict[str, Any]:
    async with app.run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        state = screen.state
        row = state.chosen
        return {
            "film": row.id if row else None,
            "period": state.period,
            "search": state.understood.text,
            "view": screen._entry.action,
            "panes": screen._panes,
            "divider": screen.panes.divider,
            "theme": app.theme,
            "text": shown(pilot),
        }


async def test_on_the_same_day_all_comes_back(opened: Make) -> None:
    before = await seen(opened())
    await left(opened(), "right", "down", "m", "v", "plus", "T")
    after = await seen(opened())
    assert (after["film"], after["period"]) == ("musuh-dalam-selimut", 20260132)
    assert after["theme"] == "filmtui-light"
    assert (before["theme"], before["panes"]) == ("filmtui-dark", 0)
    assert after["panes"] == 1
    assert "▌" in after["text"]
    assert await seen(opened()) == after


async def test_search_filter_view_and_border_come_back(opened: Make) -> None:
    await left(opened(), "slash", *"a", "enter", "f", "down", "space", "escape", "plus", "plus")
    after = await seen(opened())
    assert after["search"].startswith("a genre:")
    assert 0.3 < after["divider"] < 0.9
    await left(opened(fresh=True), "2")
    assert (await seen(opened()))["view"] == "show_week"
    await left(opened(), "1", "end")
    assert (await seen(opened()))["film"] == "red-rooms"


async def test_on_another_day_it_opens_at_today_with_what_was_chosen(opened: Make) -> None:
    await left(opened(), "end", "slash", *"a", "enter", "T", "2")
    later = date(2026, 1, 14)
    after = await seen(opened(today=later))
    assert (after["search"], after["theme"], after["view"]) == ("a", "filmtui-light", "show_week")
    assert "12–18 Januari 2026" in after["text"]
    await left(opened(today=later), "1", "escape", "home", "m")
    after = await seen(opened(today=date(2026, 1, 16)))
    assert (after["period"], after["film"]) == (None, "esok-tanpa-ibu")
    assert "hari ini · Jum 16 Jan" in after["text"]


async def test_a_film_that_has_gone_leaves_its_place(opened: Make, catalog: Callable[..., Path]) -> None:
    days = [film(f"f{n}", f"Film {n}", f"2026-01-0{n}") for n in range(1, 8)]
    root = catalog(a=films(*days))
    await left(opened(root, today=date(2026, 1, 1)), "down", "down", "down")
    assert (await seen(opened(root, today=date(2026, 1, 1))))["film"] == "f4"
    catalog(a=films(*days[:3], *days[4:]))
    assert (await seen(opened(root, today=date(2026, 1, 1))))["film"] == "f5"


async def test_fresh_and_a_month_that_is_asked_for_come_before(opened: Make) -> None:
    first = await seen(opened(fresh=True))
    await left(opened(), "end", "slash", *"zzz", "enter", "T")
    assert await seen(opened(fresh=True)) == first
    await left(opened(), "slash", *"zzz", "enter")
    asked = await seen(opened(only=20260132))
    assert (asked["period"], asked["search"]) == (20260132, "")


async def test_a_theme_of_the_settings_that_is_newer_comes_before(opened: Make) -> None:
    await left(opened(), "T")
    assert (await seen(opened(theme="nord")))["theme"] == "nord"
    await left(opened(theme="nord"), "T")
    assert (await seen(opened(theme="nord")))["theme"] == "filmtui-light"


async def test_the_country_is_that_of_the_settings(opened: Make) -> None:
    await left(opened(region="US"), "slash", *"a", "enter")
    async with opened().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert screen.state.selection.region == "ID"
        assert screen.state.understood.text == "a"


FAULTY = {
    "no JSON": b"{",
    "no text": b"\xff\xfe\0",
    "another shape": b'["a"]',
    "a day that is none": b'{"catalog": "X", "day": "2025-13-44"}',
    "deep": b"[" * 100_000,
    "another catalog": b'{"catalog": "/elsewhere", "day": "2025-12-24", "search": "zzz"}',
    "an unknown view": b'{"catalog": "X", "day": "2025-12-24", "view": "show_moon", "panes": 7, "divider": 9.5}',
    "an unknown theme": b'{"catalog": "X", "day": "2025-12-24", "theme": "sunset", "setting": "auto"}',
    "a film of a place that is none": b'{"catalog": "X", "day": "2025-12-24", "film": ["\\u001b[2J", 3, -5]}',
    "a period that is none": b'{"catalog": "X", "day": "2025-12-24", "period": 7}',
    "a search that is none": b'{"catalog": "X", "day": "2025-12-24", "search": 3}',
    "a search that says nothing": b'{"catalog": "X", "day": "2025-12-24", "search": "-\\" genre: \\u001b[2J", "more": 1}',
}


@pytest.mark.parametrize("name", FAULTY)
async def test_a_session_that_is_faulty_or_anothers_is_passed_over(name: str, opened: Make, tmp_path: Path) -> None:
    before = await seen(opened(fresh=True))
    (path,) = (tmp_path / "state").glob("*.session")
    path.write_bytes(FAULTY[name].replace(b'"X"', json.dumps(str(DATA)).encode()))
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "0", "escape", "t")
        assert "hari ini · Rab 24 Des" in shown(pilot)
        assert pilot.app.theme == before["theme"]
    assert (await seen(opened()))["film"] == before["film"]


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    write_session(tmp_path / "file" / "x.session", Session(catalog="x", day=CHRISTMAS_EVE))
    assert read_session(tmp_path / "file" / "x.session", tmp_path) is None
    assert read_session(None, tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_the_command_opens_as_it_was_left_and_fresh_does_not() -> None:
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "FILMTUI_TODAY": "2025-12-24"}

    def sent(*arguments: str, keys: str = "") -> bytes:
        with Terminal((sys.executable, "-m", "tui", *arguments), env) as terminal:
            terminal.wait_for("PEMERAN")
            for key in keys:
                terminal.send(key)
                terminal.wait(lambda: BACK_LIGHT in terminal.sent, "the light theme")
            terminal.send("q")
            assert terminal.ended() == 0
            return bytes(terminal.sent)

    sent(keys="T")
    assert BACK_DARK not in sent()
    assert BACK_LIGHT not in sent("--fresh")
    sent(keys="T")
    assert BACK_LIGHT not in sent("--fresh", "--lang", "id")
