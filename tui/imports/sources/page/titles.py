"""Titles without what pages write around them: quotes, a studio, a genre, the rest of a first sentence."""

from __future__ import annotations

import re
from typing import Any

from tui.base.text import clean
from tui.films.terms import GENRES
from tui.imports.sources.page.kinds import facts_of
from tui.imports.sources.values import genre

_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "*": "*", "_": "_"}
_BRACKETS = re.compile(r"(.+\S)\s*[(\[]([^()\[\]]{1,60})[)\]]")
_NOTED = re.compile(r"(.+?\S)\s*\(([^()]{2,60})\)\s+[-–—]\s+(\S.{1,60})")
_APPOSED = re.compile(
    r"(?P<title>[^,]{1,80}?)\s*(?:,|\s[-–—])\s+(?=[a-z]|Film|Sebuah|This|The film|A )"
    r"|(?P<head>[^:]{1,80}?):\s+(?=[a-z]|Film )"
)
_GENERIC = re.compile(
    r"(?:film|movie|horor|horror|indonesia|hollywood|rilis|tayang|baru|new|limited|wide|imax|3d|2d|nasional|lokal"
    r"|[\s/,&]|[0-9]+ ?(?:menit|min))+", re.IGNORECASE
)  # fmt: skip


def _known_genres(text: str) -> tuple[str, ...]:
    found = [genre(part) for part in re.split(r"\s*[/,&|]\s*", text)]
    return tuple(dict.fromkeys(found)) if found and all(one in GENRES for one in found) else ()


_STUDIO = re.compile(r"(.+\S)\s*\(([A-Z0-9][^()]{1,40})\)")


def without_studios(titles: list[str]) -> list[str]:
    """The titles without the brackets that most of them have behind them: a list's studios, where it gives them."""
    found = [_STUDIO.fullmatch(title) for title in titles]
    noted = [match for match in found if match and not re.fullmatch(r"[0-9]{4}", match[2])]
    if len(noted) < 3 or 5 * len(noted) < 3 * len(titles):
        return titles
    return [match[1] if match in noted else title for title, match in zip(titles, found, strict=True)]


def bare_title(text: str, *, prose: bool = False) -> tuple[str, dict[str, Any]]:
    """The title, and the film's fields that stand behind it. Of a sentence, what is in front of it; else empty."""
    title, fields = clean(text).strip(" \t|"), dict[str, Any]()
    if prose:
        match = _APPOSED.match(title)
        title = (match["title"] or match["head"]) if match else ""
        if not title or title.count(" ") > 8 or title[:1].islower():
            return "", {}
    title = title.rstrip(" :;,–—-").rstrip()
    if noted := _NOTED.fullmatch(title):  # Kebun (Studio Pasir) – Drama
        if noted[3].count(" ") < 4 and not noted[2].isdigit():
            title, kinds = noted[1], _known_genres(noted[3])
            fields |= {"genres": kinds} if kinds else {}
    elif (parted := re.fullmatch(r"(.+\S)\s+[-–—|]\s+(\S.*)", title)) and (kinds := _known_genres(parted[2])):
        title, fields["genres"] = parted[1], kinds
    while match := _BRACKETS.fullmatch(title):
        inner = match[2].strip()
        if kinds := _known_genres(inner):
            fields.setdefault("genres", kinds)
        elif facts := facts_of(inner):
            fields = facts | fields
        elif not _GENERIC.fullmatch(inner):
            break
        title = match[1]
    if len(title) > 2 and _QUOTES.get(title[0]) == title[-1]:
        title = title[1:-1].strip()
    elif quoted := re.fullmatch(r"[Ff]ilm\s+[“\"](.+)[”\"]", title):
        title = quoted[1]
    return title.strip(), fields
