"""Text copied from a film page: a film's own lines, a list of films with their dates, headlines.

The lines are parted at their labels (Sinopsis, Pemeran, Jadwal Film, Berita Lainnya, ...). A list is read both ways,
each title before its date and each date before its titles; the way that leaves fewer lines over is the page's.
"""

from __future__ import annotations

from datetime import date

import msgspec

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import LONGEST_NAME, News, Prose
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken
from tui.imports.sources.page.dated import day_of, holds_day, is_day
from tui.imports.sources.page.details import mended
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
from tui.imports.sources.page.listing import IMPOSSIBLE, NO_TITLE, films_of
from tui.imports.sources.page.own import OwnFilm
from tui.imports.sources.page.sections import LISTS, sections_of

LONGEST_PAGE = 4_000_000
"""Characters."""
_MORE = N_("{count} more lines were left out, from this one on; is this a film page?")


def read(text: str, name: str) -> Taken:
    """What a page's text says. `name` is the source's, for the problems.

    Raises SourceError if there is neither a film nor a headline, nor a film whose date is wrong.
    """
    name = clean(name)
    if len(text) > LONGEST_PAGE:
        raise too_long(name)
    lines = lines_of(text, name)
    if not lines:
        raise SourceError(message(N_("{name}: empty; copy the page's text into it"), name=name))
    report = Problems(name, _MORE)
    sections = sections_of(lines)
    own = [section for section in sections if section.kind in FIELDS]
    film = OwnFilm(report)
    if own:
        film.find_head(sections, own[0])
    elif len(sections) > 1 and not any(holds_day(line.text) for line in sections[0].lines):
        sections[0].lines.clear()  # the site's name, above its list
    for section in own:
        film.read(section)
    found = [film.film(own)] if own else []
    for section in sections:
        if section.kind in LISTS:
            lines = section.lines
            if film.head and section.kind == SCHEDULE and len(lines) == 1 and is_day(lines[0].text):
                lines = [film.head, *lines]  # Jadwal tayang: 7 Januari 2026
            found += films_of(lines, report)
    news = [item for section in sections if section.kind == NEWS for item in _news(section.lines, report)]
    taken = Taken(_joined([one for one in found if one], report), news, report.reported())
    if not (taken.films or news or any(problem.message.msgid == IMPOSSIBLE for problem in taken.problems)):
        raise SourceError(message(_NO_FILM, name=name))
    return taken


_NO_FILM = N_("{name}: no film; it needs a title above “Sinopsis”, or titles with dates such as 7 Januari 2026")


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


def _news(lines: list[Line], report: Problems) -> list[News]:
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
