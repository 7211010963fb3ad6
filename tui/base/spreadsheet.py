"""Texts in a table that a spreadsheet may open: an apostrophe keeps it from making something else of them."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""A text that begins so may be run (OWASP, CSV injection); Japanese versions take the wide signs too."""
_MONTH = r"(?:jan|feb|apr|ma[ry]|mei|jun|jul|a[gu]u|ags|sep|o[kc]t|nov|de[cs])[a-z]*"
_MADE_OTHERWISE = re.compile(
    rf"(?!0$|[1-9][0-9]{{0,14}}$)[0-9.,:/%()e\s-]*[0-9][0-9.,:/%()e\s-]*"  # 007, 12:30, 9/11, 2026-01; not 1917
    rf"|[0-9]{{1,4}}[\s./-]?{_MONTH}(?:[\s./-]?[0-9]{{1,4}})?|{_MONTH}[\s./,-]*[0-9]{{1,4}}(?:[\s,]+[0-9]{{4}})?"
    r"|true|false|benar|salah",
    re.IGNORECASE | re.ASCII,
)
"""What Excel makes a date, a time, a number or a truth value of when it opens a CSV file, in either language."""


_LONGEST = 40
"""Characters of a text that can be one of these; of longer ones the pattern would cost their square."""


def harmless(text: str, *, excel: bool = False) -> str:
    """The text as a cell that no spreadsheet runs, and for `excel` one that it does not make something else of.

    It begins with an apostrophe where that is needed; `as_written` takes it off again, and only that one.
    """
    bare = text.lstrip("'")
    return f"'{text}" if _runs(bare) or ((excel or bare != text) and _becomes(bare)) else text


def as_written(cell: str) -> str:
    """The text of a cell, without the apostrophe that `harmless` put in front of it."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and (_runs(bare) or _becomes(bare)) else cell


def _runs(bare: str) -> bool:
    return _FORMULA.match(bare) is not None


def _becomes(bare: str) -> bool:
    return len(bare) <= _LONGEST and _MADE_OTHERWISE.fullmatch(bare) is not None
