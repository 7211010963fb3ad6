"""The import sheet: what was pasted is kept, a line may be text, and the first film is led to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.events import Paste
from textual.widgets import Input

from tests.conftest import film, films, press, settled, shown
from tui.app.sheets.source import SourceScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(Input).post_message(Paste(text))
    await settled(pilot)


async def test_what_was_pasted_is_kept_when_it_cannot_be_read(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", "Alfa", "2026-01-07")))
    async with app(root, language="en").run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        await paste(pilot, "Halo\ndunia\n")
        assert isinstance(pilot.app.screen, SourceScreen)
        assert "no film" in shown(pilot)
        assert "2 pasted lines are kept" in shown(pilot)
        await press(pilot, "enter")
        assert "2 pasted lines are kept" in shown(pilot)


async def test_a_path_that_is_none_stays_in_the_box(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", "Alfa", "2026-01-07")))
    async with app(root, language="en").run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one(Input).value = "nowhere.txt"
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(Input).value == "nowhere.txt"
        assert "cannot be read" in shown(pilot)


async def test_one_line_is_a_text_and_leads_to_its_film(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", "Alfa", "2026-01-07"), film("b", "Beta", "2026-03-05")))
    async with app(root, today=date(2026, 1, 5), language="en").run_test(size=(100, 30)) as pilot:
        screen = await press(pilot, "i")
        pilot.app.screen.query_one(Input).value = "Kidung Malam - 5 Maret 2026"
        await press(pilot, "enter")
        assert "beside Beta" in shown(pilot)
        await press(pilot, "enter")
        assert screen.state.chosen is not None
        assert screen.state.chosen.title == "Kidung Malam"


async def test_the_very_first_import_leads_to_its_first_film(app: Make, tmp_path: Path) -> None:
    root = tmp_path / "own"
    root.mkdir()
    page = "Jadwal Film 2026\n\nLaut Biru\n12 Maret 2026\nKidung Malam\n5 Maret 2026\nTitik Nadir\n19 Maret 2026\n"
    async with app(root, today=date(2026, 1, 5), language="en").run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        assert screen.state.view.total == 0
        await press(pilot, "i")
        await paste(pilot, page)
        review = shown(pilot)
        assert "[×] Kidung Malam" in review
        assert " NEW " in review
        assert "[ ]" not in review  # a heading is nothing to tick
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert screen.state.chosen is not None
        assert screen.state.chosen.title == "Kidung Malam"
        assert "▌Thu  5  Kidung Malam" in shown(pilot)
