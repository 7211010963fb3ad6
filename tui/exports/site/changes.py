"""What moved, was added or called off of late: as a page, and as an Atom feed."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

import htpy as h

from tui.exports.changes import sentence
from tui.exports.markup import Node, characters, when
from tui.exports.site import paths
from tui.exports.site.frame import framed, name_of
from tui.films import spoken
from tui.films.dates import parse, shifted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.exports.site.frame import Site, Spot
    from tui.library.ledger import ReleaseChange

_DAYS = 180
"""How far back is told."""
_MOST = 300
_IN_FEED = 100
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = uuid5(NAMESPACE_URL, "filmtui:changes")
_NEVER = "1970-01-01T00:00:00Z"
"""Of a feed in which nothing has happened yet."""


def recent(site: Site) -> list[ReleaseChange]:
    """What happened to the films of the site, the newest day first; what was taken out only where nothing narrows."""
    library, view = site.listing.library, site.listing.view
    found: list[ReleaseChange] = []
    for change in library.changed(shifted(site.listing.today, -_DAYS)):
        if len(found) == _MOST:
            break
        gone = change.kind == "removed" and view.selection == library.home and change.home
        if gone or shown(site, change.id):
            found.append(change)
    return found


def shown(site: Site, id: str) -> bool:
    """Whether the film has a page."""
    from tui.base.errors import NotFoundError

    library = site.listing.library
    try:
        film = library.film(id)
    except NotFoundError:
        return False
    return any(library.find(site.listing.view, id, ordinal) is not None for ordinal in range(len(film.rows)))


def changes_page(spot: Spot, changes: list[ReleaseChange]) -> h.Renderable:
    words = spot.words
    title = words.gettext("What moved")
    about = words.gettext("Films that are new in the calendar, that move, or that are called off.")
    return framed(spot, title, _parts(spot, title, about, changes), about=about)


def _parts(spot: Spot, title: str, about: str, changes: list[ReleaseChange]) -> Iterable[Node]:
    words = spot.words
    yield h.h1[title]
    yield h.p(class_="fact")[about, " ", h.a(href=spot.to(paths.FEED))[words.gettext("Changes (Atom)")]]
    if not changes:
        yield h.p[words.gettext("Nothing has changed of late.")]
    for day, of_day in groupby(changes, key=lambda change: change.day):
        known = parse(day.isoformat())
        yield "\n"
        yield h.h2[when(known, spoken.full(known, words))]
        yield h.ul(class_="changes")[([h.li[_linked(change, spot)], "\n"] for change in of_day)]


def _linked(change: ReleaseChange, spot: Spot) -> Node:
    """The sentence, in which the title leads to the film's page."""
    text = sentence(change, spot.words)
    before, title, after = text.partition(change.title)
    if not title or not shown(spot.site, change.id):
        return text
    return [before, h.a(href=spot.to(paths.film(change.id)))[title], after]


def atom(spot: Spot, changes: list[ReleaseChange]) -> Iterator[bytes]:
    """The newest changes as Atom (RFC 4287). Ids and times follow from the changes alone."""
    words, url = spot.words, spot.site.url
    page = url + spot.side.folder + paths.CHANGES if url else spot.to(paths.CHANGES)
    newest = changes[:_IN_FEED]
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": spot.side.language})
    name, title = name_of(spot), words.gettext("What moved")
    _add(
        feed,
        "id",
        (url + spot.whole) if url else _urn(uuid5(_OURS, repr(spot.site.listing.view.selection) + spot.whole)),
    )
    _add(feed, "title", f"{name}: {title}")
    _add(feed, "updated", _time(newest[0]) if newest else _NEVER)
    _add(_add(feed, "author"), "name", "filmtui")
    _add(feed, "generator", "filmtui")
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    _add(feed, "link", rel="self", type="application/atom+xml",
         href=url + spot.whole if url else paths.FEED)  # fmt: skip
    for change in newest:
        entry = _add(feed, "entry")
        _add(entry, "id", _urn(uuid5(_OURS, json.dumps([change.day.isoformat(), *change.what]))))
        _add(entry, "title", sentence(change, words))
        _add(entry, "updated", _time(change))
        _add(entry, "category", term=change.kind)
        film = paths.film(change.id) if shown(spot.site, change.id) else paths.CHANGES
        _add(entry, "link", rel="alternate", type="text/html",
             href=url + spot.side.folder + film if url else spot.to(film))  # fmt: skip
        _add(entry, "summary", sentence(change, words))
    ET.indent(feed, " ")
    yield ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: characters(value) for key, value in attributes.items()})
    child.text = characters(text) or None
    return child


def _urn(id: UUID) -> str:
    return f"urn:uuid:{id}"


def _time(change: ReleaseChange) -> str:
    return f"{change.day.isoformat()}T00:00:00Z"
