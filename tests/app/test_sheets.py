"""The sheets over the calendar: what is picked in them leads on, and their hints can be clicked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, lines, press, settled, shown
from tui.app.sheets.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

NEWS = """news:
- {date: 2026-01-03, title: Dua film, films: [a, b]}
- {date: 2026-01-02, title: Satu halaman, url: https://example.org/n}
"""


@pytest.fixture
def reported(catalog: Callable[..., Path]) -> Path:
    return catalog(one=films(film("a", "Alfa", "2026-01-07"), film("b", "Beta", "2026-02-07")) + NEWS)


async def click(pilot: Pilot[None], text: str) -> None:
    """Where this text stands on the screen."""
    y, found = next((y, line) for y, line in enumerate(lines(pilot)) if text in line)
    await pilot.click(offset=(found.index(text), y))
    await settled(pilot)


async def test_news_leads_to_its_films_by_key(app: Make, reported: Path) -> None:
    async with app(reported).run_test(size=(100, 30)) as pilot:
        screen = await press(pilot, "n")
        assert "Alfa · Beta" in shown(pilot)
        await press(pilot, "down", "enter")
        assert not isinstance(pilot.app.screen, Sheet)
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "b"


async def test_news_leads_to_its_page(app: Make, reported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    made = app(reported)
    monkeypatch.setattr(made, "open_url", opened.append)
    async with made.run_test(size=(100, 30)) as pilot:
        await press(pilot, "n", "down", "down", "down", "up", "down", "enter")
        assert opened == ["https://example.org/n"]


async def test_the_hints_of_a_sheet_can_be_clicked(app: Make, reported: Path) -> None:
    async with app(reported).run_test(size=(100, 30)) as pilot:
        await press(pilot, "n")
        await click(pilot, "Esc tutup")
        assert not isinstance(pilot.app.screen, Sheet)
        await press(pilot, "f")
        await click(pilot, "Esc batal")
        assert "Saringan" not in shown(pilot)
        await press(pilot, "i")
        await click(pilot, "Esc tutup")
        assert "Impor film" not in shown(pilot)


async def test_without_links_the_keys_scroll(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one="films: []\nnews:\n" + "".join(f"- title: Kabar {number}\n" for number in range(40)))
    async with app(root).run_test(size=(80, 20)) as pilot:
        await press(pilot, "n", "down", "down")
        sheet = pilot.app.screen
        assert isinstance(sheet, Sheet)
        assert sheet._page.scroll_offset.y == 2
        await press(pilot, "end", "up")
        assert sheet._page.scroll_offset.y == sheet._page.max_scroll_y - 1


async def test_a_change_leads_to_its_film(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", "Alfa", "2026-01-07"), film("b", "Beta", "2026-02-07")))
    made = app(root, today=date(2026, 1, 5), follows=False)
    async with made.run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        catalog(one=films(film("a", "Alfa", "2026-01-07"), film("b", "Beta", "2026-03-09")))
        await press(pilot, "r")
        await press(pilot, "c")
        assert "Beta" in shown(pilot)
        await press(pilot, "enter")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "b"
