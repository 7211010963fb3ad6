"""A year at a glance: a row a month, a cell a day; free and full weeks named; as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.text import cells
from tui.exports.month import counted, records
from tui.exports.parts import Part, by_day, fitted, plain, sign
from tui.films import spoken
from tui.films.dates import shifted
from tui.library.month import last_of, month_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.exports.month import Sheet
    from tui.films.holidays import Holiday
    from tui.library.year import Span, Year

_CELLS = ((112, 3), (76, 2))
"""From which width on a day has so many cells."""
_MARKS = (1, 5, 10, 15, 20, 25, 30)
_DEPTHS = 4
_HEADS = {1: 4, 2: 5, 3: 7}
"""Cells of a month's name, by those of a day."""


def size_of(width: int) -> int:
    """Cells of a day."""
    return next((size for least, size in _CELLS if width >= least), 1)


def title(year: Year, words: Words, width: int) -> list[Part]:
    """2026  43 film · tersibuk: Rab 18 Mar (6) · ◆ libur ◇ cuti bersama ≈ perkiraan"""
    _ = words.gettext
    parts = [Part(f" {year.year}", "title"), Part(f"  {counted(year.count, year.total, words)}")]
    told = []
    if year.busiest:
        day = spoken.short(year.busiest, words)
        told.append(_("busiest: {day}").format(day=f"{day} ({year.days[year.busiest]})"))
    told.append("◆ " + _("holiday"))
    told.append("◇ " + _("joint leave") + "  ≈ " + _("estimated"))
    used = sum(cells(part.text) for part in parts)
    for text in told:
        if used + 3 + cells(text) <= width:
            parts.append(Part(f" · {text}", "fact"))
            used += 3 + cells(text)
    return parts


