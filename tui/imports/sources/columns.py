"""What the columns of a table are: its header, the order of day and month, and whether a row is a film's at all."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from tui.base.text import fold
from tui.imports.sources.labels import column
from tui.imports.sources.written import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

_WATCHED = re.compile(r"letterboxd uri|watched date|rewatch|your rating|date rated|date added|tags")
"""Columns of a diary or a watchlist: there a column called Date is the day of watching, rating or adding."""
_VAGUE = frozenset({"date", "tanggal", "tgl"})
_MEANT_SO = re.compile(r"release|rilis|tayang|opening|premiere")


def fields_of(row: list[str]) -> list[str | None]:
    """The field of each column; a date that is not that of a release is none."""
    fields = [column(cell) for cell in row]
    names = [re.sub(r"[\W_]+", " ", fold(cell)).strip() for cell in row]
    diary = any(_WATCHED.fullmatch(name) for name in names)
    released = any(field == "date" and _MEANT_SO.search(name) for field, name in zip(fields, names, strict=True))
    return [
        None if field == "date" and name in _VAGUE and (diary or released) else field
        for field, name in zip(fields, names, strict=True)
    ]


def is_header(row: list[str]) -> bool:
    """Whether a row within the table is a header: its cells are names of columns, a title's among them."""
    filled = [cell for cell in row if cell.strip()]
    fields = {column(cell) for cell in filled} - {None}
    return "title" in fields and len(fields) > 1 and 2 * len(fields) >= len(filled)


_FILMS = frozenset(
    {"movie", "movies", "film", "films", "feature", "feature film", "tvmovie", "tv movie", "short", "documentary"}
)
_OTHERS = re.compile(
    r"(?:tv|web)[\s-]?(?:show|series|mini[\s-]?series|episode|special|short)s?|shows?|series|serial|serial tv|episodes?"
    r""
    r"|(?:video)?\s?games?|gim|permainan|anime(?: series)?"
    r"|podcast(?: series| episode)?|music video|video|musik|music|books?|buku|concerts?"
)


def is_film(kind: str) -> bool | None:
    """Whether a row of this kind (Movie, TV Show, videoGame) is a film; None where the word says nothing of it."""
    wording = " ".join(re.sub(r"[_]", " ", fold(kind)).split())
    if wording in _FILMS:
        return True
    return False if _OTHERS.fullmatch(wording) else None


_NUMBERS = re.compile(r"\s*([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])(?P<rest>.*)")
_OPENING_DAYS = frozenset({2, 3, 4})
"""Wednesday to Friday, when films open."""
_ENOUGH = 3


class DayOrder(msgspec.Struct):
    """Which of two numbers in front of a year is the month, by all of a column's dates."""

    month_first: bool = False
    sure: bool = True
    """Whether something in the column shows it, or nothing had to."""

    def rewritten(self, text: str) -> str:
        """The text with such a date as 2026-01-07; else as it is."""
        match = _NUMBERS.fullmatch(text)
        if match is None:
            return text
        one, other, year = int(match[1]), int(match[3]), _year(match[4])
        month, day = (one, other) if self.month_first else (other, one)
        if month > 12 >= day:
            month, day = day, month
        return f"{year:04}-{month:02}-{day:02}{match['rest']}"


def day_order(texts: Iterable[str]) -> DayOrder:
    """Of a column: a number over 12 shows it; else the days of the week on which films open."""
    found = [(int(m[1]), int(m[3]), _year(m[4])) for text in texts if (m := _NUMBERS.fullmatch(text))]
    if not found:
        return DayOrder()
    days, months = sum(one > 12 for one, _, _ in found), sum(other > 12 for _, other, _ in found)
    if bool(days) != bool(months):
        return DayOrder(month_first=bool(months))
    if days and months:
        return DayOrder(month_first=months > days, sure=False)
    open_days = [sum(_opens(year, month, day) for day, month, year in found)]
    open_months = sum(_opens(year, month, day) for month, day, year in found)
    if len(found) >= _ENOUGH and open_months == len(found) and 2 * open_days[0] < len(found):
        return DayOrder(month_first=True)
    differ = any(one != other for one, other, _ in found)
    return DayOrder(sure=not differ or (open_days[0] * 3 >= len(found) * 2 and 2 * open_months < len(found)))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 60 else 1900 + int(text)


def _opens(year: int, month: int, day: int) -> bool:
    try:
        return FIRST_YEAR <= year <= LAST_YEAR and date(year, month, day).weekday() in _OPENING_DAYS
    except ValueError:
        return False


_PLACED = re.compile(r"(.+?)\s*\(([A-Za-z][A-Za-z .]{1,40})\)")


def date_and_place(text: str) -> tuple[str, str]:
    """The date and the country behind it: 05/04/2024 (TR); the latter empty if there is none."""
    match = _PLACED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")
