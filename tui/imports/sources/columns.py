"""What the columns of a table are: the fields that its header names, and whether a row is a film's at all."""

from __future__ import annotations

import re

from tui.base.text import fold
from tui.imports.sources.labels import column

_WATCHED = re.compile(r"letterboxd uri|watched date|rewatch|your rating|date rated|date added|tags")
"""Columns of a diary or a watchlist: there a column called Date is the day of watching, rating or adding."""
_VAGUE = frozenset({"date", "tanggal", "tgl"})
_MEANT_SO = re.compile(r"release|rilis|tayang|opening|premiere")


def fields_of(row: list[str]) -> list[str | None]:
    """The field of each column; a date that is not that of a release is none."""
    fields = [column(cell) for cell in row]
    names = [re.sub(r"[\W_]+", " ", fold(cell)).strip() for cell in row]
    diary = any(_WATCHED.fullmatch(name) for name in names)
    released = any(field == "date" and _MEANT_SO.search(name) for field, name in zip(fields, names, strict=True))
    return [
        None if field == "date" and name in _VAGUE and (diary or released) else field
        for field, name in zip(fields, names, strict=True)
    ]


def is_header(row: list[str]) -> bool:
    """Whether a row within the table is a header: its cells are names of columns, a title's among them."""
    filled = [cell for cell in row if cell.strip()]
    fields = {column(cell) for cell in filled} - {None}
    return "title" in fields and len(fields) > 1 and 2 * len(fields) >= len(filled)


_FILMS = frozenset(
    {"movie", "movies", "film", "films", "feature", "feature film", "tvmovie", "tv movie", "short", "documentary"}
)
_OTHERS = re.compile(
    r"(?:tv|web)[\s-]?(?:show|series|mini[\s-]?series|episode|special|short)s?|shows?|series|serial|serial tv|episodes?"
    r""
    r"|(?:video)?\s?games?|gim|permainan|anime(?: series)?"
    r"|podcast(?: series| episode)?|music video|video|musik|music|books?|buku|concerts?"
)


def is_film(kind: str) -> bool | None:
    """Whether a row of this kind (Movie, TV Show, videoGame) is a film; None where the word says nothing of it."""
    wording = " ".join(re.sub(r"[_]", " ", fold(kind)).split())
    if wording in _FILMS:
        return True
    return False if _OTHERS.fullmatch(wording) else None
