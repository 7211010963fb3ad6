"""The workbook, read back from its XML."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import film, films, filmtui
from tests.exports.listings import listing_of, written
from tui.base.errors import ExtraMissingError
from tui.exports import workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("xlsxwriter")
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(data: bytes, number: int = 1) -> ET.Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))


def cells(data: bytes, number: int = 1) -> list[dict[str, str]]:
    """Of each row the column's letter and the value; a number as it is written."""
    found = []
    for row in sheet_of(data, number).iter(f"{NS}row"):
        values = {}
        for cell in row.iter(f"{NS}c"):
            text = "".join(part.text or "" for part in cell.iter() if part.tag in {f"{NS}t", f"{NS}v"})
            values[re.sub(r"[0-9]", "", cell.attrib["r"])] = text
        found.append(values)
    return found


def table(data: bytes) -> list[dict[str, str]]:
    head, *rows = cells(data)
    return [{head[letter]: value for letter, value in row.items()} for row in rows]


def test_days_are_days_in_the_words_of_the_language(tmp_path: Path) -> None:
    for language, code, head in (("id", "421", "Tanggal"), ("en", "809", "Date")):
        with listing_of(tmp_path, language=language) as listing:
            data = written(listing, "xlsx")
            rows = [row for row, _ in listing.entries()]
        found = table(data)
        assert len(found) == 15
        for row, known in zip(found, rows, strict=True):
            if day := known.when.exact:
                assert date(1899, 12, 30) + timedelta(int(row[head])) == day
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert f"[$-{code}]dddd, d mmmm yyyy" in archive.read("xl/styles.xml").decode()
    assert found[-1]["Date"] == "No date yet"


def test_a_row_says_what_is_known_of_the_film(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        (row,) = [row for row in table(written(listing, "xlsx")) if row["Judul"] == "Greenland: Migration"]
    assert row["Genre"] == "Laga, Thriller"
    assert row["Durasi"] == "98"
    assert row["Negara rilis"] == "Indonesia"
    assert row["Pemeran"].startswith("Gerard Butler (John Garrity), ")
    assert row["Sinopsis"]
    assert list(row)[:2] == ["Tanggal", "Judul"]


def test_the_head_stays_in_sight_and_filters(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        sheet = sheet_of(written(listing, "xlsx"))
    pane = next(sheet.iter(f"{NS}pane"))
    assert pane.attrib["state"] == "frozen"
    assert pane.attrib["ySplit"] == "1"
    assert next(sheet.iter(f"{NS}autoFilter")).attrib["ref"].endswith("16")
    assert len(list(sheet.iter(f"{NS}col"))) > 5


def test_equal_listings_give_equal_bytes(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        assert written(listing, "xlsx") == written(listing, "xlsx")


def test_nothing_in_it_is_run_or_followed(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(
        film("f", "'=HYPERLINK(1)'", "2026-01-07", links="{a: 'https://x.id/a', b: 'https://x.id/b'}"),
        film("old", "'@1899'", "1899-01-07"), film("xml", "'<b>&amp; ]]>'", "2026-02"),
    ))  # fmt: skip
    with listing_of(tmp_path / "cache", root) as listing:
        data = written(listing, "xlsx")
    sheet = sheet_of(data)
    assert not list(sheet.iter(f"{NS}f"))
    assert not list(sheet.iter(f"{NS}hyperlink"))
    found = table(data)
    assert [row["Judul"] for row in found] == ["@1899", "=HYPERLINK(1)", "<b>&amp; ]]>"]
    assert found[0]["Tanggal"] == "Sabtu, 7 Januari 1899"
    assert found[1]["Tautan"] == "https://x.id/a"
    assert found[2]["Tanggal"] == "Februari 2026"


def test_more_rows_than_a_sheet_holds_go_into_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 10)
    with listing_of(tmp_path) as listing:
        data = written(listing, "xlsx")
    assert [len(cells(data, number)) for number in (1, 2)] == [11, 6]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert re.findall(r'sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode()) == ["Jadwal", "Jadwal 2"]


def test_without_the_extra_a_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with listing_of(tmp_path) as listing, pytest.raises(ExtraMissingError) as caught:
        written(listing, "xlsx")
    assert "pip install 'filmtui[xlsx]'" in caught.value.message.text(listing.words)


def test_the_command_writes_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert filmtui("export", "--month", "2026-01", "-o", str(path)).returncode == 0
    assert len(cells(path.read_bytes())) == 7
