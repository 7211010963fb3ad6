"""A month as a grid, its columns as wide as their films need; as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tui.base.text import cells
from tui.exports.parts import Part, by_day, filled, fitted, marked, named, plain, sign
from tui.films import spoken, terms
from tui.films.dates import key_of, period_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.index.query import Row
    from tui.library.month import Day, Month

WIDE = 108
"""Cells from which on empty weekdays are wider, and genres stand beside the titles."""
_THIN, _THIN_WIDE = 3, 6
_SIGNED = 5
"""An empty weekday with a holiday in it."""


class Sheet(NamedTuple):
    """What a month is drawn with, beside its films."""

    words: Words
    today: date
    holidays: dict[date, list[Holiday]] = {}  # noqa: RUF012 (never changed)
    first_weekday: int = 0
    """0 is Monday."""
    cursor: date | None = None
    chosen: int | None = None
    """The row of the view that the cursor is on."""
    stars: Container[str] = ()
    """The films that are starred."""


def counted(count: int, total: int, words: Words) -> str:
    """8 film; 2 dari 8 film."""
    films = words.ngettext("{n} film", "{n} films", total)
    return films if count == total else words.gettext("{n} of {films}").format(n=words.number(count), films=films)


def grid(month: Month, sheet: Sheet, width: int, height: int | None = None) -> list[list[Part]]:
    """The weekdays, and each week under them: its numbers, and as many of its films as `height` lines allow.

    Each line is `width` cells wide. Rules stand between the weeks where there is room for them.
    """
    weeks = month.weeks(sheet.first_weekday)
    needs = [max(len(month.day(day).rows) for day in week) for week in weeks]
    cap, ruled = max(needs), width >= WIDE
    if height is not None:
        if ruled and 2 + len(weeks) + sum(1 + need for need in needs) > height:
            ruled = False
        while cap and 1 + sum(1 + min(need, cap) for need in needs) > height:
            cap -= 1
    rooms = _rooms(month, weeks, sheet, width - 6 - 2 * ruled)
    lines = [_weekdays(sheet, rooms, ruled=ruled)]
    for number, week in enumerate(weeks):
        if ruled:
            lines.append(_rule(rooms, "├┼┤" if number else "╭┬╮"))
        for line in range(1 + min(needs[number], cap)):
            parts: list[Part] = [Part("│", "rule")] if ruled else []
            for column, day in enumerate(week):
                if column:
                    parts.append(Part("│", "rule"))
                parts += _cell(month, day, sheet, rooms[column], line, cap)
            lines.append([*parts, Part("│", "rule")] if ruled else parts)
    return [*lines, _rule(rooms, "╰┴╯")] if ruled else lines


def _rooms(month: Month, weeks: list[list[date]], sheet: Sheet, width: int) -> list[int]:
    """The cells of each column: as many as its films need, few of a weekday without films."""
    thin = _THIN_WIDE if width >= WIDE - 8 else _THIN
    least, titles, genres, labels = [], [], [], []
    for column in range(7):
        days = [day for week in weeks if (day := week[column]).month == month.first.month]
        rows = [row for day in days for row in month.day(day).rows]
        off = [day for day in days if day in sheet.holidays]
        least.append(max(thin, _SIGNED) if off else thin)
        wide = [(cells(row.title) + 2 * (row.id in sheet.stars), _genre(row, sheet.words)) for row in rows]
        titles.append(max((title + 2 for title, _ in wide), default=0))
        beside = [title + cells(genre) + 4 for title, genre in wide if genre]
        genres.append(max([titles[-1], *beside]))
        labels.append(max([titles[-1], *(7 + cells(_names(sheet.holidays[day], sheet.words)) for day in off)]))
    if sum(map(max, least, labels, genres)) > width:  # no half names on days without films
        labels = [label if title else 0 for label, title in zip(labels, titles, strict=True)]
    rooms = least
    for wants in (titles, labels, genres, [width if title or not any(titles) else 0 for title in titles]):
        while sum(rooms) < width:
            growing = [n for n in range(7) if rooms[n] < wants[n]]
            if not growing:
                break
            rooms[min(growing, key=lambda n: rooms[n])] += 1
    return rooms


def _genre(row: Row, words: Words) -> str:
    """What stands behind a title where there is room: what is out of the ordinary, else the genre."""
    if row.status != "confirmed":
        return terms.status(row.status, words)
    return terms.genre(row.genre, words).lower()


def _names(holidays: list[Holiday], words: Words) -> str:
    """Without saying what is joint leave, which its sign tells."""
    return ", ".join(dict.fromkeys(words.gettext(holiday.name) for holiday in holidays))


def _weekdays(sheet: Sheet, rooms: list[int], *, ruled: bool) -> list[Part]:
    names = sheet.words.names.short_days
    parts = [Part(" ", "fact")] if ruled else []
    for column, room in enumerate(rooms):
        if column:
            parts.append(Part(" ", "fact"))
        name = names[(sheet.first_weekday + column) % 7]
        parts.append(Part(filled(f" {name}" if room > cells(name) else name, room), "fact"))
    return [*parts, Part(" ", "fact")] if ruled else parts


def _rule(rooms: list[int], ends: str) -> list[Part]:
    return [Part(ends[0] + ends[1].join("─" * room for room in rooms) + ends[2], "rule")]


def _cell(month: Month, day: date, sheet: Sheet, room: int, line: int, cap: int) -> list[Part]:
    """One line of a day, `room` cells wide; the first has its number."""
    if day.month != month.first.month:
        return [Part(filled(f" {day.day:>2}" if not line else "", room), "rule", day)]
    of_day = month.day(day)
    if not line:
        return _number(day, of_day, sheet, room)
    number = line - 1
    if line == cap < of_day.total:
        more = of_day.total - number
        return [Part(filled(f" +{sheet.words.number(more)}", room), "fact", day)]
    if number >= len(of_day.rows):
        return [Part(" " * room, "text", day)]
    return _film(of_day, number, day, sheet, room)


def _number(day: date, of_day: Day, sheet: Sheet, room: int) -> list[Part]:
    """▌16 ◆ Isra Mikraj      3 film"""
    words = sheet.words
    off = sheet.holidays.get(day, [])
    at = day == sheet.cursor
    style = "heading" if day == sheet.today else "fact" if day < sheet.today or day.weekday() > 4 else "text"
    parts = [Part("▌" if at else " ", "when", day)]
    parts.append(Part(f"{day.day:>2}", "picked" if at else style, day))
    left = room - 3
    labels = [f" {sign(off)} {_names(off, words)}", f" {sign(off)}", ""] if off else [""]
    if off and not of_day.total and left >= 8:
        labels.insert(1, fitted(labels[0], left))
    if day == sheet.today:
        labels.insert(-1, " " + words.gettext("today"))
    counts = [""]
    if of_day.total:
        total, some = words.number(of_day.total), words.number(of_day.count)
        short = total if of_day.count == of_day.total else f"{some}/{total}"
        counts = [counted(of_day.count, of_day.total, words), short]
    # a name in full rather than the word beside the count, the count rather than the name
    pairs = [(label, count) for label in labels for count in counts]
    fits = (pair for pair in pairs if cells(pair[0]) + (cells(pair[1]) + 2 if pair[1] else 0) <= left)
    label, count = next(fits, (labels[-2] if off and cells(labels[-2]) <= left else "", ""))
    parts.append(Part(label, "fact" if off and day < sheet.today else "season" if off else "heading", day))
    left -= cells(label)
    parts.append(Part(" " * (left - cells(count) - bool(count)) + count + " " * bool(count), "fact", day))
    return parts


def _film(of_day: Day, number: int, day: date, sheet: Sheet, room: int) -> list[Part]:
    """▌Penerbangan Terakhir         drama"""
    row, index = of_day.rows[number], of_day.indices[number]
    chosen = index is not None and index == sheet.chosen
    style = "fact" if index is None or day < sheet.today or row.status in {"cancelled", "postponed"} else "text"
    starred = row.id in sheet.stars
    genre = _genre(row, sheet.words)
    if cells(row.title) + 2 * starred + cells(genre) + 4 > room:
        genre = ""
    left = room - 2 - cells(genre)
    title = marked(row.title, left, starred=starred)
    return [
        Part("▌" if chosen else " ", "when", day, index),
        Part(title, "picked" if chosen else style, day, index),
        Part(" " * (left - cells(title)) + genre + " ", "fact", day, index),
    ]


def undated(month: Month, sheet: Sheet, width: int) -> list[Part]:
    """Maret 2026: Danur · Na Willa +2: what is known to the month only; empty where nothing is."""
    if not month.undated.rows:
        return []
    name = spoken.period(period_of(key_of(month.first)), sheet.words)
    parts = [Part(f" {name}  ", "season")]
    left = width - cells(parts[0].text)
    for number, (row, index) in enumerate(zip(month.undated.rows, month.undated.indices, strict=True)):
        between = " · " if number else ""
        more = f" +{sheet.words.number(month.undated.total - number)}"
        last = number + 1 == month.undated.total
        room, starred = left - cells(between) - (0 if last else cells(more)), row.id in sheet.stars
        if number and cells(row.title) + 2 * starred > room:
            parts.append(Part(more, "fact"))
            break
        title = marked(row.title, room, starred=starred)
        chosen = index is not None and index == sheet.chosen
        parts += [Part(between, "fact"), Part(title, "picked" if chosen else "text" if index is not None else "fact",
                                              None, index)]  # fmt: skip
        left -= cells(between) + cells(title)
    return parts


_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def mini(month: Month, sheet: Sheet, width: int) -> list[list[Part]]:
    """A small grid without titles: beside each number its count, as bars where there is room."""
    room = max(4, min(9, width // 7))
    names = sheet.words.names.short_days
    lines = [[Part(filled(f" {names[(sheet.first_weekday + n) % 7]}", room), "fact") for n in range(7)]]
    for week in month.weeks(sheet.first_weekday):
        parts = []
        for day in week:
            if day.month != month.first.month:
                parts.append(Part(filled(f" {day.day:>2}", room), "rule", day))
                continue
            count, off = month.day(day).count, sheet.holidays.get(day, [])
            at = day == sheet.cursor
            style = "heading" if day == sheet.today else "fact" if day < sheet.today or day.weekday() > 4 else "text"
            parts += [Part("▌" if at else " ", "when", day),
                      Part(f"{day.day:>2}", "picked" if at else style, day)]  # fmt: skip
            text = ""
            if room >= 8 and count:
                text = " " + ("▇" * count if count <= room - 5 else "▇" * (room - 6) + "+")
            elif count:
                text = str(count).translate(_SMALL) if count < 10 else "⁺"
            elif off:
                text = f" {sign(off)}" if room >= 8 else sign(off)
            parts.append(Part(filled(text, room - 3), "when" if count else "season", day))
        lines.append(parts)
    return lines


def text(
    month: Month, holidays: Iterable[Holiday], today: date, words: Words, width: int, first_weekday: int = 0
) -> Iterator[str]:
    """The month, what of it has no day, and its holidays by name."""
    days = [holiday for holiday in holidays if (holiday.day.year, holiday.day.month) == month.first.timetuple()[:2]]
    sheet = Sheet(words, today, by_day(days), first_weekday)
    name = spoken.period(period_of(key_of(month.first)), words)
    yield f"{name.upper()} · {counted(month.count, month.total, words)}"
    yield from plain(grid(month, sheet, width) if width >= 72 else mini(month, sheet, width))
    if loose := undated(month, sheet, width):
        yield ""
        yield from plain([loose])
    if days:
        yield ""
        for day, off in sheet.holidays.items():
            yield f" {spoken.weekday(day, words):<3} {day.day:>2}  {sign(off)} {named(off, words)}"


def json(month: Month, holidays: Iterable[Holiday], words: Words) -> str:
    """month, films, undated; days: date, films; holidays: date, name, joint, estimated."""
    last = month.last
    found: dict[str, Any] = {
        "month": f"{month.first:%Y-%m}",
        "films": month.count,
        "undated": month.undated.count,
        "days": [{"date": day, "films": of_day.count} for day, of_day in month.days.items()],
        "holidays": records((h for h in holidays if month.first <= h.day <= last), words),
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def records(holidays: Iterable[Holiday], words: Words) -> list[dict[str, Any]]:
    """Each with its date, name, and whether it is joint leave and estimated."""
    return [{"date": h.day, "name": h.text(words), "joint": h.joint, "estimated": h.estimated} for h in holidays]
