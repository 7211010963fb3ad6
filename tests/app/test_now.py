"""What is now: today's line, the next week, holidays, the week as cards, and nothing ahead."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, filmtui, press, settled, shown
from tui.app.calendar.agenda import Agenda
from tui.app.calendar.ending import Ending
from tui.app.calendar.lines import Between
from tui.app.calendar.week import WeekView
from tui.app.film.detail import Detail
from tui.app.widgets.typeset import Find, Go

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp
    from tui.app.calendar.screen import CalendarScreen

    Make = Callable[..., FilmtuiApp]

DAY = date(2026, 1, 5)
SIZES = [(160, 45), (120, 36), (100, 30), (80, 24), (60, 20), (40, 12)]


@pytest.fixture
def year(catalog: Callable[..., Path]) -> Path:
    """Two films a week, on Wednesdays and Thursdays, from July 2025 to June 2026."""
    days = [date.fromordinal(date(2025, 7, 2).toordinal() + 7 * week + day) for week in range(52) for day in (0, 1)]
    return catalog(a=films(*(film(f"f-{day}", f"Film {day:%d %m}", day.isoformat()) for day in days)))


def active(screen: CalendarScreen) -> type:
    return type(screen.active_view)


async def done(pilot: object) -> None:
    """Until the holidays are there too."""
    await settled(pilot)  # type: ignore[arg-type]
    await pilot.app.workers.wait_for_complete()  # type: ignore[attr-defined]
    await settled(pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
async def test_today_stands_a_quarter_down_at_the_start_and_at_t(app: Make, year: Path, size: tuple[int, int]) -> None:
    async with app(year, today=DAY).run_test(size=size) as pilot:
        await done(pilot)
        for keys in ((), ("home", "t"), ("end", "t")):
            screen = await press(pilot, *keys)
            agenda = screen.query_one(Agenda)
            rule = next(n for n, one in zip(agenda._lines.numbers, agenda._lines.between, strict=True) if one.rule)
            down = rule - agenda.scroll_offset.y
            assert abs(down - agenda.rows_seen // 4) <= 1, keys
            assert "2 film" in next(line for line in shown(pilot).splitlines() if "── hari ini" in line)
            assert screen.state.chosen is not None
            assert screen.state.chosen.id == "f-2026-01-07"


async def test_rows_are_seen_around_the_cursor(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(100, 30)) as pilot:
        screen = await settled(pilot)
        agenda = screen.query_one(Agenda)
        for key in ("down",) * 30 + ("up",) * 60:
            await pilot.press(key)
            y = agenda._lines.of_row(screen.state.cursor) - agenda.scroll_offset.y
            assert 3 < y < agenda.rows_seen - 3


async def test_rules_and_holidays_stand_between_the_rows_and_are_passed_over(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        text = [line[:54] for line in shown(pilot).splitlines()]
        rule = next(n for n, line in enumerate(text) if "hari ini · Sen 5 Jan" in line)
        assert "2 film pekan ini" in text[rule]
        assert "Rab  7" in text[rule + 1]
        assert "lusa" in text[rule + 1]
        assert "pekan depan 12–18 Jan" in text[rule + 3]
        holiday = next(n for n, line in enumerate(text) if "◆ Isra Mikraj" in line)
        assert "Jum 16" in text[holiday]
        assert "libur" in text[holiday]
        screen = await settled(pilot)
        for _ in range(8):
            await pilot.press("down")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "f-2026-02-04"
        agenda = screen.query_one(Agenda)
        assert all(isinstance(agenda._lines.at(number), Between) for number in agenda._lines.numbers)


async def test_holidays_stay_after_the_catalog_is_read_again_and_in_one_month(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        for keys in (("r",), ("m",), ("m",), ("f", "escape")):
            await press(pilot, *keys)
            await done(pilot)
            assert "◆ Isra Mikraj" in shown(pilot), keys
            assert "hari ini · Sen 5 Jan" in shown(pilot), keys


HEAVY = (
    "holidays",
    "importlib.metadata",
    "babel",
    "yaml",
    "ruamel",
    "rapidfuzz",
    "icalendar",
    "selectolax",
    "tomlkit",
    "tomllib",
    "tui.app.sheets",
    "tui.app.calendar.palette",
    "tui.library.search",
)


def test_what_is_heavy_is_not_imported_before_the_first_picture() -> None:
    code = f"import sys, tui.app.app; print([name for name in {HEAVY} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


async def test_past_is_dimmer_than_what_comes(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        agenda = (await settled(pilot)).query_one(Agenda)
        styles = {}
        for y in range(agenda.rows_seen):
            for segment in agenda.render_line(y):
                if segment.text.startswith("Film ") and segment.style:
                    styles[segment.text.strip()] = segment.style.color
        assert styles["Film 31 12"] == agenda.style_of("agenda--past").color
        assert styles["Film 14 01"] == agenda.style_of("agenda--title").color


@pytest.mark.parametrize("width", [160, 120, 100, 80, 60, 40])
async def test_no_month_of_the_strip_is_cut(app: Make, year: Path, width: int) -> None:
    async with app(year, today=DAY).run_test(size=(width, 24)) as pilot:
        await done(pilot)
        strip = shown(pilot).splitlines()[1]
        names = strip.replace("│", " ").split()
        assert {"Jan", "Des"} <= {*names} or "Jan 2026" in strip


# the week


async def test_the_week_shows_its_films_and_shares_the_cursor(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await press(pilot, "2")
        assert active(screen) is WeekView
        text = shown(pilot)
        for part in ("2 film baru pekan ini · 5–11 Januari 2026", "RABU 7 · lusa", "KAMIS 8 · 3 hari lagi", "MASIH BARU",
                     "BERIKUTNYA", "HITUNG MUNDUR", "Isra Mikraj"):  # fmt: skip
            assert part in text
        await press(pilot, "down")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "f-2026-01-08"
        await press(pilot, "down")
        assert screen.state.chosen.id == "f-2026-01-14"
        assert "12–18 Januari 2026" in shown(pilot)
        await press(pilot, "1")
        assert active(screen) is Agenda
        assert screen.state.chosen.id == "f-2026-01-14"


async def test_weeks_are_stepped_also_where_nothing_opens(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", release="2026-01-07"), film("b", release="2026-01-28")))
    async with app(root, today=DAY).run_test(size=(100, 30)) as pilot:
        await done(pilot)
        screen = await press(pilot, "2", "right_square_bracket")
        assert "Tidak ada film baru · 12–18 Januari 2026" in shown(pilot)
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "b"
        await press(pilot, "t")
        assert screen.state.chosen.id == "a"


@pytest.mark.parametrize("size", SIZES)
async def test_the_week_can_be_read_at_every_size_and_enter_reads(app: Make, year: Path, size: tuple[int, int]) -> None:
    async with app(year, today=DAY).run_test(size=size) as pilot:
        await done(pilot)
        screen = await press(pilot, "2", "enter")
        assert screen.query_one(Detail).has_focus
        assert "Film 07 01" in shown(pilot)
        assert "Esc" in shown(pilot)
        await press(pilot, "J")
        assert "Film 08 01" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(screen.focused, WeekView)


# nothing ahead


async def test_nothing_ahead_says_so_and_what_can_be_done(app: Make, year: Path) -> None:
    async with app(year, today=date(2026, 11, 24)).run_test(size=(80, 24)) as pilot:
        await done(pilot)
        screen = await settled(pilot)
        assert active(screen) is Ending
        text = " ".join(shown(pilot).split())
        assert "Katalog ini berakhir pada 25 Juni 2026." in text
        assert "hari ini 152 hari sesudahnya" in text
        await press(pilot, "p")
        assert active(screen) is Agenda
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "f-2026-06-25"
        await press(pilot, "t")
        assert active(screen) is Ending
        await press(pilot, "up")
        assert active(screen) is Agenda


def test_the_commands_say_where_the_catalog_ends(year: Path) -> None:
    late = ("--catalog", str(year), "--lang", "en", "--today", "2026-11-24")
    assert "The catalog ends on 25 June 2026" in filmtui("list", *late).stdout
    assert "The catalog ends on 25 June 2026" in filmtui("week", *late).stdout
    assert "The catalog ends on 25 June 2026" in filmtui(*late).stdout
    found = filmtui("list", "--format", "json", *late)
    assert "The catalog ends on 25 June 2026" in found.stderr
    json.loads(found.stdout)
    assert "ends on" not in filmtui("list", *late[:-1], "2026-01-05").stdout


def test_without_a_command_a_pipe_gets_this_month_and_what_comes(year: Path) -> None:
    found = filmtui("--catalog", str(year), "--today", "2026-03-05").stdout
    assert found.startswith("MARET 2026")
    assert "FEBRUARI 2026" in filmtui("list", "--catalog", str(year), "--today", "2026-03-05").stdout


def test_the_week_as_text_markdown_and_json(year: Path) -> None:
    week = ("week", "--catalog", str(year), "--today", "2026-01-05")
    text = filmtui(*week).stdout
    assert text.startswith("2 film baru pekan ini · 5–11 Januari 2026")
    assert "Isra Mikraj" in text
    assert filmtui(*week, "--format", "markdown").stdout.startswith("## 2 film baru pekan ini")
    found = json.loads(filmtui(*week, "--date", "2026-01-14", "--format", "json").stdout)
    assert (found["first"], found["last"]) == ("2026-01-12", "2026-01-18")
    assert [film["id"] for film in found["films"]] == ["f-2026-01-14", "f-2026-01-15"]
    assert found["holidays"][0] == {"date": "2026-01-16", "name": "Isra Mikraj"}


# links


async def test_what_a_film_shares_leads_to_the_films_that_share_it(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a=films(
            film("a", "Satu", "2026-01-07", genres="[horror]", directors="[Joko Anwar]", countries="[ID]"),
            film("b", "Dua", "2026-01-08", genres="[horror]", countries="[US]"),
            film("c", "Tiga", "2026-02-05", directors="[Joko Anwar]", countries="[ID]"),
        )
    )
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await settled(pilot)
        for target, expected in (
            (Find("genre", "horror"), ["a", "b"]),
            (Find("person", "Joko Anwar"), ["a", "c"]),
            (Find("country", "ID"), ["a", "c"]),
        ):
            assert target in {link.to for link in screen.detail._links}
            await screen.follow(target)
            await done(pilot)
            assert [row.id for n in range(9) if (row := screen.state.row(n))] == expected
            await press(pilot, "escape")
        await screen.follow(Go("c"))
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "c"


async def test_links_are_picked_by_keys_and_followed_by_enter(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "Satu", "2026-01-07", genres="[horror]"), film("b", "Dua", "2026-01-08")))
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await press(pilot, "enter", "right")
        assert str(screen.detail.picked) == str(Find("genre", "horror"))
        await press(pilot, "right")
        assert str(screen.detail.picked) == str(Go("b"))
        await press(pilot, "enter")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "b"


async def test_rivals_and_the_season_stand_on_the_page(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "Satu", "2026-12-23"), film("b", "Dua", "2026-12-24")))
    async with app(root, today=date(2026, 12, 1)).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        text = shown(pilot)
        assert "2 hari sebelum Natal · Natal dan Tahun Baru" in text
        assert "TAYANG PEKAN YANG SAMA" in text
        assert "Kam 24  Dua" in text


async def test_text_that_is_dragged_over_is_copied(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "Satu", "2026-01-07", synopsis="Kisah laut yang tenang.")))
    made = app(root, today=DAY)
    async with made.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        detail = (await settled(pilot)).detail
        y = next(n for n, line in enumerate(detail._lines) if any("Kisah" in piece.text for piece in line)) + 1
        await pilot.mouse_down(Detail, offset=(2, y))
        await pilot.hover(Detail, offset=(12, y))
        await pilot.mouse_up(Detail, offset=(12, y))
        await settled(pilot)
        assert made.clipboard.strip() == "Kisah laut"


async def test_the_terminals_cursor_stands_on_the_chosen_row(app: Make, year: Path) -> None:
    made = app(year, today=DAY)
    async with made.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        for key in ("down", "down", "end", "home", "t"):
            await press(pilot, key)
            line = shown(pilot).splitlines()[made.cursor_position.y]
            assert line[made.cursor_position.x] == "▌", key


async def test_p_goes_to_the_last_release_before_today(app: Make, year: Path) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await press(pilot, "p")
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "f-2026-01-01"


async def test_midnight_moves_the_rule(app: Make, year: Path) -> None:
    made = app(year, today=DAY)
    async with made.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await press(pilot, "2")
        screen.state.turn(date(2026, 1, 6))
        await press(pilot, "1")
        assert "hari ini · Sel 6 Jan" in shown(pilot)


async def test_drawing_the_week_asks_the_library_nothing(
    app: Make, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app(year, today=DAY).run_test(size=(120, 36)) as pilot:
        await done(pilot)
        screen = await press(pilot, "2")
        with monkeypatch.context() as patch:
            patch.setattr(screen.state, "library", None)
            screen.active_view.fit()
        assert "Film 07 01" in shown(pilot)
