"""Days, weeks, months and holidays as one types them in either language: besok, 25 des, Januari 2026, lebaran."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import ValueRefusedError
from tui.base.text import words as folded
from tui.base.words import LANGUAGES, N_, Words, names
from tui.films import dates, holidays, spoken
from tui.films.dates import ReleaseDate, first_key, key_of, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.films.holidays import Holiday

MOST_WORDS = 4
"""Of one moment: natal dan tahun baru."""

_YEARS = range(1900, 2101)
_WITHOUT_YEAR = range(-1, 2)
"""Years from this one on that a day or a holiday without a year is looked for in."""
_OTHER_MONTHS = {"pebruari": 2, "agt": 8, "ags": 8, "agus": 8, "sept": 9, "nop": 11, "nopember": 11}
_OTHER_HOLIDAYS = {
    "idul fitri": N_("Eid al-Fitr"), "eid": N_("Eid al-Fitr"), "idul adha": N_("Eid al-Adha"),
    "kurban": N_("Eid al-Adha"), "kemerdekaan": N_("Independence Day"), "maulid": N_("Mawlid"),
    "tahun baru imlek": N_("Lunar New Year"), "chinese new year": N_("Lunar New Year"),
    "nataru": N_("Christmas and New Year"),
}  # fmt: skip


class Moment(msgspec.Struct, frozen=True):
    """Some days of the calendar."""

    name: str
    """In the user's language."""
    days: tuple[tuple[date, date], ...] = ()
    """From a day to another, both included; in order."""
    month: int = 0
    """The month of any year, 1 to 12; 0 where it is another moment."""
    date: ReleaseDate | None = None
    """A month, a quarter or a year, with what is known to no more than that."""

    @property
    def first(self) -> int:
        """Its first date key."""
        return first_key(_widest(self.date)[0]) if self.date else key_of(self.days[0][0])

    @property
    def last(self) -> int:
        """Its last date key."""
        return self.date.key if self.date else key_of(self.days[-1][1])

    @property
    def facets(self) -> tuple[tuple[str, str], ...]:
        """By which the index finds its rows, see `entry.when`: any of them."""
        if self.month:
            return (("month", f"{self.month:02}"),)
        if self.date:
            return tuple(("period", str(period)) for period in _widest(self.date))
        return tuple(
            ("day", str(key_of(shifted(first, number))))
            for first, last in self.days
            for number in range((last - first).days + 1)
        )


class Clock(msgspec.Struct, frozen=True):
    """What words about time depend on."""

    today: date
    words: Words
    holidays: Callable[[int], Sequence[Holiday] | None]
    """Those of a year; None where they are not worked out yet."""
    first_day: int = 0
    """Of a week, as `date.weekday` counts."""


def ahead(moment: Moment, today: date) -> int:
    """The first date key of the next time that it is, or of this one; of the last where all are past."""
    if moment.month:
        return key_of(date(today.year + (moment.month < today.month), moment.month, 1))
    if moment.date:
        return moment.first
    return key_of(next((first for first, last in moment.days if last >= today), moment.days[-1][0]))


def _widest(known: ReleaseDate) -> list[int]:
    """The periods that stand in this month, quarter or year."""
    assert known.year
    if known.month:
        return [known.period]
    quarters = [known.quarter] if known.quarter else [1, 2, 3, 4]
    found = [ReleaseDate(known.year, month=3 * q - 2 + n).period for q in quarters for n in range(3)]
    found += [ReleaseDate(known.year, quarter=q).period for q in quarters]
    return sorted([*found, *([] if known.quarter else [known.period])])


def read(texts: Sequence[str], clock: Clock, lacking: set[int]) -> tuple[int, Moment] | None:
    """The moment that these texts begin with, and how many of them tell it; the most that do.

    `lacking` gets the years whose holidays would be needed and are not worked out yet.
    """
    for count in range(min(len(texts), MOST_WORDS), 0, -1):
        if found := _read(texts[:count], clock, lacking):
            return count, found
    return None


def _read(texts: Sequence[str], clock: Clock, lacking: set[int]) -> Moment | None:
    if len(texts) == 1 and (written := _written(texts[0], clock.words)):
        return written
    said = [word for text in texts for word in folded(text)]
    if len(said) < len(texts) or not all(said):
        return None
    phrase = " ".join(said)
    if phrase in _NEAR:
        return _NEAR[phrase](clock)
    *front, last = said
    year = int(last) if front and len(last) == 4 and last.isdecimal() and int(last) in _YEARS else None
    named = " ".join(front) if year else phrase
    if month := month_called(named):
        if year:
            return _of(ReleaseDate(year, month=month), clock.words)
        return any_month(month, clock.words)
    if day := _day(named.split(), year, clock):
        return day
    holiday = holiday_names().get(named)
    return _holiday(holiday, year, clock, lacking) if holiday else None


def _written(text: str, words: Words) -> Moment | None:
    """2026-01-07, 2026-01, 2026-Q1."""
    try:
        known = dates.parse(text.upper())
    except ValueRefusedError:
        return None
    if known.year not in _YEARS:
        return None
    return _of(known, words)


