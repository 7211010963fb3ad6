"""Sitemaps for search engines, which have to know where the site is found."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tui.exports.site import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.exports.site.frame import Site

_IN_ONE = 10_000
"""Pages of one file, each in all languages; the protocol allows 50,000 addresses."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(site: Site, genres: Iterable[str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Files with the address of every page, an index of them, and a robots.txt that names it."""
    pages = chain(
        (paths.FRONT, paths.GENRES, paths.CHANGES),
        map(paths.genre, genres),
        map(paths.month, site.listing.months),
        (paths.film(row.id) for row in site.listing.rows()),
    )
    names: list[str] = []
    while some := list(dict.fromkeys(islice(pages, _IN_ONE))):
        names.append(f"sitemaps/{len(names) + 1}.xml")
        addresses = (site.url + side.folder + page for page in some for side in site.sides)
        yield names[-1], _written("urlset", "url", addresses)
    yield paths.SITEMAP, _written("sitemapindex", "sitemap", (site.url + name for name in names))
    yield "robots.txt", (f"User-agent: *\nAllow: /\nSitemap: {site.url}{paths.SITEMAP}\n".encode(),)


def _written(root: str, entry: str, addresses: Iterable[str]) -> Iterator[bytes]:
    yield f"{_HEAD}<{root} {_SCHEMA}>\n".encode()
    for address in addresses:
        yield f"<{entry}><loc>{escape(address)}</loc></{entry}>\n".encode()
    yield f"</{root}>\n".encode()