def rows(year: Year, sheet: Sheet, width: int) -> list[list[Part]]:
    """The scale, and a line for each month: its days, its films, and a bar of them."""
    size = size_of(width)
    names = sheet.words.names.short_alone_months
    head = _HEADS[size]
    scale = list(" " * (head + 31 * size))
    for day in _MARKS:
        at = head + (day - 1) * size + (size > 1) - (day > 9) * (size > 1)
        scale[at : at + len(str(day))] = str(day)
    lines = [[Part("".join(scale[: head + 31 * size]), "fact")]]
    most, fullest = max(year.months), max(year.days.values(), default=1)
    room = width - head - 31 * size - 5
    for number in range(12):
        first = month_beside(sheet.today.replace(year=year.year, month=1, day=1), number)
        count = year.months[number]
        held = sheet.cursor is not None and sheet.cursor.month == number + 1
        parts = [Part(f" {names[number]}"[head < 5 :].ljust(head), "heading" if held else "fact", first)]
        last = last_of(first).day
        for day in range(1, 32):
            there = day <= last
            parts += _cell(year, first.replace(day=day), sheet, size, fullest) if there else [Part(" " * size)]
        parts.append(Part(f"{sheet.words.number(count):>{3 if size == 1 else 4}}", "text" if count else "fact", first))
        if room > 2 and count:
            parts.append(Part(" " + "▇" * max(1, min(20, room - 2) * count // most), "fact", first))
        lines.append(parts)
    return lines


def _cell(year: Year, day: date, sheet: Sheet, size: int, fullest: int) -> list[Part]:
    count, off = year.days.get(day, 0), sheet.holidays.get(day, [])
    at = day == sheet.cursor
    if count:
        text = str(count) if count < 10 else "＋" if size > 2 else "+"
        style = f"heat{depth(count, fullest)}"
    elif off:
        text, style = sign(off), "season"
    else:
        text, style = "·" if day.weekday() < 5 else " ", "fact"
    if day == sheet.today:
        style = "heading"
        text = text.replace("·", "•").replace(" ", "•")
    if size == 1:
        return [Part("▌" if at and text == " " else text, "at" if at else style, day)]
    left = size - 1 - cells(text)
    return [
        Part("▌" if at else " ", "when", day),
        Part(text, "at" if at else style, day),
        Part(" " * left, "text", day),
    ]


def depth(count: int, most: int) -> int:
    """1 to 4: how deep a day's colour is among those of its year."""
    return max(1, -(-count * _DEPTHS // most))


def weeks(year: Year, sheet: Sheet, width: int, most: int = 6) -> list[list[Part]]:
    """The weeks without an opening and the fullest ones, with the holiday that is near; each kind in a line or more."""
    words = sheet.words
    lines = []
    free = [_span(span, sheet, counts=False) for span in year.free]
    full = [_span(span, sheet, counts=True) for span in year.full]
    headings = words.gettext("Free weeks").upper(), words.gettext("Full weeks").upper()
    label = max(map(cells, headings)) + 3
    for heading, found in zip(headings, (free, full), strict=True):
        if found:
            lines += _flowed(heading, label, found, width, most)
    return lines


def _flowed(heading: str, label: int, found: list[tuple[str, str, date]], width: int, most: int) -> list[list[Part]]:
    lines = [[Part(f" {heading}".ljust(label), "heading")]]
    left = width - label
    for number, (days, note, first) in enumerate(found):
        text = cells(days) + cells(note) + 3
        if number >= most:
            lines[-1].append(Part(f"+{len(found) - number}", "fact"))
            break
        if text > left and len(lines[-1]) > 1:
            lines.append([Part(" " * label)])
            left = width - label
        lines[-1] += [Part(days, "text", first), Part(fitted(note, left - cells(days)) + "   ", "fact", first)]
        left -= text
    return lines


def _span(span: Span, sheet: Sheet, *, counts: bool) -> tuple[str, str, date]:
    """16–22 Mar, 6 · Nyepi, Idulfitri."""
    near = beside(span, sheet)
    parts = [sheet.words.ngettext("{n} film", "{n} films", span.count)] if counts else []
    note = " · ".join([*parts, *([near] if near else [])])
    return spoken.short_days(span.first, span.last, sheet.words), f" {note}" if note else "", span.first


def beside(span: Span, sheet: Sheet) -> str:
    """The holidays in these weeks; else that of the week behind or before them."""
    words = sheet.words

    def names(first: date, last: date) -> str:
        found = [h for day, off in sheet.holidays.items() if first <= day <= last for h in off if not h.joint]
        return ", ".join(dict.fromkeys(holiday.text(words) for holiday in found[:2]))

    if inside := names(span.first, span.last):
        return inside
    if after := names(shifted(span.last, 1), shifted(span.last, 7)):
        return words.gettext("before {holiday}").format(holiday=after)
    if before := names(shifted(span.first, -7), shifted(span.first, -1)):
        return words.gettext("after {holiday}").format(holiday=before)
    return ""


def text(year: Year, holidays: Iterable[Holiday], today: date, words: Words, width: int,
         first_weekday: int = 0) -> Iterator[str]:  # fmt: skip
    from tui.exports.month import Sheet

    sheet = Sheet(words, today, by_day(holidays), first_weekday)
    yield from plain([title(year, words, width)])
    yield ""
    yield from plain(rows(year, sheet, width))
    if named := weeks(year, sheet, width):
        yield ""
        yield from plain(named)


def json(year: Year, holidays: Iterable[Holiday], words: Words) -> str:
    """year, films, months; days: date, films; free_weeks, full_weeks: first, last, films; holidays as of a month."""
    found: dict[str, Any] = {
        "year": year.year,
        "films": year.count,
        "months": list(year.months),
        "days": [{"date": day, "films": rows} for day, rows in year.days.items()],
    }
    for name, spans in (("free_weeks", year.free), ("full_weeks", year.full)):
        found[name] = [{"first": span.first, "last": span.last, "films": span.count} for span in spans]
    found["holidays"] = records((h for h in holidays if h.day.year == year.year), words)
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()
