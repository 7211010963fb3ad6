"""The releases of a month as HTML: a list by days, and a table of its weeks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import htpy as h

from tui.exports.markup import Node, when
from tui.films import spoken, terms
from tui.films.dates import UNDATED, from_key, key_of, period_of
from tui.films.film import HOME_REGION
from tui.library.month import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from tui.base.words import Words
    from tui.films.dates import ReleaseDate
    from tui.films.holidays import Holiday
    from tui.index.query import Row

_IN_A_CELL = 40
"""Films of a day that the table names; the list below it has all."""


class Setting(NamedTuple):
    """What releases are set with."""

    words: Words
    href: Callable[[Row], str | None] = lambda _: None
    """The address of a film's page, if it has one."""
    holidays: Mapping[date, Sequence[Holiday]] = {}
    first_weekday: int = 0
    """0 is Monday."""
    region: str = HOME_REGION
    """The country that no release names."""


def weekday_and_day(known: ReleaseDate, words: Words) -> str:
    """Rabu, 7 Januari: where the year stands above; for less as `spoken.full`."""
    day = known.exact
    if day is None:
        return spoken.full(known, words)
    return f"{words.names.days[day.weekday()]}, {day.day} {words.names.months[day.month - 1]}"


def days(rows: Iterable[Row], setting: Setting, *, level: int = 2, year: bool = False) -> Node:
    """A list: each date with its films. `level` is that of the heading above it; `year`: the dates have theirs."""
    words = setting.words
    heading = {2: h.h3, 1: h.h2}[level]

    def listed() -> Iterable[Node]:
        for key, films in groupby(rows, key=lambda row: row.key):
            known = from_key(key)
            text = spoken.full(known, words) if year else weekday_and_day(known, words)
            if key != UNDATED and known.exact is None:
                text = words.gettext("{month}, day not known").format(month=spoken.period(key, words))
            yield h.li[
                heading(class_="when")[when(known, text)], h.ul(class_="films")[(film(r, setting) for r in films)]
            ]
            yield "\n"

    return h.ul(class_=["days", {"dated": year}])["\n", listed()]


def film(row: Row, setting: Setting) -> Node:
    """An entry of a list: title, genre, and what is out of the ordinary with this release."""
    words = setting.words
    facts = [terms.genre(row.genre, words)] if row.genre else []
    facts += unusual(row.type, row.region, setting)
    return h.li[
        titled(row, setting),
        bool(facts) and [" ", h.span(class_="fact")[" · ".join(facts)]],
        _status(row, words),
    ]


def titled(row: Row, setting: Setting) -> Node:
    """The title, as a link where the film has a page; struck where it is cancelled."""
    address = setting.href(row)
    name = h.a(href=address)[row.title] if address else row.title
    return h.s(class_="off")[name] if row.status == "cancelled" else name


def unusual(type: str, region: str, setting: Setting) -> list[str]:
    """The type of release, if it is not one in cinemas, and the country, if it is not the calendar's."""
    words = setting.words
    found = [terms.release_type(type, words)] if type != "theatrical" else []
    return found + ([words.territory(region)] if region != setting.region else [])


def table(first: date, rows: Iterable[Row], setting: Setting) -> Node:
    """The weeks of the month of this first day. Only releases with a day stand in it."""
    words = setting.words
    found: dict[date, list[Row]] = {}
    for row in rows:
        if (day := row.when.exact) and len(of_day := found.setdefault(day, [])) <= _IN_A_CELL:
            of_day.append(row)
    names = [words.names.days[(setting.first_weekday + number) % 7] for number in range(7)]
    weeks = Month(first).weeks(setting.first_weekday)
    month = spoken.period(period_of(key_of(first)), words)
    return h.table(class_="table")[
        h.caption[words.gettext("{month}, week by week").format(month=month)],
        "\n",
        h.thead[h.tr[(h.th(scope="col")[name] for name in names)]],
        "\n",
        h.tbody[([h.tr[(_cell(day, first, found.get(day, []), setting) for day in week)], "\n"] for week in weeks)],
    ]


def _cell(day: date, first: date, rows: list[Row], setting: Setting) -> Node:
    if (day.year, day.month) != (first.year, first.month):
        return h.td
    off = [holiday.text(setting.words) for holiday in setting.holidays.get(day, ())]
    more = len(rows) > _IN_A_CELL
    return h.td[
        h.time(class_=["day", bool(off) and "off-day"], datetime=day.isoformat())[str(day.day)],
        [h.p(class_="fact off-day")[name] for name in off],
        bool(rows)
        and h.ul[
            (h.li[titled(row, setting), _status(row, setting.words)] for row in rows[:_IN_A_CELL]),
            more and h.li(class_="fact")[setting.words.gettext("and others")],
        ],
    ]


def _status(row: Row, words: Words) -> Node:
    status = terms.doubt(row, words)
    return bool(status) and [" ", h.em(class_="status")[f"({status})"]]
