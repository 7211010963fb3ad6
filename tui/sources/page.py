"""Text copied from a film page: a film's own lines, a list of films with their dates, headlines.

The lines are parted at their labels (Sinopsis, Pemeran, Jadwal Film, Berita Lainnya, ...). A list is read both ways,
each title before its date and each date before its titles; the way that leaves fewer lines over is the page's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from tui.catalog.fields import genre
from tui.catalog.film import Credit, Film, News, Release, Synopsis
from tui.errors import Message, Problem, message
from tui.i18n import GENRES, N_, Words
from tui.sources import written
from tui.sources.incoming import Incoming, SourceError, Taken
from tui.text import clean, fold

if TYPE_CHECKING:
    from tui.sources.written import Written

LONGEST_PAGE = 4_000_000
MOST_LINES = 40_000
"""A page beyond these, in characters and lines, is none: nobody copies a book, and this keeps the time to seconds."""
LONGEST_LINE = 2_000
"""A line beyond this is prose: neither a label, a title nor a name is looked for in it."""
LONGEST_TITLE = 300
LONGEST_NAME = 100
LONGEST_SYNOPSIS = 20_000
MOST_PROBLEMS = 200
"""Told one by one; the rest is counted."""

Report = Callable[[int, Message], None]


def read(text: str, name: str) -> Taken:
    """What a page's text says. `name` is the source's, for the problems. Raises SourceError if it has no film."""
    name = clean(name)
    if len(text) > LONGEST_PAGE:
        raise _too_long(name)
    lines = _lines(text, name)
    if not lines:
        raise SourceError(message(N_("{name}: empty; copy the page's text into it"), name=name))
    return _Page(name).read(lines)


def _too_long(name: str) -> SourceError:
    return SourceError(
        message(N_("{name}: too long for a film page; keep the part with the film and its list"), name=name)
    )


# lines


class _Line(msgspec.Struct, frozen=True):
    number: int
    text: str
    """Clean, but for tabs between the cells of a table's row."""
    apart: bool = False
    """Whether there is an empty line in front."""


_WRITTEN_LINE = re.compile(r"([\r\n]*)([^\r\n]+)")


def _lines(text: str, name: str) -> list[_Line]:
    """The lines that say something, numbered as an editor does. Raises SourceError if they are too many."""
    lines: list[_Line] = []
    number, last = 1, 1
    for match in _WRITTEN_LINE.finditer(text):
        breaks, raw = match.groups()
        number += len(breaks) - breaks.count("\r\n")
        cells = [cell for cell in map(clean, raw.split("\t")) if cell]
        if not cells:
            continue
        if len(lines) >= MOST_LINES:
            raise _too_long(name)
        lines += _parted(_Line(number, "\t".join(cells), bool(lines) and number > last + 1))
        last = number
    return lines


_GLUED = re.compile(r"[0-9]{4}(?:[^\W\d_]|\s)")


def _parted(line: _Line) -> list[_Line]:
    """A line with a date to whose end text is glued, or behind which a list's label stands, is two."""
    if len(line.text) > LONGEST_LINE or not _GLUED.search(line.text):
        return [line]
    parts, since = [], 0
    for found in written.find(line.text):
        rest = line.text[found.end :]
        glued = rest[:1].isalpha() and line.text[found.end - 1].isdigit() and not _TIME.match(rest)
        if glued or (rest[:1].isspace() and _kind(rest) in {_SCHEDULE, _NEWS}):
            parts.append(line.text[since : found.end])
            since = found.end
    texts = [text for text in (*parts, line.text[since:]) if text.strip()]
    return [_Line(line.number, text.strip(), line.apart and not at) for at, text in enumerate(texts)]


_TIME = re.compile(
    r"(?:T|,?\s?(?:pukul|pk\.|jam)?\s?)[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?\s?(?:WIB|WITA|WIT|Z)?",
    re.IGNORECASE,
)


# labels

