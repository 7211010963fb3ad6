"""The data of a saved page: items of schema.org (https://schema.org/Movie), as JSON-LD and as microdata."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from tui.base.errors import message
from tui.base.words import N_
from tui.films.film import LONGEST_TEXT
from tui.imports.sources.html.document import TextPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.imports.sources.html.document import Document
    from tui.imports.sources.incoming import Problems

Item: TypeAlias = "dict[str, Any]"
"""A thing by its properties, as JSON-LD has it; "@type" says what it is."""

_FILMS = frozenset({"Movie", "ScreeningEvent"})
_PROPERTIES = frozenset({
    "name", "alternateName", "startDate", "datePublished", "dateCreated", "copyrightYear", "releasedEvent",
    "location", "actor", "actors", "director", "author", "creator", "producer", "productionCompany", "genre",
    "duration", "contentRating", "countryOfOrigin", "inLanguage", "description", "url", "embedUrl", "sameAs",
    "trailer", "workPresented", "characterName",
})  # fmt: skip
_ADDRESSES = frozenset({"url", "embedUrl", "sameAs", "trailer"})
_LINKED = re.compile(r"\s*application/(?:[\w.-]+\+)?ld\+json", re.IGNORECASE)


class FilmItems(msgspec.Struct, frozen=True):
    """The films of a page's data."""

    films: list[tuple[Item, int, int]]
    """Movies and screenings, each with the part of the source that it is in: from, to, in characters."""
    by_id: dict[str, Item]
    """Items that others name by their "@id"."""


def items_of(document: Document, report: Problems) -> FilmItems:
    """What the page says of films, JSON-LD first. A block that is no JSON is reported and left out."""
    by_id: dict[str, Item] = {}
    blocks = [(data, since, until) for data, since, until in _linked(document, report)]
    films = [(item, since, until) for data, since, until in blocks for item in _walk(data, by_id)]
    return FilmItems([*films, *((item, 0, len(document.source)) for item in _walk(_microdata(document), {}))], by_id)


def types_of(item: Item) -> set[str]:
    """Movie, whether it is written so, as schema:Movie or as https://schema.org/Movie."""
    return {re.split(r"[/:#]", one.rstrip("/"))[-1] for one in flat(item.get("@type")) if isinstance(one, str)}


def flat(value: object) -> Iterable[object]:
    """A list's values, or the single one."""
    return value if isinstance(value, list) else (value,)


def _walk(data: object, by_id: dict[str, Item]) -> Iterator[Item]:
    """Films, and events that show one, wherever they stand: level by level, as nesting has no bound."""
    waiting = deque([data])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, list | dict))
        elif isinstance(value, dict):
            if len(value) > 1 and isinstance(id := value.get("@id"), str):
                by_id.setdefault(id, value)
            if types_of(value) & _FILMS and len(value) > 1:
                yield value
            else:
                waiting.extend(inner for inner in value.values() if isinstance(inner, list | dict))


# JSON-LD: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents


def _linked(document: Document, report: Problems) -> Iterator[tuple[object, int, int]]:
    """Each block's JSON, and the part of the source that it is."""
    places, until = TextPlaces(document.source), 0
    for node in document.tree.css("script"):
        if not _LINKED.match(node.attributes.get("type") or ""):
            continue
        block = node.text()
        since = max(places.find(block, until), until)
        until = since + len(block)
        data = _json(block)
        if data is None:
            text = message(N_("a block of the page's data (JSON-LD) cannot be read and was left out"))
            report(places.line(since), text)
        else:
            yield data, since, until


def _json(block: str) -> Any:
    """As pages write it: in a comment or CDATA section, or with line breaks in its texts; None if it is none."""
    text = block.strip()
    for mark in ("//", "/*", "<!--", "<![CDATA[", "*/"):
        text = text.removeprefix(mark).lstrip()
    for mark in (";", "*/", "-->", "]]>", "/*", "//", ";"):
        text = text.removesuffix(mark).rstrip()
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


# microdata: https://html.spec.whatwg.org/multipage/microdata.html


def _microdata(document: Document) -> list[Item]:
    """Items that are no property of another, in the order of the page."""
    whole: list[Item] = []
    if not document.tree.css_first("[itemtype*='schema.org/']"):
        return whole
    pieces: list[str] = []
    length = 0
    items: list[tuple[int, Item]] = []  # those that are open, by their node
    texts: list[tuple[int, list[object], int, int]] = []  # those that are open, by their node; then where they stand
    found: list[tuple[list[object], int, int, int]] = []
    for node, tag, begins in document.nodes():
        if tag == "-text":
            if begins:
                pieces.append(node.text_content or "")
                length += len(pieces[-1]) + 1
        elif not begins:
            while texts and texts[-1][0] == node.mem_id:
                _, values, place, since = texts.pop()
                found.append((values, place, since, length))
            if items and items[-1][0] == node.mem_id:
                items.pop()
        elif not tag.startswith("-"):
            attributes = node.attributes
            names = [name for name in (attributes.get("itemprop") or "").split() if name in _PROPERTIES]
            owner = items[-1][1] if items else None
            item = {"@type": (attributes.get("itemtype") or "").split()} if "itemscope" in attributes else None
            if item is not None:
                items.append((node.mem_id, item))
                if owner is None or not names:
                    whole.append(item)
            for name in names:
                if owner is None:
                    break
                values = owner.setdefault(name, [])
                value = item or _attribute(attributes, name)
                if value is None:
                    texts.append((node.mem_id, values, len(values), length))
                values.append(value)
    text = " ".join(pieces)
    for values, place, since, until in found:
        values[place] = text[since : min(until, since + LONGEST_TEXT + 1)]
    return whole


def _attribute(attributes: dict[str, str | None], name: str) -> str | None:
    """A property's value that is not the element's text."""
    named = ("href", "src") if name in _ADDRESSES else ()
    return next((value for key in (*named, "content", "datetime") if (value := attributes.get(key))), None)
