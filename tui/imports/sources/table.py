"""Tables: CSV, TSV and their kin, with headers in Indonesian or English."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import Message, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_TEXT, STATUSES, TYPES, Credit, Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources.incoming import Incoming, SourceError, Taken
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    Problems,
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
from tui.imports.sources.written import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS = {
    "id": "id",
    "title": "title judul film nama name judul_film film_title movie movie_title",
    "original_title": "original_title original_name judul_asli judul_asal",
    "date": "date tanggal tanggal_rilis tanggal_tayang tgl tgl_rilis tgl_tayang release release_date tayang rilis "
    "jadwal jadwal_tayang",
    "type": "type jenis tipe jenis_rilis release_type",
    "region": "region wilayah negara_rilis",
    "status": "status",
    "source": "source sumber",
    "genres": "genres genre",
    "runtime": "runtime durasi duration menit minutes length",
    "rating": "rating klasifikasi klasifikasi_usia certification age_rating usia",
    "countries": "countries country negara negara_asal",
    "languages": "languages language bahasa",
    "directors": "directors director sutradara",
    "writers": "writers writer penulis penulis_naskah penulis_skenario",
    "producers": "producers producer produser",
    "companies": "companies company rumah_produksi studio",
    "distributor": "distributor",
    "cast": "cast pemeran pemain actors",
    "synopsis": "synopsis sinopsis overview",
    "synopsis_id": "synopsis_id sinopsis_id",
    "synopsis_en": "synopsis_en sinopsis_en",
    "links": "links link url tautan",
    "year": "year tahun",
}
_NAMES = {name: field for field, names in _HEADERS.items() for name in names.split()}
_LISTS = ("genres", "countries", "languages", "directors", "writers", "producers", "companies")

_OWN = {"id", "title", "original_title", "date", "type", "region", "status", "source", *_LISTS, "runtime", "rating",
        "distributor", "cast", "synopsis_id", "synopsis_en"}  # fmt: skip
"""What filmtui writes itself: there the lists are parted by “; ” and nothing else, and an id is a catalog's."""

_DELIMITERS = ",;\t|"
_SEARCHED = 10
"""Lines in which the header is looked for: sheets have a heading above it."""
_MOST = 100_000
"""Rows."""
_MENDED = 50
"""Rows behind which is read again; each took up to 131,072 characters, the longest cell that csv reads."""
_QUOTES = N_("this row cannot be read; look at its quotes")
_UNDATED = {"-", "–", "—", "?", "tba", "tbd", "n/a", "belum ada tanggal", "no date yet", "segera", "coming soon"}


def looks_like(start: str) -> bool:
    """Whether a text begins with a header of which two names are known, a title's among them, and a row like it.

    A page can begin with its menu (Film | Jadwal | Genre), but hardly goes on so.
    """
    rows = [row for row in _LINE_END.split(start, 5) if row.strip() and not row.startswith("sep=")]
    mark, first, known = _header("\n".join(rows[:1]))
    return first == 0 and known > 1 and mark != "|" and (len(rows) < 2 or mark in rows[1])


_LINE_END = re.compile(r"\r\n|\n|\r")


def _header(text: str) -> tuple[str, int, int]:
    """The delimiter, the header's line from 0, and how many of its names are known."""
    best = (",", 0, 0)
    for number, row in enumerate(_LINE_END.split(text[: 1 << 16], _SEARCHED)[:_SEARCHED]):
        for mark in _DELIMITERS:
            fields = {_field(name) for name in row.split(mark)} - {None}
            if "title" in fields and len(fields) > best[2]:
                best = (mark, number, len(fields))
    return best


def _field(name: str) -> str | None:
    return _NAMES.get(re.sub(r"[\W_]+", "_", fold(name)).strip("_")) if len(name) < 80 else None


def read(text: str, name: str) -> Taken:
    """A film for each row; rows of one id are one film's releases. Raises SourceError."""
    text = text.removeprefix("\ufeff")
    mark, first, _ = _header(text)
    table = _Table(name)
    for count, (number, row) in enumerate(_rows(text, mark, first, table)):
        if count > _MOST:
            table.report(number, message(N_("more than {count} rows; the rest was left out"), count=_MOST))
            break
        table.add(number, row)
    problems = table.report.reported()
    if not table.films and not problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return Taken(table.films, [], problems)


