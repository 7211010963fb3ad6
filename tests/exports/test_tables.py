"""Films as tables: read back they are the same films, whatever a title looks like."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import filmtui
from tests.exports.listings import listing_of, written
from tui.base.text import clean
from tui.exports.data import csv as csv_lines
from tui.exports.listing import Options
from tui.films.film import Film, Release
from tui.imports.sources.table import read
from tui.index.query import Row

if TYPE_CHECKING:
    from pathlib import Path

TITLES = [
    "=HYPERLINK(1)", "-2 Derajat", "@home", "+1", "'+1", "'71", "''=x", "1917", "007", "12:30", "9/11", "2026-01", "True",
    "3 Mei", "September 5", 'A "B"; C, D', "＝1", "Ayat-Ayat Cinta", "'",
]  # fmt: skip


def _read_back(text: str) -> list[Film]:
    return [incoming.film for incoming in read(text, "x.csv").films]


def _entries(films: list[Film]) -> list[tuple[Row, Film]]:
    return [
        (Row(release.when.key << 36, film.id, 0, film.title, release.type, release.region, release.status), film)
        for film in films
        for release in film.releases
    ]


def _kept(film: Film) -> Film:
    """What a table has of a film."""
    return msgspec.structs.replace(
        film,
        releases=tuple(msgspec.structs.replace(release, note=None, history=()) for release in film.releases),
        links={}, poster=None,
    )  # fmt: skip


@pytest.mark.parametrize("excel", [False, True], ids=["plain", "excel"])
def test_the_films_of_a_table_are_those_of_the_catalog(excel: bool, tmp_path: Path) -> None:
    with listing_of(tmp_path, options=Options(excel=excel)) as listing:
        films = {film.id: film for _, film in listing.entries()}
        text = written(listing, "csv").decode()
    found = {film.id: film for film in _read_back(text)}
    assert found.keys() == films.keys()
    for id, film in found.items():
        home = tuple(release for release in films[id].releases if release.home)
        assert film == _kept(msgspec.structs.replace(films[id], releases=home))


@pytest.mark.parametrize("excel", [False, True], ids=["plain", "excel"])
@given(titles=st.lists(st.sampled_from(TITLES) | st.text(max_size=30), min_size=1, max_size=5),
       date=st.sampled_from(["2026-01-07", "2026-01", "2026-Q1", "2026"]))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_title_is_read_back_as_it_was(excel: bool, titles: list[str], date: str) -> None:
    made = [clean(title) or "x" for title in titles]
    films = [Film(id=f"f{n}", title=title, releases=(Release(date=date),)) for n, title in enumerate(made)]
    text = "".join(line + "\n" for line in csv_lines(_entries(films), excel=excel))
    assert _read_back(text) == films


@pytest.mark.parametrize("title", TITLES)
def test_excel_makes_no_date_and_no_formula_of_a_cell(title: str) -> None:
    film = Film(id="f", title=title, releases=(Release(date="2026-01"),))
    text = "".join(line + "\n" for line in csv_lines(_entries([film]), excel=True))
    assert text.startswith("\ufeffid;title;")
    assert text.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert row["date"] == "'2026-01"
    assert row["title"] in {title, f"'{title}"}
    assert not row["title"].startswith(("=", "+", "-", "@", "＝"))


def test_a_whole_date_stays_one(tmp_path: Path) -> None:
    with listing_of(tmp_path, options=Options(excel=True)) as listing:
        text = written(listing, "csv").decode("utf-8-sig")
    dates = [row["date"] for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")]
    assert "2026-01-07" in dates
    assert not any(date.startswith("'") for date in dates)


def test_a_table_goes_through_the_commands_and_back(tmp_path: Path) -> None:
    for excel in ([], ["--excel"]):
        path, into = tmp_path / f"a{len(excel)}.csv", tmp_path / f"into{len(excel)}"
        into.mkdir()
        assert filmtui("export", "-o", str(path), *excel).returncode == 0
        done = filmtui("import", str(path), "--into", str(into), "--yes")
        assert done.returncode == 0, done.stderr
        again = filmtui("list", "--catalog", str(into), "--format", "csv").stdout.splitlines()
        assert sorted(again) == sorted(filmtui("list", "--format", "csv").stdout.splitlines())


def test_each_line_of_jsonl_is_an_entry_of_json(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        lines = written(listing, "jsonl").decode().splitlines()
        assert [json.loads(line) for line in lines] == json.loads(written(listing, "json"))
    assert len(lines) == 15
