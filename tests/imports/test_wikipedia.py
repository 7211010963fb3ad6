"""Yearly lists of films: tables as people build them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tui.base.words import Words
from tui.imports.sources.wikipedia.grid import grid
from tui.imports.sources.wikipedia.listed import read

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Taken

HEAD = "<tr><th colspan=2>Tayang</th><th>Judul</th><th>Sutradara</th><th>Pemeran</th></tr>"
BASE = "https://id.wikipedia.org/wiki/Daftar_film_Indonesia_tahun_2026"


def taken(*tables: str) -> Taken:
    text = "".join(f'<table class="wikitable"><tbody>{table}</tbody></table>' for table in tables)
    return read(text, "Daftar", 2026, BASE, "Wikipedia")


def dates(*tables: str) -> dict[str, list[str | None]]:
    return {one.film.title: [release.date for release in one.film.releases] for one in taken(*tables).films}


def texts(table: str) -> list[list[str]]:
    node = LexborHTMLParser(f"<table>{table}</table>").css("table")[0]
    return [[cell.text for cell in row] for row in grid(node)]


def test_a_cell_stands_in_each_row_and_column_that_it_spans() -> None:
    assert texts(
        "<tr><td rowspan=3>a</td><td colspan=2>b</td></tr>"
        "<tr><td>c</td><td rowspan=9>d</td></tr>"
        "<tr><td>e</td></tr>"
        "<tr><td>f</td></tr>"
    ) == [["a", "b", "b"], ["a", "c", "d"], ["a", "e", "d"], ["f", "", "d"]]


def test_a_table_in_a_cell_has_no_rows_in_the_outer_one() -> None:
    assert texts("<tr><td>a<table><tr><td>b</td></tr></table></td></tr>") == [["a\nb"]]


@pytest.mark.parametrize("span", ["0", "-1", "99999999999999999999", "x", "", "2.5", "1e9", "²"])
def test_odd_spans(span: str) -> None:
    (row,) = texts(f'<tr><td colspan="{span}">a</td></tr>')
    assert 1 <= len(row) <= 500


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=5), max_size=6))
def test_each_cell_is_a_whole_block_of_the_grid(rows: list[list[tuple[int, int]]]) -> None:
    """As long as none runs into another, which HTML leaves to browsers."""
    count = 0
    table = ""
    for row in rows:
        table += "<tr>"
        for down, across in row:
            count += 1
            table += f"<td rowspan={down} colspan={across}>{count}</td>"
        table += "</tr>"
    found = texts(table) if rows else []
    assert {text for row in found for text in row} - {""} == {str(n) for n in range(1, count + 1)}


def test_months_spaced_out_and_days_over_several_rows() -> None:
    assert dates(
        HEAD + "<tr><th rowspan=3>J<br>A<br>N<br>U<br>A<br>R<br>I</th><td rowspan=2>8</td><td><i>Satu</i></td></tr>"
        "<tr><td><i>Dua</i></td></tr><tr><td>15</td><td>Tiga</td></tr>"
        "<tr><td rowspan=2><b>F E B R U A R I</b></td><td></td><td>Empat</td></tr><tr><td>29</td><td>Lima</td></tr>"
    ) == {
        "Satu": ["2026-01-08"],
        "Dua": ["2026-01-08"],
        "Tiga": ["2026-01-15"],
        "Empat": ["2026-02"],
        "Lima": ["2026-02"],
    }


def test_a_day_that_is_not_in_the_month_is_told() -> None:
    found = taken(HEAD + "<tr><td>Februari</td><td>29</td><td>Lima</td></tr>")
    (problem,) = found.problems
    assert "29" in problem.text(Words("en"))


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ("<td colspan=2>7 Januari</td>", "2026-01-07"),
        ("<td colspan=2>7 Januari 2026</td>", "2026-01-07"),
        ("<td colspan=2>2026-01-07</td>", "2026-01-07"),
        ("<td>Januari 2026</td><td>7</td>", "2026-01-07"),
        ("<td>JANUARI</td><td>7[1]</td>", "2026-01-07"),
        ("<td>jan</td><td>7–8</td>", "2026-01-07"),
        ("<td>Januari</td><td>TBA</td>", "2026-01"),
        ("<td colspan=2>Belum ditentukan</td>", "2026"),
        ("<td></td><td>7</td>", "2026"),
        ("<td colspan=2>Kuartal</td>", "2026"),
    ],
    ids=range(10),
)
def test_forms_of_a_date(cells: str, date: str) -> None:
    found = taken(HEAD + f"<tr>{cells}<td>Kuyank</td></tr>").films
    (release,) = found[0].film.releases
    assert release.date == date
    assert release.status == ("confirmed" if len(date) == 10 else "tentative")


def test_what_was_seen_most_is_no_schedule() -> None:
    ranked = "<tr><th>Peringkat</th><th>Film</th><th>Penonton</th><th>Tanggal rilis</th></tr><tr><td>1<td>A<td>9<td>1 Januari 2026</tr>"
    plain = "<tr><th>Film</th><th>Jumlah penonton</th></tr><tr><td>B<td>9</tr>"
    seen = HEAD.replace("Pemeran", "Penonton") + "<tr><td>Januari<td>8<td>C<td>D<td>100.000</tr>"
    assert dates(ranked, plain, seen) == {"C": ["2026-01-08"]}


def test_columns_are_known_by_their_heads_wherever_they_stand() -> None:
    head = (
        "<tr><th rowspan=2>Rumah produksi</th><th rowspan=2>Ref.</th><th colspan=2>Film</th><th colspan=2>Tanggal</th></tr>"
        "<tr><th>Judul</th><th>Genre</th><th>Bulan</th><th>Hari</th></tr>"
    )
    (found,) = taken(head + "<tr><td>MVP<br>Rapi<td>[2]<td>Kuyank<td>Horor, drama<td>Februari<td>5</tr>").films
    assert found.film.companies == ("MVP", "Rapi")
    assert found.film.genres == ("horror", "drama")
    assert found.film.releases[0].date == "2026-02-05"


def test_a_table_whose_heads_are_only_bold() -> None:
    bold = HEAD.replace("<th", "<td").replace("</th", "</td")
    assert dates(bold + "<tr><td>Januari<td>8<td>Kuyank</tr>") == {"Kuyank": ["2026-01-08"]}


def test_titles_without_what_stands_around_them() -> None:
    rows = "".join(
        f"<tr><td>Januari</td><td>8</td><td>{cell}</td></tr>"
        for cell in (
            '<i><a href="/wiki/Satu_(film)">Satu</a></i><sup class="reference">[1]</sup>',
            '<i><a class="new" href="/w/index.php?title=Dua&amp;redlink=1">Dua</a></i> (2026)',
            "“Tiga” (film)<style>.x{}</style>",
            "Empat&nbsp;Lima\u200b[a]",
            "",
            "–",
        )
    )
    films = {one.film.title: one.film for one in taken(HEAD + rows).films}
    assert set(films) == {"Satu", "Dua", "Tiga", "Empat Lima"}
    assert films["Satu"].links == {"wikipedia": "https://id.wikipedia.org/wiki/Satu_(film)"}
    assert films["Dua"].links == {}


def test_a_film_that_is_listed_twice_keeps_both_dates_in_doubt() -> None:
    (found,) = taken(HEAD + "<tr><td>Januari<td>8<td>Kuyank</tr>", HEAD + "<tr><td>Mei<td>7<td>Kuyank</tr>").films
    assert [(r.date, r.status) for r in found.film.releases] == [
        ("2026-01-08", "tentative"),
        ("2026-05-07", "tentative"),
    ]
    assert found.film.releases[0].note is not None


def test_a_film_that_is_listed_twice_with_one_date_has_the_nearer_one() -> None:
    month, day = HEAD + "<tr><td>Januari<td><td>Kuyank</tr>", HEAD + "<tr><td>Januari<td>8<td>Kuyank</tr>"
    assert dates(month, day) == dates(day, month) == {"Kuyank": ["2026-01-08"]}


def test_cast_and_directors() -> None:
    (found,) = taken(
        HEAD + "<tr><td>Januari<td>8<td>Kuyank<td>A, B<td><ul><li>C</li><li>D (sebagai X)</li></ul>–</tr>"
    ).films
    assert found.film.directors == ("A", "B")
    assert [credit.name for credit in found.film.cast] == ["C", "D (sebagai X)"]
    assert found.film.countries == ("ID",)


@given(st.text(alphabet="<>/abthrdcolspan=\"'0123 JFebruari&;", max_size=300))
def test_anything_is_read(text: str) -> None:
    read(f"<table>{HEAD}{text}</table>", "x", 2026, BASE, "x")
