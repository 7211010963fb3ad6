"""The year of dates without one: from the page's headings, its title, its byline, or as the user says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import Message, message
from tui.base.words import N_
from tui.imports.sources import written
from tui.imports.sources.page.dated import OPENING, PREFIX, holds_day, is_day
from tui.imports.sources.page.kinds import BYLINE, DAY, HEADING, PROSE
from tui.imports.sources.page.lines import Line, kind_of, shortened

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Problems
    from tui.imports.sources.written import DayOfMonth

NO_YEAR = "0000"
"""Stands for a year that is not known: what is dated so is rejected."""
_TURN = N_("“{date}” has no year; the page's dates cross the turn of the year, and {year} was used: check it")
_MISSING = N_("“{title}”: the year of “{date}” is missing; add --year 2026, or the year that is meant")
_ABSURD = N_("“{title}” has no date: “{date}” is not in the calendar; check the day and the month")

UNDATABLE = frozenset({_MISSING, _ABSURD})


def undatable(title: str, wrong: str) -> Message:
    """Why a date that is in no calendar is none: its year is not known, or its day is not there."""
    if wrong.endswith(NO_YEAR):
        return message(_MISSING, title=shortened(title), date=re.sub(rf",?\s?{NO_YEAR}$", "", wrong))
    return message(_ABSURD, title=shortened(title), date=wrong)


class Stated(msgspec.Struct, frozen=True):
    """The years that a heading, a title, a byline or running text names."""

    years: tuple[int, ...]
    months: dict[int, int] = {}
    """Month to year, where both are named together."""
    since: int | None = None
    """The month of the day on which it was written, for a byline: what is announced comes later."""

    def year_of(self, month: int) -> tuple[int | None, bool]:
        """The year of a day in this month, and whether the turn of the year lies between."""
        if month in self.months:
            return self.months[month], False
        if len(self.years) != 1:
            return None, False
        year = self.years[0]
        if self.since is not None and self.since - month >= 6:
            return year + 1, True
        last = max(self.months, default=0)
        if last == 12 and month <= 2 and len(self.months) == 1:
            return year + 1, True
        return year, False


_ANY_YEAR = re.compile(r"(?<![0-9])(?:19[5-9][0-9]|20[0-9]{2})(?![0-9])")


def stated(text: str, *, byline: bool = False) -> Stated | None:
    """What a text says of years; None if nothing. Of a byline its whole date alone counts."""
    found = written.find(text[:4000])
    if byline:
        exact = next((one.date for one in found if one.exact), None)
        return Stated((int(exact[:4]),), since=int(exact[5:7])) if exact else None
    months = {int(one.date[5:7]): int(one.date[:4]) for one in found if re.match(r"[0-9]{4}-[0-9]{2}", one.date)}
    years = {*months.values(), *(int(year) for year in _ANY_YEAR.findall(text[:4000]))}
    return Stated(tuple(sorted(years)), months) if years else None


def _intro(lines: list[Line], kinds: list[str]) -> Stated | None:
    """The one year that the running text above the films names; with months before others."""
    first = next((at for at, line in enumerate(lines) if kinds[at] != PROSE and _roles(line, kinds[at])), len(lines))
    said = [found for at in range(first) if kinds[at] == PROSE and (found := stated(lines[at].text))]
    for years in ({year for one in said for year in one.months.values()}, {y for one in said for y in one.years}):
        if len(years) == 1:
            return Stated(tuple(years))
    return None


_FRONT = re.compile(rf"[\s=#*_~(\[|]*(?:{PREFIX.pattern})?[\s(\[]*", re.IGNORECASE)
_BEHIND = re.compile(r"[\s)\].,;:=#*_~]*(?:\([^()]{0,40}\))?[\s.)\]]*")
_SEPARATED = re.compile(r"(?:[(\[:|,–—\t=>→]|\s-)\s?$")
_PARTS = re.compile(r"\s?[:)\]–—|\t]|\s-\s|,\s")
_MOVED = re.compile(r"\s*(?:\b(?:mundur|maju|menjadi|ke|to|jadi|dari|from|hingga)\b|→|->)", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:[-–—*•·▪‣◦●►▶]\s+)?(?:[0-9]{1,3}[.)]\s+)?")


def _roles(line: Line, kind: str) -> list[tuple[str, DayOfMonth]]:
    """The dates of a line that say when a film opens, each with the part that it has: whole, beside or told."""
    text = line.text
    found = written.yearless(text)
    if found and kind != PROSE and any(one.exact for one in written.find(text)) and not _MOVED.search(text):
        return []  # 17 Agustus – 8 Januari 2026: a title and its date
    roles: list[tuple[str, DayOfMonth]] = []
    begun = _MARK.match(text)
    start = begun.end() if begun else 0
    for day in found:
        since = start if day.start >= start else 0
        front, behind = text[since : day.start], text[day.end :]
        if kind == PROSE:
            if OPENING.search(_sentence(text, day)):
                roles.append(("told", day))
        elif _FRONT.fullmatch(front) and _BEHIND.fullmatch(behind):
            roles.append(("whole", day))
        elif (
            (_FRONT.fullmatch(front) and _PARTS.match(behind))
            or _MOVED.match(behind)
            or ((_BEHIND.fullmatch(behind) or _PARTS.match(behind)) and _ends_apart(front))
        ):
            roles.append(("beside", day))
    return roles


def _ends_apart(front: str) -> bool:
    """Whether what stands in front of a date ends as a title's part does, or with a word such as “tayang”."""
    front = front[-60:]
    if _SEPARATED.search(front):
        return True
    verb = next((one for one in PREFIX.finditer(front) if one.end() == len(front)), None)
    return bool(verb and verb.start() and not front[verb.start() - 1].isalnum()) or bool(_MOVED_END.search(front))


