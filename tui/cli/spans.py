"""The commands week, month and year."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import click

from tui.base.errors import FilmtuiError, ValueRefusedError, message
from tui.base.words import N_
from tui.cli.completion import months, years
from tui.cli.localised import Localised, Read, State, everywhere
from tui.cli.shared import DATE, format_option, opened, report, say_if_ended, write, write_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.words import Words
    from tui.films.dates import ReleaseDate
    from tui.library.library import Library
    from tui.library.week import Week

_PIPED = 100
"""Cells of a line where no terminal says how many it has."""


def _month(value: str) -> date:
    from tui.films.dates import from_key, parse_period

    known = from_key(parse_period(value))
    if known.year is None or known.month is None:
        raise ValueRefusedError(message(N_("“{value}” is not a month; write 2026-01"), value=value))
    return date(known.year, known.month, 1)


def _year(value: str) -> int:
    from tui.films.dates import parse

    try:
        known = parse(value)
    except FilmtuiError:
        known = None
    if known is None or known.year is None or known.month or known.quarter:
        raise ValueRefusedError(message(N_("“{value}” is not a year; write 2026"), value=value))
    return known.year


@click.command(cls=Localised, help=N_("Show what opens in a week, what is still new and what comes next."))
@everywhere
@click.option("--date", "day", type=DATE, metavar="DATE", help=N_("The week of that date; this week if not given."))
@format_option("text", "json", "markdown", "whatsapp", "html")
@click.pass_obj
def week(state: State, day: ReleaseDate | None, form: str) -> int:
    from tui.exports import week as exports
    from tui.library.almanac import Almanac
    from tui.library.week import week_of

    places, words = state.settings.places, state.words
    today = places.today
    with opened(state) as library:
        view = library.sound_view(library.home)
        found = week_of(library, view, (day and day.about) or today)
        holidays = Almanac(places.cache, state.settings.region).years(today.year, today.year + 1)
        if form == "json":
            write([exports.json(found, library.film, holidays, today, words)])
        elif form == "whatsapp":
            write(exports.whatsapp(found, library.film, today, words))
        elif form == "html":
            write_chunks(_page(library, found, today, words))
        else:
            lines = exports.markdown if form == "markdown" else exports.text
            write(lines(found, library.film, holidays, today, words))
        say_if_ended(library, state, aside=form not in {"text", "markdown"})
        return report(library, state)


@click.command(cls=Localised, help=N_("Show a month as a grid of its days."))
@everywhere
@click.argument("month", required=False, metavar="[YYYY-MM]", type=Read("2026-01", _month, months))
@format_option("text", "json")
@click.pass_obj
def month(state: State, month: date | None, form: str) -> int:
    from tui.exports import month as exports
    from tui.library.almanac import Almanac
    from tui.library.month import month_of

    places, words = state.settings.places, state.words
    with opened(state) as library:
        found = month_of(library, library.sound_view(library.home), month or places.today)
        holidays = Almanac(places.cache, state.settings.region).year(found.first.year)
        if form == "json":
            write([exports.json(found, holidays, words)])
        else:
            write(exports.text(found, holidays, places.today, words, _width(), library.first_day))
        return report(library, state)


@click.command(cls=Localised, help=N_("Show a year: how many films open on each day."))
@everywhere
@click.argument("year", required=False, metavar="[YYYY]", type=Read("2026", _year, years))
@format_option("text", "json")
@click.pass_obj
def year(state: State, year: int | None, form: str) -> int:
    from tui.exports import year as exports
    from tui.library.almanac import Almanac
    from tui.library.year import year_of

    places, words = state.settings.places, state.words
    wanted = year or places.today.year
    with opened(state) as library:
        found = year_of(library, library.view(library.home), wanted)
        holidays = Almanac(places.cache, state.settings.region).years(max(1, wanted - 1), wanted + 1)
        if form == "json":
            write([exports.json(found, holidays, words)])
        else:
            write(exports.text(found, holidays, places.today, words, _width(), library.first_day))
        return report(library, state)


def _page(library: Library, week: Week, today: date, words: Words) -> Iterator[bytes]:
    """The films of the week as a page."""
    from msgspec.structs import replace

    from tui.exports.html import html
    from tui.exports.listing import Listing
    from tui.films.dates import key_of

    of_week = replace(library.home, first=key_of(week.first), last=key_of(week.last))
    return html(Listing(library, library.sound_view(of_week), words, today))


def _width() -> int:
    return max(40, min(shutil.get_terminal_size((_PIPED, 24)).columns, 160))
