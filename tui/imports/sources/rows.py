"""Tables as rows: the delimiter, the header's place and, behind a quote that is never closed, the rows all the same."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tui.base.errors import message
from tui.base.words import N_
from tui.imports.sources.labels import column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.imports.sources.incoming import Problems

_DELIMITERS = ",;\t|"
_SEARCHED = 10
"""Lines in which the header is looked for: sheets have a heading above it."""
_MENDED = 50
"""Rows behind which is read again; each took up to 131,072 characters, the longest cell that csv reads."""
QUOTES = N_("this row cannot be read; look at its quotes")


def looks_like(start: str) -> bool:
    """Whether a text begins with a header of which two names are known, a title's among them, and a row like it.

    A page can begin with its menu (Film | Jadwal | Genre), but hardly goes on so.
    """
    rows = [row for row in _LINE_END.split(start, 5) if row.strip() and not row.startswith("sep=")]
    mark, first, known = header_of("\n".join(rows[:1]))
    return first == 0 and known > 1 and mark != "|" and (len(rows) < 2 or mark in rows[1])


_LINE_END = re.compile(r"\r\n|\n|\r")


def header_of(text: str) -> tuple[str, int, int]:
    """The delimiter, the header's line from 0, and how many of its names are known."""
    best = (",", 0, 0)
    for number, row in enumerate(_LINE_END.split(text[: 1 << 16], _SEARCHED)[:_SEARCHED]):
        for mark in _DELIMITERS:
            fields = {column(name) for name in row.split(mark)} - {None}
            if "title" in fields and len(fields) > best[2]:
                best = (mark, number, len(fields))
    return best


def rows_of(text: str, mark: str, first: int, report: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each row from the header on, which is the `first` line from 0, with the number of its first line from 1.

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
            report(at + 1, message(QUOTES))
            if mended < _MENDED:
                mended += 1
                at += 1
                break
            at = end
