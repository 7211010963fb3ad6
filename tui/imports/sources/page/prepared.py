"""The lines of a page made ready: without markup and what is not about films, each with its kind, dates with years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.imports.sources import written
from tui.imports.sources.page.dated import holds_day, is_day, moved
from tui.imports.sources.page.kinds import (
    BYLINE,
    HEADING,
    NOISE_LINE,
    PLAIN,
    PROSE,
    is_headline,
    is_prose,
    kind_of_line,
)
from tui.imports.sources.page.lines import LONGEST_LINE, Line, labelled, whole_yearless
from tui.imports.sources.page.years import with_years

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Problems


class Outline(msgspec.Struct, frozen=True):
    """What saved HTML tells beside its text."""

    title: str = ""
    """The page's."""
    film: str = ""
    """The title as a film's, should the page be about one."""
    levels: dict[int, int] = {}
    """The levels of headings, from 1, by their lines."""


_END_MARK = re.compile(r"\s*\(?\*{2,3}\)?$")
"""Behind the last line of an article."""
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*_]+?)(?<=\S)\1")
_TITLE_AND_PROSE = re.compile(r"(?P<title>\S.{0,78}\S)(?:\s+[–—-]+\s+|\s?[:.]\s+)(?P<prose>\S.{20,})")


def prepared(lines: list[Line], outline: Outline, year: int | None, report: Problems) -> list[Line]:
    """The lines that say something of films. `year` is that of dates of which the page says none."""
    levels = outline.levels
    first = next((at for at, line in enumerate(lines) if levels.get(line.number) == 1), 0)
    if list(levels.values()).count(1) == 1 and not any(holds_day(line.text) for line in lines[:first]):
        lines = lines[first:]  # below the site's menu
    lines = [_unmarked(line, levels.get(line.number, 0)) for line in lines]
    kinds: list[str] = []
    top = True
    for line in lines:
        kinds.append(kind_of_line(line.text, top=top))
        top = top and not (kinds[-1] == PLAIN and holds_day(line.text))
    for at, line in enumerate(lines[:-1]):  # “Film Kebun Tayang 8 Januari 2026” above an article is no list's line
        if (
            kinds[at] == PLAIN
            and (line.level == 1 or (at == 0 and kinds[1] in {PROSE, BYLINE}))
            and is_headline(line.text)
        ):
            kinds[at] = HEADING
    if (byline := _byline(lines, kinds)) is not None:
        kinds[byline] = BYLINE
    dated = with_years(lines, kinds, outline.title, year, report)
    return _parted(
        [
            msgspec.structs.replace(line, text=_END_MARK.sub("", moved(line.text)))
            for line in dated
            if line.kind not in {NOISE_LINE, BYLINE}
        ]
    )


def _unmarked(line: Line, level: int) -> Line:
    """Without Markdown's signs; its headings are those of HTML."""
    text = line.text
    if hashes := _HASHES.match(text):
        text, level = text[hashes.end() :], level or len(hashes[1])
    if ("*" in text or "_" in text) and len(text) <= LONGEST_LINE:
        text = _EMPHASIS.sub(r"\2", text)
    return msgspec.structs.replace(line, text=text.strip(), level=level)


def _byline(lines: list[Line], kinds: list[str]) -> int | None:
    """The first day of the page, where it is that of the page: another day or running text stands right below it."""
    for at, line in enumerate(lines[:6]):
        if kinds[at] == PLAIN and holds_day(line.text):
            if not is_day(line.text) or at + 1 == len(lines) or any(kind == PLAIN for kind in kinds[:at]):
                return None
            below = kinds[at + 1] in {PROSE, HEADING} or whole_yearless(lines[at + 1].text)
            return at if below and any(one.exact for one in written.find(line.text)) else None
    return None


def _parted(lines: list[Line]) -> list[Line]:
    """Lines that are a title and what it is about are two each, where the page has several: Kebun – Seorang penjaga."""
    parts = {at: match for at, line in enumerate(lines) if (match := _title_and_prose(line))}
    if len(parts) < 2:
        return lines
    made: list[Line] = []
    for at, line in enumerate(lines):
        if match := parts.get(at):
            made.append(msgspec.structs.replace(line, text=match["title"], kind=PLAIN))
            made.append(msgspec.structs.replace(line, text=match["prose"], kind=PROSE, apart=False))
        else:
            made.append(line)
    return made


def _title_and_prose(line: Line) -> re.Match[str] | None:
    if line.kind != PROSE or len(line.text) > LONGEST_LINE or labelled(line.text):
        return None
    match = _TITLE_AND_PROSE.fullmatch(line.text)
    if not match or is_prose(match["title"]):
        return None
    words = re.findall(r"[^\W_]+", match["title"])
    small = sum(word[:1].islower() for word in words)
    return (
        match
        if len(words) <= 8 and 3 * small <= len(words) and re.search(r"[–—-]", line.text[: match.start("prose")])
        else None
    )
