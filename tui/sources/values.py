"""Values as pages and tables write them, read leniently: what cannot be read is absent."""

from __future__ import annotations

import re

from tui.catalog.film import RATINGS
from tui.i18n import GENRES, Words
from tui.text import clean, fold

_RATINGS = {
    "SU": "SU BO-SU BOSU G ALL SEMUA SEMUAUMUR U",
    "13+": "13+ R13+ R13 13 PG-13 PG13 R-13 R-13+ REMAJA",
    "17+": "17+ D17+ D17 17 D-17 D-17+ R DEWASA",
    "21+": "21+ D21+ D21 21 D-21 D-21+ NC-17",
}
_RATED = {name: rating for rating, names in _RATINGS.items() for name in names.split()}


def line(text: str) -> str:
    """One clean line."""
    return " ".join(clean(text).split())


def lines(text: str) -> str:
    """Clean, with its paragraphs."""
    return "\n".join(part for part in (line(part) for part in text.splitlines()) if part)


def listed(text: str) -> tuple[str, ...]:
    """What stands between semicolons, or, without any, between commas."""
    parts = (line(part) for part in text.split(";" if ";" in text else ","))
    return tuple(dict.fromkeys(part for part in parts if part))


def genres(text: str) -> tuple[str, ...]:
    """TMDB's names where they are known, in whichever language; others in lower case."""
    return tuple(dict.fromkeys(map(genre, listed(text.replace("/", ",")))))


def genre(name: str) -> str:
    for words in (Words("id"), Words("en")):
        known = words.genre_called(name)
        if known in GENRES:
            return known
    return _SAME.get(fold(name), line(name).lower())


_SAME = {"sci-fi": "science-fiction", "sci fi": "science-fiction", "suspense": "thriller", "romantis": "romance",
         "percintaan": "romance", "aksi": "action", "biografi": "history", "musikal": "music"}  # fmt: skip


def rating(text: str) -> str | None:
    """One of RATINGS, whichever way the classification is printed."""
    wanted = re.sub(r"\s+", "", clean(text)).upper()
    return wanted if wanted in RATINGS else _RATED.get(wanted)


_ISO = re.compile(r"p(?:0d)?t(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:[\d.]+s)?")
_SAID = re.compile(r"(?:(\d{1,2})\s*(?:jam|j|h|hours?|hrs?|:)\s*)?(?:(\d{1,3})\s*(?:menit|mnt|m|mins?|minutes?)?\.?)?")


def minutes(text: str) -> int | None:
    """PT1H58M, 1 jam 58 menit, 1h 58m, 118 menit, 118: whole minutes from 1 to 999."""
    text = fold(text).strip()
    match = _ISO.fullmatch(text) or _SAID.fullmatch(text)
    if match is None:
        return None
    hours, rest = match.groups()
    found = 60 * int(hours or 0) + int(rest or 0)
    return found if 0 < found < 1000 else None


def web(address: str) -> bool:
    """Whether it is an address that filmtui opens."""
    return bool(re.fullmatch(r"https?://[^\s<>\"'\\]{3,2000}", address, re.IGNORECASE)) and clean(address) == address
