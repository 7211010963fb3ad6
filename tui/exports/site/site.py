"""A listing as a site: pages in both languages, feeds, data; written film by film, and only what has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import ExportError, message
from tui.base.servers import site_address
from tui.base.words import LANGUAGES, N_, Words
from tui.exports.data import film_json, json
from tui.exports.formats import Written, encoded
from tui.exports.ics import chunks as feed
from tui.exports.markup import pieces, stylesheet
from tui.exports.parts import by_day
from tui.exports.site import paths
from tui.exports.site.changes import atom, changes_page, recent
from tui.exports.site.film import film_page
from tui.exports.site.frame import Side, Site
from tui.exports.site.front import front_page
from tui.exports.site.lists import genre_page, genre_view, genres_page, month_page
from tui.exports.site.sitemap import sitemaps
from tui.exports.site.writing import SiteFolder, check_folder
from tui.films import terms
from tui.films.dates import first_key, from_key
from tui.index.selection import Term
from tui.library.almanac import Almanac
from tui.user.settings import told_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from tui.exports.listing import Listing
    from tui.films.film import Film
    from tui.films.holidays import Holiday
    from tui.index.query import Row
    from tui.library.view import View

_NAMED = 5
"""Files that are not ours, of which each is named."""


def save_site(listing: Listing, root: Path, *, force: bool = False) -> Written:
    """Write the site into this folder. It heeds `source_url`, where it will be found, and what the feeds heed.

    `force`: into a folder of other things too. Raises ExportError, at the end also where somebody else's files stand in
    the place of some; ValueRefusedError, IndexUnavailableError, OSError.
    """
    check_folder(root, listing.library.catalog, force=force)
    with SiteFolder(root) as folder:
        for path, chunks in files(listing):
            folder.put(path, chunks)
    if folder.left:
        named = ", ".join(folder.left[:_NAMED]) + ", …" * (len(folder.left) > _NAMED)
        text = N_("{path}: not filmtui's, or changed by somebody, and left as it is ({files}); all else is written")
        raise ExportError(message(text, path=told_path(root), files=named))
    return Written(folder.written, folder.kept, folder.removed)


def files(listing: Listing) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Each file of the site: its path, with slashes, and what is in it. Raises IndexUnavailableError."""
    only = listing.view.only
    if only is not None:
        selection = msgspec.structs.replace(listing.view.selection, first=first_key(only), last=only)
        listing = replace(listing, view=listing.library.view(selection))
    others = [Side(Words(other), f"{other}/") for other in LANGUAGES if other != listing.words.language]
    almanac = Almanac(listing.library.path.parent, listing.library.home.region)

    @cache
    def holidays(year: int) -> Mapping[date, list[Holiday]]:
        return by_day(almanac.year(year))

    site = Site(
        listing, (Side(listing.words), *others), site_address(listing.options.source_url), _of_tmdb(listing), holidays
    )
    months, genres = listing.months, listing.library.spread(listing.view.selection, "genre")
    yield paths.STYLE, (stylesheet().encode(),)
    yield paths.ICON, ((Path(__file__).parent / "icon.svg").read_bytes(),)
    yield from _films(site)
    for before, period, after in zip([None, *months], months, [*islice(months, 1, None), None], strict=False):
        view = listing.view.within(period)
        yield paths.month_data(period), encoded(json(listing.library.entries(view)))
        for side in site.sides:
            spot = site.at(side, paths.month(period))
            yield spot.whole, pieces(month_page(spot, period, before, after))
    for side in site.sides:
        yield from _overviews(site, side, genres)
    yield paths.DATA, (_index(site, genres),)
    if site.url:
        yield from sitemaps(site, genres)


def _overviews(site: Site, side: Side, genres: dict[str, int]) -> Iterator[tuple[str, Iterable[bytes]]]:
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


def _films(site: Site) -> Iterator[tuple[str, Iterable[bytes]]]:
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


def _calendar(site: Site, side: Side, view: View, path: str, genre: str = "") -> Iterator[bytes]:
    """A feed of these releases. What it leaves out is not told: the pages have it."""
    listing = site.listing
    url = site.url and site.url + side.folder + path
    name = site.named(side)
    if genre:
        name = f"{name}: {terms.genre(genre, side.words)}"
    options = replace(listing.options, source_url=url, calendar_name=name)
    return feed(replace(listing, view=view, words=side.words, options=options, tell=lambda _: None))


def _of_tmdb(listing: Listing) -> bool:
    selection = listing.view.selection
    term = Term(facets=(("source", terms.TMDB_SOURCE),))
    return listing.library.view(msgspec.structs.replace(selection, terms=(*selection.terms, term))).total > 0


def _index(site: Site, genres: dict[str, int]) -> bytes:
    """What data there is: months and genres with their files, whose addresses are relative to this one's."""
    to = partial(paths.between, paths.DATA)
    months = [
        {"month": str(from_key(period)) or None, "releases": count, "data": to(paths.month_data(period))}
        for period, count in site.listing.months.items()
    ]
    named = [
        {"genre": name, "releases": count, "calendar": to(paths.genre_calendar(name))} for name, count in genres.items()
    ]
    found = {"languages": [side.language for side in site.sides], "months": months, "genres": named}
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
