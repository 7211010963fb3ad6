"""Indonesia's public holidays and cuti bersama, and the release windows that follow from them.

The days are those of the package `holidays`, which follows the government's joint decrees.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from tui.base.words import N_
from tui.films.film import HOME_REGION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.words import Words

_NAMES = {
    "New Year's Day": N_("New Year"),
    "Isra' and Mi'raj": N_("Isra Mi'raj"),
    "Lunar New Year": N_("Lunar New Year"),
    "Day of Silence": N_("Nyepi"),
    "Eid al-Fitr": N_("Eid al-Fitr"),
    "Eid al-Fitr Second Day": N_("Eid al-Fitr, second day"),
    "Good Friday": N_("Good Friday"),
    "Easter Sunday": N_("Easter"),
    "International Labor Day": N_("Labour Day"),
    "Ascension Day": N_("Ascension Day"),
    "Eid al-Adha": N_("Eid al-Adha"),
    "Vesak Day": N_("Vesak"),
    "Pancasila Day": N_("Pancasila Day"),
    "Islamic New Year": N_("Islamic New Year"),
    "Independence Day": N_("Independence Day"),
    "Prophet's Birthday": N_("Mawlid"),
    "Christmas Day": N_("Christmas"),
    "General Election Day": N_("General election"),
    "Legislative Election Day": N_("Legislative election"),
    "Presidential Election Day": N_("Presidential election"),
    "Local Election Day": N_("Local elections"),
}
"""The package's English names, and what newspapers print."""
_JOINT = " Joint Holiday"
_BRIDGED = {"Ascension": "Ascension Day", "Christmas": "Christmas Day", "New Year's": "New Year's Day"}
_MANNERS = (" (estimated)", " (observed)", " (observed, estimated)")
_ESTIMATED = ("(estimated)", "(observed, estimated)")

EID, SECOND_DAY = _NAMES["Eid al-Fitr"], _NAMES["Eid al-Fitr Second Day"]


class Holiday(msgspec.Struct, frozen=True, order=True):
    """A day off."""

    day: dt.date
    joint: bool
    """Cuti bersama: a day that bridges to the holiday of that name."""
    name: str
    """Message id; where the package has one that is not known here, its English name."""
    estimated: bool = False
    """Whether the day is computed, as the decree of its year has not been read."""

    def text(self, words: Words) -> str:
        """Natal; Cuti bersama Natal."""
        name = words.gettext(self.name)
        return words.gettext("Joint leave, {holiday}").format(holiday=name) if self.joint else name


def of_year(year: int) -> list[Holiday]:
    """The year's days off by date. Imports `holidays`: 100 ms, and as much for its first year."""
    from holidays import country_holidays

    found = []
    for category, joint in (("public", False), ("government", True)):
        days = country_holidays(HOME_REGION, years=year, language="en_US", categories=(category,))
        for day, names in days.items():
            found += [
                Holiday(day, joint, _known(name), any(manner in name for manner in _ESTIMATED))
                for name in names.split("; ")
            ]
    return sorted(found)


def _known(name: str) -> str:
    for manner in _MANNERS:
        name = name.removesuffix(manner)
    name = name.removesuffix(_JOINT)
    name = _BRIDGED.get(name, name)
    return _NAMES.get(name, name)


class Window(msgspec.Struct, frozen=True):
    """Days in which films open because people are free."""

    name: str
    """Message id."""
    first: dt.date
    last: dt.date


_LEBARAN, _YEARS_END = N_("Lebaran"), N_("Christmas and New Year")
_WINDOW_OF = {EID: _LEBARAN, _NAMES["Christmas Day"]: _YEARS_END}
"""Holidays that stand in a release window."""

_DAY = dt.timedelta(days=1)


def windows(year: int, holidays: Iterable[Holiday]) -> list[Window]:
    """The release windows that begin in a year, by date; `holidays` are those of that year.

    Lebaran: a week before Eid al-Fitr to ten days after it, which is when schools and offices are closed.
    School holidays: three weeks from the Monday behind the third Saturday of June, as most provinces have them.
    Christmas and New Year: a week before Christmas to 4 January.
    """
    found = [Window(_LEBARAN, h.day - 7 * _DAY, h.day + 10 * _DAY) for h in holidays if h.name == EID and not h.joint]
    june = dt.date(year, 6, 1)
    third_saturday = june + ((5 - june.weekday()) % 7 + 14) * _DAY
    found.append(Window(N_("school holidays"), third_saturday + 2 * _DAY, third_saturday + 22 * _DAY))
    if year < dt.MAXYEAR:
        christmas = dt.date(year, 12, 25)
        found.append(Window(_YEARS_END, christmas - 7 * _DAY, dt.date(year + 1, 1, 4)))
    return sorted(found, key=lambda window: window.first)


def named() -> frozenset[str]:
    """Message ids of all that `window_called` knows."""
    return frozenset({*_NAMES.values(), _LEBARAN, _YEARS_END, N_("school holidays")})


def window_called(name: str, year: int, holidays: Iterable[Holiday]) -> Window | None:
    """The release window of this name or around this holiday that begins in the year; `holidays` are those of it.

    A holiday without a release window has one of the days around it.
    """
    known = list(holidays)
    wanted = _WINDOW_OF.get(name, name)
    if found := next((window for window in windows(year, known) if window.name == wanted), None):
        return found
    day = next((h.day for h in known if h.name == name and not h.joint), None)
    return None if day is None else Window(name, day - _NEAR * _DAY, day + _NEAR * _DAY)


_NEAR = 3
"""Days around a holiday that are told by it."""


def window_of(day: dt.date, holidays: Iterable[Holiday]) -> Window | None:
    """The release window that a day stands in; `holidays` are those of its year and the one before."""
    known = list(holidays)
    years = {holiday.day.year for holiday in known}
    found = (window for year in sorted(years) for window in windows(year, (h for h in known if h.day.year == year)))
    return next((window for window in found if window.first <= day <= window.last), None)


def beside_holiday(day: dt.date, holidays: Iterable[Holiday], words: Words) -> str:
    """Where the day stands to the nearest public holiday: 2 hari sebelum Natal; empty if none is near."""
    near = [(abs(apart), -apart, h) for h in holidays if not h.joint and abs(apart := (h.day - day).days) <= _NEAR]
    if not near:
        return ""
    apart, before, holiday = min(near)
    name = holiday.text(words)
    if not apart:
        return words.gettext("on {holiday}").format(holiday=name)
    if before < 0:
        return words.ngettext("{n} day before {{holiday}}", "{n} days before {{holiday}}", apart).format(holiday=name)
    return words.ngettext("{n} day after {{holiday}}", "{n} days after {{holiday}}", apart).format(holiday=name)