def _rows(text: str, mark: str, first: int, table: _Table) -> Iterator[tuple[int, list[str]]]:
    """Each row from the header on, with its first line.

    A quote that is never closed swallows the rows behind it: that row is left out, and those are read.
    """
    source = list(io.StringIO(text, newline=""))
    at, mended = first, 0
    while at < len(source):
        reader = csv.reader(source[at:], delimiter=mark)
        start = at
        while at < len(source):
            try:
                row = next(reader, None)
            except csv.Error:
                row = None
            end = start + reader.line_num
            odd = end - at > 1 and sum(part.count('"') for part in source[at:end]) % 2 == 1
            if row is not None and not (odd and mended < _MENDED):
                yield at + 1, row
                at = end
                continue
            if end == at:
                return
            table.report(at + 1, message(_QUOTES))
            if mended < _MENDED:
                mended += 1
                at += 1
                break
            at = end


class _Table:
    def __init__(self, name: str) -> None:
        self.report = Problems(name)
        self.header: list[str | None] = []
        self.films: list[Incoming] = []
        self._name = name
        self._own = False
        self._known: dict[str, int] = {}

    def add(self, number: int, row: list[str]) -> None:
        """Raises SourceError for a header without a title's column."""
        while row and not row[-1].strip() and (len(row) > len(self.header) or not self.header):
            row.pop()  # spreadsheets write columns that were once in use
        if not row or not any(cell.strip() for cell in row):
            return
        if not self.header:
            self.header = [_field(cell) for cell in row]
            if "title" not in self.header:
                raise SourceError(
                    message(N_("{name}: no column for the title; name one “judul” or “title”"), name=self._name)
                )
            self._own = set(self.header) == _OWN
            return
        if len(row) != len(self.header):
            text = N_("this row has {found} columns where the header has {wanted}")
            self.report(number, message(text, found=len(row), wanted=len(self.header)))
        values: dict[str, str] = {}
        for field, cell in zip(self.header, row, strict=False):
            if field and (text := _plain(cell)):
                values.setdefault(field, text)
        if found := self._film(values, number):
            id = found.film.id
            if id and id in self._known:
                place = self._known[id]
                self.films[place] = _joined(self.films[place], found)
            else:
                if id:
                    self._known[id] = len(self.films)
                self.films.append(found)

    def _film(self, values: dict[str, str], number: int) -> Incoming | None:
        title = line(values.get("title", ""))
        if "\n" in values.get("title", ""):
            self.report(number, message(_QUOTES))
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
                long = N_("the synopsis was left out: it is longer than {count} characters; shorten it")
                self.report(number, message(long, count=LONGEST_TEXT))
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
        if "date" in values and fold(values["date"]) not in _UNDATED:
            text = values["date"]
            written = parse(text) or parse(re.sub(r"[T ]\d\d?[:.]\d\d\S*$", "", text))
            if written is None:
                unread = N_("“{value}” is no date that can be read; write 7 Januari 2026 or 2026-01-07")
                self.report(number, message(unread, value=clean(text[:40])))
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


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking it for a formula, as exports write it."""
    text = cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell
    return text.strip()


def _unknown(field: str, text: str) -> Message:
    shown = clean(text[:40])
    if field == "languages":
        return message(N_("“{value}” is not a language; write its code, such as id or en"), value=shown)
    if field in {"region", "countries"}:
        return message(N_("“{value}” is not a country; write its two letters, such as ID or US"), value=shown)
    choices = TYPES if field == "type" else STATUSES
    return message(N_("“{value}” is not one of {choices}"), value=shown, choices=", ".join(choices))


def _joined(one: Incoming, other: Incoming) -> Incoming:
    releases = one.film.releases + other.film.releases
    return msgspec.structs.replace(one, film=msgspec.structs.replace(one.film, releases=releases))
