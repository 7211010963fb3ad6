"""A listing as a site: pages in both languages, feeds, data; written film by film, and only what has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.base.words import LANGUAGES, Words
from tui.exports.data import film_json, json
from tui.exports.markup import pieces, stylesheet
from tui.exports.parts import by_day
from tui.exports.site import paths
from tui.exports.site.changes import atom, changes_page, recent
from tui.exports.site.film import film_page
from tui.exports.site.frame import Side, Site
from tui.exports.site.front import front_page
from tui.exports.site.lists import genre_page, genre_view, genres_page, month_page
from tui.exports.site.sitemap import robots, sitemap, sitemap_index
from tui.exports.site.writing import SiteFolder
from tui.films.dates import first_key
from tui.library.almanac import Almanac

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from tui.exports.listing import Listing
    from tui.films.film import Film
    from tui.films.holidays import Holiday
    from tui.index.query import Row
    from tui.library.view import View

_IN_SITEMAP = 20_000
"""Films of one sitemap; the protocol allows 50,000 addresses."""


class Outcome(NamedTuple):
    """What was done to the files of the site."""

    written: int
    kept: int
    removed: int
    left: tuple[str, ...]
    """Paths where somebody else's file stands."""


def write_site(listing: Listing, root: Path, url: str = "") -> Outcome:
    """Write the site into this folder; `url` is where it will be found. Raises IndexUnavailableError, OSError."""
    only = listing.view.only
    if only is not None:
        selection = msgspec.structs.replace(listing.view.selection, first=first_key(only), last=only)
        listing = replace(listing, view=listing.library.view(selection))
    others = [Side(Words(other), f"{other}/") for other in LANGUAGES if other != listing.words.language]
    almanac = Almanac(listing.library.path.parent, listing.library.home.region)

    @cache
    def holidays(year: int) -> Mapping[date, list[Holiday]]:
        return by_day(almanac.year(year))

    site = Site(listing, (Side(listing.words), *others), url and url.rstrip("/") + "/", holidays)
    with SiteFolder(root) as folder:
        for path, chunks in _files(site):
            folder.put(path, chunks)
    return Outcome(folder.written, folder.kept, folder.removed, tuple(folder.left))


File = tuple[str, "Iterable[bytes]"]
"""A path within the site, and what the file is."""


def _files(site: Site) -> Iterator[File]:
    listing = site.listing
    months, genres = listing.months, listing.library.spread(listing.view.selection, "genre")
    yield paths.STYLE, (stylesheet().encode(),)
    yield paths.ICON, ((Path(__file__).parent / "icon.svg").read_bytes(),)
    yield from _films(site)
    for before, period, after in zip([None, *months], months, [*islice(months, 1, None), None], strict=False):
        view = listing.view.within(period)
        yield paths.month_data(period), _lines(json(listing.library.entries(view)))
        for side in site.sides:
            spot = site.at(side, paths.month(period))
            yield spot.whole, pieces(month_page(spot, period, before, after))
    for side in site.sides:
        yield from _overviews(site, side, genres)
    yield paths.DATA, (_index(site, genres),)
    if site.url:
        yield from _sitemaps(site, genres)


def _overviews(site: Site, side: Side, genres: dict[str, int]) -> Iterator[File]:
    """The pages and feeds of one language that are about many films."""
    changes = recent(site)
    for path, make in (
        (paths.FRONT, front_page),
        (paths.GENRES, lambda spot: genres_page(spot, genres)),
        (paths.CHANGES, lambda spot: changes_page(spot, changes)),
    ):
        yield side.folder + path, pieces(make(site.at(side, path)))
    yield side.folder + paths.FEED, atom(site.at(side, paths.FEED), changes)
    yield side.folder + paths.CALENDAR, _calendar(site, side, site.listing.view, paths.CALENDAR)
    for name in genres:
        spot = site.at(side, paths.genre(name))
        view = genre_view(spot, name)
        yield spot.whole, pieces(genre_page(spot, name, view))
        path = paths.genre_calendar(name)
        yield side.folder + path, _calendar(site, side, view, path, name)


def _films(site: Site) -> Iterator[File]:
    """Each film's pages and data, once, in the order in which the calendar first has it."""
    library = site.listing.library
    for row in site.listing.rows():
        film = library.film(row.id)
        if _first(site, row, film):
            news = library.news_of(film.id)
            yield paths.film_data(film.id), (film_json(film).encode() + b"\n",)
            for side in site.sides:
                spot = site.at(side, paths.film(film.id))
                yield spot.whole, pieces(film_page(spot, film, news))


def _first(site: Site, row: Row, film: Film) -> bool:
    """Whether the calendar has no earlier release of this film."""
    found = (
        (release.when.key, ordinal)
        for ordinal, release in enumerate(film.rows)
        if (release.when.key, ordinal) < (row.key, row.ordinal)
    )
    return not any(site.listing.library.find(site.listing.view, film.id, ordinal) is not None for _, ordinal in found)


def _lines(lines: Iterable[str]) -> Iterator[bytes]:
    return (line.encode("utf-8", errors="replace") + b"\n" for line in lines)