_SCHEDULE, _NEWS, _OTHER, _TOP = "schedule", "news", "other", ""
_LABELS = {
    label: kind
    for kind, labels in {
        "title": "judul / judul film / title / movie title",
        "original_title": "judul asli / original title",
        "synopsis": "sinopsis / sinopsis film / ringkasan / ringkasan cerita / jalan cerita / synopsis / plot"
        " / overview / storyline / plot summary",
        "cast": "pemeran / para pemeran / daftar pemeran / pemeran utama / pemain / para pemain / daftar pemain"
        " / bintang / dibintangi / dibintangi oleh / cast / full cast / main cast / starring / stars / actors",
        "directors": "sutradara / disutradarai / disutradarai oleh / director / directors / director(s) / directed by",
        "writers": "penulis / penulis naskah / penulis skenario / skenario / naskah / writer / writers / writer(s)"
        " / written by / screenplay",
        "producers": "produser / diproduseri oleh / producer / producers / producer(s) / produced by",
        "companies": "rumah produksi / perusahaan produksi / production company / production companies / studio",
        "distributor": "distributor / distributed by",
        "genres": "genre / genres / genre(s)",
        "runtime": "durasi / durasi film / duration / runtime / running time",
        "rating": "klasifikasi usia / klasifikasi / rating usia / batas usia / usia / rating / age rating"
        " / certification",
        "release": "tanggal rilis / tanggal tayang / tanggal tayang perdana / tanggal tayang di bioskop / rilis"
        " / tayang / mulai tayang / tayang perdana / release date / release / opens / in cinemas",
        "year": "tahun / tahun produksi / tahun rilis / year / production year",
        _NEWS: "berita / berita lain / berita lainnya / berita terkait / berita terbaru / berita film / kabar terbaru"
        " / news / other news / more news / latest news / related news / baca juga",
        _OTHER: "negara / negara asal / bahasa / country / countries / language / languages / subtitle / trailer"
        " / video / galeri / gallery / foto / photos / komentar / comments / ulasan / reviews / bagikan / share / tags",
    }.items()
    for label in labels.split(" / ")
}
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


def _kind(text: str) -> str | None:
    """What the label that the whole text is stands for."""
    if len(text) > 60:
        return None
    name = fold(text).strip(_DECORATION)
    known = _LABELS.get(name)
    if known or not _SCHEDULE_HEADS.search(name):
        return known
    for found in written.find(name):  # Jadwal Film Januari 2026
        if not found.exact and found.end == len(name):
            name = name[: found.start].strip(_DECORATION)
    return _SCHEDULE if name and _SCHEDULE_WORDS.issuperset(name.split()) else None


class _Section(msgspec.Struct):
    kind: str
    label: str
    number: int
    lines: list[_Line]


_FIELDS = frozenset(_LABELS.values()) - {_NEWS, _OTHER}
_ONE_LINE = frozenset({"title", "original_title", "distributor", "runtime", "rating", "release", "year"})
_LISTS = frozenset({_TOP, _SCHEDULE})
_TITLES_TOO = (_FIELDS | {_OTHER}) - {"release", "year"}
"""Labels that a list may have for titles: a film called Director, if a day stands below it."""
_LABELLED = re.compile(r"([^:：\t]{2,40})[:：\t]\s*(\S.*)")


def _sections(lines: list[_Line]) -> list[_Section]:
    """The lines under their labels; the first section has none."""
    # “Tayang: 7 Januari 2026” more than once is how a list says its dates
    listed = sum((_labelled(line.text) or _as_label(line.text))[0] == "release" for line in lines) > 1
    sections = [_Section(_TOP, "", 1, [])]
    for at, line in enumerate(lines):
        current = sections[-1]
        listing = current.kind in _LISTS
        above_day = at + 1 < len(lines) and _is_day(lines[at + 1].text)
        if above_day and not listed and current.kind == _TOP and _labelled(lines[at + 1].text):
            above_day = False
        kind, label, value = _as_label(line.text)
        if kind == "release" and (listed or current.kind == _SCHEDULE):
            continue
        if not kind:
            kind, label, value = _labelled(line.text) or ("", "", "")
            if (
                listing
                and kind in _FIELDS
                and (above_day or current.kind == _SCHEDULE or (kind == "release" and listed))
            ):
                kind = ""
        elif listing and above_day and kind in _TITLES_TOO:
            kind = ""
        if kind:
            sections.append(_Section(kind, label, line.number, [_Line(line.number, value)] if value else []))
        else:
            current.lines.append(line)
    return sections


def _as_label(text: str) -> tuple[str, str, str]:
    kind = _kind(text) or ""
    return kind, clean(text).strip(_DECORATION) if kind else "", ""


def _is_day(text: str) -> bool:
    return not text.isdigit() and _pure(text) is not None


def _labelled(text: str) -> tuple[str, str, str] | None:
    """The label's kind, the label and the value of “Label: value”."""
    match = _LABELLED.fullmatch(text) if len(text) <= LONGEST_SYNOPSIS else None
    kind = _kind(match[1]) if match else None
    return (kind, match[1].strip(_DECORATION), match[2]) if match and kind else None


# lists of films


class _Dated(msgspec.Struct, frozen=True):
    """What is said of a day: the date, or what was written for it and is in no calendar."""

    when: Written | None = None
    wrong: str = ""
    status: str = "confirmed"


class _Inline(msgspec.Struct, frozen=True):
    title: str
    dated: _Dated


