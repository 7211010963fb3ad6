"""An article about one film, which its headline names and of which a sentence says when it opens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.text import fold
from tui.films.film import Film, Release
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.page.items import Reading, told_days
from tui.imports.sources.page.kinds import HEADING, PROSE
from tui.imports.sources.page.listing import check_weekday
from tui.imports.sources.page.years import undatable

if TYPE_CHECKING:
    from tui.imports.sources.page.lines import Line

_WORD = r"[A-Z0-9][\w’':.-]*"
_NAME = rf"{_WORD}(?:\s(?:{_WORD}|&|di|dan|yang|dari|ke|untuk|of|the|and|in|a|to|for|with))*"
_QUOTED = r"[“\"‘'](?P<quoted>[^”\"’]{2,80})[”\"’']"
_TITLED = re.compile(
    r"(?:\b(?:[Ff]ilm|[Mm]ovie)(?:\s(?:horor|drama|komedi|laga|aksi|animasi|thriller|terbaru|Indonesia|berjudul|bertajuk"
    r"|layar|lebar|panjang))*|^|\b(?:berjudul|bertajuk|titled))"
    rf"\s?(?:{_QUOTED}|(?P<name>{_NAME}))\s+(?:\((?:19|20)[0-9]{{2}}\)\s+)?(?:sendiri\s|juga\s|ini\s)?"
    r"(?=akan|siap|bakal|dijadwalkan|direncanakan|resmi|mulai|tayang|rilis|dirilis|hadir|menyapa|sudah|dapat|bisa|will\b"
    r"|opens|is\s|hits|arrives|releases|premieres)"
)
_LONGEST = 80


def read(lines: list[Line], headline: str) -> Reading:
    """The film of the article; nothing where its sentences name two, or two days."""
    reading = Reading()
    named = fold(headline) or next((fold(line.text) for line in lines if line.kind in {HEADING, ""}), "")
    heads = [named, *(fold(line.text) for line in lines[:3] if line.kind != PROSE)]
    found: dict[str, tuple[str, int]] = {}
    days = []
    for line in lines:
        if line.kind != PROSE:
            continue
        titles = [
            title
            for match in _TITLED.finditer(line.text[:4000])
            if len(title := (match["quoted"] or match["name"]).strip(" .:,")) <= _LONGEST
            and any(fold(title) in head for head in heads)
        ]
        for title in titles[:1]:
            found.setdefault(fold(title), (title, line.number))
        days += [(day, weight, line.number) for day, weight in told_days(line.text)]
    best = max((weight for _, weight, _ in days), default=0)
    surest = {day.when.date if day.when else day.wrong: (day, number) for day, weight, number in days if weight == best}
    if len(found) != 1 or len(surest) != 1:
        return reading
    ((title, number),), ((day, line_number),) = found.values(), surest.values()
    if day.when is None:
        reading.told.append((line_number, undatable(title, day.wrong)))
        reading.undated = 1
        return reading
    check_weekday(title, day.when, line_number, lambda at, told: reading.told.append((at, told)))
    reading.films.append(Incoming(Film(id="", title=title, releases=(Release(date=day.when.date),)), number))
    return reading
