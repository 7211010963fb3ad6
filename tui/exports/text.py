"""For people: plain text and Markdown."""

from __future__ import annotations

import re
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from tui.base.text import cells
from tui.films import dates, spoken, terms
from tui.films.facts import FILM, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.films.film import Film, News, Release
    from tui.index.query import Row

_WIDTH = 78


def text(rows: Iterable[Row], months: dict[int, int], words: Words) -> Iterator[str]:
    """The calendar as the screen groups it; `months` has the rows of each period."""
    first = True
    for period, of_month in groupby(rows, key=lambda row: dates.period_of(row.key)):
        if not first:
            yield ""
        first = False
        count = words.ngettext("{n} film", "{n} films", months[period])
        yield f"{spoken.period(period, words).upper()} · {count}"
        before = None
        for row in of_month:
            day = row.when.exact
            label = f"{spoken.weekday(day, words):<3} {day.day:>2}" if day and row.key != before else ""
            if not day and row.key not in (dates.UNDATED, before):
                label = "     –"
            before = row.key
            yield f"  {label:<6}  {named(row, words)}"
    if first:
        yield words.gettext("No films.")


def named(row: Row, words: Words) -> str:
    """Title with what is out of the ordinary: Kuyank (digital, batal)."""
    marks = terms.unusual(row, words)
    return f"{row.title} ({', '.join(marks)})" if marks else row.title


def markdown(entries: Iterable[tuple[Row, Film]], words: Words) -> Iterator[str]:
    """A heading per month and a table under it: day, film with what is out of the ordinary, genres, age class."""
    _ = words.gettext
    columns = _("Date"), _("Film"), _("Genre"), _("Rating")
    tmdb = some = False
    for period, of_month in groupby(entries, key=lambda entry: dates.period_of(entry[0].key)):
        if some:
            yield ""
        some = True
        yield f"## {spoken.period(period, words)}"
        yield ""
        yield f"| {' | '.join(columns)} |"
        yield "| --- | --- | --- | --- |"
        for row, film in of_month:
            tmdb = tmdb or film.rows[row.ordinal].source == terms.TMDB_SOURCE
            when = spoken.full(row.when, words)
            genres = escaped(terms.genres(film.genres, words))
            yield f"| {when} | {escaped(named(row, words))} | {genres} | {film.rating or ''} |"
    if not some:
        yield words.gettext("No films.")
    if tmdb:
        yield from ("", terms.TMDB_NOTICE)


def escaped(value: str) -> str:
    """A text that Markdown leaves as it is."""
    return re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", value)


def film_text(film: Film, news: list[News], words: Words, today: date) -> Iterator[str]:
    """What is known of a film, in lines of 78 characters."""
    _ = words.gettext
    yield film.title
    if film.other_title:
        yield film.other_title
    yield ""
    for release in film.rows:
        yield _release(release, words, today) if film.releases else spoken.full(release.when, words)
        if release.note:
            yield "  " + release.note.best(words.language)
        for earlier in reversed(release.history):
            yield "  " + spoken.moved(earlier.when, words)
    known = [
        (_(fact.label), fact.words(value, words))
        for fact in FILM
        if fact.shown in {Shown.LINE, Shown.LABELLED} and (value := getattr(film, fact.name))
    ]
    if known:
        yield ""
        left = max(len(name) for name, _value in known) + 2
        for name, value in known:
            yield from textwrap.wrap(f"{name:<{left}}{value}", _WIDTH, subsequent_indent=" " * left)
    synopsis = film.synopsis.best(words.language) if film.synopsis else None
    if synopsis:
        yield from ("", _("Synopsis"))
        for paragraph in synopsis.split("\n"):
            yield from textwrap.wrap(paragraph, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if film.cast:
        yield from ("", _("Cast"))
        left = max(cells(credit.name) for credit in film.cast) + 2
        for credit in film.cast:
            yield f"  {credit.name}{' ' * (left - cells(credit.name))}{credit.role or ''}".rstrip()
    if film.links:
        yield from ("", _("Links"))
        for name, address in film.links.items():
            yield f"  {name}: {address}"
    sources = dict.fromkeys(release.source for release in film.rows if release.source)
    if sources:
        yield from ("", _("Sources"), *(f"  {source}" for source in sources))
    if notice := terms.notice(sources):
        yield from textwrap.wrap(notice, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if news:
        yield from ("", _("News"), *(f"  {item.title.best(words.language)}" for item in news))


def _release(release: Release, words: Words, today: date) -> str:
    when = release.when
    parts = [spoken.full(when, words)]
    if when.exact:
        parts.append(spoken.countdown(when.exact, today, words))
    parts += [terms.release_type(release.type, words), words.territory(release.region), terms.doubt(release, words)]
    return " · ".join(filter(None, parts))