class _Entry(msgspec.Struct):
    """A line of a list."""

    line: _Line
    title: str
    """The line, if it is a title."""
    dated: _Dated | None = None
    """If it is nothing but a date, or from one date to another."""
    tail: _Inline | None = None
    """If a date is at its end,"""
    head: _Inline | None = None
    """or in front."""
    year: bool = False
    """It is a year by itself: as often a title."""
    more: dict[str, Any] = {}
    """What stands between a title and its date: the film's fields."""

    @property
    def inline(self) -> bool:
        return bool(self.tail or self.head)

    @property
    def day(self) -> bool:
        return self.dated is not None and not self.year and not self.inline

    @property
    def heading(self) -> bool:
        """“Januari 2026” above a part of the list: no film needs it."""
        return self.day and bool(self.dated and self.dated.when and not self.dated.when.exact)


_BULLET = re.compile(r"(?:[-–—*•·▪▫‣◦●○■□►▶➤➢✓✔→»]\s+|[•▪‣◦●►▶➤]\s*)(?=\S)")
_ORDINAL = re.compile(r"([0-9]{1,4})[.)]\s+(?=\S)")
_RULE = re.compile(r"[-–—=_*|:.\s~•·]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NOISE = frozenset({
    "lihat semua", "lihat lainnya", "lihat selengkapnya", "selengkapnya", "baca selengkapnya", "muat lebih banyak",
    "see all", "see more", "view all", "read more", "show more", "load more", "beli tiket", "buy tickets",
    "get tickets",
})  # fmt: skip
_COLUMNS = frozenset({
    "no", "no.", "#", "judul", "judul film", "film", "title", "movie", "movie title", "tanggal", "tanggal rilis",
    "tanggal tayang", "rilis", "tayang", "date", "release", "release date", "genre", "durasi", "runtime",
})  # fmt: skip
_AGE_MARK = re.compile(r"(?:R[ -]?13|D[ -]?(?:17|21))\+?|(?:BO[ -]?)?SU", re.IGNORECASE)
_HOURS_AND_MINUTES = re.compile(r"[0-9]\s?(?:jam|h)\s[0-9]{1,2}\s?(?:menit|m|min)", re.IGNORECASE)

_PREFIX = re.compile(
    r"(?:tanggal (?:rilis|tayang)|(?:mulai |akan )?tayang(?: mulai| perdana)?|mulai|(?:di)?rilis|release date|released?"
    r"|releases|opens|in cinemas|di bioskop|tanggal|date)\s?(?:on|pada|tanggal|mulai)?\s?[:–—-]?\s?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\s,;–—-]*[(\[]?\s*(?:(?P<tentative>tentatif|tentative|tbc|perkiraan)|(?P<postponed>ditunda|postponed)"
    r"|(?P<cancelled>batal|dibatalkan|cancell?ed)|(?:di )?indonesia"
    r"|(?:di|in) (?:seluruh )?(?:bioskop|cinemas|theat(?:er|re)s)(?: indonesia)?)?\s*[)\]]*[\s.,;]*",
    re.IGNORECASE,
)
_PARTING = " -–—|:;,~•·=>→"
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
"""Without them there is no date: what spares most lines the search for one."""


def _dated(text: str, end: int, when: Written | None, wrong: str) -> _Dated | None:
    """A date behind which nothing stands but a note, a time or a bracket."""
    rest = text[end:]
    if time := _TIME.match(rest):
        rest = rest[time.end() :]
    note = _NOTE.fullmatch(rest) if len(rest) < 60 else None
    return _Dated(when, wrong, note.lastgroup or "confirmed") if note else None


def _pure(text: str) -> _Dated | None:
    """A text that is a date and at most says that it is one, where or how sure: Tayang: 7 Januari 2026 (tentatif)."""
    if len(text) > 100 or not _FOUR_DIGITS.search(text):
        return None
    body = text.strip(" =#*_~").lstrip("([")
    if prefix := _PREFIX.match(body):
        body = body[prefix.end() :].lstrip("([")
    if when := written.parse(body.rstrip(")].,; ")):
        return _Dated(when)
    for found in written.find(body)[:1]:
        return _dated(body, found.end, found, "") if found.start == 0 else None
    if (wrong := written.impossible(body)) and body.startswith(wrong):
        return _dated(body, len(wrong), None, wrong)
    return None


def _tail(text: str) -> _Inline | None:
    """Title, then date: Kuyank – 29 Januari 2026, Kuyank (29 Januari 2026)."""
    if len(text) > LONGEST_TITLE or not _FOUR_DIGITS.search(text):
        return None
    found = written.find(text)
    wrong = written.impossible(text) or ""
    if found and (dated := _dated(text, found[-1].end, found[-1], "")):
        start = found[-1].start
    elif wrong and (dated := _dated(text, text.rindex(wrong) + len(wrong), None, wrong)):
        start = text.rindex(wrong)
    else:
        return None
    front = text[:start].rstrip()
    bare = front.rstrip("([").rstrip()
    for verb in _PREFIX.finditer(bare, max(0, len(bare) - 30)):
        before = bare[: verb.start()].rstrip()
        if verb.end() == len(bare) and verb.start() and (before != before.rstrip(_PARTING + "([")):
            bare = before.rstrip("([").rstrip()
            break
    title = re.sub(r"\s?\.{4,}$|\s…$", "", bare.rstrip(_PARTING))
    separated = title != front
    if not title or not (separated or (dated.when and dated.when.exact) or dated.wrong):
        return None
    return _Inline(title, dated)


