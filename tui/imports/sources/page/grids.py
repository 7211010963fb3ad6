"""Tables in a text, their cells parted by pipes or tabs, below a line that names the columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.base.errors import Message, message
from tui.base.text import clean, fold
from tui.films.film import LONGEST_NAME, Film, Release
from tui.films.terms import GENRES
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.labels import column
from tui.imports.sources.page.dated import day_of, is_day, year_behind
from tui.imports.sources.page.items import Reading
from tui.imports.sources.page.lines import RULE, Line, shortened
from tui.imports.sources.page.listing import NO_DATE, check_weekday
from tui.imports.sources.page.titles import bare_title
from tui.imports.sources.page.years import undatable
from tui.imports.sources.values import UNDATED, UNREADABLE_DATE, genres, minutes, rating

if TYPE_CHECKING:
    from collections.abc import Callable


def _cells(text: str) -> list[str]:
    """The cells of a row, also the empty ones between pipes."""
    if "\t" in text:
        return [clean(cell) for cell in text.split("\t")]
    return [clean(cell.strip(" *_")) for cell in text.strip().strip("|").split("|")] if "|" in text else []


def _header(text: str) -> list[str | None]:
    """The fields of the columns; empty where the line names none for a title and a date."""
    if len(text) > LONGEST_NAME:
        return []
    fields = [column(cell) for cell in _cells(text)]
    return fields if {"title", "date"}.issubset(fields) else []


def read(lines: list[Line]) -> tuple[Reading, list[Line]]:
    """The films of all tables with a header; and the lines that stand in none."""
    reading, rest = Reading(), list[Line]()
    fields: list[str | None] = []
    for line in lines:
        if header := _header(line.text):
            fields = header
        elif fields and (RULE.fullmatch(line.text) and "|" in line.text):
            continue
        elif fields and len(cells := _cells(line.text)) > 1:
            _row(fields, cells, line, reading)
        else:
            fields = []
            rest.append(line)
    return reading, rest


def _row(fields: list[str | None], cells: list[str], line: Line, reading: Reading) -> None:
    report: Callable[[int, Message], None] = lambda number, told: reading.told.append((number, told))  # noqa: E731
    values: dict[str, str] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and cell:
            values.setdefault(field, cell)
    if len(cells) < len(fields) and not is_day(values.get("date", "")):  # a tab's empty cell was lost
        days = [at for at, cell in enumerate(cells) if is_day(cell)]
        if len(days) != 1 or fields[0] not in {"title", "date"}:
            values.pop("date", None)
        else:
            values = {"title": cells[1 if days[0] == 0 else 0], "date": cells[days[0]]}
    title, more = bare_title(values.get("title", ""))
    if not title or len(title) > LONGEST_NAME:
        return
    text = values.get("date", "")
    if not text:
        report(line.number, message(NO_DATE, title=shortened(title)))
        reading.undated += 1
        return
    releases: tuple[Release, ...] = ()
    if fold(text) not in UNDATED:
        dated = day_of(text)
        if dated is None or dated.when is None:
            told = undatable(title, dated.wrong) if dated else message(UNREADABLE_DATE, value=shortened(text))
            report(line.number, told)
            reading.undated += 1
            return
        check_weekday(title, dated.when, line.number, report)
        releases = (Release(date=dated.when.date, status=dated.status),)
    film = Film(id="", title=title, releases=releases, **(more | _facts(values)))
    reading.films.append(Incoming(film, line.number, year_behind(title)))


def _facts(values: dict[str, str]) -> dict[str, Any]:
    """What the other columns say, where it is surely that: notes stand beside genres."""
    known = tuple(one for one in genres(re.split(r"\.\s", values.get("genres", ""))[0]) if one in GENRES)
    found = {
        "genres": known,
        "runtime": minutes(values.get("runtime", "")),
        "rating": rating(values.get("rating", "")),
        "companies": tuple(part for part in re.split(r"\s*[/,;]\s*", values.get("companies", "")) if part),
        "directors": tuple(part for part in re.split(r"\s*[,;]\s*|\s+&\s+", values.get("directors", "")) if part),
    }
    return {name: value for name, value in found.items() if value}
