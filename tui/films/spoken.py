"""How release dates are written for people, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.base.words import N_
from tui.films.dates import UNDATED, ReleaseDate, from_key

if TYPE_CHECKING:
    from datetime import date

    from tui.base.words import Words


def weekday(day: date, words: Words) -> str:
    """Rab."""
    return words.names.short_days[day.weekday()]


def full(known: ReleaseDate, words: Words) -> str:
    """Rabu, 7 Januari 2026; for less: Januari 2026, Triwulan I 2026, 2026, Belum ada tanggal."""
    day = known.exact
    if day is None:
        return period(known.key, words)
    name = words.names.days[day.weekday()]
    return f"{name}, {_long(day, words)}"


def _long(day: date, words: Words) -> str:
    return f"{day.day} {words.names.months[day.month - 1]} {day.year}"


def span(before: ReleaseDate, after: ReleaseDate, words: Words, *, short: bool = False) -> tuple[str, str]:
    """Two dates as one says them together: 8 Januari, 15 Januari 2026; the year once if it is the same."""
    write = medium if short else long
    one, other = write(before, words), write(after, words)
    year = f" {before.year}"
    if before.exact and after.exact and before.year == after.year:
        one = one.removesuffix(year)
        other = other.removesuffix(year) if short else other
    return one, other


def long(known: ReleaseDate, words: Words) -> str:
    """15 Januari 2026; for less: Januari 2026, Triwulan I 2026, 2026, Belum ada tanggal."""
    return _long(known.exact, words) if known.exact else period(known.key, words)


def medium(known: ReleaseDate, words: Words) -> str:
    """7 Jan 2026; for less as `brief`."""
    day = known.exact
    if day is None:
        return brief(known.key, words)
    return f"{day.day} {words.names.short_months[day.month - 1]} {day.year}"


def day_month(day: date, words: Words) -> str:
    """7 Jan."""
    return f"{day.day} {words.names.short_months[day.month - 1]}"


def short(day: date, words: Words) -> str:
    """Rab 7 Jan."""
    return f"{weekday(day, words)} {day_month(day, words)}"


def days(first: date, last: date, words: Words) -> str:
    """5–11 Januari 2026; 29 Januari – 4 Februari 2026; 29 Desember 2025 – 4 Januari 2026."""
    end = _long(last, words)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    begin = _long(first, words)
    return f"{begin.removesuffix(f' {last.year}')} – {end}"


def short_days(first: date, last: date, words: Words) -> str:
    """12–18 Jan; 29 Jan – 4 Feb."""
    if first.month == last.month:
        return f"{first.day}–{day_month(last, words)}"
    return f"{day_month(first, words)} – {day_month(last, words)}"


def near(day: date, today: date, words: Words) -> str:
    """Hari ini, besok, lusa, 3 hari: a countdown without its preposition, for days that come."""
    days = (day - today).days
    if days == 2:
        return words.gettext("2 days")
    return countdown(day, today, words) if days < 2 else words.ngettext("{n} day", "{n} days", days)


def period(key: int, words: Words) -> str:
    """A period's name in full: Januari 2026."""
    known = from_key(key)
    if known.month:
        name = words.names.alone_months[known.month - 1]
        return f"{name} {known.year}"
    if known.quarter:
        return f"{words.names.quarters[known.quarter - 1]} {known.year}"
    if known.year:
        return str(known.year)
    return words.gettext("No date yet")


def brief(key: int, words: Words) -> str:
    """A period's short name: Jan 2026, TW I 2026."""
    known = from_key(key)
    if known.month:
        return f"{words.names.short_alone_months[known.month - 1]} {known.year}"
    if known.quarter:
        return f"{words.names.short_quarters[known.quarter - 1]} {known.year}"
    return period(key, words)


def countdown(day: date, today: date, words: Words) -> str:
    """kemarin, hari ini, besok, lusa, 3 hari lagi, 5 hari yang lalu."""
    days = (day - today).days
    near = {
        -1: N_("yesterday"),
        0: N_("today"),
        1: N_("tomorrow"),
        2: N_("the day after tomorrow"),
    }
    if days in near:
        return words.gettext(near[days])
    if days > 0:
        return words.ngettext("in {n} day", "in {n} days", days)
    return words.ngettext("{n} day ago", "{n} days ago", -days)


def moved(earlier: ReleaseDate, words: Words) -> str:
    """That a release had this date before."""
    if earlier.key == UNDATED:
        return words.gettext("had no date before")
    return words.gettext("moved from {date}").format(date=medium(earlier, words))
