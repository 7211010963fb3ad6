"""The palette, the box for dates and the help: what is typed in them, and where that leads."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import lines, press, settled, shown
from tui.app.calendar.grid import Grid
from tui.app.calendar.palette import Dates, Palette
from tui.app.calendar.week import WeekView
from tui.app.commands import COMMANDS, called
from tui.app.sheets.help import Help
from tui.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.app.calendar.screen import CalendarScreen

    Make = Callable[..., FilmtuiApp]

DAY = date(2026, 1, 5)


async def typed(pilot: Pilot[None], opens: str, text: str) -> str:
    """What the sheet shows once this is typed in it."""
    await settled(pilot)
    await press(pilot, opens)
    await press(pilot, *text)
    return shown(pilot)


def chosen(screen: CalendarScreen) -> str:
    row = screen.state.chosen
    assert row
    return row.id


async def test_a_command_is_a_line_with_its_key_and_can_be_found_by_its_help(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 30)) as pilot:
        text = await typed(pilot, "ctrl+p", "")
        line = next(line for line in text.splitlines() if "Film pertama" in line)
        assert line.split("│")[-3].split() == ["Film", "pertama", "Home", "g"]
        text = await typed(pilot, "x", "")  # nothing is called so
        await press(pilot, "backspace", *"kartu")  # a word of the week's help alone
        assert "Pekan ini" in shown(pilot).split("PERINTAH")[1].split("CARI")[0]
        screen = await press(pilot, "enter")
        assert isinstance(screen.active_view, WeekView)


async def test_films_people_months_and_dates_are_found(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 40)) as pilot:
        text = await typed(pilot, "ctrl+p", "greenl")
        line = next(line for line in text.splitlines() if "│  Greenland: Migration" in line)
        assert "7 Jan 2026" in line
        screen = await press(pilot, "enter")
        assert chosen(screen) == "greenland-migration"
        text = await typed(pilot, "ctrl+p", "morena")
        assert "Morena Baccarin" in text.split("ORANG")[1]
        screen = await press(pilot, "enter")
        assert screen.state.view.total == 1
        await press(pilot, "escape")
        text = await typed(pilot, "ctrl+p", "januari 2026")
        assert "Hanya Januari 2026" in text.split("BULAN")[1]
        assert "Januari 2026" in text.split("TANGGAL")[1]
        await press(pilot, "enter")
        assert screen.state.view.only == 20260132


async def test_what_is_nothing_else_is_searched_for(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 30)) as pilot:
        await typed(pilot, "ctrl+p", "zzz")
        screen = await press(pilot, "enter")
        assert screen.state.understood.text == "zzz"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("id", "14 jan", 20260114), ("id", "jan", 20260101), ("id", "2026-01", 20260101), ("id", "besok", 20260106),
        ("en", "tomorrow", 20260106), ("en", "25 dec", 20261225), ("id", "natal", None), ("en", "next week", 20260112),
    ],
)  # fmt: skip
async def test_a_date_is_gone_to_by_words_of_both_languages(
    app: Make, language: str, text: str, wanted: int | None
) -> None:
    async with app(today=DAY, language=language).run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        await typed(pilot, ":", text)
        await press(pilot, "enter")
        assert len(pilot.app.screen_stack) == 1
        row = screen.state.chosen
        assert row
        last = screen.state.view.total - 1
        if wanted is not None:
            before = screen.state.row(screen.state.cursor - 1)
            assert row.key >= wanted or screen.state.cursor == last
            assert before is None or before.key < wanted


async def test_in_the_month_the_day_itself_is_gone_to(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 30)) as pilot:
        screen = await press(pilot, "3")
        await typed(pilot, ":", "25 feb")
        await press(pilot, "enter")
        assert screen.state.day == date(2026, 2, 25)


async def test_with_nothing_typed_near_days_and_holidays_are_offered_and_a_wrong_date_is_told(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 30)) as pilot:
        text = await typed(pilot, ":", "")
        assert "Isra Mikraj" in next(line for line in text.splitlines() if "Jumat, 16 Januari 2026" in line)
        await press(pilot, *"abc")
        assert "Tidak ada tanggal bernama itu" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Dates)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (20, 5), (8, 3)])
async def test_they_open_at_every_size_and_esc_closes_them(app: Make, size: tuple[int, int]) -> None:
    async with app(today=DAY).run_test(size=size) as pilot:
        for key in ("ctrl+p", ":", "?"):
            await press(pilot, key, "a", "down", "pagedown", "up")
            assert isinstance(pilot.app.screen, Palette | Dates | Help)
            await pilot.resize_terminal(*size)
            await press(pilot, "escape")
            assert len(pilot.app.screen_stack) == 1


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_help_names_every_command_and_first_what_works_here(app: Make, language: str) -> None:
    words = Words(language)
    async with app(today=DAY, language=language).run_test(size=(160, 120)) as pilot:
        await press(pilot, "2", "?")
        text = " ".join(" ".join(lines(pilot)).split())
        for command in COMMANDS:
            assert called(command.key_text, words) in text, command.action
        first = words.gettext("This week").upper()
        assert text.index(first) < text.index(words.gettext("Moving").upper())
        await press(pilot, "?")
        assert len(pilot.app.screen_stack) == 1
        await press(pilot, "enter", "?")
        assert words.gettext("Reading a film").upper() in shown(pilot)


async def test_keys_of_several_commands_are_not_told_as_those_of_one(app: Make) -> None:
    async with app(today=date(2026, 1, 5)).run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "question_mark")
        here = shown(pilot).partition("NAVIGASI")[0]
        assert re.search(r"←→↑↓ +Film\b", here)
        assert re.search(r"y Y +Salin untuk WhatsApp", here)
        assert re.search(r"x +Tulis film ke berkas", here)


async def test_the_help_is_searched_and_does_what_is_chosen(app: Make) -> None:
    async with app(today=DAY).run_test(size=(100, 30)) as pilot:
        text = await typed(pilot, "?", "kisi")
        assert "NAVIGASI" not in text
        screen = await press(pilot, "enter")
        assert isinstance(screen.active_view, Grid)