_MOVED_END = re.compile(r"\b(?:mundur|maju|menjadi|ke|to|jadi|pada|on)\s+$", re.IGNORECASE)


def _sentence(text: str, day: DayOfMonth) -> str:
    since = max(text.rfind(mark, 0, day.start) for mark in (". ", "! ", "? "))
    until = min((at for mark in (". ", "! ", "? ") if (at := text.find(mark, day.end)) >= 0), default=len(text))
    return text[max(0, since) : until][-400:]


def with_years(lines: list[Line], kinds: list[str], title: str, year: int | None, report: Problems) -> list[Line]:
    """The lines, each with its kind and a year behind each date that has none; NO_YEAR where nothing says which.

    A page writes its dates in one way: where most that stand by themselves have a year, 17 Agustus is a title; where
    most have the month in front, so is 22 July.
    """
    roles = [_roles(line, kind) for line, kind in zip(lines, kinds, strict=True)]
    strict = [day for ones in roles for role, day in ones if role != "told"]
    if not any(roles):
        return [msgspec.structs.replace(line, kind=kind) for line, kind in zip(lines, kinds, strict=True)]
    american = 2 * sum(day.american for day in strict) > len(strict)
    full = Counter(holds_day(line.text) for line, kind in zip(lines, kinds, strict=True) if kind != PROSE)[True]
    context = _YearsAbove(lines, kinds, title, year, report)
    made: list[Line] = []
    for at, line in enumerate(lines):
        context.pass_by(line, kinds[at])
        text, kind = line.text, kinds[at]
        for role, day in reversed(roles[at]):
            if role != "told" and (len(strict) < full or (day.american != american and len(strict) > 1)):
                continue
            known = context.year_of(day, text[day.start : day.end], line.number) or NO_YEAR
            kind = DAY if role == "whole" else kind
            text = text[: day.end] + (", " if day.american else " ") + str(known) + text[day.end :]
        made.append(msgspec.structs.replace(line, text=text, kind=kind))
    return made


class _YearsAbove:
    """What is known of the year at a line."""

    def __init__(self, lines: list[Line], kinds: list[str], title: str, year: int | None, report: Problems) -> None:
        heads = [line.text for line, kind in zip(lines[:4], kinds[:4], strict=True) if kind == HEADING]
        top = stated(title) or next((found for text in heads if (found := stated(text))), None)
        if top is None and lines and kinds[0] != PROSE and not holds_day(lines[0].text):
            top = stated(lines[0].text)
        bylines = [line.text for line, kind in zip(lines, kinds, strict=True) if kind == BYLINE]
        written_on = next((found for text in bylines if (found := stated(text, byline=True))), None)
        others = {one.date[:4] for line in lines for one in written.find(line.text[:400]) if one.exact}
        same = Stated((int(next(iter(others))),)) if len(others) == 1 else None
        given = Stated((year,)) if year else None
        self._sources = [top, written_on, _intro(lines, kinds), given or same]
        if year:
            self._sources = [top, written_on, given]
        self._heading: Stated | None = None
        self._latest = self._rising = self._turned = 0
        self._report = report

    def pass_by(self, line: Line, kind: str) -> None:
        heads = kind == HEADING or kind_of(line.text) is not None
        if (heads or (kind != BYLINE and is_day(line.text))) and (found := stated(line.text)):
            exact = any(one.exact for one in written.find(line.text))
            if not exact or heads:
                self._heading = found
                self._latest = self._rising = self._turned = 0

    def year_of(self, day: DayOfMonth, text: str, number: int) -> int | None:
        for source in (self._heading, *self._sources):
            year, turned = source.year_of(day.month) if source else (None, False)
            if year is None:
                continue
            if not turned and self._rising > 1 and self._latest >= 11 and day.month <= 2:
                turned, self._turned = True, self._turned + 1
            year += self._turned
            self._rising = self._rising + 1 if day.month >= self._latest else 0
            self._latest = day.month
            if turned:
                self._report(number, message(_TURN, date=text, year=year))
            return year
        return None