def _head(text: str) -> _Inline | None:
    """Date, then title: 29 Januari 2026: Kuyank, [29 Januari 2026] Kuyank."""
    if len(text) > LONGEST_TITLE or not _FOUR_DIGITS.search(text):
        return None
    found = written.find(text)[:1]
    wrong = written.impossible(text) or ""
    opened = text[:1] in {"(", "["}
    if found and found[0].start == opened:
        dated, end = _Dated(found[0]), found[0].end
    elif wrong and text.startswith(wrong, opened):
        dated, end = _Dated(None, wrong), opened + len(wrong)
    else:
        return None
    rest = text[end:]
    if opened:
        rest = rest.lstrip(")] ")
    title = rest.lstrip(_PARTING)
    separated = opened or rest.strip() != title.strip()
    if not title or not (separated or (dated.when and dated.when.exact) or dated.wrong):
        return None
    return _Inline(title, dated)


def _holds_day(text: str) -> bool:
    return _is_day(text) or bool(_tail(text) or _head(text))


def _row(cells: list[str], place: int, column: int | None) -> tuple[_Inline | None, _Inline | None] | None:
    """The two readings of a table's row, the place-th of its list; None if it has no cells or no date among them.

    `column` is where most rows have a date.
    """
    days = [(at, day) for at, cell in enumerate(cells) if (day := _pure(cell))]
    days = [(at, day) for at, day in days if at == column] or days
    days = [(at, day) for at, day in days if not cells[at].isdigit()] or days
    if len(cells) < 2 or not days:
        return None
    (first, early), (last, late) = days[0], days[-1]
    titles = [at for at in range(len(cells)) if at not in dict(days)]
    if not titles:
        return _Inline(cells[first], late), _Inline(cells[last], early)
    if len(titles) > 1 and titles[0] == 0 and cells[0].rstrip(".)") == str(place):
        del titles[0]
    inline = _Inline(cells[titles[0]], early)
    return (None, inline) if first < titles[0] else (inline, None)


def _date_column(lines: list[_Line]) -> int | None:
    """Which cell of the rows of a list is a date most often; None if none is or two are."""
    votes = Counter(
        at
        for line in lines
        if len(line.text) <= LONGEST_TITLE and ("\t" in line.text or "|" in line.text)
        for at, cell in enumerate(_cells(line.text))
        if _is_day(cell)
    ).most_common(2)
    return votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else None


def _cells(text: str) -> list[str]:
    return [cell for cell in map(str.strip, re.split(r"[\t|]", text)) if cell]


def _unmarked(text: str, ordinal: int) -> tuple[str, int]:
    """A list's line without its bullet, and without its number if that is the next one; and the next after it."""
    if bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    if (number := _ORDINAL.match(text)) and int(number[1]) == ordinal:
        return text[number.end() :], ordinal + 1
    return text, ordinal


def _entries(lines: list[_Line], report: Report) -> list[_Entry]:
    """The lines of a list, each with all that it may be. What can be neither title nor date is reported."""
    entries: list[_Entry] = []
    titled: _Entry | None = None
    column = _date_column(lines)
    ordinal = place = 1
    for at, line in enumerate(lines):
        text, ordinal = _unmarked(line.text, ordinal)
        if (pair := _labelled(text)) and pair[0] == "title":
            text = pair[2]
        title = clean(text)
        table = "\t" in text or "|" in text
        if _RULE.fullmatch(title) or _ADDRESS.fullmatch(title) or fold(title) in _NOISE:
            continue
        if table and _COLUMNS.issuperset(map(fold, _cells(text))):
            continue
        waiting = bool(entries) and not (entries[-1].day or entries[-1].inline)
        above_day = at + 1 < len(lines) and _is_day(lines[at + 1].text)
        if pair and pair[0] in _FIELDS - {"title"} and not _pure(title) and (waiting or not above_day):
            report(line.number, message(_LEFT_OUT, label=_short(pair[1])))
            continue
        if entries and (mark := _mark(title)):
            (titled or entries[-1]).more |= mark
            continue
        if len(title) > LONGEST_TITLE:
            report(line.number, message(_NO_TITLE, value=_short(title)))
            continue
        entry = _Entry(line, title)
        if day := _pure(title):
            entry.dated, entry.year = day, title.isdigit()
        elif row := _row(_cells(text), place, column) if table else None:
            entry.tail, entry.head = row
        else:
            entry.tail, entry.head = _tail(title), _head(title)
            if entry.tail and entry.head and _pure(entry.tail.title):
                entry.dated = entry.head.dated
        entries.append(entry)
        place += entry.inline
        titled = titled if entry.day else entry
    return entries


