"""Holidays and release windows, in the words that newspapers print."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tui.base.words import Words
from tui.films.holidays import beside_holiday, of_year, windows
from tui.library.almanac import Almanac

if TYPE_CHECKING:
    from pathlib import Path

ID, EN = Words("id"), Words("en")
YEAR = of_year(2026)


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2026, 1, 1), "Tahun Baru", "New Year"),
        (date(2026, 1, 16), "Isra Mikraj", "Isra Mi'raj"),
        (date(2026, 3, 21), "Idulfitri", "Eid al-Fitr"),
        (date(2026, 3, 20), "Cuti bersama Idulfitri", "Joint leave, Eid al-Fitr"),
        (date(2026, 5, 15), "Cuti bersama Kenaikan Yesus Kristus", "Joint leave, Ascension Day"),
        (date(2026, 12, 24), "Cuti bersama Natal", "Joint leave, Christmas"),
        (date(2026, 12, 25), "Natal", "Christmas"),
    ],
)
def test_names(day: date, indonesian: str, english: str) -> None:
    (holiday,) = [holiday for holiday in YEAR if holiday.day == day]
    assert (holiday.text(ID), holiday.text(EN)) == (indonesian, english)


def test_every_name_of_the_package_is_known() -> None:
    names = {holiday.name for year in range(2004, 2031) for holiday in of_year(year)}
    assert all(ID.gettext(name) != name or name == "Nyepi" for name in names), names


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2026, 12, 23), "2 hari sebelum Natal", "2 days before Christmas"),
        (date(2026, 12, 24), "1 hari sebelum Natal", "1 day before Christmas"),
        (date(2026, 12, 25), "pada hari Natal", "on Christmas"),
        (date(2026, 3, 18), "1 hari sebelum Nyepi", "1 day before Nyepi"),
        (date(2026, 1, 19), "3 hari sesudah Isra Mikraj", "3 days after Isra Mi'raj"),
        (date(2026, 7, 9), "", ""),
    ],
)
def test_where_a_day_stands_to_the_nearest_holiday(day: date, indonesian: str, english: str) -> None:
    assert (beside_holiday(day, YEAR, ID), beside_holiday(day, YEAR, EN)) == (indonesian, english)


def test_the_windows_of_a_year() -> None:
    assert [(ID.gettext(w.name), w.first, w.last) for w in windows(2026, YEAR)] == [
        ("Lebaran", date(2026, 3, 14), date(2026, 3, 31)),
        ("libur sekolah", date(2026, 6, 22), date(2026, 7, 12)),
        ("Natal dan Tahun Baru", date(2026, 12, 18), date(2027, 1, 4)),
    ]


def test_an_almanac_keeps_what_it_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Almanac(tmp_path).years(2025, 2026)
    monkeypatch.setattr("tui.films.holidays.of_year", lambda _year: pytest.fail("worked out again"))
    assert Almanac(tmp_path).years(2025, 2026) == known
    assert Almanac(None).year(1800) == []
    assert Almanac(None).year(3000) == []


def test_a_damaged_almanac_is_made_anew(tmp_path: Path) -> None:
    known = Almanac(tmp_path).year(2026)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"[{")
    assert Almanac(tmp_path).year(2026) == known
