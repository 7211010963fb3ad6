"""Text copied from a page about films: one film's own page, lists of films with their dates, articles, tables.

First each line is told what it is (kinds.py), and dates without a year get theirs (years.py). Then the page is read as
tables, as an article and as labels with lists; the reading that explains most with the least left over is the page's.
"""

from __future__ import annotations

from datetime import date

import msgspec

from tui.base.errors import Message, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_NAME, News, Prose
from tui.imports.sources.incoming import Incoming, Problems, Report, SourceError, Taken
from tui.imports.sources.page import grids, items, region, told
from tui.imports.sources.page.dated import day_of, holds_day, is_day
from tui.imports.sources.page.details import mended
from tui.imports.sources.page.items import Reading
from tui.imports.sources.page.kinds import HEADING, PROSE
from tui.imports.sources.page.lines import (
    ADDRESS,
    FIELDS,
    NEWS,
    NOISE,
    RULE,
    SCHEDULE,
    Line,
    lines_of,
    shortened,
    too_long,
    unmarked,
)
from tui.imports.sources.page.listing import NO_TITLE, films_of
from tui.imports.sources.page.own import OwnFilm
from tui.imports.sources.page.prepared import Outline, prepared
from tui.imports.sources.page.sections import LISTS, PageSection, sections_of
from tui.imports.sources.page.surety import UNSURE, unsure
from tui.imports.sources.page.titles import without_studios
from tui.imports.sources.page.years import UNDATABLE

LONGEST_PAGE = 4_000_000
"""Characters."""
_MORE = N_("{count} more lines were left out, from this one on; is this a film page?")


def read(text: str, name: str, year: int | None = None, outline: Outline = Outline()) -> Taken:  # noqa: B008
    """What a page's text says.

    `name` is the source's, for the problems; `year` that of dates without one where the page says none.

    Raises SourceError if there is neither a film nor a headline, nor a film whose date is wrong.
    """
    name = clean(name)
    if len(text) > LONGEST_PAGE:
        raise too_long(name)
    lines = lines_of(text, name)
    if not lines:
        raise SourceError(message(N_("{name}: empty; copy the page's text into it"), name=name))
    report = Problems(name, _MORE)
    reading, news = _best(prepared(lines, outline, year, report), outline)
    if doubt := unsure(reading.films, lines, outline.title):
        reading = Reading(told=[(reading.films[0].line, doubt)])
    for number, wrong in reading.told:
        report(number, wrong)
    films = region.placed(_joined(_named(reading.films), report), lines, report)
    taken = Taken(films, news, report.reported())
    if not (taken.films or news or any(wrong.msgid in _ENOUGH_TOLD for _, wrong in reading.told)):
        raise SourceError(message(_NO_FILM, name=name))
    return taken


_ENOUGH_TOLD = UNDATABLE | {UNSURE}
"""What says of a title why it is not taken; nothing has to be said of the page then."""
_NO_FILM = N_("{name}: no film; it needs a title above “Sinopsis”, or titles with dates such as 7 Januari 2026")


def _best(lines: list[Line], outline: Outline) -> tuple[Reading, list[News]]:
    """The reading of the page, and its headlines."""
    table, rest = grids.read(lines)
    if table.films:
        own = [line for line in rest if line.kind not in {PROSE, HEADING}]
        plain, news = (
            _labelled(own, outline.film)
            if any(section.kind in FIELDS for section in sections_of(own))
            else (Reading(), [])
        )
        return Reading(plain.films + table.films, plain.told + table.told, table.undated), news
    plain, news = _labelled(lines, outline.film)
    article = items.read(lines)
    if (article.score > plain.score and len(article.films) > 1) or (article.films and not plain.films):
        return article, news
    if not any(film.film.releases for film in plain.films):
        one = told.read(lines, outline.title)
        if one.films and len(plain.films) == 1:
            film = one.films[0].film
            named = msgspec.structs.replace(plain.films[0].film, title=film.title, releases=film.releases)
            plain.films = [msgspec.structs.replace(plain.films[0], film=named)]
        elif one.films or (one.told and not plain.films):
            return one, news
    return plain, news


def _labelled(lines: list[Line], title: str = "") -> tuple[Reading, list[News]]:
    """The page as one film's own, with labels, and as lists of films with their days."""
    reading = Reading()

    def report(number: int, told: Message) -> None:
        reading.told.append((number, told))

    sections = sections_of(lines)
    own = [section for section in sections if section.kind in FIELDS]
    film = OwnFilm(report)
    if own:
        film.find_head(sections, own[0], title)
    elif len(sections) > 1 and not any(holds_day(line.text) for line in sections[0].lines):
        sections[0].lines.clear()  # the site's name, above its list
    for section in own:
        film.read(section)
    found = [film.film(own)] if own else []
    for section in sections:
        if section.kind in LISTS:
            listed = [line for line in section.lines if line.kind not in {PROSE, HEADING}]
            if film.head and section.kind == SCHEDULE and len(listed) == 1 and is_day(listed[0].text):
                listed = [film.head, *listed]  # Jadwal tayang: 7 Januari 2026
            films, undated = films_of(listed, report)
            found += films
            reading.undated += undated
    reading.films = [one for one in found if one]
    return reading, _news(sections, report)


def _named(films: list[Incoming]) -> list[Incoming]:
    titles = without_studios([incoming.film.title for incoming in films])
    return [
        msgspec.structs.replace(incoming, film=msgspec.structs.replace(incoming.film, title=title))
        for incoming, title in zip(films, titles, strict=True)
    ]


def _joined(films: list[Incoming], report: Problems) -> list[Incoming]:
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
            report(
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


def _news(sections: list[PageSection], report: Report) -> list[News]:
    return [item for section in sections if section.kind == NEWS for item in _headlines(section.lines, report)]


def _headlines(lines: list[Line], report: Report) -> list[News]:
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
        elif len(title) > LONGEST_NAME:
            report(line.number, message(NO_TITLE, value=shortened(title)))
        elif fold(title) not in NOISE and not RULE.fullmatch(title):
            news.append(News(title=Prose(plain=mended(title)), date=day))
    return news
