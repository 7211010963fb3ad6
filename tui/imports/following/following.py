"""To follow a source, and to follow it no longer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from tui.base.errors import CatalogError, ValueRefusedError, message
from tui.base.words import N_
from tui.catalog.files import is_single, shown
from tui.catalog.sources import Followed, read_sources
from tui.catalog.writing import sources
from tui.catalog.writing.disk import locked
from tui.catalog.writing.exchange import exchange
from tui.films.film import HOME_REGION
from tui.imports.following.records import forget
from tui.user.places import ships_with

if TYPE_CHECKING:
    from tui.user.places import Places


def follow(places: Places, source: Followed) -> Followed:
    """From now on; with a name of its own if it has none. Raises CatalogError, ValueRefusedError."""
    if source.kind == "url" and not source.address:
        raise ValueRefusedError(message(N_("a source of the kind url needs an address: --address https://…")))
    if source.first and source.last and source.first > source.last:
        raise ValueRefusedError(message(N_("--from is later than --to; write the earlier month first")))
    if ships_with(places.sources.parent):
        text = N_("the catalog that comes with filmtui follows nothing; name a folder of your own with --catalog")
        raise CatalogError(message(text))
    if is_single(places.sources.parent):
        text = N_("{path}: a catalog of one file follows nothing; name a folder with --catalog")
        raise CatalogError(message(text, path=shown(places.sources.parent)))
    if source.kind != "tmdb":  # the others know no country
        source = msgspec.structs.replace(source, region=HOME_REGION)
    if not source.name:
        source = msgspec.structs.replace(source, name=_name(places, source))
    sources.follow(places.sources, source)
    return source


def unfollow(places: Places, name: str) -> None:
    """No longer: its films are taken out. Raises CatalogError."""
    sources.unfollow(places.sources, name)
    folder = places.followed(name)
    if folder.parent.is_dir():
        with locked(folder.parent) as free:
            if not free:
                raise CatalogError(message(N_("another sync is under way; try again when it is done")))
            exchange(folder, None)
    forget(places, name)


def _name(places: Places, source: Followed) -> str:
    """The kind's, or of an address its host's; with a number where that is taken."""
    start = source.kind
    if source.kind == "url":
        host = (urlsplit(source.address or "").hostname or "").removeprefix("www.")
        start = "-".join(re.findall(r"[a-z0-9]+", host))[:32] or "url"
    taken = {one.name for one in read_sources(places.sources)[0]}
    if start not in taken or source.kind != "url":
        return start
    return next(f"{start}-{n}" for n in range(2, 1000) if f"{start}-{n}" not in taken)
