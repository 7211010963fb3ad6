"""What every page of a site has around its content: head, skip link, navigation, language switch, feeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import htpy as h

from tui.base.words import LANGUAGE_NAMES
from tui.exports import monthly
from tui.exports.markup import Node, document
from tui.exports.site import paths
from tui.films import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from tui.base.words import Words
    from tui.exports.listing import Listing
    from tui.films.holidays import Holiday

_LOCALES = {"id": "id_ID", "en": "en_US"}
"""As Open Graph names them."""


@dataclass(frozen=True)
class Side:
    """The pages of one language."""

    words: Words
    folder: str = ""
    """Within the site, with a slash at its end; empty for the language that was asked first."""

    @property
    def language(self) -> str:
        return self.words.language


@dataclass(frozen=True)
class Site:
    """What all pages are made of."""

    listing: Listing
    sides: tuple[Side, ...]
    url: str = ""
    """Where the site will be found, with a slash at its end; empty where nobody has said so."""
    tmdb: bool = False
    """Whether any of the releases is from TMDB, whose terms ask for a notice."""
    holidays: Callable[[int], Mapping[date, list[Holiday]]] = lambda _: {}
    """The days off of a year."""

    def named(self, side: Side) -> str:
        """What the site is called."""
        return self.listing.options.calendar_name or side.words.gettext("Film calendar")

    def at(self, side: Side, path: str) -> Spot:
        return Spot(self, side, path)


@dataclass(frozen=True)
class Spot:
    """A page's place in the site, from which it links to others."""

    site: Site
    side: Side
    path: str
    """Within the pages of its language."""

    @property
    def words(self) -> Words:
        return self.side.words

    @property
    def whole(self) -> str:
        """Within the site."""
        return self.side.folder + self.path

    def to(self, path: str) -> str:
        """The address of another page of this language."""
        return paths.between(self.path, path)

    def out(self, path: str) -> str:
        """The address of what the languages share."""
        return paths.between(self.whole, path)

    def other(self, side: Side) -> str:
        """The address of this page in another language."""
        return self.out(side.folder + self.path)

    @cached_property
    def setting(self) -> monthly.Setting:
        """What lists of releases are set with on this page; without holidays."""
        library = self.site.listing.library
        return monthly.Setting(
            self.words, lambda row: self.to(paths.film(row.id)), {}, library.first_day, library.home.region
        )


def name_of(spot: Spot) -> str:
    """What the site is called."""
    return spot.site.named(spot.side)


def framed(
    spot: Spot, title: str, main: Iterable[Node], *, about: str = "", kind: str = "website", head: Node = None
) -> h.Renderable:
    """A page around its content, which has its one h1. `about` is a sentence on it, `kind` Open Graph's type."""
    full = title if spot.path == paths.FRONT else f"{title} · {name_of(spot)}"
    return document(
        spot.side.language,
        full,
        [_top(spot), "\n", h.main("#main")["\n", main], "\n", _bottom(spot)],
        style=h.link(rel="stylesheet", href=spot.out(paths.STYLE)),
        source="'self'",
        description=about,
        head=[*_meta(spot, title, about, kind), head],
    )


def _meta(spot: Spot, title: str, about: str, kind: str) -> Iterable[Node]:
    words, url = spot.words, spot.site.url
    yield h.link(rel="icon", type="image/svg+xml", href=spot.out(paths.ICON))
    yield "\n"
    for side in spot.site.sides:
        address = url + side.folder + spot.path if url else spot.other(side)
        yield h.link(rel="alternate", hreflang=side.language, href=address)
    if url:
        yield h.link(rel="canonical", href=url + spot.whole)
        yield h.meta(property="og:url", content=url + spot.whole)
    yield "\n"
    feed = words.gettext("What moved")
    yield h.link(rel="alternate", type="application/atom+xml", title=feed, href=spot.to(paths.FEED))
    yield h.link(rel="alternate", type="text/calendar", title=name_of(spot), href=spot.to(paths.CALENDAR))
    yield "\n"
    yield h.meta(property="og:title", content=title)
    yield h.meta(property="og:type", content=kind)
    yield h.meta(property="og:site_name", content=name_of(spot))
    yield h.meta(property="og:locale", content=_LOCALES[spot.side.language])
    for side in spot.site.sides:
        if side is not spot.side:
            yield h.meta(property="og:locale:alternate", content=_LOCALES[side.language])
    if about:
        yield h.meta(property="og:description", content=about)
    yield "\n"


def _top(spot: Spot) -> Node:
    words = spot.words
    _ = words.gettext
    others = [side for side in spot.site.sides if side is not spot.side]
    pages = [
        (_("Months"), paths.FRONT, "#months"),
        (_("Genres"), paths.GENRES, ""),
        (_("What moved"), paths.CHANGES, ""),
    ]
    return [
        h.a(class_="skip", href="#main")[_("To the content")],
        "\n",
        h.header(class_="top")[
            h.a(class_="name", href=spot.to(paths.FRONT), aria_current=_here(spot, paths.FRONT))[name_of(spot)],
            "\n",
            h.nav(aria_label=_("Pages"))[
                h.ul[
                    (
                        h.li[h.a(href=spot.to(path) + part, aria_current=not part and _here(spot, path))[text]]
                        for text, path, part in pages
                    )
                ]
            ],
            "\n",
            h.nav(class_="language", aria_label=_("Language"))[h.ul[(h.li[_switch(spot, side)] for side in others)]],
        ],
    ]


def _switch(spot: Spot, side: Side) -> Node:
    return h.a(href=spot.other(side), lang=side.language, hreflang=side.language)[LANGUAGE_NAMES[side.language]]


def _here(spot: Spot, path: str) -> str | None:
    return "page" if spot.path == path else None


def _bottom(spot: Spot) -> Node:
    words = spot.words
    _ = words.gettext
    feeds = [
        (_("Calendar (ICS)"), spot.to(paths.CALENDAR)),
        (_("Changes (Atom)"), spot.to(paths.FEED)),
        (_("Data (JSON)"), spot.out(paths.DATA)),
    ]
    return h.footer(class_="bottom")[
        h.h2[_("Subscribe")],
        h.ul[(h.li[h.a(href=address)[text]] for text, address in feeds)],
        spot.site.tmdb and not spot.path.startswith("films/") and h.p(lang="en")[terms.TMDB_NOTICE],
        h.p[_("To subscribe, give the address of a feed to your calendar; a file that is opened is a copy.")],
    ]
