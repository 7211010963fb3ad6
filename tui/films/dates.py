"""Release dates: how exact they are known, their order in the calendar, and how a catalog writes them.

A date is a `datetime.date` or less, never a time; no zone can move it.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_

_FORM = re.compile(r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|(?P<m>\d\d)(?:-(?P<d>\d\d))?))?", re.ASCII)

# Where what is not known stands within what is: after every day of the month, month of the quarter, ...
_NO_DAY, _QUARTER, _YEAR = 32, 50, 99
LAST_DAY = _NO_DAY
"""The greatest last two digits of a key that stands in a month: of one whose day is not known."""
UNDATED = 10_000 * 10_000
"""The key of what has no date: after every other."""


class ReleaseDate(msgspec.Struct, frozen=True):
    """2026-01-07, 2026-01, 2026-Q1 or 2026; all None is not announced."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return ""
        if self.quarter:
            return f"{self.year:04}-Q{self.quarter}"
        parts = (self.month, self.day)
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in parts if part)

    @property
    def exact(self) -> date | None:
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None

    @property
    def about(self) -> date | None:
        """The day, or one in the middle of what is known; None without a date."""
        if self.year is None:
            return None
        return date(self.year, self.month or 3 * (self.quarter or 2) - 1, self.day or 15)

    def holds(self, other: ReleaseDate) -> bool:
        """Whether the other is the same date, or stands in this month, quarter or year."""
        if self.year is None or self.year != other.year:
            return False
        if self.month:
            return self.month == other.month and self.day in {None, other.day}
        return self.quarter in {None, other.quarter, other.month and (other.month + 2) // 3}

    @property
    def key(self) -> int:
        """Its place in calendar order, under 2^27."""
        if self.year is None:
            return UNDATED
        if self.quarter:
            return self.year * 10_000 + self.quarter * 300 + _QUARTER
        if not self.month:
            return self.year * 10_000 + 1200 + _YEAR
        return self.year * 10_000 + self.month * 100 + (self.day or _NO_DAY)

    @property
    def period(self) -> int:
        return period_of(self.key)


def period_of(key: int) -> int:
    """The period that a key stands in, itself a key: its month's, or its own if it has none.

    Periods sort as the calendar shows them: October, November, December, fourth quarter, year, no date.
    """
    return key if key == UNDATED or key % 100 > _NO_DAY else key - key % 100 + _NO_DAY


def first_key(period: int) -> int:
    """The least key of a period, whose greatest is the period itself."""
    return period - _NO_DAY if period % 100 == _NO_DAY else period


def from_key(key: int) -> ReleaseDate:
    """The date of a key, as `ReleaseDate.key` made it."""
    if key >= UNDATED:
        return ReleaseDate()
    year, month, day = key // 10_000, key // 100 % 100, key % 100
    if day == _YEAR:
        return ReleaseDate(year)
    if day == _QUARTER:
        return ReleaseDate(year, quarter=month // 3)
    return ReleaseDate(year, month=month, day=None if day == _NO_DAY else day)


def parse(value: str) -> ReleaseDate:
    """Read a catalog's date: 2026-01-07, 2026-01, 2026-Q1, 2026. Raises ValueRefusedError."""
    match = _FORM.fullmatch(value)
    if not match or match["y"] == "0000":
        raise ValueRefusedError(
            message(
                N_("“{value}” is not a date; write 2026-01-07, 2026-01, 2026-Q1 or 2026, or leave it out"),
                value=quoted(value, 40),
            ),
        )
    year, quarter, month, day = (int(part) if part else None for part in match.group("y", "q", "m", "d"))
    try:
        date(year or 1, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueRefusedError(
            message(N_("“{value}” is not in the calendar; check the day and the month"), value=clean(value)),
        ) from None
    return ReleaseDate(year, quarter, month, day)


def parse_day(value: str) -> date:
    """Read a whole date, 2026-01-07. Raises ValueRefusedError."""
    try:
        exact = parse(value).exact
    except ValueRefusedError:
        exact = None
    if exact is None:
        raise ValueRefusedError(message(N_("“{value}” is not a day; write 2026-01-07"), value=quoted(value, 40)))
    return exact


def parse_period(value: str) -> int:
    """Read a month, 2026-01 (also 2026-Q1, 2026), as a period. Raises ValueRefusedError."""
    try:
        known = parse(value)
    except ValueRefusedError:
        known = ReleaseDate()
    if known.year is None or known.day:
        raise ValueRefusedError(message(N_("“{value}” is not a month; write 2026-01"), value=quoted(value, 40)))
    return known.key


def key_of(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def shifted(day: date, days: int) -> date:
    """So many days later, or earlier if negative; where the calendar ends, its first or last day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
