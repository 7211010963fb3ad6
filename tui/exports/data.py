"""For programs: JSON and CSV. Field names and their order are stable."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.films.film import Film
    from tui.index.query import Row

_encode = msgspec.json.Encoder().encode


def record(row: Row, film: Film) -> dict[str, Any]:
    """id, title, date (or None), type, region, status; then what else is known, in the catalog's order."""
    known = msgspec.to_builtins(film)
    for name in ("id", "title", "releases"):
        known.pop(name, None)
    return {
        "id": film.id,
        "title": film.title,
        "date": str(row.when) or None,
        "type": row.type,
        "region": row.region,
        "status": row.status,
        **_of_release(film, row.ordinal),
        **known,
    }


def _of_release(film: Film, ordinal: int) -> dict[str, Any]:
    release: dict[str, Any] = msgspec.to_builtins(film.rows[ordinal])
    return {name: release[name] for name in ("source", "note", "history") if name in release}


def json(entries: Iterable[tuple[Row, Film]]) -> Iterator[str]:
    """An array of `record`s, one on a line."""
    before = None
    yield "["
    for row, film in entries:
        if before is not None:
            yield before + ","
        before = _encode(record(row, film)).decode()
    if before is not None:
        yield before
    yield "]"


def film_json(film: Film) -> str:
    """The film as the catalog has it; its releases with all that `record` says of one."""
    known = msgspec.to_builtins(film)
    if film.releases:
        known["releases"] = [
            {
                "date": release.date,
                "type": release.type,
                "region": release.region,
                "status": release.status,
                **_of_release(film, ordinal),
            }
            for ordinal, release in enumerate(film.releases)
        ]
    return msgspec.json.format(_encode(known), indent=2).decode()


_LISTS = ("genres", "countries", "languages", "directors", "writers", "producers", "companies")
_COLUMNS = (
    "id", "title", "original_title", "date", "type", "region", "status", "source", "genres", "runtime", "rating",
    "countries", "languages", "directors", "writers", "producers", "companies", "distributor", "cast",
    "synopsis_id", "synopsis_en",
)  # fmt: skip


def csv(entries: Iterable[tuple[Row, Film]]) -> Iterator[str]:
    """A header and a line per row, quoted as RFC 4180 has it; lists are joined with "; "."""
    from csv import DictWriter

    line = io.StringIO()
    writer = DictWriter(line, _COLUMNS, restval="", extrasaction="ignore", lineterminator="")

    def written(values: dict[str, Any] | None) -> str:
        line.seek(0)
        line.truncate()
        if values is None:
            writer.writeheader()
        else:
            writer.writerow({name: _unformula(value) for name, value in values.items()})
        return line.getvalue()

    yield written(None)
    for row, film in entries:
        values = record(row, film)
        for name in _LISTS:
            if name in values:
                values[name] = "; ".join(values[name])
        values["cast"] = "; ".join(f"{c.name} as {c.role}" if c.role else c.name for c in film.cast)
        if film.synopsis:
            values["synopsis_id"] = film.synopsis.id or film.synopsis.plain or ""
            values["synopsis_en"] = film.synopsis.en or ""
        yield written(values)


def _unformula(value: object) -> object:
    """A spreadsheet runs text that begins like a formula: an apostrophe keeps it text (OWASP)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
