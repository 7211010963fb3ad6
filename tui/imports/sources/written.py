"""Dates as people write them on film pages, in Indonesian and English: day first, months by name or number."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from tui.base.text import fold
from tui.base.words import LANGUAGES, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class WrittenDate(msgspec.Struct, frozen=True):
    """A date where it stands in a text."""

    start: int
    end: int
    """In the text given, a weekday in front included."""
    date: str
    """As in a catalog: 2026-01-07, or 2026-01, 2026-Q1, 2026 where no more is written."""
    weekday: int | None = None
    """The one stated beside it, 0 is Monday."""

    @property
    def exact(self) -> bool:
        return len(self.date) == 10

    @property
    def fits(self) -> bool:
        """Whether the stated weekday is that day's; a date that is not exact fits any."""
        return self.weekday is None or not self.exact or date.fromisoformat(self.date).weekday() == self.weekday


FIRST_YEAR, LAST_YEAR = 1900, 2199


def _numbered(*names: Iterable[str], first: int = 0) -> dict[str, int]:
    """Folded names to their numbers; each of `names` has all in order, several for one with a space between."""
    return {
        name: number for listed in names for number, called in enumerate(listed, first) for name in fold(called).split()
    }


_NAMES = [names(language) for language in LANGUAGES]
_MONTHS = _numbered(
    *(listed for one in _NAMES for listed in (one.months, one.short_months)),
    ("", "pebruari peb", "mrt", "", "", "", "", "agt ags agust agst", "sept", "", "nopember nop", ""),
    first=1,
)
_DAYS = _numbered(*(one.days for one in _NAMES), ("", "", "", "", "jum'at", "", "ahad"))
_SHORT_DAYS = _numbered(*(one.short_days for one in _NAMES), ("", "tues", "", "thur thurs", "", "", ""))
_DAYS_BY_NAME = _DAYS | _SHORT_DAYS

