"""Articles about several films: each title with its prose, labels or facts below it, and the day among those."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import Message, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Film, Release
from tui.imports.sources import written
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.page.dated import (
    OPENING,
    StatedDay,
    date_label,
    day_and_title,
    day_of,
    is_day,
    is_former,
    title_and_day,
    year_behind,
)
from tui.imports.sources.page.kinds import DAY, FACTS, HEADING, PROSE, facts_of
from tui.imports.sources.page.lines import ADDRESS, FIELDS, NEWS, Line, kind_of, labelled, shortened
from tui.imports.sources.page.listing import NO_DATE, check_weekday
from tui.imports.sources.page.own import OwnFilm
from tui.imports.sources.page.sections import PageSection
from tui.imports.sources.page.titles import bare_title
from tui.imports.sources.page.years import undatable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.imports.sources.page.dated import DatedTitle
    from tui.imports.sources.written import WrittenDate

_NUMBER = re.compile(r"(?:[-*•#]\s*)?(?:no\.?\s?)?\(?([0-9]{1,3})[.)\]:]\s*(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-–—*•·▪▫‣◦●○■□►▶➤✓✔→»]\s+|[•▪‣◦●►▶➤]\s*)(?=\S)")
_TWO_DAYS = N_("“{title}” has two dates, {first} and {second}, and nothing says which is right; neither was used")
_LONGEST_TITLE = 120
_SELDOM = frozenset({"date", "year", "title", "synopsis"})
"""Labels that are read otherwise here."""


class Reading(msgspec.Struct):
    """One way to read a page: the films, and what would be told if it is taken."""

    films: list[Incoming] = []
    told: list[tuple[int, Message]] = []
    undated: int = 0
    """Titles without a day, or with two."""

    @property
    def score(self) -> float:
        return sum(bool(film.film.releases) for film in self.films) - 0.5 * self.undated


_SECTION = re.compile(
    r"(?:jadwal|sinopsis|daftar|pemain|pemeran|profil|fakta|trailer|cara|harga|link|lokasi|kapan|berikut|alasan"
    r"|tips|kesimpulan|penutup|review|ulasan|synopsis|plot|cast|where to|how to|when|why|what"
    r"|conclusion|final thoughts)\b(?=.)"
    r"|.*\?$",
    re.IGNORECASE,
)
"""Begins the heading of an article's part, which no film is called, unless a number or a day says otherwise."""


class Piece(msgspec.Struct):
    """A line of an article."""

    line: Line
    text: str
    """Without bullet and number."""
    number: int = 0
    bullet: bool = False
    label: tuple[str, str, str] | None = None
    """Its kind, the label and the value."""
    dated: DatedTitle | None = None

    @property
    def titled(self) -> bool:
        """Whether it may be a title: neither prose, a heading, a label nor a day."""
        if self.line.kind == DAY or (_SECTION.match(self.text) and not self.number and not self.dated):
            return False
        return not (
            self.label or ADDRESS.fullmatch(self.text) or self.line.kind in {PROSE, HEADING, FACTS} or is_day(self.text)
        ) and (len(self.dated.title if self.dated else self.text) <= _LONGEST_TITLE)


_LABEL = re.compile(r"([^:：\t]{2,40})\s?[:：\t]\s*(\S.*)?")


def _label(text: str) -> tuple[str, str, str] | None:
    if dated := date_label(text):
        return "date", *dated
    match = _LABEL.fullmatch(text[:4000])
    if match and not match[2] and (kind := kind_of(match[1])) in FIELDS:
        return str(kind), match[1].strip(), ""
    if (found := labelled(text)) and found[0] in FIELDS:
        return found
    kind = kind_of(text)
    return (str(kind), clean(text), "") if kind in FIELDS and kind != "title" else None


