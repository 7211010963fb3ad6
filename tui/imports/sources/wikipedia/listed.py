"""A yearly list of films in Wikipedia -> films: columns known by their heads, months and days wherever they stand."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec

from tui.base.errors import message
from tui.base.text import fold
from tui.base.words import N_
from tui.films.film import Credit, Film, Prose, Release
from tui.imports.sources.html.document import Document
from tui.imports.sources.incoming import Incoming, Problems, Taken
from tui.imports.sources.labels import column
from tui.imports.sources.values import genres, line, listed, rating, web
from tui.imports.sources.wikipedia.grid import Cell, grid
from tui.imports.sources.written import month_of, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADS = {
    "tayang": "date", "tanggal tayang": "date", "opening": "date", "bulan": "date", "hari": "date",
    "produksi": "companies",
    "studio": "companies", "perusahaan": "companies", "ph": "companies", "sensor": "rating", "usia": "rating",
    "penonton": "audience", "jumlah penonton": "audience", "admissions": "audience", "pendapatan": "audience",
    "gross": "audience", "peringkat": "rank", "rank": "rank", "pos": "rank",
}  # fmt: skip
"""What stands above a column in these lists, beside what tables call it elsewhere."""
_SUFFIX = re.compile(r"\s*\((?:film(?:\s+\d{4})?|\d{4}(?:\s+film)?|film\s+indonesia)\)$", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})(?:\s*[-–/]\s*\d{1,2})?", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})\s*([^\W\d_]{3,})", re.ASCII)
_NO_DAY = N_("“{title}”: the {day}th is no day of that month; the month is kept")
_TWICE = Prose(
    id="Daftar di Wikipedia memuat film ini dengan dua tanggal.",
    en="The list in Wikipedia has this film with two dates.",
)
_FIELDS = {"directors", "cast", "genres", "companies", "distributor", "rating"}


def read(text: str, name: str, year: int, base: str, source: str) -> Taken:
    """The films of one year's page. `base` is its address, `source` what is said of each date.

    Raises SourceError for a page that would take more than seconds.
    """
    report = Problems(name)
    found: dict[str, Incoming] = {}
    for table in Document(text, name).tree.css("table"):
        for incoming in _films(grid(table), year, base, source, report):
            key = fold(incoming.film.title)
            found[key] = both(found[key], incoming) if key in found else incoming
    return Taken(list(found.values()), [], report.reported())


def both(one: Incoming, other: Incoming) -> Incoming:
    """A film that is listed twice: with both dates where they differ, as nobody can say which is right."""
    releases = one.film.releases
    known = [release for release in releases if release.when.holds(other.film.releases[0].when)]
    narrower = [release for release in releases if other.film.releases[0].when.holds(release.when)]
    if narrower:
        return one
    if known:
        releases = tuple(other.film.releases[0] if release in known else release for release in releases)
    else:
        doubtful = (*releases, *other.film.releases)
        releases = tuple(msgspec.structs.replace(r, status="tentative", note=_TWICE) for r in doubtful)
    return Incoming(msgspec.structs.replace(one.film, releases=releases), one.line, one.year)


def _films(rows: list[list[Cell]], year: int, base: str, source: str, report: Problems) -> Iterator[Incoming]:
    heads, first = _heads(rows)
    known = {field for field in heads if field}
    if "title" not in known or "date" not in known or {"rank", "audience"} <= known:  # what was seen most
        return
    for number, row in enumerate(rows[first:], first + 1):
        cells: dict[str, list[Cell]] = {}
        for field, cell in zip(heads, row, strict=False):
            if field and cell not in cells.setdefault(field, []):
                cells[field].append(cell)
        title = cells.get("title", [Cell("", "", header=True)])[0]
        called = _SUFFIX.sub("", line(title.text.replace("\n", " "))).strip("“”\"'* ")
        spanned = len(row) > 1 and all(cell is row[0] for cell in row)  # a heading across the whole table
        if spanned or not any(map(str.isalnum, called)) or column(called) == "title":
            continue
        when, day = _when([cell.text for cell in cells["date"]], year)
        if day:
            report(number, message(_NO_DAY, title=called, day=day))
        status = "confirmed" if len(when) == 10 else "tentative"
        release = Release(date=when, status=status, source=source)
        yield Incoming(_film(called, title, cells, release, base), number, year)


def _film(called: str, title: Cell, cells: dict[str, list[Cell]], release: Release, base: str) -> Film:
    texts = {field: "\n".join(cell.text for cell in found) for field, found in cells.items() if field in _FIELDS}
    address = urljoin(base, title.address) if title.address.startswith(("/wiki/", "./", "http")) else ""
    return Film(
        id="",
        title=called,
        releases=(release,),
        countries=("ID",),
        directors=_names(texts.get("directors", "")),
        cast=tuple(Credit(name=name) for name in _names(texts.get("cast", ""))),
        genres=genres(texts.get("genres", "")),
        companies=_names(texts.get("companies", "")),
        distributor=", ".join(_names(texts.get("distributor", ""))) or None,
        rating=rating(texts.get("rating", "")),
        links={"wikipedia": address} if web(address) else {},
    )


def _names(text: str) -> tuple[str, ...]:
    """What stands below each other or behind commas; a hyphen for nothing is no name."""
    found = [name.strip("–—-•·*: ") for part in text.split("\n") for name in listed(part, ";,")]
    return tuple(dict.fromkeys(name for name in found if any(c.isalpha() for c in name)))


def _heads(rows: list[list[Cell]]) -> tuple[list[str | None], int]:
    """The field of each column, and the number of the first row that is no head."""
    first = 0
    for row in rows:
        if not row or not all(cell.header for cell in row):
            break
        first += 1
    if not first and rows and sum(_field([cell.text]) is not None for cell in rows[0]) > 1:
        first = 1  # heads that are only bold
    width = max((len(row) for row in rows[:first]), default=0)
    heads = [_field(row[at].text for row in rows[:first] if at < len(row)) for at in range(width)]
    return heads, first


def _field(texts: Iterable[str]) -> str | None:
    for text in reversed(list(texts)):
        name = " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())
        if field := _HEADS.get(name) or column(name):
            return field
    return None


def _when(texts: list[str], year: int) -> tuple[str, int]:
    """The date out of what its columns say: of the year at least; and a day that the month does not have, else 0."""
    month = day = None
    for text in texts:
        whole = parse(text.replace("\n", " "))
        if whole is not None and (whole.exact or "Q" in whole.date):
            return whole.date, 0
        joined = re.sub(r"[\W_]+", "", text)  # J A N U A R I, one letter below the other
        name = re.sub(r"\d{4}$", "", joined)
        if (both := _DAY_MONTH.fullmatch(text.strip())) and month_of(both[2]):
            day, month = int(both[1]), month_of(both[2])
        elif month_of(name):
            month = month_of(name)
        elif only := _DAY.fullmatch(text.strip()):
            day = int(only[1])
    if month is None:
        return f"{year:04}", 0
    if day is None:
        return f"{year:04}-{month:02}", 0
    try:
        return date(year, month, day).isoformat(), 0
    except ValueError:
        return f"{year:04}-{month:02}", day
