"""A film's page: its releases with their history, facts, synopsis, people, links, news and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import htpy as h

from tui.exports.markup import Node, data_block, link, opening, paragraphs, said, when
from tui.exports.monthly import unusual
from tui.exports.site import paths
from tui.exports.site.frame import framed
from tui.exports.site.schema import movie
from tui.films import spoken, terms
from tui.films.dates import parse
from tui.films.facts import FILM, Fact, Shown
from tui.films.film import HOME_TYPES
from tui.films.holidays import beside_holiday, window_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.exports.site.frame import Spot
    from tui.films.dates import ReleaseDate
    from tui.films.film import Film, News, Release

_ABOUT = 200
"""Characters of a page's description."""


def film_page(spot: Spot, film: Film, news: list[News]) -> h.Renderable:
    words = spot.words
    synopsis = film.synopsis.best(words.language) if film.synopsis else ""
    parts = _parts(spot, film, news)
    about = opening(synopsis, _ABOUT) or _release_line(_lead(film, spot), spot)
    head = data_block(movie(film, words, spot.site.url + spot.whole if spot.site.url else ""))
    return framed(spot, film.title, parts, about=about, kind="video.movie", head=head)


def _parts(spot: Spot, film: Film, news: list[News]) -> Iterable[Node]:
    words = spot.words
    _ = words.gettext
    language = film.languages[0] if len(film.languages) == 1 else None
    foreign = language if language != words.language else None
    yield h.h1(lang=foreign if not film.other_title and foreign in {"id", "en"} else None)[film.title]
    if film.other_title:
        yield h.p(class_="original", lang=foreign)[film.other_title]
    if line := _facts(spot, film):
        yield h.p(class_="fact")[line]
    yield "\n"
    lead = _lead(film, spot)
    yield h.div(class_="lead")[_release(lead, spot, unusual(lead.type, lead.region, spot.setting))]
    if film.synopsis:
        yield "\n"
        yield h.section(class_="prose", aria_label=_("Synopsis"))[
            h.h2[_("Synopsis")], paragraphs(film.synopsis, words.language)
        ]
    if film.cast:
        yield "\n"
        yield h.h2[_("Cast")]
        yield h.ul(class_="cast")[
            (h.li[c.name, bool(c.role) and [" ", h.span(class_="fact")[c.role]]] for c in film.cast)
        ]
    known = [(fact, value) for fact in FILM if fact.shown is Shown.LABELLED and (value := getattr(film, fact.name))]
    if known:
        yield "\n"
        yield h.h2[_("Credits")]
        yield h.dl(class_="facts")[([h.dt[_(fact.label)], h.dd[fact.words(value, words)]] for fact, value in known)]
    if film.links:
        yield "\n"
        yield h.h2[_("Links")]
        yield h.ul(class_="shelf")[(h.li[link(address, name.capitalize())] for name, address in film.links.items())]
    others = sorted((release for release in film.rows if release is not lead), key=lambda release: release.when.key)
    if others:
        yield "\n"
        yield h.h2[_("Other releases")]
        yield h.ul(class_="releases")[(h.li[_release(one, spot, _kind(one, spot))] for one in others)]
    if news:
        yield "\n"
        yield h.h2[_("News")]
        yield h.ul[(_news(item, spot) for item in news)]
    yield from _sources(film, spot)


def _facts(spot: Spot, film: Film) -> list[Node]:
    """Horor, Thriller · 98 menit · 17+ · Indonesia: each genre leads to its page."""
    found: list[Node] = []
    for fact in FILM:
        if fact.shown is not Shown.LINE or not (value := getattr(film, fact.name)):
            continue
        found += [" · "] * bool(found)
        found.append(_genres(spot, film) if fact.name == "genres" else _worded(fact, value, spot))
    return found


def _worded(fact: Fact, value: object, spot: Spot) -> str:
    return (fact.line or fact.words)(value, spot.words)


def _genres(spot: Spot, film: Film) -> list[Node]:
    found: list[Node] = []
    for name in film.genres:
        found += [", "] * bool(found)
        found.append(h.a(href=spot.to(paths.genre(name)))[terms.genre(name, spot.words)])
    return found


def _lead(film: Film, spot: Spot) -> Release:
    """The release that the page is about: the first of the site's country and types, else the first."""
    selection = spot.site.listing.view.selection
    wanted = (
        release
        for release in film.rows
        if release.region == selection.region and release.type in (selection.types or HOME_TYPES)
    )
    return min(wanted, key=lambda release: release.when.key, default=film.rows[0])


def _kind(release: Release, spot: Spot) -> list[str]:
    return [terms.release_type(release.type, spot.words), spot.words.territory(release.region)]


def _release(release: Release, spot: Spot, facts: list[str]) -> Node:
    words, known = spot.words, release.when
    season = _season(known.exact, spot) if known.exact and release.region == spot.setting.region else ""
    status = terms.doubt(release, words)
    day = when(known, spoken.full(known, words))
    return [
        h.p(class_="when")[
            h.s[day] if release.status == "cancelled" else day,
            bool(facts) and [" · ", " · ".join(facts)],
            bool(status) and [" · ", h.em(class_="status")[status]],
        ],
        bool(season) and h.p(class_="fact")[season],
        _note(release, spot) if release.note else None,
        (h.p(class_="fact")[_moved(earlier.when, earlier.recorded, spot)] for earlier in reversed(release.history)),
    ]


def _note(release: Release, spot: Spot) -> Node:
    assert release.note
    text, other = said(release.note, spot.words.language)
    return h.p(class_="fact", lang=other)[text]


def _release_line(release: Release, spot: Spot) -> str:
    words = spot.words
    return f"{spoken.full(release.when, words)} · {terms.release_type(release.type, words)}"


def _season(day: date, spot: Spot) -> str:
    """2 hari sebelum Natal · Natal dan Tahun Baru."""
    near = [
        holiday
        for year in (day.year - 1, day.year, day.year + 1)
        for found in spot.site.holidays(year).values()
        for holiday in found
    ]
    window = window_of(day, near)
    parts = [beside_holiday(day, near, spot.words), spot.words.gettext(window.name) if window else ""]
    return " · ".join(filter(None, parts))


def _moved(earlier: ReleaseDate, recorded: date | None, spot: Spot) -> str:
    words = spot.words
    text = spoken.moved(earlier, words)
    if not recorded:
        return text
    noticed = spoken.medium(parse(recorded.isoformat()), words)
    return text + " " + words.gettext("(noticed {date})").format(date=noticed)


def _news(item: News, spot: Spot) -> Node:
    title, other = said(item.title, spot.words.language)
    day = parse(item.date.isoformat()) if item.date else None
    return h.li[
        [when(day, spoken.medium(day, spot.words)), " "] if day else None,
        h.span(lang=other)[link(item.url, title)],
    ]


def _sources(film: Film, spot: Spot) -> Iterable[Node]:
    sources = dict.fromkeys(release.source for release in film.rows if release.source)
    if not sources:
        return
    yield "\n"
    yield h.h2[spot.words.gettext("Sources")]
    yield h.ul[(h.li[link(source, source)] for source in sources)]
    if notice := terms.notice(sources):
        yield h.p(class_="fact", lang="en")[notice]
