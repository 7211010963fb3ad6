"""Calendars and tables of other kinds: decorated titles, ordinary events, diaries, data sets."""

from __future__ import annotations

import pytest

from tui.base.words import Words
from tui.imports.sources import summaries
from tui.imports.sources.incoming import SourceError, Taken
from tui.imports.sources.registry import read
from tui.imports.sources.table_dates import day_order


def calendar(*events: str, name: str = "Film") -> Taken:
    text = "".join(f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260108\nSUMMARY:{event}\nEND:VEVENT\n" for event in events)
    return read(f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\n{text}END:VCALENDAR".encode(), "x.ics")


def table(text: str, year: int | None = None) -> list[tuple[str, str | None, str]]:
    films = read(text.encode(), "x.csv", "csv", year).films
    return [(one.film.title, release.date, release.region) for one in films for release in one.film.rows]


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("[FILM] Kidung Malam — Theatrical release", "Kidung Malam"),
        ("🎬 Kidung Malam(Wide)", "Kidung Malam"),
        ("Kidung Malam (1993, 72%, Action)", "Kidung Malam"),
        ("Film: Kidung Malam", "Kidung Malam"),
        ("“Kidung Malam” - In Cinemas", "Kidung Malam"),
        ("Kidung Malam tayang di bioskop", "Kidung Malam"),
        ("Kidung - Malam", "Kidung - Malam"),
        ("Kidung (Malam)", "Kidung (Malam)"),
        ("#Kidung", "#Kidung"),
    ],
)
def test_the_title_in_a_summary(summary: str, title: str) -> None:
    assert summaries.read(summary).title == title


def test_formats_of_one_film_are_one() -> None:
    (found,) = calendar("Kidung Malam (Wide)", "Kidung Malam (IMAX)").films
    assert [release.date for release in found.film.releases] == ["2026-01-08"]


def test_an_ordinary_calendar_gives_nothing() -> None:
    taken = calendar("Ulang tahun Budi", "Rapat", "Persija vs Persib", name="Budi")
    assert taken.films == []
    assert "were left out: 3" in taken.problems[0].text(Words("en"))


def test_episodes_games_and_other_categories_are_no_films() -> None:
    events = [
        f"{title}\nCATEGORIES:{kind}" for title, kind in [("A", "TV"), ("B", "GAME"), ("C", "ANIME"), ("D", "FILM")]
    ]
    assert [one.film.title for one in calendar(*events, "Seri S01E02").films] == ["D"]


def test_the_day_of_watching_is_no_opening() -> None:
    assert table("Date,Name,Year,Letterboxd URI\n2024-03-02,Kidung,2023,https://boxd.it/x\n") == [
        ("Kidung", None, "ID")
    ]
    listed = "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-03-02,My list,,https://boxd.it/y,\n\n"
    assert table(listed + "Position,Name,Year,URL\n1,Kidung,2023,https://boxd.it/x\n") == [("Kidung", None, "ID")]


def test_the_type_of_a_title_decides() -> None:
    rows = (
        "Title,Title Type,Release Date\nKidung,Movie,2023-05-04\nSeri,TV Series,2023-05-04\nGim,Video Game,2023-05-04\n"
    )
    assert table(rows) == [("Kidung", "2023-05-04", "ID")]


def test_a_country_behind_a_date_is_its_region() -> None:
    assert table("title,release_date\nKidung,13/04/2024 (TR)\n") == [("Kidung", "2024-04-13", "TR")]


@pytest.mark.parametrize(
    ("dates", "month_first", "sure"),
    [
        (["1/7/2026", "1/21/2026"], True, True),
        (["7/1/2026", "21/1/2026"], False, True),
        (["21/1/2026", "1/21/2026", "1/22/2026"], True, False),
        (["7/1/2026", "8/1/2026"], False, False),
        (["7/7/2026"], False, True),
        (["2026-01-07"], False, True),
    ],
)
def test_day_and_month_are_told_by_the_whole_column(dates: list[str], month_first: bool, sure: bool) -> None:
    order = day_order(dates)
    assert (order.month_first, order.sure) == (month_first, sure)


def test_two_headers_in_one_file() -> None:
    assert table("Judul,Tanggal\nKidung,8 Jan 2026\nTanggal,Judul\n15 Jan 2026,Laut\n") == [
        ("Kidung", "2026-01-08", "ID"),
        ("Laut", "2026-01-15", "ID"),
    ]


def test_a_date_without_a_year_in_a_table() -> None:
    rows = "Judul,Tanggal\nKidung,8 Januari\n"
    assert table(rows, 2026) == [("Kidung", "2026-01-08", "ID")]
    taken = read(rows.encode(), "x.csv", "csv")
    assert taken.films == []
    assert "add --year 2026" in taken.problems[0].text(Words("en"))


def test_a_calendar_without_any_event_is_refused() -> None:
    with pytest.raises(SourceError):
        calendar()
