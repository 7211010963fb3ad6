"""Where films come from: a page's text, saved HTML, ICS, CSV. Each module reads one of them into Taken."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.base.errors import message
from tui.base.text import clean
from tui.base.words import N_
from tui.imports.sources.incoming import SourceError

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Taken

SOURCE_KINDS = ("page", "html", "ics", "csv")

LONGEST = 20 << 20
"""Bytes. Saved pages have some hundred kilobytes."""

_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite format 3", b"\x7fELF",
          b"{\\rtf", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")  # fmt: skip


def read(data: bytes, name: str, kind: str | None = None, year: int | None = None) -> Taken:
    """What the source holds; `name` is how it is called in problems, `kind` one of SOURCE_KINDS. Raises SourceError.

    `year` is that of dates that are written without one, where the source names none.
    """
    name = clean(name)
    if len(data) > LONGEST:
        raise SourceError(
            message(N_("{name}: more than {size} MB; save the film page alone"), name=name, size=LONGEST >> 20)
        )
    text = _decoded(data, name)
    match kind or recognise(text, name):
        case "html":
            from tui.imports.sources.html import saved

            return saved.read(text, name, year)
        case "ics":
            from tui.imports.sources import ics

            return ics.read(text, name)
        case "csv":
            from tui.imports.sources import table

            return table.read(text, name, year)
        case _:
            from tui.imports.sources.page import page

            return page.read(text, name, year)


_ICS = re.compile(r"BEGIN:\s?(?:VCALENDAR|VEVENT)\b", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\b|!--|\?xml\b|(?:html|head|body|title|meta|link|base|script|style|main|header|nav|div|article|"
    r"section|h[1-6]|p|ul|ol|dl|table|span|a)[\s/>])",
    re.IGNORECASE,
)
_LINKED = re.compile(r"<script[^>]{1,200}application/ld\+json", re.IGNORECASE)
_SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".ics": "ics", ".ical": "ics", ".ifb": "ics",
             ".csv": "csv", ".tsv": "csv"}  # fmt: skip


def recognise(text: str, name: str) -> str:
    """One of SOURCE_KINDS, by the content first and then by the name."""
    start = text[: 1 << 16].lstrip("\ufeff \t\r\n")
    if _ICS.match(start):
        return "ics"
    if _HTML.match(start) or _LINKED.search(start):
        return "html"
    from tui.imports.sources.rows import looks_like

    if looks_like(start):
        return "csv"
    return _SUFFIXES.get(PurePath(name.lower()).suffix, "page")


def _decoded(data: bytes, name: str) -> str:
    """As text: UTF-8, UTF-16 or, where it is neither, cp1252 or what it looks like most. Raises SourceError."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SourceError(message(N_("{name}: empty; copy the page's text into it"), name=name))
    if data.startswith(_MAGIC):
        raise _no_text(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if (wide := _wide(data)) is not None:
        return data.decode(wide, errors="replace")
    if b"\x00" in data:
        raise _no_text(name)
    text: str | None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    if text is None or sum(not c.isprintable() and not c.isspace() for c in text[:4096]) * 20 > len(text[:4096]):
        raise _no_text(name)
    return text


def _guessed(data: bytes) -> str | None:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    # of a piece: it tries dozens of encodings, on 20 MB for minutes
    best = from_bytes(data[: 1 << 15]).best()
    return data.decode(best.encoding, errors="replace") if best else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of what is mostly Latin is zero."""
    head = data[:2048]
    half = len(head) // 2
    if half < 2:
        return None
    if head[1::2].count(0) > 0.8 * half and not head[::2].count(0):
        return "utf-16-le"
    if head[::2].count(0) > 0.8 * half and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _no_text(name: str) -> SourceError:
    return SourceError(message(N_("{name}: no text; save the page as text or as HTML"), name=name))
