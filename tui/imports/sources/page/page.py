"""Text copied from a film page: a film's own lines, a list of films with their dates, headlines.

The lines are parted at their labels (Sinopsis, Pemeran, Jadwal Film, Berita Lainnya, ...). A list is read both ways,
each title before its date and each date before its titles; the way that leaves fewer lines over is the page's.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from tui.base.errors import Message, Problem, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Film, News, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources import written
from tui.imports.sources.incoming import Incoming, SourceError, Taken
from tui.imports.sources.page.details import credits_of, mended, names_of, paragraphs_of, seen
from tui.imports.sources.page.lines import (
    ADDRESS,
    FIELDS,
    LONGEST_NAME,
    LONGEST_SYNOPSIS,
    LONGEST_TITLE,
    MOST_PROBLEMS,
    NEWS,
    NOISE,
    ONE_LINE,
    OTHER,
    RULE,
    SCHEDULE,
    TOP,
    Line,
    as_label,
    labelled,
    lines_of,
    shortened,
    too_long,
    unmarked,
)
from tui.imports.sources.page.listing import (
    AGE_MARK,
    IMPOSSIBLE,
    NO_TITLE,
    check_weekday,
    day_of,
    films_of,
    holds_day,
    is_day,
    year_of,
)
from tui.imports.sources.values import NO_CLASS, NO_LENGTH, genre, genres, minutes, rating

LONGEST_PAGE = 4_000_000
"""Characters."""


def read(text: str, name: str) -> Taken:
    """What a page's text says. `name` is the source's, for the problems. Raises SourceError if it has no film."""
    name = clean(name)
    if len(text) > LONGEST_PAGE:
        raise too_long(name)
    lines = lines_of(text, name)
    if not lines:
        raise SourceError(message(N_("{name}: empty; copy the page's text into it"), name=name))
    return _Page(name).read(lines)


class _Section(msgspec.Struct):
    kind: str
    label: str
    number: int
    lines: list[Line]


_LISTS = frozenset({TOP, SCHEDULE})
_TITLES_TOO = (FIELDS | {OTHER}) - {"release", "year"}
"""Labels that a list may have for titles: a film called Director, if a day stands below it."""


def _sections(lines: list[Line]) -> list[_Section]:
    """The lines under their labels; the first section has none."""
    # “Tayang: 7 Januari 2026” more than once is how a list says its dates
    listed = sum((labelled(line.text) or as_label(line.text))[0] == "release" for line in lines) > 1
    sections = [_Section(TOP, "", 1, [])]
    for at, line in enumerate(lines):
        current = sections[-1]
        listing = current.kind in _LISTS
        above_day = at + 1 < len(lines) and is_day(lines[at + 1].text)
        if above_day and not listed and current.kind == TOP and labelled(lines[at + 1].text):
            above_day = False
        kind, label, value = as_label(line.text)
        if kind == "release" and (listed or current.kind == SCHEDULE):
            continue
        if not kind:
            kind, label, value = labelled(line.text) or ("", "", "")
            if listing and kind in FIELDS and (above_day or current.kind == SCHEDULE or (kind == "release" and listed)):
                kind = ""
        elif listing and above_day and kind in _TITLES_TOO:
            kind = ""
        if kind:
            sections.append(_Section(kind, label, line.number, [Line(line.number, value)] if value else []))
        else:
            current.lines.append(line)
    return sections


class _Page:
    """One page being read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[Problem] = []
        self._head: Line | None = None
        self._fields: dict[str, Any] = {}
        self._synopses: dict[str, str] = {}
        self._year: int | None = None

    def read(self, lines: list[Line]) -> Taken:
        """Raises SourceError if there is neither a film nor a headline, nor a film whose date is wrong."""
        sections = _sections(lines)
        own = [section for section in sections if section.kind in FIELDS]
        if own:
            self._find_head(sections, own[0])
        elif len(sections) > 1 and not any(holds_day(line.text) for line in sections[0].lines):
            sections[0].lines.clear()  # the site's name, above its list
        for section in own:
            self._field(section)
        films = [self._own_film(own)] if own else []
        for section in sections:
            if section.kind in _LISTS:
                films += self._list(section)
        news = [item for section in sections if section.kind == NEWS for item in self._news(section.lines)]
        taken = Taken(self._joined([film for film in films if film]), news, self._told())
        if not (taken.films or news or any(problem.message.msgid == IMPOSSIBLE for problem in self._problems)):
            raise SourceError(message(_NO_FILM, name=self._name))
        return taken

    def _report(self, line: int, text: Message) -> None:
        self._problems.append(Problem(self._name, line, 1, text))

    def _told(self) -> list[Problem]:
        problems = sorted(self._problems, key=lambda problem: problem.line)
        if more := problems[MOST_PROBLEMS:]:
            text = message(N_("{n} more lines were left out, from this one on; is this a film page?"), n=len(more))
            problems[MOST_PROBLEMS:] = [Problem(self._name, more[0].line, 1, text)]
        return problems

    # the film that the page is about

    def _find_head(self, sections: list[_Section], first: _Section) -> None:
        """Its title: the page's first line, or below a list the line above the first label."""
        top, before = sections[0], sections[sections.index(first) - 1]
        listing = sum(holds_day(line.text) for line in top.lines) > 1
        if top.lines and not listing:
            self._head, *others = top.lines
            top.lines.clear()
            for line in others:
                self._loose(line)
        elif before.kind in _LISTS and before.lines and not holds_day(before.lines[-1].text):
            dates_first = is_day(before.lines[0].text)
            if not (dates_first and len(before.lines) > 1 and is_day(before.lines[-2].text)):
                self._head = before.lines.pop()

    def _own_film(self, own: list[_Section]) -> Incoming | None:
        fields = dict(self._fields)
        title = fields.pop("title", None) or (self._head and clean(self._head.text))
        if not title:
            self._report(
                own[0].number,
                message(
                    N_("no title above “{label}”; write the film's title in the first line"),
                    label=shortened(own[0].label),
                ),
            )
            return None
        if len(title) > LONGEST_TITLE:
            self._report(self._head.number if self._head else own[0].number, message(NO_TITLE, value=shortened(title)))
            return None
        if len(self._synopses) == 2:
            fields["synopsis"] = Prose(**self._synopses)
        elif self._synopses:  # “Synopsis” stands above Indonesian texts too
            fields["synopsis"] = Prose(plain=next(iter(self._synopses.values())))
        film = Film(id="", title=title, **fields)
        return Incoming(film, self._head.number if self._head else own[0].number, self._year or year_of(title))

    def _put(self, section: _Section, name: str, value: Any) -> None:
        if not value or self._fields.get(name) == value:
            return
        if name in self._fields:
            self._report(section.number, message(_TWICE, label=shortened(section.label)))
        else:
            self._fields[name] = value

    def _field(self, section: _Section) -> None:
        kind, lines = section.kind, section.lines
        if not lines:
            return
        if kind not in ONE_LINE and kind != "synopsis":
            lines = seen(lines)
        if kind == "synopsis":
            self._synopsis(section)
        elif kind == "cast":
            self._put(section, "cast", credits_of(lines, self._report))
        elif kind == "genres":
            self._put(section, "genres", genres(", ".join(names_of(lines, self._report))))
        elif kind not in ONE_LINE:
            self._put(section, kind, tuple(names_of(lines, self._report)))
        else:
            self._one_line(section, lines[0].number, clean(lines[0].text))
            for line in lines[1:]:
                self._loose(line)

    def _synopsis(self, section: _Section) -> None:
        language = "id" if fold(section.label).startswith(("sinopsis", "ringkasan", "jalan")) else "en"
        long = sum(len(line.text) for line in section.lines) > LONGEST_SYNOPSIS
        text = "" if long else paragraphs_of(section.lines)
        if long:
            self._report(
                section.number,
                message(
                    N_("the synopsis was left out: it is longer than {count} characters; shorten it"),
                    count=LONGEST_SYNOPSIS,
                ),
            )
        elif self._synopses.setdefault(language, text) != text:
            self._report(section.number, message(_TWICE, label=shortened(section.label)))

    def _one_line(self, section: _Section, line: int, text: str) -> None:
        shown = shortened(text)
        if section.kind == "runtime":
            self._put(section, "runtime", minutes(text))
            if minutes(text) is None:
                self._report(line, message(NO_LENGTH, value=shown))
        elif section.kind == "rating":
            self._put(section, "rating", rating(text))
            if rating(text) is None:
                self._report(line, message(NO_CLASS, value=shown))
        elif section.kind == "year":
            self._year = self._year or _bare_year(text)
        elif section.kind == "release":
            self._release(section, line, text)
        elif len(text) > LONGEST_TITLE:
            self._report(line, message(NO_TITLE, value=shown))
        else:
            self._put(section, section.kind, text)

    def _release(self, section: _Section, line: int, text: str) -> None:
        when = written.parse(text) or next(iter(written.find(text[:LONGEST_TITLE])), None)
        title = clean(self._head.text) if self._head else section.label
        if when:
            check_weekday(title, when, line, self._report)
            dated = day_of(text)
            status = dated.status if dated else "confirmed"
            self._put(section, "releases", (Release(date=when.date, status=status),))
        elif wrong := written.impossible(text[:LONGEST_TITLE]):
            self._report(line, message(IMPOSSIBLE, title=shortened(title), date=wrong))
        else:
            self._report(line, message(N_("“{value}” is not a date; write 7 Januari 2026"), value=shortened(text)))

    def _loose(self, line: Line) -> None:
        """A line below the title that no label explains."""
        text = clean(line.text)
        section = _Section(TOP, text, line.number, [])
        parts = re.split(r"\s*[,/•·|]\s*", text) if len(text) <= LONGEST_NAME else []
        known = [genre(part) for part in parts if part]
        if is_day(text):
            self._release(section, line.number, text)
        elif year := _bare_year(text):
            self._year = self._year or year
        elif not text.isdigit() and minutes(text):
            self._put(section, "runtime", minutes(text))
        elif AGE_MARK.fullmatch(text) or ("+" in text and rating(text)):
            self._put(section, "rating", rating(text))
        elif known and GENRES.issuperset(known):
            self._put(section, "genres", tuple(known))
        elif fold(text) not in NOISE:
            self._report(
                line.number,
                message(
                    N_("“{value}” was not understood and left out; write what it is in front, such as “Genre: …”"),
                    value=shortened(text),
                ),
            )

    # lists

    def _list(self, section: _Section) -> list[Incoming]:
        lines = section.lines
        if self._head and section.kind == SCHEDULE and len(lines) == 1 and is_day(lines[0].text):
            return films_of([self._head, *lines], self._report)  # Jadwal tayang: 7 Januari 2026
        return films_of(lines, self._report)

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
                        N_("“{title}” appears twice, for {first} and for {second}; the first was used"),
                        title=shortened(film.title),
                        first=both.releases[0].date,
                        second=film.releases[0].date if film.releases else "",
                    ),
                )
            known[fold(film.title)] = Incoming(both, earlier.line, earlier.year or incoming.year)
        return list(known.values())

    # headlines

    def _news(self, lines: list[Line]) -> list[News]:
        """Each line is a headline; a date belongs to the one above it, or below it where the dates come first."""
        news: list[News] = []
        dates_first = bool(lines) and is_day(lines[0].text)
        day: date | None = None
        ordinal = 1
        for line in lines:
            text, ordinal = unmarked(line.text, ordinal)
            title = clean(text)
            if dated := day_of(title):
                exact = date.fromisoformat(dated.when.date) if dated.when and dated.when.exact else None
                day = exact if dates_first else None
                if news and not dates_first:
                    news[-1] = msgspec.structs.replace(news[-1], date=exact)
            elif ADDRESS.fullmatch(title):
                if news and title.lower().startswith("http"):
                    news[-1] = msgspec.structs.replace(news[-1], url=title)
            elif len(title) > LONGEST_TITLE:
                self._report(line.number, message(NO_TITLE, value=shortened(title)))
            elif fold(title) not in NOISE and not RULE.fullmatch(title):
                news.append(News(title=Prose(plain=mended(title)), date=day))
        return news


_NO_FILM = N_("{name}: no film; it needs a title above “Sinopsis”, or titles with dates such as 7 Januari 2026")
_TWICE = N_("“{label}” appears twice; the first was used")


def _bare_year(text: str) -> int | None:
    when = written.parse(text)
    return int(when.date) if when and len(when.date) == 4 else None