# Each form's year is behind a lookahead, not a \b: pages glue text to it. [0-9], as \d has other scripts' digits too.
_WORD = r"[^\W\d_]{3,12}"
_GAP = r"(?:\s{1,3}|\s?[-/]\s?)"
_ALONE = r"(?<![^\W_])"
_END = r"(?![0-9]|[-/.][0-9])"  # “12 Mei - 2026-01-07” is a title and a date
_NUMBER = r"(?<![0-9])(?<![0-9][-/.])"
_DATE = re.compile(
    rf"""
      (?<![0-9]) (?P<day>[0-9]{{1,2}}) (?:(?:st|nd|rd|th)\b)? (?:\sof\b)? {_GAP}?
          (?P<month>{_WORD}) \.?,? {_GAP}? (?P<year>[0-9]{{4}}) {_END}
    | {_ALONE} (?P<us_month>{_WORD}) \.? \s{{1,3}} (?P<us_day>[0-9]{{1,2}}) (?:st|nd|rd|th)? (?:\s?,\s?|\s{{1,3}})
          (?P<us_year>[0-9]{{4}}) {_END}
    | {_ALONE} (?<![0-9]\s) (?P<whole_month>{_WORD}) \.?,? {_GAP} (?P<whole_year>[0-9]{{4}}) {_END}
    | {_NUMBER} (?P<iso_year>[0-9]{{4}}) (?P<iso>[-/.]) (?P<iso_month>[0-9]{{1,2}}) (?P=iso) (?P<iso_day>[0-9]{{1,2}})
          (?![0-9])
    | {_NUMBER} (?P<n_day>[0-9]{{1,2}}) (?P<n>[-/.]) (?P<n_month>[0-9]{{1,2}}) (?P=n) (?P<n_year>[0-9]{{4}}) (?![0-9])
    | {_NUMBER} (?P<part_year>[0-9]{{4}}) - (?: Q(?P<part_quarter>[1-4]) | (?P<part_month>0[1-9]|1[0-2]) )
          (?! [0-9] | -[0-9] )
    | {_ALONE} (?: [QK](?P<short_quarter>[1-4])
                 | (?:kuartal|triwulan|quarter) \s (?:ke-?\s?)? (?P<quarter>[1-4]|IV|I{{1,3}}) )
          (?: \s | \s?[-/,]\s? ) (?P<quarter_year>[0-9]{{4}}) {_END}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"[0-9]{4}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_APOSTROPHE = "['’‘ʼ`]"
_DAY_NAMES = "|".join(sorted(_DAYS_BY_NAME, key=len, reverse=True)).replace("'", _APOSTROPHE)
_DAY_BEFORE = re.compile(rf"{_ALONE}(?P<name>{_DAY_NAMES})(?P<comma>\s?[,.])?\s{{0,3}}(?P<open>\()?$", re.IGNORECASE)
_DAY_BEHIND = re.compile(rf"\s{{0,3}}\((?P<name>{_DAY_NAMES})\)", re.IGNORECASE)
_REACH = 20
"""How far in front of a date its weekday can begin."""


def find(text: str) -> list[WrittenDate]:
    """All dates in a line, from left to right. A year by itself is none: titles have years in them."""
    return [found for found in _dates(text) if found.date]


class DayOfMonth(msgspec.Struct, frozen=True):
    """A date without its year, where it stands in a text: 8 Januari, Oct. 5."""

    start: int
    end: int
    """A weekday in front included."""
    month: int
    day: int
    american: bool
    """Whether the month is in front."""
    named: str
    """As it is written, without the weekday and the month's full stop."""


_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEARLESS = re.compile(
    rf"""
      (?<![0-9]) (?<![0-9][-/.:–]) (?P<day>[0-9]{{1,2}}) (?:(?:st|nd|rd|th)\b)? (?:\sof\b)? \s{{1,3}}
          (?P<month>{_MONTH}) (?![^\W_]) \.?
    | {_ALONE} (?P<us_month>{_MONTH}) \.? \s{{1,3}} (?P<us_day>[0-9]{{1,2}}) (?:(?:st|nd|rd|th)\b)?
          (?![^\W_]|[:.,][0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def yearless(text: str) -> list[DayOfMonth]:
    """All days of a month in a line that have no year beside them, from left to right."""
    if not _MONTH_NAMED.search(text):
        return []
    whole = [(found.start, found.end) for found in _dates(text)]
    days: list[DayOfMonth] = []
    for match in _YEARLESS.finditer(text):
        start, end = match.span()
        while whole and whole[0][1] <= start:
            del whole[0]
        month = _MONTHS[fold(match["month"] or match["us_month"])]
        day = int(match["day"] or match["us_day"])
        if (whole and whole[0][0] < end) or not _day("2000", month, str(day)):
            continue
        if before := _DAY_BEFORE.search(text[max(0, start - _REACH) : start]):
            start = max(0, start - _REACH) + before.start()
        days.append(DayOfMonth(start, end, month, day, bool(match["us_month"]), match[0].rstrip(".")))
    return days


_MONTH_NAMED = re.compile(rf"(?:{_MONTH})(?![^\W_])", re.IGNORECASE)


def month_of(text: str) -> int | None:
    """The month whose name the whole text is."""
    return _MONTHS.get(fold(text.strip()))


def parse(text: str) -> WrittenDate | None:
    """The date that the whole text is, apart from space around it."""
    whole = text.strip()
    if not whole or len(whole) > 60:
        return None
    start = text.index(whole)
    if _YEAR.fullmatch(whole):
        return WrittenDate(start, start + 4, whole) if FIRST_YEAR <= int(whole) <= LAST_YEAR else None
    found = next(_dates(whole), None)
    if found is None or not found.date or (found.start, found.end) != (0, len(whole)):
        return None
    return msgspec.structs.replace(found, start=start, end=start + len(whole))


def impossible(text: str) -> str | None:
    """The first date in the text that is written out but not in the calendar, such as 30 Februari 2026."""
    return next((text[found.start : found.end] for found in _dates(text) if not found.date), None)


def _dates(text: str) -> Iterator[WrittenDate]:
    """Everything that has a date's form; `date` is empty where it is not in the calendar."""
    at = 0
    while match := _DATE.search(text, at):
        value = _value(match)
        if value is None:
            at = match.start() + 1
            continue
        found = _with_weekday(text, at, match, value)
        at = found.end
        yield found


def _value(match: re.Match[str]) -> str | None:
    """The catalog's date; empty if it is not in the calendar, None if it is no date at all."""
    part = match.groupdict()
    if part["day"]:
        month = _MONTHS.get(fold(part["month"])) or _misspelt(fold(part["month"]))
        return _day(part["year"], month, part["day"]) if month else None
    if part["us_month"]:
        month = _MONTHS.get(fold(part["us_month"]))
        return _day(part["us_year"], month, part["us_day"]) if month else None
    if part["iso_year"]:
        return _day(part["iso_year"], int(part["iso_month"]), part["iso_day"])
    if part["n_year"]:
        return _day(part["n_year"], int(part["n_month"]), part["n_day"])
    year = part["whole_year"] or part["part_year"] or part["quarter_year"]
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    if part["whole_month"]:
        month = _MONTHS.get(fold(part["whole_month"]))
        return f"{year}-{month:02}" if month else None
    if part["part_month"]:
        return f"{year}-{part['part_month']}"
    quarter = part["part_quarter"] or part["short_quarter"] or part["quarter"]
    return f"{year}-Q{_ROMAN.get(quarter.lower(), quarter)}"


def _day(year: str, month: int, day: str) -> str:
    try:
        value = date(int(year), month, int(day))
    except ValueError:
        return ""
    return value.isoformat() if FIRST_YEAR <= value.year <= LAST_YEAR else ""


@lru_cache(maxsize=256)
def _misspelt(word: str) -> int | None:
    """The month that is meant between a day and a year: Janauri, Desmber, but never Match or Years.

    Names of five letters are a letter away from other words (Match, Market, Julia): there only a letter doubled or two
    letters in each other's place are taken for slips.
    """
    if len(word) < 5:
        return None
    from rapidfuzz.distance import OSA

    near: dict[int, int] = {}
    for name, number in _MONTHS.items():
        away = OSA.distance(word, name, score_cutoff=2)
        if len(name) >= 6:
            close = away <= (1 if len(name) == 6 or word[0] != name[0] else 2)
        else:
            close = len(name) == 5 and away == 1 and set(word) == set(name) and len(word) >= 5
        if close:
            near[number] = min(away, near.get(number, away))
    best = [number for number, away in near.items() if away == min(near.values())]
    return best[0] if len(best) == 1 else None


def _with_weekday(text: str, since: int, match: re.Match[str], value: str) -> WrittenDate:
    start, end = match.span()
    plain = WrittenDate(start, end, value)
    if before := _DAY_BEFORE.search(text[max(since, start - _REACH) : start]):
        offset = max(since, start - _REACH)
        first = offset + before.start()
        closed = text[end : end + 1] == ")"
        if not before["open"] or closed:
            named = WrittenDate(first, end + bool(before["open"]), value, _weekday(before["name"]))
            front = text[:first].rstrip()[-1:]
            apart = bool(before["comma"] or before["open"])
            # “Malam Jumat 15 Januari 2026”: without a mark the word is the title's, unless it is that day's name
            if apart or not front.isalnum() or (before["name"].lower() not in _SHORT_DAYS and named.fits):
                return named
    if behind := _DAY_BEHIND.match(text, end):
        return WrittenDate(start, behind.end(), value, _weekday(behind["name"]))
    return plain


def _weekday(name: str) -> int:
    return _DAYS_BY_NAME[fold(name).replace("`", "'")]
