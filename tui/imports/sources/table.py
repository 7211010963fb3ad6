"""Tables: CSV, TSV and their kin, with headers in Indonesian or English."""

from __future__ import annotations

import re
from typing import Any

from tui.base.errors import Message, message
from tui.base.spreadsheet import as_written
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_TEXT, STATUSES, TYPES, Credit, Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources.columns import DayOrder, date_and_place, day_order, fields_of, is_film, is_header
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken, completed
from tui.imports.sources.page.years import NO_YEAR, undatable
from tui.imports.sources.rows import QUOTES, header_of, rows_of
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    SYNOPSIS_TOO_LONG,
    UNDATED,
    UNREADABLE_DATE,
    country,
    genre,
    genres,
    line,
    lines,
    links,
    listed,
    minutes,
    rating,
    status_of,
    tongue,
    type_of,
    web,
    year_of,
)
from tui.imports.sources.written import parse, yearless

_LISTS = ("genres", "countries", "languages", "directors", "writers", "producers", "companies")

_OWN = {"id", "title", "original_title", "date", "type", "region", "status", "source", *_LISTS, "runtime", "rating",
        "distributor", "cast", "synopsis_id", "synopsis_en"}  # fmt: skip
"""What filmtui writes itself: there the lists are parted by “; ” and nothing else, and an id is a catalog's."""

_MOST = 100_000
"""Rows."""


def read(text: str, name: str, year: int | None = None) -> Taken:
    """A film for each row; rows of one id are one film's releases. Raises SourceError.

    `year` is that of dates without one.
    """
    text = text.removeprefix("\ufeff")
    mark, first, _ = header_of(text)
    table = _TableReader(name, year)
    for count, (number, row) in enumerate(rows_of(text, mark, first, table.report)):
        if count > _MOST:
            table.report(number, message(N_("more than {count} rows; the rest was left out"), count=_MOST))
            break
        table.add(number, row)
    table.end()
    problems = table.report.reported()
    if not table.films and not problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return Taken(table.films, [], problems)


