"""Tables: CSV, TSV and their kin, with headers in Indonesian or English."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from tui.catalog.fields import choice, region
from tui.catalog.film import STATUSES, TYPES, Credit, Film, Release, Synopsis
from tui.errors import Message, Problem, ValueRefusedError, message
from tui.i18n import N_
from tui.sources.incoming import Incoming, SourceError, Taken
from tui.sources.values import genres, lines, listed, minutes, rating, web
from tui.sources.written import parse
from tui.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS = {
    "id": "id",
    "title": "title judul film nama name",
    "original_title": "original_title original_name judul_asli judul_asal",
    "date": "date tanggal tanggal_rilis tanggal_tayang release release_date tayang rilis jadwal",
    "type": "type jenis tipe jenis_rilis release_type",
    "region": "region wilayah negara_rilis",
    "status": "status",
    "source": "source sumber",
    "genres": "genres genre",
    "runtime": "runtime durasi duration menit minutes",
    "rating": "rating klasifikasi klasifikasi_usia certification age_rating",
    "countries": "countries country negara negara_asal",
    "languages": "languages language bahasa",
    "directors": "directors director sutradara",
    "writers": "writers writer penulis penulis_naskah",
    "producers": "producers producer produser",
    "companies": "companies company rumah_produksi studio",
    "distributor": "distributor",
    "cast": "cast pemeran pemain actors",
    "synopsis": "synopsis sinopsis overview",
    "synopsis_id": "synopsis_id sinopsis_id",
    "synopsis_en": "synopsis_en sinopsis_en",
    "links": "links link url tautan",
    "poster": "poster",
    "year": "year tahun",
}
_NAMES = {name: field for field, names in _HEADERS.items() for name in names.split()}

_DELIMITERS = ",;\t|"


def looks_like(start: str) -> bool:
    """Whether a text begins with a header of which two names are known, a title's among them."""
    first = start.partition("\n")[0]
    return any(
        "title" in fields and len(fields) > 1
        for fields in ({_field(name) for name in first.split(mark)} - {None} for mark in _DELIMITERS)
    )


def _field(name: str) -> str | None:
    return _NAMES.get(re.sub(r"[\W_]+", "_", fold(name)).strip("_"))


def read(text: str, name: str) -> Taken:
    """A film for each row; rows of one id are one film's releases. Raises SourceError."""
    text = text.removeprefix("\ufeff")
    first = text.lstrip().partition("\n")[0]
    mark = max(_DELIMITERS, key=lambda mark: sum(_field(part.strip('" ')) is not None for part in first.split(mark)))
    taken = Taken([], [], [])
    header: list[str | None] = []
    known: dict[str, int] = {}
    for line, row in _rows(text, mark, name, taken):
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [_field(cell) for cell in row]
            if "title" not in header:
                raise SourceError(
                    message(N_("{name}: no column for the title; name one “judul” or “title”"), name=name)
                )
            continue
        if len(row) != len(header):
            taken.problems.append(
                Problem(name, line, 1, message(N_("this row has {found} columns where the header has {wanted}"),
                                               found=len(row), wanted=len(header)))
            )  # fmt: skip
        values = {field: cell.strip() for field, cell in zip(header, row, strict=False) if field and cell.strip()}
        found = _film(values, name, line, taken)
        if found is None:
            continue
        id = found.film.id
        if id and id in known:
            taken.films[known[id]] = _joined(taken.films[known[id]], found)
        else:
            if id:
                known[id] = len(taken.films)
            taken.films.append(found)
    if not taken.films and not taken.problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return taken


def _rows(text: str, mark: str, name: str, taken: Taken) -> Iterator[tuple[int, list[str]]]:
    """Each row with its first line."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = message(N_("this row cannot be read ({why})"), why=clean(str(error)))
            taken.problems.append(Problem(name, line, 1, said))
            return
        yield line, row
        line = reader.line_num + 1


def _joined(one: Incoming, other: Incoming) -> Incoming:
    import msgspec

    releases = one.film.releases + other.film.releases
    return msgspec.structs.replace(one, film=msgspec.structs.replace(one.film, releases=releases))


def _film(values: dict[str, str], name: str, line: int, taken: Taken) -> Incoming | None:
    def reject(said: Message) -> None:
        taken.problems.append(Problem(name, line, 1, said))

    title = " ".join(clean(values.get("title", "")).split())
    if not title:
        reject(message(N_("“{name}” is missing; each entry needs it"), name="title"))
        return None
    release: dict[str, str] = {}
    if "date" in values:
        written = parse(values["date"])
        if written is None:
            shown = clean(values["date"])[:40]
            reject(
                message(N_("“{value}” is no date that can be read; write 7 Januari 2026 or 2026-01-07"), value=shown)
            )
            return None
        release["date"] = written.date
        if not written.fits:
            reject(message(N_("“{value}”: that day is another weekday; look at the page again"), value=values["date"]))
    try:
        if "type" in values:
            release["type"] = choice(TYPES)(fold(values["type"]))
        if "status" in values:
            release["status"] = choice(STATUSES)(fold(values["status"]))
        if "region" in values:
            release["region"] = region(values["region"].upper())
    except ValueRefusedError as error:
        reject(error.message)
        return None
    if "source" in values:
        release["source"] = clean(values["source"])
    synopsis = {
        key: lines(values[field])
        for key, field in (("plain", "synopsis"), ("id", "synopsis_id"), ("en", "synopsis_en"))
        if field in values
    }
    film = Film(
        id=clean(values.get("id", "")),
        title=title,
        original_title=clean(values["original_title"]) if "original_title" in values else None,
        releases=(Release(**release),) if release else (),  # type: ignore[arg-type]
        genres=genres(values.get("genres", "")),
        runtime=minutes(values.get("runtime", "")),
        rating=rating(values.get("rating", "")),
        countries=tuple(
            part.upper() for part in listed(values.get("countries", "")) if re.fullmatch("[A-Za-z]{2}", part)
        ),
        languages=tuple(
            part for part in listed(values.get("languages", "")) if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", part)
        ),
        directors=listed(values.get("directors", "")),
        writers=listed(values.get("writers", "")),
        producers=listed(values.get("producers", "")),
        companies=listed(values.get("companies", "")),
        distributor=clean(values["distributor"]) if "distributor" in values else None,
        cast=_cast(values.get("cast", "")),
        synopsis=Synopsis(**synopsis) if synopsis else None,
        links=_links(values.get("links", "")),
        poster=clean(values["poster"]) if "poster" in values else None,
    )
    year = values.get("year", "")
    return Incoming(film=film, line=line, year=int(year) if re.fullmatch(r"(19|20|21)\d\d", year) else None)


def _cast(text: str) -> tuple[Credit, ...]:
    found = []
    for part in listed(text):
        name, _, role = re.sub(r"\s+(?:sebagai|as)\s+|\s*\((?=[^()]+\)$)", "\0", part, count=1).partition("\0")
        found.append(Credit(name=name, role=role.removesuffix(")").strip() or None))
    return tuple(found)


def _links(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in re.split(r"[;\s]+", text):
        name, _, address = part.partition("=") if re.match(r"\w+=https?://", part) else ("", "", part)
        if web(address):
            found[name or ("web" if not found else f"web{len(found) + 1}")] = address
    return found
