"""The film that a page is about: its title, its labelled fields, and the lines below the title that have no label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_NAME, LONGEST_TEXT, Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources import written
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.page.dated import day_of, holds_day, is_day, year_behind
from tui.imports.sources.page.details import credits_of, names_of, paragraphs_of, seen
from tui.imports.sources.page.kinds import is_headline
from tui.imports.sources.page.lines import LONGEST_PERSON, NOISE, ONE_LINE, TOP, Line, shortened
from tui.imports.sources.page.listing import NO_TITLE, check_weekday
from tui.imports.sources.page.sections import LISTS, PageSection
from tui.imports.sources.page.years import undatable
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    SYNOPSIS_TOO_LONG,
    age_mark,
    genre,
    genres,
    minutes,
    rating,
    year_of,
)

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Report

_TWICE = N_("“{label}” appears twice; the first was used")


class OwnFilm:
    """The page's own film, section by section."""

    def __init__(self, report: Report) -> None:
        self.head: Line | None = None
        """The line with its title."""
        self._report = report
        self._fields: dict[str, Any] = {}
        self._synopses: dict[str, str] = {}
        self._year: int | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The film's, as far as they were read."""
        return self._fields

    def find_head(self, sections: list[PageSection], first: PageSection, title: str = "") -> None:
        """Its title: the page's first line, or below a list the line above the first label.

        Where the page names itself, that is the title, and what stands above it is the site's.
        """
        top, before = sections[0], sections[sections.index(first) - 1]
        listing = sum(holds_day(line.text) for line in top.lines) > 1
        if title and not listing:
            at = next((at for at, line in enumerate(top.lines) if fold(line.text) in fold(title)), None)
            self.head = Line(top.lines[at].number if at is not None else 1, title)
            below = top.lines[at + 1 :] if at is not None else [line for line in top.lines if is_day(line.text)]
            top.lines.clear()
            for line in below:
                self._loose(line)
        elif top.lines and not listing:
            self.head, *others = top.lines
            top.lines.clear()
            for line in others:
                self._loose(line)
        elif before.kind in LISTS and before.lines and not holds_day(before.lines[-1].text):
            dates_first = is_day(before.lines[0].text)
            if not (dates_first and len(before.lines) > 1 and is_day(before.lines[-2].text)):
                self.head = before.lines.pop()

    def film(self, own: list[PageSection]) -> Incoming | None:
        fields = dict(self._fields)
        title = fields.pop("title", None) or (self.head and clean(self.head.text))
        if not title or is_headline(title):
            self._report(
                own[0].number,
                message(
                    N_("no title above “{label}”; write the film's title in the first line"),
                    label=shortened(own[0].label),
                ),
            )
            return None
        if len(title) > LONGEST_NAME:
            self._report(self.head.number if self.head else own[0].number, message(NO_TITLE, value=shortened(title)))
            return None
        if len(self._synopses) == 2:
            fields["synopsis"] = Prose(**self._synopses)
        elif self._synopses:  # “Synopsis” stands above Indonesian texts too
            fields["synopsis"] = Prose(plain=next(iter(self._synopses.values())))
        film = Film(id="", title=title, **fields)
        return Incoming(film, self.head.number if self.head else own[0].number, self._year or year_behind(title))

    def _put(self, section: PageSection, name: str, value: Any) -> None:
        if not value or self._fields.get(name) == value:
            return
        if name in self._fields:
            self._report(section.number, message(_TWICE, label=shortened(section.label)))
        else:
            self._fields[name] = value

    def read(self, section: PageSection) -> None:
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

    def _synopsis(self, section: PageSection) -> None:
        language = "id" if fold(section.label).startswith(("sinopsis", "ringkasan", "jalan")) else "en"
        long = sum(len(line.text) for line in section.lines) > LONGEST_TEXT
        text = "" if long else paragraphs_of(section.lines)
        if long:
            self._report(
                section.number,
                message(SYNOPSIS_TOO_LONG, count=LONGEST_TEXT),
            )
        elif self._synopses.setdefault(language, text) != text:
            self._report(section.number, message(_TWICE, label=shortened(section.label)))

    def _one_line(self, section: PageSection, line: int, text: str) -> None:
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
            self._year = self._year or year_of(text)
        elif section.kind == "date":
            self._release(section, line, text)
        elif len(text) > LONGEST_NAME:
            self._report(line, message(NO_TITLE, value=shown))
        else:
            self._put(section, section.kind, text)

    def _release(self, section: PageSection, line: int, text: str) -> None:
        when = written.parse(text) or next(iter(written.find(text[:LONGEST_NAME])), None)
        title = clean(self.head.text) if self.head else section.label
        if when:
            check_weekday(title, when, line, self._report)
            dated = day_of(text)
            status = dated.status if dated else "confirmed"
            self._put(section, "releases", (Release(date=when.date, status=status),))
        elif wrong := written.impossible(text[:LONGEST_NAME]):
            self._report(line, undatable(title, wrong))
        else:
            self._report(line, message(N_("“{value}” is not a date; write 7 Januari 2026"), value=shortened(text)))

    def _loose(self, line: Line) -> None:
        """A line below the title that no label explains."""
        text = clean(line.text)
        section = PageSection(TOP, text, line.number, [])
        parts = re.split(r"\s*[,/•·|]\s*", text) if len(text) <= LONGEST_PERSON else []
        known = [genre(part) for part in parts if part]
        if is_day(text):
            self._release(section, line.number, text)
        elif year := year_of(text):
            self._year = self._year or year
        elif not text.isdigit() and minutes(text):
            self._put(section, "runtime", minutes(text))
        elif age_mark(text) or ("+" in text and rating(text)):
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
