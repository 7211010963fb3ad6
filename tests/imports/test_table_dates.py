"""The dates of tables: numbers of days, days without a year, and where their year stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.words import Words
from tui.imports.sources import table

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Taken


def dated(taken: Taken) -> dict[str, str | None]:
    return {one.film.title: one.film.releases[0].date if one.film.releases else None for one in taken.films}


def told(taken: Taken) -> list[str]:
    return [problem.text(Words("en")) for problem in taken.problems]


def one(cell: str, name: str = "x.csv", year: int | None = None, above: str = "") -> Taken:
    return table.read(f"{above}Judul,Tanggal,Genre\nKebun,{cell},drama\n", name, year)


# numbers of days


def test_numbers_of_days_are_dates_and_that_is_told_once() -> None:
    taken = table.read("Judul,Tanggal\nKebun,46029\nLaut,46030.75\nHujan,TBA\n", "x.csv")
    assert dated(taken) == {"Kebun": "2026-01-07", "Laut": "2026-01-08", "Hujan": None}
    assert told(taken) == [
        "x.csv:2:1: “46029” was read as a spreadsheet's number of a day, 2026-01-07: check the dates"
    ]


def test_numbers_of_days_among_dates_are_dates() -> None:
    taken = table.read("Judul,Tanggal\nKebun,46029\nLaut,8 Januari 2026\nHujan,15/1/2026\n", "x.csv")
    assert dated(taken) == {"Kebun": "2026-01-07", "Laut": "2026-01-08", "Hujan": "2026-01-15"}


def test_numbers_among_other_things_are_none() -> None:
    taken = table.read("Judul,Tanggal\nKebun,46029\nLaut,gudang A\nHujan,gudang B\n", "x.csv")
    assert dated(taken) == {}
    assert len(taken.problems) == 3


@pytest.mark.parametrize("number", ["19999", "80000", "1234567", "460290"])
def test_other_numbers_are_none(number: str) -> None:
    assert dated(one(number)) == {}


@given(st.dates(date(1954, 11, 1), date(2119, 1, 1)))
def test_every_day_has_its_number(day: date) -> None:
    assert dated(one(str((day - date(1899, 12, 30)) // timedelta(1)))) == {"Kebun": day.isoformat()}


# the year of a day without one


@pytest.mark.parametrize("cell", ["1/8", "1-8", "1.8", "01/08", "1 Agustus", "1-Agt", "Aug-1", "August 1"])
def test_a_day_without_a_year_is_told_where_nothing_says_which(cell: str) -> None:
    taken = one(cell)
    assert dated(taken) == {}
    (problem,) = told(taken)
    assert problem.startswith("x.csv:2:1: “Kebun”: the year of “")
    assert problem.endswith("is missing; add --year 2026, or the year that is meant")
    assert dated(one(cell, year=2026)) == {"Kebun": "2026-08-01"}


def test_the_cell_is_told_as_it_is_written() -> None:
    assert "the year of “1/8” is missing" in told(one("1/8"))[0]


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("Jadwal Film 2026\n\nJudul,Tanggal\nKebun,1/8\n", "x.csv", False),
        ("Judul,Tanggal\nAgustus 2026,\nKebun,1/8\n", "x.csv", False),
        ("Judul,Tanggal,Tahun\nKebun,1/8,2026\n", "x.csv", True),
        ("Judul,Tanggal\nKebun,1/8\n", "jadwal-2026.csv", True),
        ("Judul,Tanggal\nKebun,1/8\nLaut,13 Agustus 2026\n", "x.csv", True),
    ],
)  # fmt: skip
def test_the_year_is_where_the_file_says_it(text: str, name: str, asked: bool) -> None:
    taken = table.read(text, name)
    assert dated(taken)["Kebun"] == "2026-08-01"
    assert any("“1/8” has no year; 2026 was used: check the dates" in one for one in told(taken)) is asked


def test_each_heading_has_its_own_year() -> None:
    text = "Judul,Tanggal\nDesember 2025,\nKebun,13/12\nJanuari 2026,\nLaut,8/1\n"
    taken = table.read(text, "x.csv")
    assert dated(taken) == {"Kebun": "2025-12-13", "Laut": "2026-01-08"}
    assert not taken.problems


def test_two_years_beside_it_say_nothing() -> None:
    taken = table.read("Judul,Tanggal\nKebun,1/8\nLaut,13/8/2026\nHujan,14/8/2027\n", "x.csv")
    assert dated(taken) == {"Laut": "2026-08-13", "Hujan": "2027-08-14"}


def test_the_column_shows_which_number_is_the_day() -> None:
    taken = table.read("Title,Release Date\nKebun,8/1\nLaut,8/13\n", "films-2026.csv")
    assert dated(taken) == {"Kebun": "2026-08-01", "Laut": "2026-08-13"}


def test_a_film_called_as_a_year_is_no_heading() -> None:
    assert dated(table.read("Judul,Tanggal\n2012,\nKebun,1/8\n", "x.csv", 2026)) == {
        "2012": None,
        "Kebun": "2026-08-01",
    }
