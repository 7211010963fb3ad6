"""The filter beside the list: it narrows at once, Enter keeps, Esc takes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SHIPPED, press, shown
from tui.app.calendar.agenda import Agenda
from tui.app.sheets.filters import FilterScreen
from tui.app.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

TODAY = date(2026, 1, 5)
SIZE = (120, 36)


def counts(pilot: Pilot[None]) -> dict[str, str]:
    """What stands beside each choice."""
    return {choice.label: choice.note for choice in pilot.app.screen.query_one(Choices).choices if choice.note}


async def to(pilot: Pilot[None], label: str) -> None:
    """The cursor on this choice."""
    choices = pilot.app.screen.query_one(Choices)
    for _ in range(len(choices.choices)):
        if choices.choices[choices._cursor].label == label:
            return
        await pilot.press("down")
    raise AssertionError(label)


async def test_the_list_narrows_while_it_is_seen(app: Make) -> None:
    async with app(SHIPPED, today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "f")
        assert "Kuyank" in shown(pilot)
        before = screen.state.view.total
        await to(pilot, "Komedi")
        await press(pilot, "space")
        assert isinstance(pilot.app.screen, FilterScreen)
        assert screen.query_one(Agenda).display
        assert "Kuyank" not in shown(pilot)
        assert "Uang Passolo" in shown(pilot)
        assert 0 < screen.state.view.total < before
        assert f"Saringan · {screen.state.view.total}" in shown(pilot)
        assert "genre: Komedi ×" in shown(pilot)


async def test_enter_keeps_and_escape_takes_back(app: Make) -> None:
    async with app(today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"rio", "enter", "f")
        await to(pilot, "Horor")
        await press(pilot, "space")
        assert screen.state.understood.text == "rio genre:horor"
        await press(pilot, "escape")
        assert screen.state.understood.text == "rio"
        await press(pilot, "f")
        await to(pilot, "Horor")
        await press(pilot, "space", "enter")
        assert screen.state.understood.text == "rio genre:horor"
        assert not isinstance(pilot.app.screen, FilterScreen)
        await press(pilot, "f")
        assert pilot.app.screen.query_one(Choices).ticked == {("genre", "horror")}
        await press(pilot, "0", "enter")
        assert screen.state.understood.text == "rio"


async def test_counts_are_those_of_the_month_and_of_the_other_groups(app: Make) -> None:
    async with app(SHIPPED, today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "m", "f")
        total = screen.state.view.total
        assert (
            sum(
                int(counts(pilot)[label])
                for label in ("SU", "13+", "17+", "Tanpa klasifikasi")
                if label in counts(pilot)
            )
            == total
        )
        horror = counts(pilot)["Horor"]
        await to(pilot, "Horor")
        await press(pilot, "space")
        assert counts(pilot)["Horor"] == horror  # its own group does not narrow it
        assert str(screen.state.view.total) == horror
        assert int(counts(pilot)["Tentatif" if "Tentatif" in counts(pilot) else "Pasti"]) <= int(horror)


async def test_films_without_a_rating_countries_and_directors_are_choices(app: Make) -> None:
    async with app(SHIPPED, today=TODAY).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "f")
        for label in ("Tanpa klasifikasi", "Indonesia"):
            await to(pilot, label)
            await press(pilot, "space")
        rows = [screen.state.library.film(row.id) for row in screen.state.library.all_rows(screen.state.view)]
        assert rows
        assert all(film.rating is None and "ID" in film.countries for film in rows)
        director = next(c for c in pilot.app.screen.query_one(Choices).choices if c.kind == "director" and c.value)
        await press(pilot, "home")
        await to(pilot, director.label)
        await press(pilot, "space")
        assert str(screen.state.view.total) == director.note
        assert screen.state.understood.text == f'usia:tanpa negara:ID sutradara:"{director.value}"'


@pytest.mark.parametrize(
    ("size", "beside"), [((120, 36), True), ((80, 24), True), ((60, 20), False), ((40, 12), False)]
)
async def test_it_stands_beside_the_list_where_there_is_room(app: Make, size: tuple[int, int], beside: bool) -> None:
    async with app(today=TODAY).run_test(size=size) as pilot:
        await press(pilot, "f")
        sheet = pilot.app.screen.query_one("#sheet").region
        assert sheet.right == size[0]
        assert (sheet.x >= 30) is beside
        assert (sheet.x == 0) is not beside
        assert "Saringan" in shown(pilot)
