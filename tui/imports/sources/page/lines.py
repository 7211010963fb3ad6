"""The lines of a page's text, and the labels that part them."""

from __future__ import annotations

import re

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_TEXT
from tui.imports.sources import written
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.labels import LABELS, names_of

MOST_LINES = 40_000
"""A page beyond these is none: nobody copies a book, and this keeps the time to seconds."""
LONGEST_LINE = 2_000
"""A line beyond this is prose: neither a label, a title nor a name is looked for in it."""
LONGEST_PERSON = 100
"""Characters of a name that is no title."""


def too_long(name: str) -> SourceError:
    return SourceError(
        message(N_("{name}: too long for a film page; keep the part with the film and its list"), name=name)
    )


class Line(msgspec.Struct, frozen=True):
    """A line of the page that says something."""

    number: int
    """As an editor counts, from 1."""
    text: str
    """Clean, but for tabs between the cells of a table's row."""
    apart: bool = False
    """Whether there is an empty line in front."""
    kind: str = ""
    """What it is, as kinds.py says."""
    level: int = 0
    """Of a heading in saved HTML, from 1; 0 for all else."""


_WRITTEN_LINE = re.compile(r"([\r\n]*)([^\r\n]+)")


def lines_of(text: str, name: str) -> list[Line]:
    """The lines that say something, numbered as an editor does. Raises SourceError if they are too many."""
    lines: list[Line] = []
    number, last = 1, 1
    for match in _WRITTEN_LINE.finditer(text):
        breaks, raw = match.groups()
        number += len(breaks) - breaks.count("\r\n")
        cells = [cell for cell in map(clean, raw.split("\t")) if cell]
        if not cells:
            continue
        if len(lines) >= MOST_LINES:
            raise too_long(name)
        lines += _parted(Line(number, "\t".join(cells), bool(lines) and number > last + 1))
        last = number
    return lines


_GLUED = re.compile(r"[0-9]{2}(?:[^\W\d_]|\s)")


def whole_yearless(text: str) -> bool:
    """Whether the text is a day without a year: Oct. 5."""
    found = written.yearless(text) if len(text) < 60 else []
    return len(found) == 1 and not (text[: found[0].start] + text[found[0].end :]).strip(" ()[]*#=.,:")


def _parted(line: Line) -> list[Line]:
    """A line with a date to whose end text is glued, or behind which a list's label stands, is two."""
    if len(line.text) > LONGEST_LINE or not _GLUED.search(line.text):
        return [line]
    parts, since = [], 0
    for found in written.find(line.text):
        rest = line.text[found.end :]
        glued = rest[:1].isalpha() and line.text[found.end - 1].isdigit() and not TIME.match(rest)
        if glued or (rest[:1].isspace() and (kind_of(rest) in {SCHEDULE, NEWS} or whole_yearless(rest))):
            parts.append(line.text[since : found.end])
            since = found.end
    texts = [text for text in (*parts, line.text[since:]) if text.strip()]
    return [Line(line.number, text.strip(), line.apart and not at) for at, text in enumerate(texts)]


TIME = re.compile(
    r"(?:T|,?\s?(?:pukul|pk\.|jam)?\s?)[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?\s?(?:WIB|WITA|WIT|Z)?",
    re.IGNORECASE,
)
SCHEDULE, NEWS, OTHER, TOP = "schedule", "news", "other", ""

_NOT_READ = {
    NEWS: "berita / berita lain / berita lainnya / berita terkait / berita terbaru / berita film / kabar terbaru"
    " / news / other news / more news / latest news / related news",
    OTHER: "subtitle / trailer / video / galeri / gallery / foto / photos / komentar / comments / ulasan / reviews"
    " / bagikan / share / tags",
}
_KINDS_BY_LABEL = names_of(LABELS | _NOT_READ)
_UNREAD_FIELDS = frozenset({"countries", "languages"})
_DECORATION = " \t#*_:-=.•~|[]"

_SCHEDULE_WORDS = frozenset({
    "jadwal", "daftar", "kalender", "film", "rilis", "tayang", "penayangan", "bioskop", "mendatang", "segera", "akan",
    "sedang", "terbaru", "lengkap", "indonesia", "di", "bulan", "minggu", "ini", "depan", "yang", "schedule", "release",
    "releases", "upcoming", "coming", "soon", "now", "showing", "playing", "movie", "movies", "films", "calendar",
    "list", "of", "in", "cinemas", "theaters", "theatres", "this", "next", "month", "week",
})  # fmt: skip
_SCHEDULE_HEADS = re.compile(
    r"jadwal|schedule|(?:kalender|daftar) (?:film|rilis|tayang|bioskop)|(?:film|movie|release) calendar|list of films"
    r"|(?:segera|akan|sedang) tayang|film (?:mendatang|bioskop)|upcoming|coming soon|now (?:showing|playing)"
)


def kind_of(text: str) -> str | None:
    """What the label that the whole text is stands for."""
    if len(text) > 60:
        return None
    name = fold(text).strip(_DECORATION)
    known = _KINDS_BY_LABEL.get(name)
    known = OTHER if known in _UNREAD_FIELDS else known
    if known or not _SCHEDULE_HEADS.search(name):
        return known
    for found in written.find(name):  # Jadwal Film Januari 2026
        if not found.exact and found.end == len(name):
            name = name[: found.start].strip(_DECORATION)
    return SCHEDULE if name and _SCHEDULE_WORDS.issuperset(name.split()) else None


FIELDS = frozenset(LABELS) - _UNREAD_FIELDS
ONE_LINE = frozenset({"title", "original_title", "distributor", "runtime", "rating", "date", "year"})
_LABELLED = re.compile(r"([^:：\t]{2,40})[:：\t]\s*(\S.*)")


def as_label(text: str) -> tuple[str, str, str]:
    kind = kind_of(text) or ""
    return kind, clean(text).strip(_DECORATION) if kind else "", ""


def labelled(text: str) -> tuple[str, str, str] | None:
    """The label's kind, the label and the value of “Label: value”."""
    match = _LABELLED.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    kind = kind_of(match[1]) if match else None
    return (kind, match[1].strip(_DECORATION), match[2]) if match and kind else None


_BULLET = re.compile(r"(?:[-–—*•·▪▫‣◦●○■□►▶➤➢✓✔→»]\s+|[•▪‣◦●►▶➤]\s*)(?=\S)")
_ORDINAL = re.compile(r"([0-9]{1,4})[.)]\s+(?=\S)")
RULE = re.compile(r"[-–—=_*|:.\s~•·]+")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

NOISE = frozenset({
    "lihat semua", "lihat lainnya", "lihat selengkapnya", "selengkapnya", "baca selengkapnya", "muat lebih banyak",
    "see all", "see more", "view all", "read more", "show more", "load more", "beli tiket", "buy tickets",
    "get tickets",
})  # fmt: skip


def unmarked(text: str, ordinal: int) -> tuple[str, int]:
    """A list's line without its bullet, and without its number if that is the next one; and the next after it."""
    if bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    if (number := _ORDINAL.match(text)) and int(number[1]) == ordinal:
        return text[number.end() :], ordinal + 1
    return text, ordinal


def shortened(text: str) -> str:
    return clean(text[:60])