_LEFT_OUT = N_("“{label}” stands inside a list of films and was left out; put it below the film's own title")
_NO_TITLE = N_("“{value}…” is too long for a title; write the title and its date in lines of their own")


def _mark(text: str) -> dict[str, Any]:
    """What cinemas print below a title: R13+, 1 jam 58 menit. “127 Hours” and “118 menit” may be titles."""
    if _AGE_MARK.fullmatch(text):
        return {"rating": _rating(text)}
    if _HOURS_AND_MINUTES.fullmatch(text):
        return {"runtime": _runtime(text)}
    return {}


class _Pair(msgspec.Struct, frozen=True):
    entry: _Entry
    title: str
    dated: _Dated
    line: int
    """Of the date."""


class _Reading(msgspec.Struct):
    """One way to read a list."""

    pairs: list[_Pair] = []
    undated: list[_Entry] = []
    untitled: list[_Entry] = []
    torn: int = 0
    """Pairs with an empty line between title and date, and lines with the date at the other end."""

    def cost(self, headless: int) -> tuple[int, int]:
        """How little it explains. What stands above or below the whole list counts once: a site's menu and footer.

        `headless` is what titles above the first pair count for.
        """
        if not self.pairs:
            return len(self.undated) + len(self.untitled) + 2, 0
        first, last = self.pairs[0].entry.line.number, self.pairs[-1].line
        above = any(entry.line.number < first for entry in self.undated)
        below = any(entry.line.number > last for entry in self.undated)
        within = sum(first <= entry.line.number <= last for entry in self.undated)
        parted = 2 * self.torn > len(self.pairs)
        return headless * above + within + below + len(self.untitled) + 2 * parted, self.torn

    def pair(self, title: _Entry, day: _Entry) -> None:
        if day.dated:
            self.pairs.append(_Pair(title, title.title, day.dated, day.line.number))

    def inline(self, entry: _Entry, wanted: _Inline | None, other: _Inline | None) -> None:
        inline = wanted or other
        if inline:
            self.torn += wanted is None
            self.pairs.append(_Pair(entry, inline.title, inline.dated, entry.line.number))


def _titles_first(entries: list[_Entry]) -> _Reading:
    """Each title is followed by its date."""
    reading = _Reading()
    waiting: _Entry | None = None
    for at, entry in enumerate(entries):
        above_day = at + 1 < len(entries) and entries[at + 1].day
        if waiting and entry.dated and not (above_day and (entry.year or entry.inline)):
            reading.pair(waiting, entry)
            reading.torn += entry.line.apart
            waiting = None
        elif above_day or not (entry.inline or entry.day):  # a title, whatever else it looks like: 17 Agustus 1945
            if waiting:
                reading.undated.append(waiting)
            waiting = entry
        elif entry.inline:
            if waiting:
                reading.undated.append(waiting)
                waiting = None
            reading.inline(entry, entry.tail, entry.head)
        elif not entry.heading:
            reading.untitled.append(entry)
    if waiting:
        reading.undated.append(waiting)
    return reading


def _dates_first(entries: list[_Entry]) -> _Reading:
    """Each date is followed by its titles."""
    reading = _Reading()
    years = [entry.dated.when.date[:4] for entry in entries if entry.day and entry.dated and entry.dated.when]
    latest = max(years, default="")
    heading: _Entry | None = None
    bare = False  # whether the heading still has no title
    for at, entry in enumerate(entries):
        if entry.day or (entry.year and entry.title >= latest and not bare):
            last = at + 1 == len(entries) or entries[at + 1].day
            if heading and bare and last and not heading.heading:  # 17 Agustus 1945, between two days
                reading.pair(entry, heading)
                bare = False
                continue
            if heading and bare and not heading.heading:
                reading.untitled.append(heading)
            heading, bare = entry, True
        elif entry.inline and (heading is None or heading.heading):
            reading.inline(entry, entry.head, entry.tail)
        elif heading is None:
            reading.undated.append(entry)
        else:
            reading.pair(entry, heading)
            reading.torn += bare and entry.line.apart
            bare = False
    if heading and bare and not heading.heading:
        reading.untitled.append(heading)
    return reading


def _listed(lines: list[_Line], report: Report) -> list[Incoming]:
    """The films of a list, and what is wrong in it."""
    entries = _entries(lines, report)
    if not entries:
        return []
    titles, dates = _titles_first(entries), _dates_first(entries)
    # a list that begins with a title has its dates below, unless much speaks against it
    by_title, by_date = titles.cost(headless=1), dates.cost(headless=2)
    reading = dates if by_date < by_title or (by_date == by_title and entries[0].day) else titles
    for entry in reading.undated:
        report(
            entry.line.number,
            message(
                N_("“{title}” has no date; write it behind the title or in the next line, such as 7 Januari 2026"),
                title=_short(entry.title),
            ),
        )
    for entry in reading.untitled:
        report(
            entry.line.number,
            message(N_("“{date}” has no title; write the film's title above it"), date=_short(entry.title)),
        )
    return [film for pair in reading.pairs if (film := _film(pair, report))]