class _TableReader:
    """One table: its header, then its rows; perhaps another header, and rows of that."""

    def __init__(self, name: str, year: int | None) -> None:
        self.report = Problems(name)
        self.header: list[str | None] = []
        self.films: list[Incoming] = []
        self._name = name
        self._year = year
        self._own = False
        self._rows: list[tuple[int, dict[str, str]]] = []
        self._order = DayOrder()
        self._others = self._other = 0  # rows that are no films, and the first of them
        self._known: dict[str, int] = {}

    def add(self, number: int, row: list[str]) -> None:
        """Raises SourceError for a header without a title's column."""
        while row and not row[-1].strip() and (len(row) > len(self.header) or not self.header):
            row.pop()  # spreadsheets write columns that were once in use
        if not row or not any(cell.strip() for cell in row):
            return
        if not self.header:
            self.header = fields_of(row)
            if "title" not in self.header:
                raise SourceError(
                    message(N_("{name}: no column for the title; name one “judul” or “title”"), name=self._name)
                )
            self._own = set(self.header) == _OWN
            self._about_list = "tags" in map(fold, row)
            return
        if is_header(row):
            if self._about_list and len(self._rows) < 2:
                self._rows.clear()  # Letterboxd's lists: a table of the list itself stands above that of its films
            self.end()
            self.header = []
            self.add(number, row)
            return
        if len(row) != len(self.header):
            text = N_("this row has {found} columns where the header has {wanted}")
            self.report(number, message(text, found=len(row), wanted=len(self.header)))
        values: dict[str, str] = {}
        for field, cell in zip(self.header, row, strict=False):
            if field and (text := as_written(cell).strip()):
                values.setdefault(field, text)
        self._rows.append((number, values))

    def end(self) -> None:
        """The rows of the header are complete: what their dates mean can be seen from all of them."""
        dates = [date_and_place(values["date"])[0] for _, values in self._rows if "date" in values]
        self._order = day_order(dates)
        if not self._order.sure:
            number = next(number for number, values in self._rows if "date" in values)
            text = N_(
                "nothing shows whether {value} begins with the day or the month; {meant} was used: check the dates"
            )
            shown = next(value for value in dates if self._order.rewritten(value) != value)
            self.report(number, message(text, value=clean(shown[:40]), meant=self._order.rewritten(shown)[:10]))
        for number, values in self._rows:
            self._take(number, values)
        self._rows.clear()
        if self._others:
            text = N_("{count} rows are no films, such as this one, and were left out")
            self.report(self._other, message(text, count=self._others))
            self._others = 0

    def _take(self, number: int, values: dict[str, str]) -> None:
        kind = is_film(values.get("type", ""))
        if kind is not None:
            values.pop("type")
        if kind is False:
            self._other = number if not self._others else self._other
            self._others += 1
        elif found := self._film(values, number):
            id = found.film.id
            if id and id in self._known:
                place = self._known[id]
                before = self.films[place]
                self.films[place] = completed(before, found, before.film.releases + found.film.releases)
            else:
                if id:
                    self._known[id] = len(self.films)
                self.films.append(found)

    def _film(self, values: dict[str, str], number: int) -> Incoming | None:
        title = line(values.get("title", ""))
        if "\n" in values.get("title", ""):
            self.report(number, message(QUOTES))
            return None
        if not title:
            self.report(number, message(N_("“{name}” is missing; each entry needs it"), name="title"))
            return None
        release = self._release(values, number)
        if release is None:
            return None
        synopsis = {}
        for key, field in (("plain", "synopsis"), ("id", "synopsis_id"), ("en", "synopsis_en")):
            text = values.get(field, "")
            if about := lines(text):
                synopsis[key] = about
            elif text:
                self.report(number, message(SYNOPSIS_TOO_LONG, count=LONGEST_TEXT))
        lists = {field: values.get(field, "") for field in _LISTS}
        film = Film(
            id=self._id(values.get("id", "")),
            title=title,
            original_title=line(values.get("original_title", "")) or None,
            releases=(release,) if release != Release() else (),
            genres=self._genres(lists["genres"]),
            runtime=self._value(values, "runtime", number),
            rating=self._value(values, "rating", number),
            countries=self._codes("countries", lists["countries"], number),
            languages=self._codes("languages", lists["languages"], number),
            directors=self._parts(lists["directors"]),
            writers=self._parts(lists["writers"]),
            producers=self._parts(lists["producers"]),
            companies=self._parts(lists["companies"]),
            distributor=line(values.get("distributor", "")) or None,
            cast=self._cast(values.get("cast", "")),
            synopsis=Prose(**synopsis) if synopsis else None,
            links=self._links(values.get("links", ""), number),
        )
        return Incoming(film=film, line=number, year=year_of(values.get("year", "")))

    def _id(self, text: str) -> str:
        """A catalog's; other tables number their rows, or have the ids of other places."""
        known = re.fullmatch(r"[a-z0-9-]{1,200}", text)
        return text if known and (self._own or re.search("[a-z]", text)) else ""

    def _release(self, values: dict[str, str], number: int) -> Release | None:
        """None, and reported, if it cannot be read: a film on a wrong day is worse than none."""
        read: dict[str, Any] = {}
        if "date" in values and fold(values["date"]) not in UNDATED:
            text, place = date_and_place(values["date"])
            if place and country(place):
                values.setdefault("region", place)
            text = self._order.rewritten(text)
            written = parse(text) or parse(re.sub(r"[T ]\d\d?[:.]\d\d\S*$", "", text))
            if written is None and (lacking := yearless(text)) and len(lacking) == 1:
                if self._year is None:
                    self.report(number, undatable(line(values["title"]), f"{clean(text[:40])} {NO_YEAR}"))
                    return None
                written = parse(f"{text}{',' if lacking[0].american else ''} {self._year}")
            if written is None:
                self.report(number, message(UNREADABLE_DATE, value=clean(values["date"][:40])))
                return None
            if not written.fits:
                wrong = N_("“{value}”: that day is another weekday; look at the page again")
                self.report(number, message(wrong, value=clean(text[:40])))
            read["date"] = written.date
        for field, read_one in (("type", type_of), ("status", status_of), ("region", country)):
            if field in values:
                known = read_one(values[field])
                if known is None:
                    self.report(number, _unknown(field, values[field]))
                    return None
                read[field] = known
        if source := line(values.get("source", "")):
            read["source"] = source
        return Release(**read)

    def _value(self, values: dict[str, str], field: str, number: int) -> Any:
        """The runtime or rating; None, and reported, if it cannot be read."""
        text = values.get(field, "")
        if field == "rating" and re.fullmatch(r"(?:10|[0-9])(?:[.,][0-9]+)?(?:/10?)?", text):
            return None  # stars, not an age
        if field == "rating":
            found: int | str | None = rating(text)
        else:
            found = int(text) if self._own and re.fullmatch(r"[1-9][0-9]{0,3}", text) else minutes(text)
        if text and found is None:
            shown = clean(text[:40])
            self.report(
                number,
                message(NO_LENGTH if field == "runtime" else NO_CLASS, value=shown),
            )
        return found

    def _parts(self, text: str) -> tuple[str, ...]:
        return listed(text.replace("; ", "\0"), "\0") if self._own else listed(text)

    def _codes(self, field: str, text: str, number: int) -> tuple[str, ...]:
        found = []
        for part in self._parts(text):
            code = country(part) if field == "countries" else tongue(part)
            if code is None:
                self.report(number, _unknown(field, part))
            else:
                found.append(code)
        return tuple(dict.fromkeys(found))

    def _genres(self, text: str) -> tuple[str, ...]:
        if not self._own:
            return genres(text)
        return tuple(known if (known := genre(part)) in GENRES else part for part in self._parts(text))

    def _cast(self, text: str) -> tuple[Credit, ...]:
        mark = r"\s+as\s+" if self._own else r"\s+(?:sebagai|as)\s+|\s+(?=\([^()]+\)$)"
        found: dict[str, Credit] = {}
        for part in self._parts(text):
            name, *role = re.split(mark, part, maxsplit=1)
            played = role[0] if role else ""
            if not self._own and played.startswith("(") and played.endswith(")"):
                played = played[1:-1]
            if name:
                found.setdefault(f"{name}\0{played}", Credit(name=name, role=played.strip() or None))
        return tuple(found.values())

    def _links(self, text: str, number: int) -> dict[str, str]:
        named: dict[str, str] = {}
        others: list[str] = []
        for part in filter(None, re.split(r"[;,]?\s+|;", text)[:99]):
            name, mark, address = part.partition("=") if re.match(r"\w{1,40}=https?:", part) else ("", "", part)
            if not web(address):
                wrong = N_("“{value}” is not a web address; begin it with https://")
                self.report(number, message(wrong, value=clean(address[:60])))
            elif mark:
                named[name] = address
            else:
                others.append(address)
        return links(others) | named


def _unknown(field: str, text: str) -> Message:
    shown = clean(text[:40])
    if field == "languages":
        return message(N_("“{value}” is not a language; write its code, such as id or en"), value=shown)
    if field in {"region", "countries"}:
        return message(N_("“{value}” is not a country; write its two letters, such as ID or US"), value=shown)
    choices = TYPES if field == "type" else STATUSES
    return message(N_("“{value}” is not one of {choices}"), value=shown, choices=", ".join(choices))
