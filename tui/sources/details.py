"""What a page says of one film: prose, names, a length, an age class."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tui.catalog.fields import genre
from tui.catalog.film import Credit
from tui.errors import message
from tui.i18n import N_, Words
from tui.sources.lines import LONGEST_LINE, LONGEST_NAME, NOISE, Line, Report, shortened, unmarked
from tui.text import clean, fold

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
            if len(name) <= LONGEST_NAME:
                found.append(mended(name))
            else:
                said = N_("“{value}…” is too long for a name; separate the names with commas")
                report(line.number, message(said, value=shortened(name)))
    return list(dict.fromkeys(found))


def credits_of(lines: list[Line], report: Report) -> tuple[Credit, ...]:
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


_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,2})\s?(?:jam|j|hours?|hrs?|h)\.?)?\s?(?:(?P<minutes>[0-9]{1,3})\s?(?:menit|mnt|minutes?|mins?|m|['′])?\.?)?"
    r"|(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::[0-9]{2})?",
    re.IGNORECASE,
)

_AGE = re.compile(
    r"(?:lsf\s?)?(?:(?P<all>(?:bo[ -]?)?su|bo|semua umur|all ages|g)|(?P<teen>r|remaja)|(?P<adult>d|dewasa)"
    r"|(?:[rd][ -]?)?(?P<age>13|17|21)\s?(?:\+|(?:tahun|years?|thn)?(?: ke atas| and (?:over|up))?)?)(?:\s?\(.*\))?",
    re.IGNORECASE,
)


def runtime_of(text: str) -> int | None:
    """Minutes of “1 jam 58 menit”, “118 menit”, “118”, “1:58”."""
    match = _LENGTH.fullmatch(text.strip()) if len(text) < 40 else None
    if not match:
        return None
    hours, minutes = match["hours"] or match["h"], match["minutes"] or match["m"]
    return int(hours or 0) * 60 + int(minutes or 0) or None


def rating_of(text: str) -> str | None:
    """The censorship board's class of what cinemas print: BO-SU, R13+, D17+, 17 tahun ke atas."""
    match = _AGE.fullmatch(text.strip()) if len(text) < 60 else None
    if not match:
        return None
    return "SU" if match["all"] else "13+" if match["teen"] else "17+" if match["adult"] else f"{match['age']}+"


_MORE_GENRES = {
    "aksi": "action",
    "romantis": "romance",
    "percintaan": "romance",
    "kriminal": "crime",
    "horror": "horror",
}


@cache
def genre_of(name: str) -> str:
    """TMDB's name of a genre written in Indonesian or English, else the text."""
    known = _MORE_GENRES.get(fold(name)) or Words("id").genre_called(name)
    return genre(known)
