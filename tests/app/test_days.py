"""The month and the year: a cursor that moves over days, by key and mouse, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import LEBARAN, film, films, lines, press, settled, shown
from tui.app.calendar.agenda import Agenda
from tui.app.calendar.grid import Grid
from tui.app.calendar.year import YearView
from tui.app.film.detail import Detail

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.app.calendar.screen import CalendarScreen

    Make = Callable[..., FilmtuiApp]

DAY = date(2026, 1, 5)
SIZES = [(160, 45), (120, 36), (100, 30), (80, 24), (60, 20), (40, 12), (20, 5)]


@pytest.fixture
def march(catalog: Callable[..., Path]) -> Path:
    """March 2026 with 25 films, one of February, one of May, one known to the month only."""
    days = [4, 5, 6, 11, 12, 12, 12, *[18] * 9, 19, 20, 25, 25, 26, 26, 26, 27, 31]
    items = [film(f"m{n:02}", f"Maret {n:02}", f"2026-03-{day:02}", genres="[horror]" if n % 2 else "[drama]")
             for n, day in enumerate(days)]  # fmt: skip
    items += [film("feb", "Februari", "2026-02-04"), film("mei", "Mei", "2026-05-07")]
    return catalog(a=films(*items, film("kira", "Kira-kira", "2026-03")))


def day_of(screen: CalendarScreen) -> date:
    return screen.state.day


def chosen(screen: CalendarScreen) -> str | None:
    return screen.state.chosen.id if screen.state.chosen else None


async def at(pilot: Pilot[None], text: str, again: int = 1) -> CalendarScreen:
    """Click where this text is seen first."""
    y, line = next((y, line) for y, line in enumerate(lines(pilot)) if text in line)
    await pilot.click(offset=(line.index(text), y), times=again)
    return await settled(pilot)


def counted(patch: pytest.MonkeyPatch, kind: type, name: str) -> list[Any]:
    """What the method is called with from now on."""
    found: list[Any] = []
    method = getattr(kind, name)

    def call(self: object, what: Any) -> Any:
        found.append(what)
        return method(self, what)

    patch.setattr(kind, name, call)
    return found


async def holidays(pilot: Pilot[None]) -> CalendarScreen:
    screen = await settled(pilot)
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)
    return screen


async def test_the_arrows_go_by_day_and_week_across_months(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 2, 1)).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "3")
        assert isinstance(screen.active_view, Grid)
        assert day_of(screen) == date(2026, 2, 4)
        for keys, day in (
            (("right",), date(2026, 2, 5)), (("left", "left"), date(2026, 2, 3)), (("down",) * 4, date(2026, 3, 3)),
            (("right",), date(2026, 3, 4)), (("up",), date(2026, 2, 25)), (("pagedown",), date(2026, 3, 25)),
            (("right_square_bracket",), date(2026, 4, 25)), (("left_square_bracket",) * 2, date(2026, 2, 25)),
            (("pageup",), date(2026, 1, 25)), (("t",), date(2026, 2, 1)),
        ):  # fmt: skip
            screen = await press(pilot, *keys)
            assert day_of(screen) == day, keys
        screen = await press(pilot, "end", "pagedown")
        assert "JUNI" not in shown(pilot)
        assert day_of(screen) == date(2026, 6, 7)


async def test_a_month_on_from_its_last_day_is_the_others_last(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 1, 31)).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "3", "t", "pagedown")
        assert day_of(screen) == date(2026, 2, 28)


async def test_the_list_has_the_same_film_and_an_empty_day_the_next_one(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "3", "down")
        assert chosen(screen) == "m03"
        screen = await press(pilot, "1")
        assert isinstance(screen.active_view, Agenda)
        assert chosen(screen) == "m03"
        screen = await press(pilot, "3", "left")
        assert day_of(screen) == date(2026, 3, 10)
        assert "tak ada film baru, 4 sepekan" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(screen.focused, Grid)  # nothing to open
        screen = await press(pilot, "1")
        assert chosen(screen) == "m03"


async def test_enter_opens_the_film_or_the_list_of_the_day(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "3", "enter")
        assert isinstance(screen.focused, Detail)
        screen = await press(pilot, "escape")
        assert isinstance(screen.focused, Grid)
        screen = await press(pilot, "down", "down", "enter")
        assert isinstance(screen.focused, Grid)  # nine films: into their list
        screen = await press(pilot, *["down"] * 8)
        assert day_of(screen) == date(2026, 3, 18)
        assert chosen(screen) == "m15"
        screen = await press(pilot, "down")  # the last stays the last
        assert chosen(screen) == "m15"
        assert "Maret 15" in shown(pilot)
        screen = await press(pilot, "enter")
        assert isinstance(screen.focused, Detail)
        screen = await press(pilot, "escape", "escape", "down")
        assert day_of(screen) == date(2026, 3, 25)


async def test_the_small_month_stands_alone_and_enter_shows_the_day(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(40, 12)) as pilot:
        await press(pilot, "3", "down", "down")
        assert "18⁹" in shown(pilot)
        assert "12³" in shown(pilot)
        await press(pilot, "enter")
        assert "12³" not in shown(pilot)
        assert all(f"Maret {n:02}" in shown(pilot) for n in range(7, 14))
        await press(pilot, "escape")
        assert "12³" in shown(pilot)


async def test_what_has_no_room_is_counted_and_what_has_no_day_stands_below(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "3")
        text = shown(pilot)
        assert "Maret 2026  Kira-kira" in text
        assert "+7" in text
        assert "18 ◇" in text
        screen = await at(pilot, "Kira-kira")
        assert chosen(screen) == "kira"
        assert "Maret 2026 · 1 film" in shown(pilot)
        screen = await press(pilot, "right")
        assert day_of(screen) == date(2026, 3, 16)


async def test_a_click_goes_to_the_film_or_the_day_and_a_second_opens_it(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3")
        screen = await at(pilot, "Maret 05")
        assert chosen(screen) == "m05"
        screen = await at(pilot, " 30 ")
        assert day_of(screen) == date(2026, 3, 30)
        screen = await at(pilot, "Maret 19", again=2)
        assert isinstance(screen.focused, Detail)
        assert chosen(screen) == "m19"


async def test_the_day_is_told_with_genre_length_and_rating(app: Make) -> None:
    async with app(LEBARAN, today=DAY).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "right", "down", "down")
        line = next(line for line in lines(pilot) if "▌Esok Tanpa Ibu  drama," in line)
        assert "drama, fiksi ilmiah · 107 menit · Ho Wi-ding" in line
        await press(pilot, "up", "left")  # with less to say of the day itself, its week has room
        assert "Pekan 12–18 Jan" in shown(pilot)
        assert "Kam 15  Penerbangan Terakhir · Alas Roban" in shown(pilot)


async def test_two_months_stand_side_by_side_where_there_is_room(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(160, 45)) as pilot:
        await press(pilot, "3")
        assert "APRIL 2026" not in shown(pilot)
        screen = await press(pilot, "M")
        row = next(line for line in lines(pilot) if "MARET 2026" in line)
        assert "APRIL 2026" in row
        screen = await press(pilot, "pagedown")  # into the month that is seen already
        assert day_of(screen).month == 4
        assert "MARET 2026" in shown(pilot)
        await press(pilot, "pagedown")
        assert "MARET 2026" not in shown(pilot)
        await press(pilot, "M")
        assert "JUNI 2026" not in shown(pilot)
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "M")
        assert "APRIL 2026" not in shown(pilot)


async def test_a_filter_dims_the_others_and_counts(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "slash", *"00", "enter")
        text = shown(pilot)
        assert "0/9" in text
        assert "0 dari 3 film" in text
        assert "Maret 10" in text  # still there
        grid = pilot.app.screen.query_one(Grid)
        styles = {part.text: part.style for line in grid._parts for part in line if part.row is not None}
        assert styles["Maret 00"] in {"title", "picked"}
        others = {part.style for line in grid._parts for part in line if part.text == "Maret 10"}
        assert others == {"fact"}
        await press(pilot, "escape")
        assert "0 dari" not in shown(pilot)


async def test_no_film_says_why(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(80, 24)) as pilot:
        for view in ("3", "4"):
            await press(pilot, view, "slash", *"zzz", "enter")
            assert "Tidak ada film yang cocok" in shown(pilot) or "Esc" in shown(pilot)
            await press(pilot, "escape", "escape")


async def test_a_key_draws_only_what_is_another_line_now(
    app: Make, march: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        for view, kind in (("3", Grid), ("4", YearView)):
            screen = await press(pilot, view)
            await holidays(pilot)
            drawn = counted(monkeypatch, kind, "render_line")
            assert isinstance(screen.active_view, kind)
            await press(pilot, "right")
            assert 0 < len(set(drawn)) < 16, kind


async def test_what_a_view_asks_does_not_grow_with_the_films(
    app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.index.index import Index

    counts: dict[int, list[int]] = {}
    for few in (1, 8):
        root = catalog(
            a=films(*(film(f"f{d}-{n}", release=f"2026-03-{d:02}") for d in range(1, 29) for n in range(few)))
        )
        async with app(root, today=date(2026, 3, 1)).run_test(size=(60, 20)) as pilot:
            await settled(pilot)
            for view in ("3", "4"):
                await holidays(pilot)
                with monkeypatch.context() as patch:
                    asked = counted(patch, Index, "ask")
                    await press(pilot, view)
                    counts.setdefault(few, []).append(len(asked))
    assert abs(counts[8][1] - counts[1][1]) < 8  # what is asked twice a second beside; not of 196 more films
    assert counts[8][0] <= counts[1][0] + 2 * 8  # the films of the chosen day, and what is asked beside; not of 28 days


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", ["id", "en"])
async def test_nothing_is_wider_than_the_screen(app: Make, size: tuple[int, int], language: str) -> None:
    async with app(LEBARAN, today=DAY, language=language).run_test(size=size) as pilot:
        for key in ("3", "right", "pagedown", "pagedown", "enter", "escape", "M", "4", "down", "pageup"):
            await press(pilot, key)
            assert all(len(line) <= size[0] for line in lines(pilot))
        screen = await holidays(pilot)
        view = screen.active_view
        assert isinstance(view, YearView)
        assert len(view._parts) <= max(3, view.rows_seen)


async def test_holidays_have_their_names_and_signs(app: Make) -> None:
    async with app(LEBARAN, today=DAY).run_test(size=(120, 36)) as pilot:
        await holidays(pilot)
        await press(pilot, "3", "pagedown", "pagedown")
        text = shown(pilot)
        assert "18 ◇ Nyepi" in text
        assert "19 ◆ Nyepi" in text
        assert "21 ◆" in text
        await at(pilot, "19 ◆ Nyepi")
        assert "Kamis, 19 Maret 2026 · 73 hari lagi · Nyepi · tak ada film baru, 6 sepekan" in shown(pilot)
        await at(pilot, "18 ◇")
        assert "Cuti bersama Nyepi · 6 film" in shown(pilot)


async def test_the_year_goes_by_day_month_and_year(app: Make) -> None:
    async with app(LEBARAN, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "4")
        assert isinstance(screen.active_view, YearView)
        assert day_of(screen) == date(2026, 1, 7)
        for keys, day in (
            (("down", "down"), date(2026, 3, 7)), (("left",) * 7, date(2026, 2, 28)), (("right",), date(2026, 3, 1)),
            (("left_square_bracket",), date(2025, 3, 1)), (("right_square_bracket",), date(2026, 3, 1)),
        ):  # fmt: skip
            screen = await press(pilot, *keys)
            assert day_of(screen) == day, keys
        assert "PEKAN KOSONG" in shown(pilot)
        await at(pilot, "9–15 Mar")
        assert day_of(screen) == date(2026, 3, 9)
        screen = await press(pilot, "enter")
        assert isinstance(screen.active_view, Grid)
        assert day_of(screen) == date(2026, 3, 9)
        screen = await press(pilot, "4", "down")
        assert day_of(screen) == date(2026, 4, 9)


async def test_a_far_year_gets_its_holidays(app: Make) -> None:
    async with app(LEBARAN, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "4", *["right_square_bracket"] * 4)
        await holidays(pilot)
        assert day_of(screen).year == 2030
        assert " 2030  0 film" in shown(pilot)
        row = next(line for line in lines(pilot) if line.strip().startswith("Jan"))
        assert "◆" in row
        assert "≈" in shown(pilot)


async def test_the_week_is_told_below_the_year(app: Make) -> None:
    async with app(LEBARAN, today=DAY).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        text = shown(pilot)
        assert "Pekan 5–11 Jan · 5 film" in text
        assert "Greenland: Migration" in text
        screen = await at(pilot, "Musuh Dalam Selimut")
        assert chosen(screen) == "musuh-dalam-selimut"
        assert day_of(screen) == date(2026, 1, 8)


@pytest.mark.parametrize("view", ["3", "4"])
async def test_the_terminals_cursor_stands_on_the_day(app: Make, march: Path, view: str) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(80, 24)) as pilot:
        await press(pilot, view)
        x, y = pilot.app.cursor_position
        assert lines(pilot)[y][x - 1] == "▌"
        await press(pilot, "down", "right")
        moved = pilot.app.cursor_position
        assert moved != (x, y)
        assert lines(pilot)[moved.y][moved.x - 1] == "▌"


async def test_an_edit_shows_in_the_month(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3")
        path = march / "a.yaml"
        path.write_text(path.read_text("utf-8").replace("Maret 00", "Judul Baru"), "utf-8")
        await press(pilot, "r")
        await settled(pilot)
        assert "Judul Baru" in shown(pilot)


async def test_one_month_alone_is_left_for_the_days(app: Make, march: Path) -> None:
    async with app(march, today=date(2026, 3, 1)).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "m", "3")
        assert screen.state.period is None
        screen = await press(pilot, "m")
        assert isinstance(screen.active_view, Agenda)
        assert screen.state.period == 20260332


@pytest.mark.parametrize(("key", "width", "told"), [
    ("2", 120, "batal · horor"), ("2", 80, "batal"), ("2", 80, "Lain (ditunda)"), ("3", 120, "batal"),
    ("3", 40, "ditunda"), ("4", 120, "Lain (ditunda)"),
])  # fmt: skip
async def test_a_film_that_will_not_open_says_so_in_every_view(
    app: Make, catalog: Callable[..., Path], key: str, width: int, told: str
) -> None:
    some = catalog(
        one=films(
            film("bersama", "Bersama", releases="[{date: 2026-03-05, status: cancelled}]", genres="[horror]"),
            film("lain", "Lain", releases="[{date: 2026-03-12, status: postponed}]", genres="[drama]"),
        )
    )
    async with app(some, today=date(2026, 3, 2)).run_test(size=(width, 30)) as pilot:
        await settled(pilot)
        await press(pilot, key)
        assert told in shown(pilot)
