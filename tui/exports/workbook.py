"""A workbook (XLSX): a row for each release, with real dates, for people who sort and filter."""

from __future__ import annotations

import datetime as dt
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.base.extras import extra
from tui.exports.links import first_link
from tui.films import spoken
from tui.films.facts import FILM, RELEASE, Shape, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.base.words import Words
    from tui.exports.listing import Listing
    from tui.films.facts import Fact
    from tui.films.film import Film, Release
    from tui.index.query import Row

_ROWS = 1_048_575
"""Of a sheet, below its header: Excel has no more. Further ones go into another sheet."""
_FIRST_YEAR = 1900
"""Of the dates that Excel knows."""
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (not the day of writing, so that equal listings give equal bytes)
_DATE_FORMATS = {"id": "[$-421]dddd, d mmmm yyyy", "en": "[$-809]dddd, d mmmm yyyy"}
"""A day in the words of the language, whatever Excel's own is."""
_WIDTHS = {"date": 25, "title": 36, "original_title": 28, "synopsis": 60, "runtime": 9, "rating": 9, "cast": 40}
"""In characters; of other columns _WIDTH."""
_WIDTH = 18
_PIECE = 1 << 16


class _Column(NamedTuple):
    name: str
    label: str
    value: Callable[[Film, Release], Any]
    """A date, a number or a text."""


def workbook(listing: Listing) -> Iterator[bytes]:
    """The workbook's bytes. The rows are in a temporary file until all are known. Raises ExtraMissingError, OSError."""
    xlsxwriter = extra("xlsxwriter", "xlsx")
    words = listing.words
    with TemporaryFile() as stream:
        book = xlsxwriter.Workbook(
            stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"created": _CREATED, "title": words.gettext("Film releases")})
        sheet = _Sheets(book, words)
        for row, film in listing.entries():
            sheet.add(row, film)
        sheet.end()
        book.close()
        stream.seek(0)
        yield from iter(partial(stream.read, _PIECE), b"")


class _Sheets:
    """The sheets of a workbook, one behind the other: with constant memory a row is on the disk once it is written."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book, self._words = book, words
        self._columns = list(_columns(words))
        self._date = book.add_format({"num_format": _DATE_FORMATS[words.language], "align": "left", "valign": "top"})
        self._text = book.add_format({"valign": "top"})
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._count = self._at = 0
        self._begin()

    def _begin(self) -> None:
        self._count += 1
        self._at = 0
        name = self._words.gettext("Schedule")
        self._sheet = self._book.add_worksheet(name if self._count == 1 else f"{name} {self._count}")
        self._sheet.freeze_panes(1, 2)
        for number, column in enumerate(self._columns):
            self._sheet.set_column(number, number, _WIDTHS.get(column.name, _WIDTH))
            self._sheet.write_string(0, number, column.label, self._head)

    def add(self, row: Row, film: Film) -> None:
        if self._at == _ROWS:
            self.end()
            self._begin()
        self._at += 1
        release = film.rows[row.ordinal]
        for number, column in enumerate(self._columns):
            value = column.value(film, release)
            if isinstance(value, dt.date):
                self._sheet.write_datetime(self._at, number, value, self._date)
            elif isinstance(value, int):
                self._sheet.write_number(self._at, number, value, self._text)
            elif value:
                self._sheet.write_string(self._at, number, value, self._text)

    def end(self) -> None:
        """The rows of the sheet are complete."""
        self._sheet.autofilter(0, 0, self._at, len(self._columns) - 1)


def _columns(words: Words) -> Iterator[_Column]:
    """The day and the title, what the release is, then what the catalog knows of the film."""
    shown = {fact.name: fact for fact in (*FILM, *RELEASE) if fact.label and fact.shown is not Shown.NOWHERE}
    for name in dict.fromkeys(("date", "title", "status", "type", "region", *shown)):
        fact = shown[name]
        of_release = fact in RELEASE
        label = words.gettext(fact.label)
        if fact.shape is Shape.LINKS:
            yield _Column(name, words.gettext("Link"), lambda film, _: first_link(film))
        elif name == "date":
            yield _Column(name, label, lambda _, release: _when(release, words))
        elif fact.shape not in {Shape.RELEASES, Shape.HISTORY}:
            yield _Column(name, label, partial(_value, fact, words, of_release=of_release))


def _value(fact: Fact, words: Words, film: Film, release: Release, *, of_release: bool) -> int | str:
    value = getattr(release if of_release else film, fact.name)
    if value is None or isinstance(value, int):
        return "" if value is None else value
    if fact.shape is Shape.PROSE:
        return str(value.best(words.language))
    if fact.shape is Shape.CAST:
        return ", ".join(f"{one.name} ({one.role})" if one.role else one.name for one in value)
    return fact.words(value, words)


def _when(release: Release, words: Words) -> dt.date | str:
    day = release.when.exact
    return day if day and day.year >= _FIRST_YEAR else spoken.full(release.when, words)
