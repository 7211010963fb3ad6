"""A month as a grid and a year at a glance, as text and JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import LEBARAN, film, films, filmtui, places
from tui.base.text import cells
from tui.base.words import Words
from tui.exports import month as grids
from tui.exports import year as years
from tui.exports.month import Sheet
from tui.exports.parts import by_day, plain
from tui.films.dates import key_of
from tui.films.holidays import Holiday
from tui.index.query import Row
from tui.library.library import Library, Selection
from tui.library.month import Day, Month, month_of
from tui.library.year import year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 1, 5)
WORDS = Words("id")
HOLIDAYS = [
    Holiday(date(2026, 3, 19), joint=False, name="Nyepi"),
    Holiday(date(2026, 3, 20), joint=True, name="Eid al-Fitr"),
    Holiday(date(2026, 3, 21), joint=False, name="Eid al-Fitr"),
    Holiday(date(2026, 3, 25), joint=False, name="Mawlid", estimated=True),
]


def month(*titles: tuple[int, str], undated: tuple[str, ...] = ()) -> Month:
    """March 2026 with films on days of it."""
    rows: dict[date, list[Row]] = {}
    for number, (day, title) in enumerate(titles):
        when = date(2026, 3, day)
        row = Row((key_of(when) << 36) + number, f"f{number}", 0, title, "theatrical", "ID", "confirmed")
        rows.setdefault(when, []).append(row)
    days = {day: Day(tuple(found), tuple(range(len(found))), len(found), len(found)) for day, found in rows.items()}
    loose = tuple(Row((20260332 << 36) + n, f"u{n}", 0, title, "theatrical", "ID", "confirmed")
                  for n, title in enumerate(undated))  # fmt: skip
    count = len(titles) + len(loose)
    return Month(date(2026, 3, 1), days, Day(loose, tuple(range(len(loose))), len(loose), len(loose)), count, count)


def drawn(found: Month, width: int, height: int | None = None, **more: object) -> list[str]:
    sheet = Sheet(WORDS, TODAY, by_day(HOLIDAYS))._replace(**more)  # type: ignore[arg-type]
    return ["".join(part.text for part in line) for line in grids.grid(found, sheet, width, height)]


def test_columns_are_as_wide_as_their_films_need_and_an_empty_week_is_a_line() -> None:
    lines = drawn(month((4, "Danur: The Last Chapter"), (5, "Pelangi di Mars")), 80)
    assert lines[0].startswith("Sen Sel  Rab")
    text = "\n".join(lines)
    assert "Danur: The Last Chapter" in text
    assert "Pelangi di Mars" in text
    assert len(lines) == 1 + 6 + 1  # the weekdays, six weeks, one of them with a line of films
    assert [len(cell) for cell in lines[2].split("│")][:2] == [3, 3]
    assert lines[2].split("│")[2].split() == ["4", "1", "film"]


def test_holidays_joint_leave_and_estimates_are_told_apart() -> None:
    text = "\n".join(drawn(month((20, "Danur: The Last Chapter Which Is Long")), 120))
    assert "19 ◆" in text
    assert "20 ◇ Idulfitri" in text
    assert "25 ≈" in text


def test_rules_stand_between_the_weeks_where_there_is_room() -> None:
    found = month(*((18, f"Film {n}") for n in range(6)))
    assert drawn(found, 120)[1].startswith("╭")
    assert drawn(found, 120, 25)[1].startswith("╭")
    low = drawn(found, 120, 14)
    assert not any("─" in line for line in low)


def test_what_has_no_room_is_counted() -> None:
    found = month(*((18, f"Film {n}") for n in range(9)))
    lines = drawn(found, 80, 12)
    assert len(lines) == 12
    assert "Film 3" in lines[8]
    assert "+5" in lines[9]
    assert drawn(found, 80, 7)[4].split("│")[2].split() == ["18", "9", "film"]  # numbers alone


def test_a_view_that_leaves_films_out_counts_both() -> None:
    found = month((18, "Danur"), (18, "Na Willa"))
    day = found.days[date(2026, 3, 18)]
    some = Month(found.first, {date(2026, 3, 18): Day(day.rows, (None, 7), 1, 2)}, found.undated, 1, 2)
    parts = [part for line in grids.grid(some, Sheet(WORDS, TODAY), 80) for part in line]
    assert any("1 dari 2 film" in part.text for part in parts)
    styles = {part.text.strip(): (part.style, part.row) for part in parts}
    assert styles["Danur"] == ("fact", None)
    assert styles["Na Willa"] == ("text", 7)


def test_what_is_known_to_the_month_stands_below() -> None:
    found = month(undated=("Sebuah Judul Yang Panjang Sekali", "Judul Lain Yang Juga Panjang", "Ketiga"))
    (line,) = plain([grids.undated(found, Sheet(WORDS, TODAY), 80)])
    assert line == " Maret 2026  Sebuah Judul Yang Panjang Sekali · Judul Lain Yang Juga Panjang +1"
    assert grids.undated(month(), Sheet(WORDS, TODAY), 80) == []


def test_the_first_weekday_is_the_callers() -> None:
    lines = drawn(month((4, "Danur")), 80, first_weekday=6)
    assert lines[0].split()[:2] == ["Min", "Sen"]
    assert lines[1].split("│")[0].strip() == "1"


def test_the_small_grid_has_counts_without_titles() -> None:
    found = month((18, "A"), (18, "B"), (19, "C"))
    assert any("18²" in line for line in plain(grids.mini(found, Sheet(WORDS, TODAY), 40)))
    assert any("18 ▇▇" in line for line in plain(grids.mini(found, Sheet(WORDS, TODAY), 60)))


titles = st.text("aé漢 -", min_size=1, max_size=60).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(st.integers(1, 31), titles), max_size=60),
    st.integers(72, 160),
    st.none() | st.integers(7, 40),
    st.integers(0, 6),
)
def test_every_line_is_as_wide_as_the_grid_and_there_are_no_more_than_fit(
    found: list[tuple[int, str]], width: int, height: int | None, first_weekday: int
) -> None:
    lines = drawn(month(*found), width, height, first_weekday=first_weekday)
    assert {cells(line) for line in lines} == {width}
    assert height is None or len(lines) <= height
    numbers = [int(n) for line in lines for n in re.findall(r"(?<![\w+])\d+(?!\d)", line)]
    assert {*range(1, 32)} <= {*numbers}


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Library]:
    with Library(places(LEBARAN, tmp_path / "shipped")) as opened:
        opened.refresh()
        yield opened


def test_a_month_of_a_search_has_what_matches_and_what_does_not(shipped: Library) -> None:
    horror = Selection(genres=frozenset({"horror"}))
    view = shipped.view(horror)
    found = month_of(shipped, view, date(2026, 1, 20))
    whole = month_of(shipped, shipped.view(), date(2026, 1, 1))
    assert found.total == whole.count
    assert 0 < found.count < found.total
    for day in found.days.values():
        for row, index in zip(day.rows, day.indices, strict=True):
            if index is not None:
                assert shipped.rows(view, index, 1) == [row]
        assert day.count == sum(index is not None for index in day.indices)
    assert [row for day in found.days.values() for row in day.rows] == [
        row for day in whole.days.values() for row in day.rows
    ]


def test_a_month_with_many_films_lists_the_first_of_each_day(catalog: Callable[..., Path], tmp_path: Path) -> None:
    many = (film(f"f{day:02}-{n:03}", release=f"2026-03-{day:02}") for day in (4, 5, 6) for n in range(150))
    with Library(places(catalog(a=films(*many)), tmp_path / "cache")) as library:
        library.refresh()
        found = month_of(library, library.view(), date(2026, 3, 1))
        assert [(day.count, len(day.rows)) for day in found.days.values()] == [(150, 40)] * 3
        assert found.days[date(2026, 3, 5)].indices[:2] == (150, 151)
        assert found.count == 450


def test_a_year_tells_free_and_full_weeks(catalog: Callable[..., Path], tmp_path: Path) -> None:
    when = ["2026-03-04", "2026-03-18", "2026-03-18", "2026-04-15", "2026-04-16", "2026-04-16", "2026-06", "2026"]
    items = films(*(film(f"f{n}", release=day) for n, day in enumerate(when)))
    with Library(places(catalog(a=items), tmp_path / "cache")) as library:
        library.refresh()
        found = year_of(library, library.view(), 2026)
    assert found.count == 8
    assert found.months == (0, 0, 3, 3, 0, 1, 0, 0, 0, 0, 0, 0)
    assert found.busiest == date(2026, 3, 18)
    assert [(span.first, span.last) for span in found.free] == [
        (date(2026, 3, 9), date(2026, 3, 15)), (date(2026, 3, 23), date(2026, 4, 12)),
    ]  # fmt: skip
    assert [(span.first, span.count) for span in found.full] == [(date(2026, 4, 13), 3), (date(2026, 3, 16), 2)]
    sheet = Sheet(WORDS, TODAY, by_day(HOLIDAYS))
    told = "\n".join(plain(years.weeks(found, sheet, 120)))
    assert "9–15 Mar menjelang Nyepi" in told
    assert "23 Mar – 12 Apr Maulid Nabi" in told
    assert "16–22 Mar 2 film · Nyepi, Idulfitri" in told


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_a_year_has_a_cell_for_each_day_in_every_width(shipped: Library, width: int) -> None:
    found = year_of(shipped, shipped.view(), 2026)
    lines = years.rows(found, Sheet(WORDS, TODAY, by_day(HOLIDAYS)), width)
    assert len(lines) == 13
    assert all(cells("".join(part.text for part in line)) <= width for line in lines)
    march = "".join(part.text for part in lines[3])
    size, head = years.size_of(width), years._HEADS[years.size_of(width)]
    digits = march[head : head + 31 * size]
    at = [digits[day * size : (day + 1) * size].strip() for day in range(31)]
    assert at[17] == "6"
    assert at[18:21] == ["◆", "◇", "◆"]
    assert at[0] == ""  # a Sunday


def test_the_deepest_colour_is_the_fullest_days() -> None:
    assert [years.depth(count, 8) for count in (1, 2, 3, 4, 5, 8)] == [1, 1, 2, 2, 3, 4]
    assert years.depth(1, 1) == 4


def test_the_commands_print_text_without_colour(tmp_path: Path) -> None:
    done = filmtui("month", "2026-01", "--today", "2026-01-05", env={"COLUMNS": "100"})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("JANUARI 2026 · 6 film\nSen Sel ")
    assert " Kam  1  ◆ Tahun Baru\n" in done.stdout
    assert filmtui("month", "--today", "2026-01-05").stdout.startswith("JANUARI 2026")
    year = filmtui("year", "2026", "--lang", "en", "--today", "2026-01-05")
    assert year.stdout.startswith(" 2026  6 films · busiest: ")
    assert len(max(year.stdout.splitlines(), key=len)) <= 100


def test_the_commands_print_json() -> None:
    found = json.loads(filmtui("month", "2026-01", "--format", "json").stdout)
    assert found["month"] == "2026-01"
    assert found["films"] == sum(day["films"] for day in found["days"]) + found["undated"] == 6
    assert {"date": "2026-01-07", "films": 1} in found["days"]
    assert found["holidays"][0] == {"date": "2026-01-01", "name": "Tahun Baru", "joint": False, "estimated": False}
    year = json.loads(filmtui("year", "2025", "--format", "json").stdout)
    assert year["months"] == [0] * 11 + [8]
    assert year["year"] == 2025
    assert {"first", "last", "films"} == set(year["full_weeks"][0])


@pytest.mark.parametrize(
    "arguments", [("month", "2026"), ("month", "2026-13"), ("month", "march"), ("year", "2026-01")]
)
def test_what_is_no_month_or_year_is_wrong_usage(arguments: tuple[str, str]) -> None:
    done = filmtui(*arguments, "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is not a" in done.stderr


def test_the_first_and_the_last_month_of_the_calendar_end_there() -> None:
    assert len(Month(date(9999, 12, 1)).weeks()) == 5
    assert Month(date(1, 1, 1)).weeks()[0][0] == date(1, 1, 1)
    assert Month(date(2024, 2, 1)).last == date(2024, 2, 29)
