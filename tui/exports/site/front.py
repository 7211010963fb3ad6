"""The first page: what opens this week, what comes next, the month, and the way to all months."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import htpy as h

from tui.exports import week as weeks
from tui.exports.markup import Node, opening, said, when
from tui.exports.monthly import days, unusual
from tui.exports.site import paths
from tui.exports.site.frame import framed, name_of
from tui.exports.site.lists import sheet_of
from tui.films import spoken, terms
from tui.films.dates import LAST_DAY, UNDATED, from_key, key_of, period_of
from tui.library.week import week_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.exports.site.frame import Spot
    from tui.index.query import Row

_OPENING = 240
"""Characters of a synopsis on a card."""


def front_page(spot: Spot) -> h.Renderable:
    words = spot.words
    about = words.gettext("What opens when: film releases by week, month and genre.")
    return framed(spot, name_of(spot), _parts(spot), about=about)


def _parts(spot: Spot) -> Iterable[Node]:
    words, listing = spot.words, spot.site.listing
    _ = words.gettext
    library, view, today = listing.library, listing.view, listing.today
    week = week_of(library, view, today)
    count, _dot, span = weeks.title(week, today, words).partition(" · ")
    yield h.h1[count]
    yield h.p(class_="fact")[span]
    if week.rows:
        yield "\n"
        yield h.ul(class_="cards")[([_card(row, spot), "\n"] for row in week.rows)]
        if (more := week.total - len(week.rows)) > 0:
            yield h.p(class_="fact")[words.ngettext("{n} more", "{n} more", more)]
    if week.next:
        yield "\n"
        yield h.h2[_("Coming next")]
        yield days(week.next, spot.setting, year=True)
    months = listing.months
    dated = [period for period in months if period != UNDATED]
    if dated and not week.rows and not week.next and key_of(today) > dated[-1]:
        text = _("The catalog ends on {date}; nothing is still to come.")
        last = library.rows(view, sum(months[period] for period in dated) - 1, 1)[0].when
        yield h.p[text.format(date=spoken.long(last, words))]
    if shown := _month(today, dated):
        yield "\n"
        yield h.section(class_="month")[_sheet(shown, spot)]
    yield "\n"
    yield h.h2("#months")[_("Months")]
    yield _shelf(months, spot)


def _card(row: Row, spot: Spot) -> Node:
    words = spot.words
    film = spot.site.listing.library.film(row.id)
    facts = [terms.about(film, words, 2), *unusual(row.type, row.region, spot.setting)]
    text, other = said(film.synopsis, words.language) if film.synopsis else ("", None)
    status = terms.doubt(row, words)
    day = row.when.exact
    return h.li[
        h.h2(class_="title")[h.a(href=spot.to(paths.film(row.id)))[row.title]],
        h.p(class_="when")[
            when(row.when, spoken.short(day, words)) if day else None,
            bool(status) and [" · ", h.em(class_="status")[status]],
        ],
        any(facts) and h.p(class_="fact")[" · ".join(filter(None, facts))],
        bool(text) and h.p(lang=other)[opening(text, _OPENING)],
    ]


def _month(today: date, dated: list[int]) -> int | None:
    """The period of the month that is shown: today's, else the last one with films before it, else the next."""
    now = period_of(key_of(today))
    months = [period for period in dated if period % 100 == LAST_DAY]
    return max((period for period in months if period <= now), default=min(months, default=None))


def _sheet(period: int, spot: Spot) -> Iterable[Node]:
    weeks, exact, loose, setting = sheet_of(spot, period)
    yield h.h2[h.a(href=spot.to(paths.month(period)))[spoken.period(period, spot.words)]]
    yield weeks
    yield h.div(class_="narrow")[days(exact, setting)]
    if loose:
        yield h.div(class_="loose")[days(loose, setting)]


def _shelf(months: dict[int, int], spot: Spot) -> Node:
    """A line for each year: its months, and how many films each has."""
    words = spot.words

    def entry(period: int) -> Node:
        known = from_key(period)
        text = spoken.period(period, words)
        if known.year and (known.month or known.quarter):
            text = text.removesuffix(f" {known.year}")
        elif known.year:
            text = words.gettext("sometime that year")
        number = h.span(class_="count")[words.number(months[period])]
        return h.li[h.a(href=spot.to(paths.month(period)))[text], " ", number]

    return h.ul(class_="years")[
        (
            [h.li[h.span(class_="label")[str(year) if year else "—"], h.ul(class_="shelf")[map(entry, periods)]], "\n"]
            for year, periods in groupby(months, key=lambda period: from_key(period).year)
        )
    ]
