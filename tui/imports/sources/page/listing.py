"""Lists of films with their dates: read with each title before its date, and with each date before its titles."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Film, Release
from tui.imports.sources import written
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.values import minutes, rating

if TYPE_CHECKING:
    from tui.imports.sources.written import Written
from tui.imports.sources.page.lines import (
    ADDRESS,
    FIELDS,
    LONGEST_TITLE,
    NOISE,
    RULE,
    TIME,
    Line,
    Report,
    labelled,
    shortened,
    unmarked,
)


def is_day(text: str) -> bool:
    return not text.isdigit() and day_of(text) is not None


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

    line: Line
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


_COLUMNS = frozenset({
    "no", "no.", "#", "judul", "judul film", "film", "title", "movie", "movie title", "tanggal", "tanggal rilis",
    "tanggal tayang", "rilis", "tayang", "date", "release", "release date", "genre", "durasi", "runtime",
})  # fmt: skip
AGE_MARK = re.compile(r"(?:R[ -]?13|D[ -]?(?:17|21))\+?|(?:BO[ -]?)?SU", re.IGNORECASE)
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
    if time := TIME.match(rest):
        rest = rest[time.end() :]
    note = _NOTE.fullmatch(rest) if len(rest) < 60 else None
    return _Dated(when, wrong, note.lastgroup or "confirmed") if note else None


def day_of(text: str) -> _Dated | None:
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


def holds_day(text: str) -> bool:
    return is_day(text) or bool(_tail(text) or _head(text))


def _row(cells: list[str], place: int, column: int | None) -> tuple[_Inline | None, _Inline | None] | None:
    """The two readings of a table's row, the place-th of its list; None if it has no cells or no date among them.

    `column` is where most rows have a date.
    """
    days = [(at, day) for at, cell in enumerate(cells) if (day := day_of(cell))]
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


def _date_column(lines: list[Line]) -> int | None:
    """Which cell of the rows of a list is a date most often; None if none is or two are."""
    votes = Counter(
        at
        for line in lines
        if len(line.text) <= LONGEST_TITLE and ("\t" in line.text or "|" in line.text)
        for at, cell in enumerate(_cells(line.text))
        if is_day(cell)
    ).most_common(2)
    return votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else None


def _cells(text: str) -> list[str]:
    return [cell for cell in map(str.strip, re.split(r"[\t|]", text)) if cell]


def _entries(lines: list[Line], report: Report) -> list[_Entry]:
    """The lines of a list, each with all that it may be. What can be neither title nor date is reported."""
    entries: list[_Entry] = []
    titled: _Entry | None = None
    column = _date_column(lines)
    ordinal = place = 1
    for at, line in enumerate(lines):
        text, ordinal = unmarked(line.text, ordinal)
        if (pair := labelled(text)) and pair[0] == "title":
            text = pair[2]
        title = clean(text)
        table = "\t" in text or "|" in text
        if RULE.fullmatch(title) or ADDRESS.fullmatch(title) or fold(title) in NOISE:
            continue
        if table and _COLUMNS.issuperset(map(fold, _cells(text))):
            continue
        waiting = bool(entries) and not (entries[-1].day or entries[-1].inline)
        above_day = at + 1 < len(lines) and is_day(lines[at + 1].text)
        if pair and pair[0] in FIELDS - {"title"} and not day_of(title) and (waiting or not above_day):
            report(line.number, message(_LEFT_OUT, label=shortened(pair[1])))
            continue
        if entries and (mark := _mark(title)):
            (titled or entries[-1]).more |= mark
            continue
        if len(title) > LONGEST_TITLE:
            report(line.number, message(NO_TITLE, value=shortened(title)))
            continue
        entry = _Entry(line, title)
        if day := day_of(title):
            entry.dated, entry.year = day, title.isdigit()
        elif row := _row(_cells(text), place, column) if table else None:
            entry.tail, entry.head = row
        else:
            entry.tail, entry.head = _tail(title), _head(title)
            if entry.tail and entry.head and day_of(entry.tail.title):
                entry.dated = entry.head.dated
        entries.append(entry)
        place += entry.inline
        titled = titled if entry.day else entry
    return entries


_LEFT_OUT = N_("“{label}” stands inside a list of films and was left out; put it below the film's own title")
NO_TITLE = N_("“{value}…” is too long for a title; write each title and its date on a line of its own")


def _mark(text: str) -> dict[str, Any]:
    """What cinemas print below a title: R13+, 1 jam 58 menit. “127 Hours” and “118 menit” may be titles."""
    if AGE_MARK.fullmatch(text):
        return {"rating": rating(text)}
    if _HOURS_AND_MINUTES.fullmatch(text):
        return {"runtime": minutes(text)}
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


def films_of(lines: list[Line], report: Report) -> list[Incoming]:
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
                title=shortened(entry.title),
            ),
        )
    for entry in reading.untitled:
        report(
            entry.line.number,
            message(N_("“{date}” has no title; write the film's title above it"), date=shortened(entry.title)),
        )
    return [film for pair in reading.pairs if (film := _film(pair, report))]


def _film(pair: _Pair, report: Report) -> Incoming | None:
    title, when = clean(pair.title), pair.dated.when
    if when is None:
        report(
            pair.line,
            message(IMPOSSIBLE, title=shortened(title), date=pair.dated.wrong),
        )
        return None
    check_weekday(title, when, pair.line, report)
    release = Release(date=when.date, status=pair.dated.status)
    film = Film(id="", title=title, releases=(release,), **pair.entry.more)
    return Incoming(film, pair.entry.line.number, year_of(title))


IMPOSSIBLE = N_("“{title}” has no date: “{date}” is not in the calendar; check the day and the month")


def check_weekday(title: str, when: Written, line: int, report: Report) -> None:
    if not when.fits:
        report(
            line,
            message(
                N_("“{title}”: {date} is not the weekday written beside it; the date was used, check which is right"),
                title=shortened(title),
                date=when.date,
            ),
        )


def year_of(title: str) -> int | None:
    """Anaconda (2025)."""
    match = re.search(r"\(((?:19|20|21)[0-9]{2})\)$", title)
    return int(match[1]) if match else None
