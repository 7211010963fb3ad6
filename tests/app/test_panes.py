"""The panes side by side: the border between them, and which keys are offered beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, lines, press, settled, shown
from tui.app.calendar.agenda import Agenda

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]


async def test_keys_move_the_border_and_it_stays_within_the_screen(app: Make) -> None:
    async with app().run_test(size=(120, 36)) as pilot:
        agenda = (await settled(pilot)).query_one(Agenda)
        before = agenda.region.width
        await press(pilot, "+")
        assert agenda.region.width == before + 4
        await press(pilot, "-", "-")
        assert agenda.region.width == before - 4
        await press(pilot, *["+"] * 40)
        assert agenda.region.width == 96
        await press(pilot, *["-"] * 40)
        assert agenda.region.width == 24


async def test_the_border_is_dragged_and_keeps_its_part_at_another_size(app: Make) -> None:
    async with app().run_test(size=(120, 36)) as pilot:
        screen = await settled(pilot)
        agenda = screen.query_one(Agenda)
        edge = agenda.region.right - 1
        await pilot.mouse_down(offset=(edge, 12))
        await pilot.hover(offset=(69, 12))
        await pilot.mouse_up(offset=(69, 12))
        await settled(pilot)
        assert agenda.region.width == 70
        await pilot.hover(offset=(30, 12))
        assert agenda.region.width == 70
        await pilot.resize_terminal(96, 36)
        await settled(pilot)
        assert agenda.region.width == 56
        await press(pilot, "2", "1")
        assert agenda.region.width == 56
        await pilot.resize_terminal(60, 36)
        await settled(pilot)
        assert agenda.region.width == 60


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_the_way_back_is_named_while_anything_is_left_out(app: Make, size: tuple[int, int]) -> None:
    async with app().run_test(size=size) as pilot:
        await press(pilot, "m")
        assert lines(pilot)[-1].startswith(" Esc semua")
        await press(pilot, "escape")
        assert "Esc" not in lines(pilot)[-1]
        await press(pilot, "enter")
        assert lines(pilot)[-1].startswith(" Esc kembali")


async def test_opening_a_link_is_offered_where_there_is_one(app: Make, catalog: Callable[..., Path]) -> None:
    linked = film("a", "A", "2026-01-07", links="{trailer: 'https://example.org/t'}")
    root = catalog(one=films(linked, film("b", "B", "2026-01-08")))
    async with app(root).run_test(size=(160, 36)) as pilot:
        await settled(pilot)
        for reading in (False, True):
            assert "o buka tautan" in lines(pilot)[-1], reading
            await press(pilot, "ctrl+p")
            await pilot.app.workers.wait_for_complete()
            await press(pilot, "escape", "J")
            assert "o buka tautan" not in lines(pilot)[-1], reading
            await press(pilot, "K", "enter")


async def test_the_genre_stands_at_the_end_of_wide_lines(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", "A", "2026-01-07", genres="[horror, drama]"), film("b", "B", "2026-01-07"),
                             film("c", "C" * 40, "2026-01-07", genres="[comedy]")))  # fmt: skip
    async with app(root, today=date(2026, 1, 5)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        rows = [line[:52] for line in lines(pilot)]
        assert any("A  " in line and "horor     lusa" in line for line in rows)
        assert "komedi" not in "".join(rows), "a title is not cut for it"
        await pilot.resize_terminal(90, 36)
        await settled(pilot)
        assert "horor" not in "".join(line[:40] for line in lines(pilot))


async def test_the_chosen_film_is_told_in_a_narrow_week(app: Make) -> None:
    async with app(today=date(2026, 1, 5)).run_test(size=(60, 22)) as pilot:
        screen = await press(pilot, "2")
        assert screen.state.chosen is not None
        assert "Gerard Butler, Morena Baccarin" in shown(pilot)
        await press(pilot, "down")
        assert "Gerard Butler" not in shown(pilot)
        assert "Yasmin Napper" in shown(pilot)


def test_a_countdown_in_the_list_is_short_in_both_languages() -> None:
    from tui.base.words import Words
    from tui.films import spoken

    today = date(2026, 1, 5)
    for language, wanted in (
        ("id", ["hari ini", "besok", "lusa", "3 hari"]),
        ("en", ["today", "tomorrow", "2 days", "3 days"]),
    ):
        said = [spoken.near(date(2026, 1, 5 + days), today, Words(language)) for days in range(4)]
        assert said == wanted