def _of(known: ReleaseDate, words: Words) -> Moment:
    day = known.exact
    if day:
        return Moment(spoken.long(known, words), days=((day, day),))
    return Moment(spoken.period(known.key, words), date=known)


def any_month(month: int, words: Words) -> Moment:
    """The month of any year."""
    return Moment(words.names.alone_months[month - 1], month=month)


def month_of(year: int, month: int, words: Words) -> Moment:
    """The month of this year."""
    return _of(ReleaseDate(year, month=month), words)


def _day(said: list[str], year: int | None, clock: Clock) -> Moment | None:
    """25 des; dec 25."""
    if len(said) != 2:
        return None
    number, name = said if said[0].isdecimal() else said[::-1]
    month = month_called(name)
    if not (month and number.isdecimal() and len(number) <= 2):
        return None
    found = []
    for one in _years(year, clock):
        try:
            found.append(date(one, month, int(number)))
        except ValueError:
            continue
    if not found:
        return None
    text = spoken.long(dates.from_key(key_of(found[0])), clock.words)
    return Moment(text if year else text.removesuffix(f" {found[0].year}"), days=tuple((day, day) for day in found))


def _years(year: int | None, clock: Clock) -> list[int]:
    return [year] if year else [year for by in _WITHOUT_YEAR if MINYEAR < (year := clock.today.year + by) < MAXYEAR]


def _holiday(name: str, year: int | None, clock: Clock, lacking: set[int]) -> Moment | None:
    found = []
    name_of = name
    for one in _years(year, clock):
        known = clock.holidays(one)
        if known is None:
            lacking.add(one)
        elif window := holidays.window_called(name, one, known):
            found.append((window.first, window.last))
            name_of = window.name
    if not found:
        return None
    text = clock.words.gettext(name_of)
    text = text[:1].upper() + text[1:]
    return Moment(f"{text} {year}" if year else text, days=tuple(found))


def month_called(name: str) -> int:
    """The number of the month of this folded name, long or short, in either language; 0 if there is none."""
    return months().get(name, 0)


@cache
def months() -> dict[str, int]:
    """Folded names of months in both languages."""
    found = dict(_OTHER_MONTHS)
    for language in LANGUAGES:
        known = names(language)
        for listed in (known.months, known.short_months, known.alone_months, known.short_alone_months):
            found |= {" ".join(folded(name)): number for number, name in enumerate(listed, 1) if len(name) > 2}
    return found


@cache
def holiday_names() -> dict[str, str]:
    """Folded names of holidays and release windows in both languages, and the message id of each."""
    found = {" ".join(folded(name)): id for name, id in _OTHER_HOLIDAYS.items()}
    for language in LANGUAGES:
        words = Words(language)
        found |= {" ".join(folded(words.gettext(name))): name for name in holidays.named()}
    return found


def _week(by: int) -> Callable[[Clock], Moment]:
    def moment(clock: Clock) -> Moment:
        today = clock.today
        first = shifted(today, 7 * by - (today.weekday() - clock.first_day) % 7)
        last = shifted(first, 6)
        return Moment(spoken.days(first, last, clock.words), days=((first, last),))

    return moment


def _from_today(by: int) -> Callable[[Clock], Moment]:
    return lambda clock: _of(dates.from_key(key_of(shifted(clock.today, by))), clock.words)


def _month(by: int) -> Callable[[Clock], Moment]:
    def moment(clock: Clock) -> Moment:
        number = min(max(clock.today.year * 12 + clock.today.month - 1 + by, MINYEAR * 12), MAXYEAR * 12 + 11)
        return _of(ReleaseDate(number // 12, month=number % 12 + 1), clock.words)

    return moment


def _year(by: int) -> Callable[[Clock], Moment]:
    return lambda clock: _of(ReleaseDate(min(max(clock.today.year + by, MINYEAR), MAXYEAR)), clock.words)


def _phrases(
    of: Callable[[int], Callable[[Clock], Moment]], told: Iterable[tuple[int, str]]
) -> dict[str, Callable[[Clock], Moment]]:
    return {phrase: of(by) for by, phrases in told for phrase in phrases.split(", ")}


_NEAR = {
    **_phrases(_week, (
        (0, "pekan ini, minggu ini, this week"), (1, "pekan depan, minggu depan, next week"),
        (-1, "pekan lalu, minggu lalu, last week"),
    )),
    **_phrases(_month, ((0, "bulan ini, this month"), (1, "bulan depan, next month"), (-1, "bulan lalu, last month"))),
    **_phrases(_year, ((0, "tahun ini, this year"), (1, "tahun depan, next year"), (-1, "tahun lalu, last year"))),
    **_phrases(_from_today, (
        (0, "hari ini, today"), (1, "besok, tomorrow"), (2, "lusa"), (-1, "kemarin, yesterday"),
    )),
}  # fmt: skip
"""What is told from today: folded phrases in both languages."""


def phrases() -> list[str]:
    """Those that tell a moment from today, to complete what is typed."""
    return list(_NEAR)
