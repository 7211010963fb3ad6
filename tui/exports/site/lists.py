"""The pages of months and of genres."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import htpy as h
import msgspec

from tui.exports.monthly import days, table
from tui.exports.site import paths
from tui.exports.site.frame import framed
from tui.films import spoken, terms
from tui.films.dates import LAST_DAY, first_key, from_key, key_of, parse, period_of
from tui.index.selection import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.exports.markup import Node
    from tui.exports.monthly import Setting
    from tui.exports.site.frame import Spot
    from tui.index.query import Row
    from tui.library.view import View

_MOST = 500
"""Films of a genre that its page lists; of more, the last before this month and those behind it."""


def month_page(spot: Spot, period: int, before: int | None, after: int | None) -> h.Renderable:
    """A period with its films; `before` and `after` are those beside it."""
    words, count = spot.words, spot.site.listing.months[period]
    name = spoken.period(period, words)
    films = words.ngettext("{n} film", "{n} films", count)
    return framed(spot, name, _month(spot, period, films, before, after), about=f"{name}: {films}")


def sheet_of(spot: Spot, period: int) -> tuple[Node, list[Row], list[Row], Setting]:
    """A month's weeks as a table, its releases with a day and those without, and what they are set with."""
    listing = spot.site.listing
    first = parse(f"{from_key(period)}-01").exact
    assert first
    setting = spot.setting._replace(holidays=spot.site.holidays(first.year))
    rows = list(listing.library.all_rows(listing.view.within(period)))
    dated = sum(row.when.exact is not None for row in rows)  # what has no day stands behind all days, and in no table
    return table(first, rows, setting), rows[:dated], rows[dated:], setting


def _month(spot: Spot, period: int, films: str, before: int | None, after: int | None) -> Iterable[Node]:
    words, listing = spot.words, spot.site.listing
    yield h.h1[spoken.period(period, words)]
    yield h.p(class_="fact")[films]
    yield "\n"
    if period % 100 != LAST_DAY:
        yield days(listing.library.all_rows(listing.view.within(period)), spot.setting, level=1)
    else:
        weeks, exact, loose, setting = sheet_of(spot, period)
        yield weeks
        yield "\n"
        if exact:
            yield h.section(class_="list", aria_label=words.gettext("Day by day"))[days(exact, setting, level=1)]
        if loose:
            yield h.div(class_="loose")[days(loose, setting, level=1)]
    yield "\n"
    steps = [("prev", "← {month}", before), ("next", "{month} →", after)]
    yield h.nav(class_="steps", aria_label=words.gettext("Months"))[
        (
            h.a(rel=rel, href=spot.to(paths.month(beside)))[text.format(month=spoken.period(beside, words))]
            for rel, text, beside in steps
            if beside is not None
        )
    ]


def genre_view(spot: Spot, name: str) -> View:
    """The releases of a genre."""
    listing = spot.site.listing
    selection = listing.view.selection
    term = Term(facets=(("genre", name),))
    return listing.library.view(msgspec.structs.replace(selection, terms=(*selection.terms, term)))


def genre_page(spot: Spot, name: str, view: View) -> h.Renderable:
    words = spot.words
    text = terms.genre(name, words)
    films = words.ngettext("{n} film", "{n} films", view.total)
    title = text[:1].upper() + text[1:]
    calendar = h.link(rel="alternate", type="text/calendar", title=title, href=spot.to(paths.genre_calendar(name)))
    return framed(spot, title, _genre(spot, name, title, films, view), about=f"{title}: {films}", head=calendar)


def _genre(spot: Spot, name: str, title: str, films: str, view: View) -> Iterable[Node]:
    words, listing = spot.words, spot.site.listing
    library = listing.library
    yield h.h1[title]
    yield h.p(class_="fact")[
        films, " · ", h.a(href=spot.to(paths.genre_calendar(name)))[words.gettext("Calendar (ICS)")]
    ]
    first = 0
    if view.total > _MOST:
        now = library.index_of(view, first_key(period_of(key_of(listing.today))))
        first = max(0, min(now, view.total - _MOST))
    rows = library.rows(view, first, _MOST)
    for period, of_month in groupby(rows, key=lambda row: period_of(row.key)):
        yield "\n"
        yield h.h2[h.a(href=spot.to(paths.month(period)))[spoken.period(period, words)]]
        yield days(of_month, spot.setting)
    if view.total > _MOST:
        text = words.gettext("{shown} of {films}; the months have the others.")
        yield h.p(class_="fact")[text.format(shown=words.number(len(rows)), films=films)]


def genres_page(spot: Spot, genres: dict[str, int]) -> h.Renderable:
    """All genres, each with how many films it has; the commonest first."""
    words = spot.words
    title = words.gettext("Genres")

    def entry(name: str, count: int) -> Node:
        called = terms.genre(name, words)
        return h.li[
            h.a(href=spot.to(paths.genre(name)))[called],
            " ",
            h.span(class_="count")[words.number(count)],
            " ",
            h.a(class_="fact", href=spot.to(paths.genre_calendar(name)), aria_label=f"ICS: {called}")["ICS"],
        ]

    shelf = h.ul(class_="genres")[([entry(name, count), "\n"] for name, count in genres.items())]
    return framed(spot, title, [h.h1[title], "\n", shelf], about=", ".join(terms.genre(n, words) for n in genres)[:300])
