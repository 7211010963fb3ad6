"""For programs: JSON, JSON Lines and CSV. Field names and their order are stable."""

from __future__ import annotations

import io
from itertools import repeat
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.spreadsheet import harmless
from tui.films.facts import FILM, RELEASE

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
    return {"id": film.id, "title": film.title, **_release(film, row.ordinal), **known}


def _release(film: Film, ordinal: int) -> dict[str, Any]:
    """Date (or None), type, region, status; then what else is known of the release."""
    release = film.rows[ordinal]
    always = {name: getattr(release, name) for name in ("date", "type", "region", "status")}
    known: dict[str, Any] = msgspec.to_builtins(release)
    return always | known


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


def jsonl(entries: Iterable[tuple[Row, Film]]) -> Iterator[str]:
    """A `record` on each line, without anything around them."""
    for row, film in entries:
        yield _encode(record(row, film)).decode()


def film_json(film: Film) -> str:
    """The film as the catalog has it; its releases with all that `record` says of one."""
    known = msgspec.to_builtins(film)
    if film.releases:
        known["releases"] = [_release(film, ordinal) for ordinal in range(len(film.releases))]
    return msgspec.json.format(_encode(known), indent=2).decode()


def _cells(film: Film | None, ordinal: int = 0) -> dict[str, str]:
    """A row of the calendar as the columns of a CSV file; without a film their names, which are stable."""
    found: dict[str, str] = {}
    for fact in FILM:
        parts = ((fact, film),) if fact.name != "releases" else zip(RELEASE, repeat(film and film.rows[ordinal]))
        for part, holder in parts:
            if part.columns:
                found |= part.columns(part.name, (holder and getattr(holder, part.name)) or "")
    return found


def csv(entries: Iterable[tuple[Row, Film]], *, excel: bool = False) -> Iterator[str]:
    """A header and a line per row, quoted as RFC 4180 has it; lists are joined with "; ".

    `excel`: as Excel opens it by a double click in Indonesia, where a comma is a decimal sign: parted by semicolons,
    with a byte order mark, without which it takes UTF-8 for Windows-1252, and with the line ends of Windows.
    """
    from csv import writer as csv_writer

    line = io.StringIO()
    writer = csv_writer(line, delimiter=";" if excel else ",", lineterminator="\r" if excel else "")

    def written(cells: Iterable[str]) -> str:
        line.seek(0)
        line.truncate()
        writer.writerow(cells)
        return line.getvalue()

    yield ("\ufeff" if excel else "") + written(_cells(None))
    for row, film in entries:
        cells = _cells(film, row.ordinal)
        yield written(
            value if name == "date" and film.rows[row.ordinal].when.exact else harmless(value, excel=excel)
            for name, value in cells.items()
        )
