"""Tables: CSV, TSV and their kin, with headers in Indonesian or English."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tui.base.errors import message
from tui.base.spreadsheet import as_written
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Release
from tui.imports.sources.cells import OWN_COLUMNS, Cells
from tui.imports.sources.columns import fields_of, is_film, is_header
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken, completed
from tui.imports.sources.page.years import NO_YEAR, Stated, undatable
from tui.imports.sources.rows import QUOTES, header_of, rows_of
from tui.imports.sources.table_dates import DateCell, TableDates, date_and_place, heading
from tui.imports.sources.values import UNDATED, UNREADABLE_DATE, country, line, year_of
from tui.imports.sources.written import parse

_MOST = 100_000
"""Rows."""


def read(text: str, name: str, year: int | None = None) -> Taken:
    """A film for each row; rows of one id are one film's releases. Raises SourceError.

    `year` is that of dates without one.
    """
    text = text.removeprefix("\ufeff")
    mark, first, _ = header_of(text)
    table = _TableReader(name, year)
    for above in text[: 1 << 16].splitlines()[:first]:
        table.head(above)
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


class _TableRow(msgspec.Struct, frozen=True):
    line: int
    values: dict[str, str]
    above: Stated | None
    """What the nearest heading says of years."""

    @property
    def date(self) -> DateCell:
        return DateCell(
            self.line, date_and_place(self.values.get("date", ""))[0], year_of(self.values.get("year", "")), self.above
        )


class _TableReader:
    """One table: its header, then its rows; perhaps another header, and rows of that."""

    def __init__(self, name: str, year: int | None) -> None:
        self.report = Problems(name)
        self.header: list[str | None] = []
        self.films: list[Incoming] = []
        self._name = name
        self._year = year
        self._cells = Cells(self.report)
        self._rows: list[_TableRow] = []
        self._above: Stated | None = None
        self._others = self._other = 0  # rows that are no films, and the first of them
        self._known: dict[str, int] = {}

    def head(self, text: str) -> None:
        """A line above the header: it may say of which year the table is."""
        self._above = heading(text.strip(' ,;|\t"')) or self._above

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
            self._cells.own = set(self.header) == OWN_COLUMNS
            self._about_list = "tags" in map(fold, row)
            return
        if is_header(row):
            if self._about_list and len(self._rows) < 2:
                self._rows.clear()  # Letterboxd's lists: a table of the list itself stands above that of its films
            self.end()
            self.header = []
            self.add(number, row)
            return
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 < len(self.header) and (above := heading(filled[0])):
            self._above = above  # Februari 2026, between the films
            return
        if len(row) != len(self.header):
            text = N_("this row has {found} columns where the header has {wanted}")
            self.report(number, message(text, found=len(row), wanted=len(self.header)))
        values: dict[str, str] = {}
        for field, cell in zip(self.header, row, strict=False):
            if field and (text := as_written(cell).strip()):
                values.setdefault(field, text)
        self._rows.append(_TableRow(number, values, self._above))

    def end(self) -> None:
        """The rows of the header are complete: what their dates mean can be seen from all of them."""
        self._dates = TableDates([row.date for row in self._rows if "date" in row.values], self._name, self._year)
        for number, told in self._dates.told:
            self.report(number, told)
        for row in self._rows:
            self._take(row)
        self._rows.clear()
        if self._others:
            text = N_("{count} rows are no films, such as this one, and were left out")
            self.report(self._other, message(text, count=self._others))
            self._others = 0

    def _take(self, row: _TableRow) -> None:
        kind = is_film(row.values.get("type", ""))
        if kind is not None:
            row.values.pop("type")
        if kind is False:
            self._other = row.line if not self._others else self._other
            self._others += 1
        elif found := self._film(row):
            id = found.film.id
            if id and id in self._known:
                place = self._known[id]
                before = self.films[place]
                self.films[place] = completed(before, found, before.film.releases + found.film.releases)
            else:
                if id:
                    self._known[id] = len(self.films)
                self.films.append(found)

    def _film(self, row: _TableRow) -> Incoming | None:
        values, number = row.values, row.line
        title = line(values.get("title", ""))
        if "\n" in values.get("title", ""):
            self.report(number, message(QUOTES))
            return None
        if not title:
            self.report(number, message(N_("“{name}” is missing; each entry needs it"), name="title"))
            return None
        release = self._release(row)
        if release is None:
            return None
        film = self._cells.film(values, number, title, release)
        return Incoming(film=film, line=number, year=year_of(values.get("year", "")))

    def _release(self, row: _TableRow) -> Release | None:
        """None, and reported, if it cannot be read: a film on a wrong day is worse than none."""
        values, number = row.values, row.line
        dated: dict[str, Any] = {}
        if "date" in values and fold(values["date"]) not in UNDATED:
            _, place = date_and_place(values["date"])
            if place and country(place):
                values.setdefault("region", place)
            text = self._dates.read(row.date)
            written = parse(text) or parse(re.sub(r"[T ]\d\d?[:.]\d\d\S*$", "", text))
            if written is None and text.endswith(NO_YEAR):
                self.report(number, undatable(line(values["title"]), clean(text[:40])))
                return None
            if written is None:
                self.report(number, message(UNREADABLE_DATE, value=clean(values["date"][:40])))
                return None
            if not written.fits:
                wrong = N_("“{value}”: that day is another weekday; look at the page again")
                self.report(number, message(wrong, value=clean(text[:40])))
            dated["date"] = written.date
        placed = self._cells.placed(values, number)
        return None if placed is None else Release(**dated, **placed)
