"""Lists of films with their dates: read with each title before its date, and with each date before its titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_NAME, Film, Release
from tui.imports.sources import written
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.labels import column
from tui.imports.sources.page.dated import (
    DatedTitle,
    StatedDay,
    cells_of,
    date_column,
    date_label,
    day_and_title,
    day_of,
    is_day,
    is_former,
    row_of,
    title_and_day,
    year_behind,
)
from tui.imports.sources.page.kinds import DAY, facts_of
from tui.imports.sources.page.lines import ADDRESS, FIELDS, NOISE, RULE, Line, labelled, shortened, unmarked
from tui.imports.sources.page.titles import bare_title
from tui.imports.sources.page.years import undatable

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Report
    from tui.imports.sources.written import WrittenDate


class ListLine(msgspec.Struct):
    """A line of a list."""

    line: Line
    title: str
    """The line, if it is a title."""
    dated: StatedDay | None = None
    """If it is nothing but a date, or from one date to another."""
    tail: DatedTitle | None = None
    """If a date is at its end,"""
    head: DatedTitle | None = None
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


def is_column(cell: str) -> bool:
    """Whether a cell is the name above a column of a list."""
    return cell.strip("#.").lower() in {"", "no"} or column(cell) in _COLUMNS


_COLUMNS = frozenset({"title", "date", "genres", "runtime"})


def _list_lines(lines: list[Line], report: Report) -> list[ListLine]:
    """The lines of a list, each with all that it may be. What can be neither title nor date is reported."""
    entries: list[ListLine] = []
    titled: ListLine | None = None
    column = date_column(lines)
    ordinal = place = 1
    for at, line in enumerate(lines):
        text, ordinal = unmarked(line.text, ordinal)
        if (pair := labelled(text)) and pair[0] == "title":
            text = pair[2]
        title = clean(text)
        table = "\t" in text or "|" in text
        if RULE.fullmatch(title) or ADDRESS.fullmatch(title) or fold(title) in NOISE:
            continue
        if table and all(map(is_column, cells_of(text))):
            continue
        waiting = bool(entries) and not (entries[-1].day or entries[-1].inline)
        above_day = at + 1 < len(lines) and is_day(lines[at + 1].text)
        if dating := date_label(title):
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            if is_former(dating[0]) and date_label(unmarked(following, 0)[0]):
                continue
            if day := day_of(dating[1]):
                entries.append(ListLine(line, title, day))
                continue
        if pair and pair[0] in FIELDS - {"title"} and not day_of(title) and (waiting or not above_day):
            report(line.number, message(_LEFT_OUT, label=shortened(pair[1])))
            continue
        if entries and (mark := facts_of(title)):
            (titled or entries[-1]).more |= mark
            continue
        if len(title) > LONGEST_NAME:
            report(line.number, message(NO_TITLE, value=shortened(title)))
            continue
        entry = ListLine(line, title)
        if day := day_of(title):
            entry.dated, entry.year = day, title.isdigit()
        elif row := row_of(cells_of(text), place, column) if table else None:
            entry.tail, entry.head = row
        else:
            entry.tail, entry.head = title_and_day(title), day_and_title(title)
            if entry.tail and entry.head and day_of(entry.tail.title):
                entry.dated = entry.head.dated
        entries.append(entry)
        place += entry.inline
        titled = titled if entry.day else entry
    return entries


_LEFT_OUT = N_("“{label}” stands inside a list of films and was left out; put it below the film's own title")
NO_TITLE = N_("“{value}…” is too long for a title; write each title and its date on a line of its own")


class DatedLine(msgspec.Struct, frozen=True):
    entry: ListLine
    title: str
    dated: StatedDay
    line: int
    """Of the date."""


class ListReading(msgspec.Struct):
    """One way to read a list."""

    pairs: list[DatedLine] = []
    undated: list[ListLine] = []
    untitled: list[ListLine] = []
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

    def pair(self, title: ListLine, day: ListLine) -> None:
        if day.dated:
            self.pairs.append(DatedLine(title, title.title, day.dated, day.line.number))

    def inline(self, entry: ListLine, wanted: DatedTitle | None, other: DatedTitle | None) -> None:
        inline = wanted or other
        if inline:
            self.torn += wanted is None
            self.pairs.append(DatedLine(entry, inline.title, inline.dated, entry.line.number))


def _titles_first(entries: list[ListLine]) -> ListReading:
    """Each title is followed by its date."""
    reading = ListReading()
    waiting: ListLine | None = None
    for at, entry in enumerate(entries):
        above_day = at + 1 < len(entries) and entries[at + 1].day
        if waiting and entry.dated and not (above_day and (entry.year or entry.inline)):
            reading.pair(waiting, entry)
            reading.torn += entry.line.apart
            waiting = None
        elif (above_day and entry.line.kind != DAY) or not (
            entry.inline or entry.day
        ):  # a title, whatever else it looks like: 17 Agustus 1945
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


def _dates_first(entries: list[ListLine]) -> ListReading:
    """Each date is followed by its titles."""
    reading = ListReading()
    years = [entry.dated.when.date[:4] for entry in entries if entry.day and entry.dated and entry.dated.when]
    latest = max(years, default="")
    heading: ListLine | None = None
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


def films_of(lines: list[Line], report: Report) -> tuple[list[Incoming], int]:
    """The films of a list, and how many lines of it are left over."""
    entries = _list_lines(lines, report)
    if not entries:
        return [], 0
    titles, dates = _titles_first(entries), _dates_first(entries)
    # a list that begins with a title has its dates below, unless much speaks against it
    by_title, by_date = titles.cost(headless=1), dates.cost(headless=2)
    reading = dates if by_date < by_title or (by_date == by_title and entries[0].day) else titles
    for entry in reading.undated:
        report(
            entry.line.number,
            message(
                NO_DATE,
                title=shortened(entry.title),
            ),
        )
    for entry in reading.untitled:
        report(
            entry.line.number,
            message(N_("“{date}” has no title; write the film's title above it"), date=shortened(entry.title)),
        )
    pairs = reading.pairs
    if reading.cost(headless=1)[0] > max(2, len(pairs)):
        pairs = [pair for pair in pairs if pair.entry.inline]  # a title and its date in one line are sure
        if left := len(reading.pairs) - len(pairs):
            report(reading.pairs[0].line, message(_NO_FIT, count=left))
    films = [film for pair in pairs if (film := _film(pair, report))]
    return films, len(reading.undated) + len(reading.untitled) + len(reading.pairs) - len(films)


_NO_FIT = N_("titles and dates do not fit together from here on, and {count} films were left out; keep the list alone")


def _film(pair: DatedLine, report: Report) -> Incoming | None:
    title, more = bare_title(pair.title)
    when = pair.dated.when
    if when is None:
        report(pair.line, undatable(title, pair.dated.wrong))
        return None
    check_weekday(title, when, pair.line, report)
    if (
        when.exact
        and (other := _OTHER_DAY.fullmatch(title))
        and (own := written.parse(f"{when.date[:8]}{int(other[2]):02}"))
    ):
        title, when = other[1], own
    release = Release(date=when.date, status=pair.dated.status)
    film = Film(id="", title=title, releases=(release,), **(more | pair.entry.more))
    return Incoming(film, pair.entry.line.number, year_behind(title))


_OTHER_DAY = re.compile(r"(.+\S)\s\(([0-9]{1,2})(?:st|nd|rd|th)\)")
"""A day of the same month, behind a title below another day: Baby Driver (28th)."""
NO_DATE = N_("“{title}” has no date; write it behind the title or in the next line, such as 7 Januari 2026")


def check_weekday(title: str, when: WrittenDate, line: int, report: Report) -> None:
    if not when.fits:
        report(
            line,
            message(
                N_("“{title}”: {date} is not the weekday written beside it; the date was used, check which is right"),
                title=shortened(title),
                date=when.date,
            ),
        )
