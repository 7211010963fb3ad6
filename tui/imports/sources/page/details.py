"""What a page says of one film in prose and in names; single values are read by values.py."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Credit
from tui.imports.sources.page.lines import LONGEST_LINE, LONGEST_PERSON, NOISE, Line, shortened, unmarked

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Report

_SENTENCE_END = tuple(".!?…:;\"'”’»)]")
_BROKEN = re.compile(r"(?<=[^\W\d_])- (?!(?:dan|atau|and|or|to|hingga|sampai)\b)(?=[^\W\d_])")


def mended(text: str) -> str:
    """Kelly- Anne, whose line ended at the hyphen, is Kelly-Anne; “pra- dan pascaproduksi” stays."""
    return _BROKEN.sub("-", text)


def paragraphs_of(lines: list[Line]) -> str:
    """Running text, a paragraph a line. Lines broken in mid-sentence at a fixed width are joined again."""
    texts = [clean(line.text) for line in lines]
    wrapped = max(map(len, texts), default=0) <= 120 and any(
        not line.apart and not before.endswith(_SENTENCE_END) for before, line in zip(texts, lines[1:], strict=False)
    )
    paragraphs: list[str] = []
    for line, text in zip(lines, texts, strict=True):
        broken = bool(paragraphs) and paragraphs[-1][-2:-1].isalpha() and paragraphs[-1].endswith("-")
        if paragraphs and not line.apart and (wrapped or broken):
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
    return "\n".join(map(mended, paragraphs))


_BETWEEN_NAMES = re.compile(r"[,;•·|\t]|\s/\s")
_BRACKETED = re.compile(r"\([^()]*\)")
_AND = re.compile(r"\s+(?:dan|and|serta|&)\s+")
_AS = re.compile(r"\s+(?:as|sebagai)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<name>.+?)(?:\s+(?:as|sebagai|[-–—]|\.{2,}|…)\s+)(?P<role>.+)|(?P<n>.+?)\s*\((?P<r>[^()]+)\)", re.IGNORECASE
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def seen(lines: list[Line]) -> list[Line]:
    """The lines without a list's bullets and numbers."""
    plain, ordinal = [], 1
    for line in lines:
        text, ordinal = unmarked(line.text, ordinal)
        plain.append(msgspec.structs.replace(line, text=text))
    return plain


def _pieces(text: str) -> list[str]:
    """What commas part, but for those in brackets: Ana (kakak, dokter), Budi."""
    inside = [match.span() for match in _BRACKETED.finditer(text)]
    pieces, since = [], 0
    for match in _BETWEEN_NAMES.finditer(text):
        while inside and inside[0][1] <= match.start():
            del inside[0]
        if not inside or match.start() < inside[0][0]:
            pieces.append(text[since : match.start()])
            since = match.end()
    return [piece for piece in map(clean, (*pieces, text[since:])) if piece]


def names_of(lines: list[Line], report: Report) -> list[str]:
    """People or companies: one a line, or parted by commas, the last by “dan”."""
    found: list[str] = []
    for line in lines:
        if fold(line.text) in NOISE:
            continue
        names: list[str] = []
        for piece in _pieces(line.text) if len(line.text) <= LONGEST_LINE else [line.text]:
            if names and piece.lower() in _SUFFIXES:
                names[-1] += f", {piece}"
            elif len(_AS.findall(piece)) > 1 or (names and not _AS.search(piece)):
                names += [part for part in _AND.split(f" {piece}") if part.strip()]
            else:
                names.append(re.sub(r"^(?:dan|and|serta|&)\s+", "", piece) if names else piece)
        for name in map(clean, names):
            if len(name) <= LONGEST_PERSON:
                found.append(mended(name))
            else:
                text = N_("“{value}…” is too long for a name; separate the names with commas")
                report(line.number, message(text, value=shortened(name)))
    return list(dict.fromkeys(found))


def credits_of(lines: list[Line], report: Report) -> tuple[Credit, ...]:
    """People and their roles: Ana sebagai Ibu, Budi (Ayah), or a row of two cells."""
    credits = []
    for line in lines:
        cells = line.text.split("\t")  # a table of two columns: name and role
        one = " sebagai ".join(cells) if len(cells) == 2 and not _BETWEEN_NAMES.search(cells[0]) else line.text
        for name in names_of([msgspec.structs.replace(line, text=one)], report):
            match = _ROLE.fullmatch(name)
            credits.append(
                Credit(name=match["name"] or match["n"], role=match["role"] or match["r"])
                if match
                else Credit(name=name)
            )
    return tuple(dict.fromkeys(credits))
