"""The releases as one page of HTML that stands alone: a list by days to read, and a calendar for the wall to print."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import htpy as h

from tui.exports import monthly
from tui.exports.links import first_link
from tui.exports.markup import Node, document, link, pieces, styled, when
from tui.exports.parts import by_day
from tui.films import spoken, terms
from tui.films.dates import from_key, parse
from tui.library.almanac import Almanac

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.base.words import Words
    from tui.exports.listing import Listing
    from tui.films.film import Film
    from tui.index.query import Row

_DIRECTORS = 3


def html(listing: Listing) -> Iterator[bytes]:
    """The page, written month by month: the films of no month are held, but those that its table names."""
    words = listing.words
    style, source = styled()
    title = words.gettext("Film releases")
    if ends := listing.ends:
        title += " · " + " – ".join(spoken.period(period, words) for period in ends)
    return pieces(document(words.language, title, _body(listing, title), style=style, source=source))


def _body(listing: Listing, title: str) -> Iterator[Node]:
    words = listing.words
    today = spoken.full(parse(listing.today.isoformat()), words)
    known = _Known(Almanac(listing.library.path.parent, listing.library.home.region))
    films = words.ngettext("{n} film", "{n} films", listing.view.total)
    yield h.header[
        h.h1[title],
        h.p(class_="count")[films, " · ", words.gettext("as of {date}").format(date=today)],
    ]
    if len(listing.months) > 1:
        yield h.nav(class_="steps", aria_label=words.gettext("Months"))[
            h.ul(class_="shelf")[
                (h.li[h.a(href=f"#{_anchor(key)}")[spoken.brief(key, words)]] for key in listing.months)
            ]
        ]
    yield h.main[(_period(listing, key, known) for key in listing.months) if listing.months else _none(words)]
    yield _foot(known)


def _foot(known: _Known) -> Iterator[Node]:
    """What has to be said of the films above, known once they are written."""
    if known.tmdb:
        yield h.footer(class_="bottom")[h.p(lang="en")[terms.TMDB_NOTICE]]


def _none(words: Words) -> Node:
    return h.p[words.gettext("No films.")]


class _Known:
    """What is found out while the page is written: whether TMDB has to be named; and the days off, read once a year."""

    def __init__(self, almanac: Almanac) -> None:
        self._almanac = almanac
        self.tmdb = False
        """Whether a date above is from TMDB."""

    def setting(self, listing: Listing, year: int) -> monthly.Setting:
        """What the tables of a year are set with."""
        off = by_day(self._almanac.year(year))
        return monthly.Setting(listing.words, holidays=off, first_weekday=listing.library.first_day)


def _anchor(period: int) -> str:
    return str(from_key(period)) or "undated"


def _period(listing: Listing, period: int, known: _Known) -> Node:
    """A month: its weeks as a table, its days as a list, and what of it has no day; any other period as a list."""
    words, of_period = listing.words, listing.of(period)
    month = from_key(period)
    first = date(month.year, month.month, 1) if month.year and month.month else None
    return [
        h.section(".month", id=_anchor(period))[
            h.h2[
                when(month, spoken.period(period, words)),
                " ",
                h.span(class_="count")[words.ngettext("{n} film", "{n} films", listing.months[period])],
            ],
            "\n",
            monthly.table(first, of_period.rows(), known.setting(listing, first.year)) if first else None,
            "\n",
            _days(of_period.entries(), words, known),
        ],
        "\n",
    ]


def _days(entries: Iterable[tuple[Row, Film]], words: Words, known: _Known) -> Iterator[Node]:
    """A list for the days, and one for what has none, which paper needs too: the table has only days."""
    for exact, of_kind in groupby(entries, key=lambda entry: from_key(entry[0].key).exact is not None):
        listed = h.ul(class_="days")["\n", (_day(key, films, words, known) for key, films in _by_key(of_kind))]
        yield listed if exact else h.div(class_="loose")[listed]


def _by_key(entries: Iterable[tuple[Row, Film]]) -> Iterator[tuple[int, Iterator[tuple[Row, Film]]]]:
    return groupby(entries, key=lambda entry: entry[0].key)


def _day(key: int, films: Iterable[tuple[Row, Film]], words: Words, known: _Known) -> Node:
    day = from_key(key)
    text = monthly.weekday_and_day(day, words)
    if day.month and not day.day:
        text = words.gettext("{month}, day not known").format(month=text)
    return [
        h.li[h.h3(class_="when")[when(day, text)], h.ul(class_="films")[(_film(*one, words, known) for one in films)]],
        "\n",
    ]


def _film(row: Row, film: Film, words: Words, known: _Known) -> Node:
    known.tmdb = known.tmdb or film.rows[row.ordinal].source == terms.TMDB_SOURCE
    title = link(first_link(film), film.title)
    facts, unusual = terms.about(film, words), terms.unusual(row, words)
    by = ", ".join(film.directors[:_DIRECTORS])
    return h.li[
        h.s(class_="off")[title] if row.status == "cancelled" else title,
        bool(unusual) and [" ", h.em(class_="status")[f"({', '.join(unusual)})"]],
        bool(facts or by) and [" ", h.span(class_="fact")[" · ".join(filter(None, [facts, by]))]],
    ]
