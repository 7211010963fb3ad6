"""The formats that a listing is written in, a row for each: commands, the export sheet, help and completion walk it.

What a format needs is imported when it writes: the command line reads this table at each start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.base.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tui.exports.listing import Listing


class Written(NamedTuple):
    """What a format that writes a folder has done: how many files are new or changed, as they were, taken away."""

    written: int
    kept: int = 0
    removed: int = 0


class Format(NamedTuple):
    """One format. It has `chunks` where it makes one file, `folder` where it makes many."""

    name: str
    """As `--format` takes it."""
    label: str
    """Message id."""
    suffix: str
    """Of a file's name, without the dot; empty for a folder."""
    mime: str
    chunks: Callable[[Listing], Iterator[bytes]] | None
    """The bytes of a listing, piece by piece."""
    folder: Callable[[Listing, Path], Written] | None = None
    """Writes a listing into a folder, which is made where it is not there. Raises OSError."""
    binary: bool = False
    """Whether it is nothing for a terminal."""
    heeds: tuple[str, ...] = ()
    """The names of those `Options` that it heeds."""


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines as UTF-8, a line feed behind each."""
    return (line.encode("utf-8", errors="replace") + b"\n" for line in lines)


def _lines(of: Callable[[Listing], Iterable[str]]) -> Callable[[Listing], Iterator[bytes]]:
    """A format of lines."""

    def chunks(listing: Listing) -> Iterator[bytes]:
        return encoded(of(listing))

    return chunks


def _text(listing: Listing) -> Iterable[str]:
    from tui.exports.text import text

    return text(listing.rows(), listing.months, listing.words)


def _markdown(listing: Listing) -> Iterable[str]:
    from tui.exports.text import markdown

    return markdown(listing.entries(), listing.words)


def _json(listing: Listing) -> Iterable[str]:
    from tui.exports.data import json

    return json(listing.credited())


def _csv(listing: Listing) -> Iterable[str]:
    from tui.exports.data import csv

    return csv(listing.credited(), excel=listing.options.excel)


def _jsonl(listing: Listing) -> Iterable[str]:
    from tui.exports.data import jsonl

    return jsonl(listing.credited())


def _whatsapp(listing: Listing) -> Iterable[str]:
    from tui.exports.chat import whatsapp

    return whatsapp(listing.entries(), listing.words, listing.library.week_start)


def _html(listing: Listing) -> Iterator[bytes]:
    from tui.exports.html import html

    return html(listing)


def _xlsx(listing: Listing) -> Iterator[bytes]:
    from tui.exports.workbook import workbook

    return workbook(listing)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _ics(listing: Listing) -> Iterator[bytes]:
    from tui.exports.ics import chunks

    return chunks(listing)


def _vdir(listing: Listing, folder: Path) -> Written:
    from tui.exports.vdir import write

    return write(listing, folder)


def _site(listing: Listing, folder: Path) -> Written:
    from tui.exports.site.site import save_site

    return save_site(listing, folder)


_EVENTS = ("partial", "alarm", "calendar_name")

FORMATS = {
    form.name: form
    for form in (
        Format("text", N_("Text"), "txt", "text/plain", _lines(_text)),
        Format("whatsapp", N_("Message for WhatsApp"), "txt", "text/plain", _lines(_whatsapp)),
        Format("markdown", N_("Markdown"), "md", "text/markdown", _lines(_markdown)),
        Format("html", N_("Web page, also to print"), "html", "text/html", _html),
        Format("ics", N_("Calendar (ICS), for phones"), "ics", "text/calendar", _ics,
               heeds=(*_EVENTS, "source_url")),
        Format("vdir", N_("Calendar as a folder, for khal and vdirsyncer"), "", "inode/directory", None, _vdir,
               heeds=_EVENTS),
        Format("site", N_("Site: a folder of pages and feeds"), "", "inode/directory", None, _site,
               heeds=(*_EVENTS, "source_url")),
        Format("csv", N_("Table (CSV)"), "csv", "text/csv", _lines(_csv), heeds=("excel",)),
        Format("xlsx", N_("Workbook (XLSX)"), "xlsx", _XLSX, _xlsx, binary=True),
        Format("json", N_("JSON, for programs"), "json", "application/json", _lines(_json)),
        Format("jsonl", N_("JSON, a line for each release"), "jsonl", "application/jsonl", _lines(_jsonl)),
    )
}  # fmt: skip
"""By name."""
