"""Where each page of a site is: relative paths, with slashes, that every file system takes."""

from __future__ import annotations

import re
from hashlib import sha256

from tui.films.dates import UNDATED, from_key

FRONT, GENRES, CHANGES = "index.html", "genres.html", "changes.html"
FEED, CALENDAR = "changes.xml", "calendar.ics"
STYLE, ICON, SITEMAP = "style.css", "icon.svg", "sitemap.xml"
DATA = "data/index.json"

_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows takes for devices, whatever their suffix."""
_LONGEST = 80


def film(id: str) -> str:
    return f"films/{_file(id)}.html"


def film_data(id: str) -> str:
    return f"data/films/{_file(id)}.json"


def month(period: int) -> str:
    """Of a period, see `dates.period_of`: months/2026-01.html, months/2026-q1.html, months/undated.html."""
    return f"months/{period_name(period)}.html"


def month_data(period: int) -> str:
    return f"data/months/{period_name(period)}.json"


def genre(name: str) -> str:
    return f"genres/{_file(name)}.html"


def genre_calendar(name: str) -> str:
    return f"genres/{_file(name)}.ics"


def period_name(period: int) -> str:
    return "undated" if period == UNDATED else str(from_key(period)).lower()


def _file(name: str) -> str:
    """A file's name for this one. Another name never has the same: what cannot stay makes room for a digest of it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name[: 4 * _LONGEST].lower()).strip("-")[:_LONGEST]
    kept = re.fullmatch(r"[a-z0-9-]+", name) and len(name) <= 200
    if kept and not _RESERVED.fullmatch(name):
        return name
    return f"{plain or 'x'}_{sha256(name.encode('utf-8', errors='surrogatepass')).hexdigest()[:12]}"


def between(here: str, there: str) -> str:
    """The address of one page on another: ../films/greenland.html."""
    return "../" * here.count("/") + there