def _film(pair: _Pair, report: Report) -> Incoming | None:
    title, when = clean(pair.title), pair.dated.when
    if when is None:
        report(
            pair.line,
            message(_IMPOSSIBLE, title=_short(title), date=pair.dated.wrong),
        )
        return None
    _check_weekday(title, when, pair.line, report)
    release = Release(date=when.date, status=pair.dated.status)
    film = Film(id="", title=title, releases=(release,), **pair.entry.more)
    return Incoming(film, pair.entry.line.number, _year_of(title))


_IMPOSSIBLE = N_("“{title}” has no date: “{date}” is not in the calendar; check the day and the month")


def _check_weekday(title: str, when: Written, line: int, report: Report) -> None:
    if not when.fits:
        report(
            line,
            message(
                N_("“{title}”: {date} is not the weekday written beside it; the date was taken, check which is right"),
                title=_short(title),
                date=when.date,
            ),
        )


def _year_of(title: str) -> int | None:
    """Anaconda (2025)."""
    match = re.search(r"\(((?:19|20|21)[0-9]{2})\)$", title)
    return int(match[1]) if match else None


# a film's own fields


_SENTENCE_END = tuple(".!?…:;\"'”’»)]")
_BROKEN = re.compile(r"(?<=[^\W\d_])- (?!(?:dan|atau|and|or|to|hingga|sampai)\b)(?=[^\W\d_])")


def _mended(text: str) -> str:
    """Kelly- Anne, whose line ended at the hyphen, is Kelly-Anne; “pra- dan pascaproduksi” stays."""
    return _BROKEN.sub("-", text)


def _paragraphs(lines: list[_Line]) -> str:
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
    return "\n".join(map(_mended, paragraphs))