def pieces_of(lines: list[Line]) -> list[Piece]:
    made: list[Piece] = []
    for line in lines:
        text, number, bullet = line.text, 0, False
        if mark := _NUMBER.match(text):
            text, number = text[mark.end() :], int(mark[1])
        elif mark := _BULLET.match(text):
            text, bullet = text[mark.end() :], True
            if inner := _NUMBER.match(text):
                text, number = text[inner.end() :], int(inner[1])
        text = text.strip()
        piece = Piece(line, text, number, bullet, _label(text))
        if line.kind != PROSE and not piece.label and not is_day(text):
            piece.dated = title_and_day(text) or day_and_title(text)
        made.append(piece)
    return made


def _styles(pieces: list[Piece]) -> dict[str, list[int]]:
    """The places of what may be the titles, by how a page can mark them."""
    styles: dict[str, list[int]] = defaultdict(list)
    expected = {1}
    for at, piece in enumerate(pieces):
        if piece.number and (not styles["number"] or piece.number in expected):
            if piece.titled or piece.line.kind == PROSE:
                styles["number"].append(at)
            expected = {piece.number + 1, piece.number - 1, 1}
        elif not piece.titled:
            continue
        elif piece.line.level > 1:
            styles[f"level {piece.line.level}"].append(at)
        elif piece.bullet:
            styles["bullet"].append(at)
        if piece.titled and not piece.bullet and not piece.number and at + 1 < len(pieces) and len(piece.text) <= 100:
            following = pieces[at + 1]
            if following.line.kind in {PROSE, FACTS} or (following.label and following.label[0] != "title"):
                styles["block"].append(at)
    for at, piece in enumerate(pieces):
        if piece.label and piece.label[0] == "title" and piece.label[2]:
            styles["label"].append(at)
    return styles


def read(lines: list[Line]) -> Reading:
    """The best reading of all that the styles give; an empty one where no style has two films."""
    pieces = pieces_of(lines)
    readings = [_read(pieces, titles, style) for style, titles in _styles(pieces).items() if titles]
    return max(readings, key=lambda one: one.score, default=Reading())


def _read(pieces: list[Piece], titles: list[int], style: str) -> Reading:
    reading = Reading()
    ends = [*titles[1:], len(pieces)]
    for start, end in zip(titles, ends, strict=True):
        until = next(
            (at for at in range(start + 1, end)
             if pieces[at].line.kind == HEADING or kind_of(pieces[at].text) == NEWS), end,
        )  # fmt: skip
        _item(pieces[start:until], style, reading)
    return reading


def _item(pieces: list[Piece], style: str, reading: Reading) -> None:
    head = pieces[0]
    text = head.label[2] if style == "label" and head.label else head.dated.title if head.dated else head.text
    title, fields = bare_title(text, prose=head.line.kind == PROSE)
    number = head.line.number
    if not title:
        return
    report: Callable[[int, Message], None] = lambda line, told: reading.told.append((line, told))  # noqa: E731
    stated, line, other = _day(pieces)
    if stated is None:
        reading.undated += 1
        if other:
            report(number, message(_TWO_DAYS, title=shortened(title), first=other[0], second=other[1]))
        else:
            report(number, message(NO_DATE, title=shortened(title)))
        return
    if stated.when is None:
        report(line, undatable(title, stated.wrong))
        reading.undated += 1
        return
    check_weekday(title, stated.when, line, report)
    fields |= _fields(pieces[1:], report)
    film = Film(id="", title=title, releases=(Release(date=stated.when.date, status=stated.status),), **fields)
    reading.films.append(Incoming(film, number, year_behind(title)))


def _day(pieces: list[Piece]) -> tuple[StatedDay | None, int, tuple[str, str] | None]:
    """The day of an item, its line, and two days between which nothing decides: the title's, a label's, prose's."""
    head = pieces[0]
    if head.dated:
        return head.dated.dated, head.line.number, None
    former: tuple[StatedDay, int] | None = None
    for piece in pieces:
        if piece.label and piece.label[0] == "date" and piece.label[2] and (day := _value(piece.label[2])):
            if not is_former(piece.label[1]):
                return day, piece.line.number, None
            former = former or (day, piece.line.number)
        elif is_day(piece.text) and piece is not head and (whole := day_of(piece.text)):
            return whole, piece.line.number, None
    if former:
        return *former, None
    found = [(day, weight, piece.line.number) for piece in pieces if piece.line.kind == PROSE
             for day, weight in told_days(piece.text)]  # fmt: skip
    if not found:
        return None, head.line.number, None
    best = max(weight for _, weight, _ in found)
    days = {(day.when.date if day.when else day.wrong): (day, line) for day, weight, line in reversed(found)
            if weight == best}  # fmt: skip
    if len(days) > 1:
        first, second = list(reversed(days))[:2]
        return None, head.line.number, (first, second)
    return *next(iter(days.values())), None


