"""What the dates of a table's column mean: day or month first, the year of those without one, a sheet's day numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.imports.sources import written
from tui.imports.sources.page.kinds import is_heading
from tui.imports.sources.page.years import NO_YEAR, Stated, stated
from tui.imports.sources.values import UNDATED
from tui.imports.sources.written import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.base.errors import Message

_NUMBERED = re.compile(r"\s*([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])(?P<rest>.*)")
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
        match = _NUMBERED.fullmatch(text)
        if match is None:
            return text
        one, other, year = int(match[1]), int(match[3]), _year(match[4])
        month, day = (one, other) if self.month_first else (other, one)
        if month > 12 >= day:
            month, day = day, month
        return f"{year:04}-{month:02}-{day:02}{match['rest']}"


def day_order(texts: Iterable[str]) -> DayOrder:
    """Of a column: a number over 12 shows it; else the days of the week on which films open."""
    found = [(int(m[1]), int(m[3]), _year(m[4])) for text in texts if (m := _NUMBERED.fullmatch(text))]
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


_DAY_NUMBER = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
"""What a spreadsheet counts from 1899-12-30: 1954 to 2119; a fraction is the hour."""
_DAY_ZERO = date(1899, 12, 30)
_YEARLESS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})")
_WHOLE_YEAR = re.compile(r"[0-9]{4}")
_HYPHEN = re.compile(r"(?<=[0-9])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[0-9])")
_ORDER = N_("nothing shows whether {value} begins with the day or the month; {meant} was used: check the dates")
_YEAR_USED = N_("“{value}” has no year; {year} was used: check the dates")
_COUNTED = N_("“{value}” was read as a spreadsheet's number of a day, {meant}: check the dates")


class DateCell(msgspec.Struct, frozen=True):
    """The cell of a date, and what is known of its year."""

    line: int
    text: str
    """Without the country behind it."""
    beside: int | None = None
    """The year in the row's own column of years."""
    above: Stated | None = None
    """What the nearest heading says."""


class TableDates:
    """The dates of a table's column, each to be read as all of them show."""

    def __init__(self, cells: Sequence[DateCell], name: str, year: int | None) -> None:
        """`name` is the file's, `year` that which the user names."""
        self.told: list[tuple[int, Message]] = []
        self._cells = [cell for cell in cells if fold(cell.text) not in UNDATED]
        self._name = stated(name)
        self._given = Stated((year,)) if year else None
        self._year_told = False
        self._read = self._counted()
        for cell in self._cells:
            self._read.setdefault(cell.line, self._with_year(cell))
        dated = [(cell, text) for cell in self._cells if not (text := self._read[cell.line]).endswith(NO_YEAR)]
        self._order = day_order(text for _, text in dated)
        if not self._order.sure:
            cell, meant = next((cell, new) for cell, text in dated if (new := self._order.rewritten(text)) != text)
            self.told.append((cell.line, message(_ORDER, value=clean(cell.text[:40]), meant=meant[:10])))

    def read(self, cell: DateCell) -> str:
        """The cell with all that a date needs; NO_YEAR at its end where nothing says which year."""
        text = self._read.get(cell.line, cell.text)
        return text if text.endswith(NO_YEAR) else self._order.rewritten(text)

    def _counted(self) -> dict[int, str]:
        """Numbers of days as dates, by their lines, where the column has nothing else, or mostly dates."""
        numbers = [(cell, match) for cell in self._cells if (match := _DAY_NUMBER.fullmatch(cell.text))]
        others = [cell.text for cell in self._cells if not _DAY_NUMBER.fullmatch(cell.text)] if numbers else []
        if 2 * sum(map(_is_date, others)) < len(others):
            return {}
        read = {cell.line: (_DAY_ZERO + timedelta(int(match[1]))).isoformat() for cell, match in numbers}
        for cell, _ in numbers[:1]:
            self.told.append((cell.line, message(_COUNTED, value=clean(cell.text), meant=read[cell.line])))
        return read

    def _with_year(self, cell: DateCell) -> str:
        text = cell.text
        if match := _YEARLESS.fullmatch(text):
            months = [int(match[3]), int(match[1])]
            year = self._year(cell, next((month for month in months if month <= 12), 1))
            return f"{text}{match[2]}{year}" if year else f"{text} {NO_YEAR}"
        if _WHOLE_YEAR.search(text) or len(text) > 60:
            return text
        spaced = _HYPHEN.sub(" ", text)
        if len(days := written.yearless(spaced)) != 1:
            return text
        return f"{spaced}{',' if days[0].american else ''} {self._year(cell, days[0].month) or NO_YEAR}"

    def _year(self, cell: DateCell, month: int) -> int | None:
        """From the heading, the row's column of years, the file's name, the user, the column's other dates."""
        beside = Stated((cell.beside,)) if cell.beside else None
        last = self._given or self._others
        for source in (cell.above, beside, self._name, last):
            year, turned = source.year_of(month) if source else (None, False)
            if year is None:
                continue
            if (turned or source not in (cell.above, self._given)) and not self._year_told:
                self._year_told = True
                self.told.append((cell.line, message(_YEAR_USED, value=clean(cell.text[:40]), year=year)))
            return year
        return None

    @cached_property
    def _others(self) -> Stated | None:
        """The one year of all dates that have one."""
        years = {found.date[:4] for cell in self._cells if (found := _parsed(cell.text))}
        return Stated((int(years.pop()),)) if len(years) == 1 else None


def heading(text: str) -> Stated | None:
    """What a row or a line that is a heading alone says of years: Januari 2026, Jadwal Film Februari 2026."""
    whole = written.parse(text)
    named = whole is not None and not whole.exact and not text.strip().isdigit()
    return stated(text) if named or is_heading(text) else None


def _parsed(text: str) -> written.WrittenDate | None:
    return written.parse(DayOrder().rewritten(text))


def _is_date(text: str) -> bool:
    return bool(_parsed(text) or _YEARLESS.fullmatch(text) or written.yearless(_HYPHEN.sub(" ", text)))