_BETWEEN_NAMES = re.compile(r"[,;•·|\t]|\s/\s")
_BRACKETED = re.compile(r"\([^()]*\)")
_AND = re.compile(r"\s+(?:dan|and|serta|&)\s+")
_AS = re.compile(r"\s+(?:as|sebagai)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<name>.+?)(?:\s+(?:as|sebagai|[-–—]|\.{2,}|…)\s+)(?P<role>.+)|(?P<n>.+?)\s*\((?P<r>[^()]+)\)", re.IGNORECASE
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def _plain(lines: list[_Line]) -> list[_Line]:
    """The lines without a list's bullets and numbers."""
    plain, ordinal = [], 1
    for line in lines:
        text, ordinal = _unmarked(line.text, ordinal)
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


def _names(lines: list[_Line], report: Report) -> list[str]:
    """People or companies: one a line, or parted by commas, the last by “dan”."""
    found: list[str] = []
    for line in lines:
        if fold(line.text) in _NOISE:
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
                found.append(_mended(name))
            else:
                said = N_("“{value}…” is too long for a name; part the names with commas")
                report(line.number, message(said, value=_short(name)))
    return list(dict.fromkeys(found))


def _credits(lines: list[_Line], report: Report) -> tuple[Credit, ...]:
    credits = []
    for line in lines:
        cells = line.text.split("\t")  # a table of two columns: name and role
        one = " sebagai ".join(cells) if len(cells) == 2 and not _BETWEEN_NAMES.search(cells[0]) else line.text
        for name in _names([msgspec.structs.replace(line, text=one)], report):
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


def _runtime(text: str) -> int | None:
    """Minutes of “1 jam 58 menit”, “118 menit”, “118”, “1:58”."""
    match = _LENGTH.fullmatch(text.strip()) if len(text) < 40 else None
    if not match:
        return None
    hours, minutes = match["hours"] or match["h"], match["minutes"] or match["m"]
    return int(hours or 0) * 60 + int(minutes or 0) or None


def _rating(text: str) -> str | None:
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
def _genre(name: str) -> str:
    """TMDB's name of a genre written in Indonesian or English, else the text."""
    known = _MORE_GENRES.get(fold(name)) or Words("id").genre_called(name)
    return genre(known)


class _Page:
    """One page being read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[Problem] = []
        self._head: _Line | None = None
        self._fields: dict[str, Any] = {}
        self._synopses: dict[str, str] = {}
        self._year: int | None = None

    def read(self, lines: list[_Line]) -> Taken:
        """Raises SourceError if there is neither a film nor a headline, nor a film whose date is wrong."""
        sections = _sections(lines)
        own = [section for section in sections if section.kind in _FIELDS]
        if own:
            self._find_head(sections, own[0])
        elif len(sections) > 1 and not any(_holds_day(line.text) for line in sections[0].lines):
            sections[0].lines.clear()  # the site's name, above its list
        for section in own:
            self._field(section)
        films = [self._own_film(own)] if own else []
        for section in sections:
            if section.kind in _LISTS:
                films += self._list(section)
        news = [item for section in sections if section.kind == _NEWS for item in self._news(section.lines)]
        taken = Taken(self._joined([film for film in films if film]), news, self._told())
        if not (taken.films or news or any(problem.message.text == _IMPOSSIBLE for problem in self._problems)):
            raise SourceError(message(_NO_FILM, name=self._name))
        return taken

    def _report(self, line: int, said: Message) -> None:
        self._problems.append(Problem(self._name, line, 1, said))

    def _told(self) -> list[Problem]:
        problems = sorted(self._problems, key=lambda problem: problem.line)
        if more := problems[MOST_PROBLEMS:]:
            said = message(N_("{n} more lines were left out, from this one on; is this a film page?"), n=len(more))
            problems[MOST_PROBLEMS:] = [Problem(self._name, more[0].line, 1, said)]
        return problems

    # the film that the page is about

    def _find_head(self, sections: list[_Section], first: _Section) -> None:
        """Its title: the page's first line, or below a list the line above the first label."""
        top, before = sections[0], sections[sections.index(first) - 1]
        listing = sum(_holds_day(line.text) for line in top.lines) > 1
        if top.lines and not listing:
            self._head, *others = top.lines
            top.lines.clear()
            for line in others:
                self._loose(line)
        elif before.kind in _LISTS and before.lines and not _holds_day(before.lines[-1].text):
            dates_first = _is_day(before.lines[0].text)
            if not (dates_first and len(before.lines) > 1 and _is_day(before.lines[-2].text)):
                self._head = before.lines.pop()

    def _own_film(self, own: list[_Section]) -> Incoming | None:
        fields = dict(self._fields)
        title = fields.pop("title", None) or (self._head and clean(self._head.text))
        if not title:
            self._report(
                own[0].number,
                message(
                    N_("no title above “{label}”; write the film's title in the first line"),
                    label=_short(own[0].label),
                ),
            )
            return None
        if len(title) > LONGEST_TITLE:
            self._report(self._head.number if self._head else own[0].number, message(_NO_TITLE, value=_short(title)))
            return None
        if len(self._synopses) == 2:
            fields["synopsis"] = Synopsis(**self._synopses)
        elif self._synopses:  # “Synopsis” stands above Indonesian texts too
            fields["synopsis"] = Synopsis(plain=next(iter(self._synopses.values())))
        film = Film(id="", title=title, **fields)
        return Incoming(film, self._head.number if self._head else own[0].number, self._year or _year_of(title))

    def _put(self, section: _Section, name: str, value: Any) -> None:
        if not value or self._fields.get(name) == value:
            return
        if name in self._fields:
            self._report(section.number, message(_TWICE, label=_short(section.label)))
        else:
            self._fields[name] = value

    def _field(self, section: _Section) -> None:
        kind, lines = section.kind, section.lines
        if not lines:
            return
        if kind not in _ONE_LINE and kind != "synopsis":
            lines = _plain(lines)
        if kind == "synopsis":
            self._synopsis(section)
        elif kind == "cast":
            self._put(section, "cast", _credits(lines, self._report))
        elif kind == "genres":
            self._put(section, "genres", tuple(dict.fromkeys(map(_genre, _names(lines, self._report)))))
        elif kind not in _ONE_LINE:
            self._put(section, kind, tuple(_names(lines, self._report)))
        else:
            self._one_line(section, lines[0].number, clean(lines[0].text))
            for line in lines[1:]:
                self._loose(line)

    def _synopsis(self, section: _Section) -> None:
        language = "id" if fold(section.label).startswith(("sinopsis", "ringkasan", "jalan")) else "en"
        long = sum(len(line.text) for line in section.lines) > LONGEST_SYNOPSIS
        text = "" if long else _paragraphs(section.lines)
        if long:
            self._report(
                section.number,
                message(
                    N_("the synopsis was left out: it is longer than {count} characters; shorten it"),
                    count=LONGEST_SYNOPSIS,
                ),
            )
        elif self._synopses.setdefault(language, text) != text:
            self._report(section.number, message(_TWICE, label=_short(section.label)))

    def _one_line(self, section: _Section, line: int, text: str) -> None:
        shown = _short(text)
        if section.kind == "runtime":
            self._put(section, "runtime", _runtime(text))
            if _runtime(text) is None:
                self._report(line, message(N_("“{value}” is not a length; write 118 menit"), value=shown))
        elif section.kind == "rating":
            self._put(section, "rating", _rating(text))
            if _rating(text) is None:
                self._report(line, message(N_("“{value}” is not an age class; write SU, 13+, 17+ or 21+"), value=shown))
        elif section.kind == "year":
            self._year = self._year or _bare_year(text)
        elif section.kind == "release":
            self._release(section, line, text)
        elif len(text) > LONGEST_TITLE:
            self._report(line, message(_NO_TITLE, value=shown))
        else:
            self._put(section, section.kind, text)

    def _release(self, section: _Section, line: int, text: str) -> None:
        when = written.parse(text) or next(iter(written.find(text[:LONGEST_TITLE])), None)
        title = clean(self._head.text) if self._head else section.label
        if when:
            _check_weekday(title, when, line, self._report)
            dated = _pure(text)
            status = dated.status if dated else "confirmed"
            self._put(section, "releases", (Release(date=when.date, status=status),))
        elif wrong := written.impossible(text[:LONGEST_TITLE]):
            self._report(line, message(_IMPOSSIBLE, title=_short(title), date=wrong))
        else:
            self._report(line, message(N_("“{value}” is not a date; write 7 Januari 2026"), value=_short(text)))

    def _loose(self, line: _Line) -> None:
        """A line below the title that no label explains."""
        text = clean(line.text)
        section = _Section(_TOP, text, line.number, [])
        parts = re.split(r"\s*[,/•·|]\s*", text) if len(text) <= LONGEST_NAME else []
        genres = [_genre(part) for part in parts if part]
        if _is_day(text):
            self._release(section, line.number, text)
        elif year := _bare_year(text):
            self._year = self._year or year
        elif not text.isdigit() and _runtime(text):
            self._put(section, "runtime", _runtime(text))
        elif _AGE_MARK.fullmatch(text) or ("+" in text and _rating(text)):
            self._put(section, "rating", _rating(text))
        elif genres and GENRES.issuperset(genres):
            self._put(section, "genres", tuple(genres))
        elif fold(text) not in _NOISE:
            self._report(
                line.number,
                message(
                    N_("“{value}” was not understood and left out; write what it is in front, such as “Genre: …”"),
                    value=_short(text),
                ),
            )

    # lists

    def _list(self, section: _Section) -> list[Incoming]:
        lines = section.lines
        if self._head and section.kind == _SCHEDULE and len(lines) == 1 and _is_day(lines[0].text):
            return _listed([self._head, *lines], self._report)  # Jadwal tayang: 7 Januari 2026
        return _listed(lines, self._report)

    def _joined(self, films: list[Incoming]) -> list[Incoming]:
        """Each title once: the page's own film also stands in its list, there with its date."""
        known: dict[str, Incoming] = {}
        for incoming in films:
            film = incoming.film
            earlier = known.setdefault(fold(film.title), incoming)
            if earlier is incoming:
                continue
            both = msgspec.structs.replace(
                earlier.film,
                releases=earlier.film.releases or film.releases,
                rating=earlier.film.rating or film.rating,
                runtime=earlier.film.runtime or film.runtime,
            )
            if both.releases != film.releases:
                self._report(
                    incoming.line,
                    message(
                        N_("“{title}” stands there twice, for {first} and for {second}; the first was taken"),
                        title=_short(film.title),
                        first=both.releases[0].date,
                        second=film.releases[0].date if film.releases else "",
                    ),
                )
            known[fold(film.title)] = Incoming(both, earlier.line, earlier.year or incoming.year)
        return list(known.values())

    # headlines

    def _news(self, lines: list[_Line]) -> list[News]:
        """Each line is a headline; a date belongs to the one above it, or below it where the dates come first."""
        news: list[News] = []
        dates_first = bool(lines) and _is_day(lines[0].text)
        day: date | None = None
        ordinal = 1
        for line in lines:
            text, ordinal = _unmarked(line.text, ordinal)
            title = clean(text)
            if dated := _pure(title):
                exact = date.fromisoformat(dated.when.date) if dated.when and dated.when.exact else None
                day = exact if dates_first else None
                if news and not dates_first:
                    news[-1] = msgspec.structs.replace(news[-1], date=exact)
            elif _ADDRESS.fullmatch(title):
                if news and title.lower().startswith("http"):
                    news[-1] = msgspec.structs.replace(news[-1], url=title)
            elif len(title) > LONGEST_TITLE:
                self._report(line.number, message(_NO_TITLE, value=_short(title)))
            elif fold(title) not in _NOISE and not _RULE.fullmatch(title):
                news.append(News(title=_mended(title), date=day))
        return news


_NO_FILM = N_("{name}: no film; it needs a title above “Sinopsis”, or titles with dates such as 7 Januari 2026")
_TWICE = N_("“{label}” stands there twice; the first was taken")


def _short(text: str) -> str:
    return clean(text[:60])


def _bare_year(text: str) -> int | None:
    when = written.parse(text)
    return int(when.date) if when and len(when.date) == 4 else None