def _value(text: str) -> StatedDay | None:
    if whole := day_of(text):
        return whole
    if found := written.find(text[:200]):
        return StatedDay(found[0])
    wrong = written.impossible(text[:200])
    return StatedDay(None, wrong) if wrong else None


_SENTENCES = re.compile(r"(?<=[a-z0-9)”\"’'])[.!?]+[\"”’']?\s+(?=[A-Z“\"(])")
_ELSEWHERE = re.compile(
    r"\b(?:trailer|teaser|cuplikan|poster|syuting|soundtrack|lagu|album|novel|buku|book|komik|shooting|filming|lahir|born"
    r"|netflix|disney\+|prime video|hbo|viu|vidio|streaming|film (?:pertama|sebelumnya|aslinya|asli|pendahulu\w*)"
    r"|(?:first|previous|original) (?:film|movie)|versi (?:asli|sebelumnya)|malaysia|singapura|singapore|brunei"
    r"|festival|gala|dvd|blu-ray|digital)\b",
    re.IGNORECASE,
)
_HERE = re.compile(r"indonesia|tanah air|bioskop|cinemas|theaters|theatres|layar lebar", re.IGNORECASE)


def told_days(text: str) -> list[tuple[StatedDay, int]]:
    """The days on which something opens, as running text says; each with how surely it is the film, in cinemas here."""
    found: list[tuple[StatedDay, int]] = []
    for sentence in _SENTENCES.split(text[:20_000]):
        if not OPENING.search(sentence):
            continue
        days = [one for one in written.find(sentence) if one.exact]
        wrong = written.impossible(sentence) if not days else None
        for place, one in enumerate(days):
            found.append((StatedDay(one), _weight(sentence, days, place)))
        if wrong:
            found.append((StatedDay(None, wrong), 1))
    return [(day, weight) for day, weight in found if weight > 0]


def _weight(sentence: str, days: list[WrittenDate], place: int) -> int:
    """0 for another thing's day; more for one beside which Indonesia or its cinemas are named."""
    since = days[place - 1].end if place else 0
    until = days[place + 1].start if place + 1 < len(days) else len(sentence)
    front, behind = sentence[since : days[place].start], sentence[days[place].end : until]
    if place + 1 < len(days):
        behind = behind[: behind.rfind(" pada ")] if " pada " in behind else behind
    around = front[-100:] + " " + behind[:60]
    if _ELSEWHERE.search(around):
        return (
            1
            if _HERE.search(around)
            and not re.search(r"malaysia|singap|brunei|trailer|teaser|poster", around, re.IGNORECASE)
            else 0
        )
    opens = bool(OPENING.search(around))
    return opens + bool(_HERE.search(around)) + (1 if place == 0 else 0)


def _fields(pieces: list[Piece], report: Any) -> dict[str, Any]:
    """What the labels and facts of an item say of its film."""
    own = OwnFilm(report)
    facts: dict[str, Any] = {}
    for at, piece in enumerate(pieces):
        if piece.line.kind == FACTS:
            facts |= {name: value for name, value in facts_of(piece.text).items() if name not in facts}
        if not piece.label or piece.label[0] in _SELDOM:
            continue
        kind, label, value = piece.label
        if value or (at + 1 < len(pieces) and not pieces[at + 1].label and pieces[at + 1].line.kind != PROSE):
            text = value or pieces[at + 1].text
            own.read(PageSection(kind, label, piece.line.number, [Line(piece.line.number, text)]))
    known = own.fields
    return facts | known


def same_titles(films: list[Incoming]) -> int:
    """How many titles are there twice."""
    return len(films) - len({fold(film.film.title) for film in films})
