"""Searching in the calendar: the box, what was understood, what is offered, and what takes it away again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SHIPPED, lines, places, press, settled, shown
from tui.app.calendar.nothing import Nothing
from tui.app.widgets.bars import Active
from tui.library.almanac import Almanac
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp
    from tui.app.calendar.screen import CalendarScreen

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)
SIZES = [(120, 36), (80, 24), (40, 12)]
TODAY = date(2026, 1, 5)


def ids(screen: CalendarScreen) -> list[str]:
    return [row.id for row in screen.state.library.all_rows(screen.state.view)]


def typed(text: str) -> list[str]:
    names = {" ": "space", ":": "colon", "-": "minus", '"': "quotation_mark", ",": "comma", "+": "plus"}
    return [names.get(letter, letter) for letter in text]


@pytest.mark.parametrize("size", SIZES)
async def test_opening_the_box_moves_nothing(app: Make, size: tuple[int, int]) -> None:
    async with app(today=TODAY).run_test(size=size) as pilot:
        await settled(pilot)
        before = lines(pilot)
        await press(pilot, "slash")
        assert lines(pilot)[1:-1] == [*before[1:-1]]
        assert "Judul" in lines(pilot)[0]
        await press(pilot, "escape")
        assert lines(pilot) == before


@pytest.mark.parametrize("line", ["horor", "januari", "lebaran", "genre:horor -bulan:2026-01"])
async def test_the_calendar_and_the_command_find_the_same(app: Make, line: str, tmp_path: Path) -> None:
    from tests.library.test_search import context
    from tui.library.search import understand

    async with app(SHIPPED, today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *typed(line))
        found = ids(screen)
        assert understand(line, context()).said in lines(pilot)[0]
    with Library(places(SHIPPED, tmp_path / "cache", today=TODAY)) as library:
        view = library.view(understand(line, context()).selection)
        assert found == [row.id for row in library.all_rows(view)]
        assert len(found) > 5


async def test_what_is_misspelled_is_offered_and_taken_by_enter(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"hosmaid")
        assert screen.query_one(Nothing).display
        assert "Maksud Anda “housemaid”?  1 film" in shown(pilot)
        await press(pilot, "enter")
        assert ids(screen) == ["the-housemaid"]
        assert not screen.query_one(Nothing).display
        assert screen.active_view.has_focus
        assert "“housemaid” ×" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clicked", [False, True])
async def test_an_offer_is_picked_by_keys_or_clicked(app: Make, size: tuple[int, int], clicked: bool) -> None:
    async with app(today=TODAY).run_test(size=size) as pilot:
        screen = await press(pilot, "slash", *typed("usia:su genre:horor"))
        offered = screen.state.offers
        assert [offer.line for offer in offered] == ["genre:horor", "usia:su"]
        if clicked:
            y = next(n for n, text in enumerate(lines(pilot)) if offered[1].label in text)
            await pilot.click(offset=(4, y))
        else:
            await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.state.understood.text == "usia:su"
        assert screen.state.view.total > 0
        assert screen.active_view.has_focus


async def test_tab_completes_fields_and_values_one_after_the_other(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"gen", "tab", *"ho", "tab")
        assert screen.state.understood.text == "genre:horor"
        assert "genre: Horor" in lines(pilot)[0]
        await press(pilot, "space", *"bulan", "colon", *"ju", "tab")
        assert screen.state.understood.text == "genre:horor bulan:juni"
        await press(pilot, "tab")
        assert screen.state.understood.text == "genre:horor bulan:juli"
        await press(pilot, "tab")
        assert screen.state.understood.text == "genre:horor bulan:ju"
        assert screen.narrowing.searching
        await press(pilot, "space", *"zzz", "tab")  # nothing to complete: to the panes, as ever
        assert not screen.narrowing.searching


async def test_escape_takes_back_what_was_typed(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"rio", "enter")
        assert screen.state.understood.text == "rio"
        await press(pilot, "slash", *"xyz", "escape")
        assert screen.state.understood.text == "rio"
        await press(pilot, "slash", "escape")
        assert screen.state.understood.text == ""


async def test_chips_are_taken_away_by_backspace_and_by_a_click(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *typed("rio genre:horor -usia:su"), "enter")
        chips = screen.query_one(Active)
        assert "“rio” ×  genre: Horor ×  kecuali usia: SU ×" in lines(pilot)[chips.region.y]
        await press(pilot, "backspace")
        assert screen.state.understood.text == "rio genre:horor"
        await pilot.click(Active, offset=(3, 0))
        await settled(pilot)
        assert screen.state.understood.text == "genre:horor"
        await press(pilot, "m", "backspace", "backspace", "backspace")
        assert screen.state.period is None
        assert screen.state.understood.text == ""
        assert not chips.display


async def test_holidays_of_other_years_are_worked_out_behind_the_screen(
    app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    of_year = Almanac.year

    def year(almanac: Almanac, year: int) -> object:
        asked.append(year)
        return of_year(almanac, year)

    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(Almanac, "year", year)
        screen = await press(pilot, "slash", *typed("lebaran 2031"))
        assert 2031 in asked
        assert screen.state.understood.said == "waktu: Lebaran 2031"


async def test_links_are_lines_of_the_search(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        for kind, value, line in (
            ("genre", "horror", "genre:horor"),
            ("country", "US", "negara:US"),
            ("person", "Rio Dewanto", '"Rio Dewanto"'),
            ("source", "a source", 'sumber:"a source"'),
        ):
            screen._find(kind, value)
            assert screen.state.understood.text == line
