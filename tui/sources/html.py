"""Saved HTML: schema.org's Movie and ScreeningEvent as JSON-LD or microdata, else the page's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from tui.catalog.film import Credit, Film, Release, Synopsis
from tui.errors import Problem, message
from tui.i18n import N_
from tui.sources.incoming import Incoming, SourceError, Taken
from tui.sources.values import genre, line, lines, listed, minutes, rating, web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEEP = 2000
"""Elements within each other. Pages have some dozens; the parser's own ways to walk a tree recurse."""

_BLOCKS = re.compile(
    r"(?i)</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|main|aside|dt|dd|dl|figure|"
    r"blockquote|pre|title|option|form|hr)\b[^>]*>"
)
_UNSEEN = re.compile(r"(?is)<(script|style|noscript|template|svg|nav|head)\b.*?</\1\s*>|<!--.*?-->")
_CELL = re.compile(r"(?i)</t[dh]\s*>")


def read(text: str, name: str) -> Taken:
    """Films of its data, else those of its text. Raises SourceError."""
    taken = Taken([], [], [])
    if _depth(text) <= _DEEP:
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(text)
        language = _language(tree)
        for item in [*_linked(tree, name, taken), *_micro(tree)]:
            found = _film(item, language, _place(text, item))
            if found and not any(found.film.title == other.film.title for other in taken.films):
                taken.films.append(found)
    if taken.films:
        return taken
    from tui.sources import page

    plain = _plain(text)
    if not plain.strip():
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    told = page.read(plain, name)
    told.problems[:0] = taken.problems
    return told


def _depth(text: str) -> int:
    """An upper bound of how deep elements stand in each other, without parsing."""
    depth = most = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>", text):
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        most = max(most, depth)
        if most > _DEEP:
            break
    return most


_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
         "p", "li", "tr", "td", "th", "dt", "dd", "option", "thead", "tbody"}  # fmt: skip


def _plain(text: str) -> str:
    """What is seen of a page, a line for each block."""
    from html import unescape

    text = _UNSEEN.sub(" ", text)
    text = re.sub(r"\s+", " ", text)
    text = _BLOCKS.sub("\n", _CELL.sub("\t", text))
    text = unescape(re.sub(r"<[^>]*>", "", text))
    return "\n".join(part.strip(" ") for part in text.splitlines() if part.strip())


def _place(text: str, item: dict[str, Any]) -> int:
    """The line in which its name stands first."""
    title = item.get("name")
    at = text.find(title) if isinstance(title, str) and title else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _language(tree: LexborHTMLParser) -> str:
    root = tree.css_first("html")
    said = (root.attributes.get("lang") or "") if root else ""
    return said[:2].lower()


# JSON-LD


def _linked(tree: LexborHTMLParser, name: str, taken: Taken) -> Iterator[dict[str, Any]]:
    for script in tree.css("script[type='application/ld+json']"):
        try:
            data = msgspec.json.decode(script.text(deep=True).strip())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            said = message(N_("a block of the page's data (JSON-LD) cannot be read and was left out"))
            taken.problems.append(Problem(name, 1, 1, said))
            continue
        yield from _items(data)


def _items(data: object) -> Iterator[dict[str, Any]]:
    """Movies, and events that show one, wherever they stand; breadth first, as nesting has no bound."""
    waiting = [data]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            types = _types(value)
            if types & {"Movie", "ScreeningEvent"}:
                yield value
            else:
                waiting += [inner for inner in value.values() if isinstance(inner, list | dict)]


def _types(value: dict[str, Any]) -> set[str]:
    said = value.get("@type")
    return {str(one).rpartition("/")[2] for one in (said if isinstance(said, list) else [said])}


# microdata


def _micro(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("[itemtype*='schema.org/Movie'], [itemtype*='schema.org/ScreeningEvent']"):
        if not any(parent.attributes.get("itemprop") for parent in [node] if "itemscope" in node.attributes):
            yield _item(node)


def _item(node: LexborNode) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": (node.attributes.get("itemtype") or "").rpartition("/")[2]}
    for inner in node.css("[itemprop]"):
        if inner == node or _owner(inner) != node:
            continue
        value: Any = _item(inner) if "itemscope" in inner.attributes else _value(inner)
        for name in (inner.attributes.get("itemprop") or "").split():
            known = item.get(name)
            item[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]
    return item


def _owner(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and "itemscope" not in parent.attributes:
        parent = parent.parent
    return parent


def _value(node: LexborNode) -> str:
    for name in ("content", "datetime", "href", "src"):
        if node.attributes.get(name):
            return node.attributes[name] or ""
    return node.text(deep=True, separator=" ")


# what both say


def _film(item: dict[str, Any], language: str, number: int) -> Incoming | None:
    releases: list[Release] = []
    if "ScreeningEvent" in _types(item):
        shown = next(iter(_records(item.get("workPresented"))), {})
        day = _day(item.get("startDate"))
        movie = shown | {key: value for key, value in item.items() if key == "url" and "url" not in shown}
        movie.setdefault("name", item.get("name"))
    else:
        movie = item
        event = next(iter(_records(item.get("releasedEvent"))), {})
        day = _day(event.get("startDate")) or _day(item.get("datePublished")) or _day(item.get("dateCreated"))
    title = _text(movie.get("name"))
    if not title:
        return None
    if day:
        releases.append(Release(date=day))
    about = lines(_raw(movie.get("description")))
    spoken = {"id": "id", "in": "id", "en": "en"}.get(language, "plain")
    links = [address for address in _texts(movie.get("url")) + _texts(movie.get("sameAs")) if web(address)]
    other = _text(movie.get("alternateName"))
    film = Film(
        id="",
        title=title,
        original_title=other if other and other != title else None,
        releases=tuple(releases),
        genres=tuple(dict.fromkeys(genre(part) for said in _texts(movie.get("genre")) for part in listed(said))),
        runtime=minutes(_raw(movie.get("duration"))),
        rating=rating(_raw(movie.get("contentRating"))),
        countries=tuple(code for code in _texts(movie.get("countryOfOrigin")) if re.fullmatch("[A-Z]{2}", code)),
        languages=tuple(
            code for code in _texts(movie.get("inLanguage")) if re.fullmatch(r"[a-z]{2,3}(-\w{2,8})*", code)
        ),
        directors=_people(movie.get("director")),
        writers=_people(movie.get("author")) or _people(movie.get("creator")),
        producers=_people(movie.get("producer")),
        companies=_people(movie.get("productionCompany")),
        cast=_cast(movie.get("actor") or movie.get("actors")),
        synopsis=Synopsis(**{spoken: about}) if about else None,
        links={"web" if n == 0 else f"web{n + 1}": address for n, address in enumerate(dict.fromkeys(links))},
    )
    return Incoming(film=film, line=number)


def _raw(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return _unescaped(value) if isinstance(value, str) else ""


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _text(value: object) -> str:
    return line(_raw(value))


def _texts(value: object) -> list[str]:
    return [said for one in (value if isinstance(value, list) else [value]) if (said := _text(one))]


def _records(value: object) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _people(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_texts(value)))


def _cast(value: object) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    for one in value if isinstance(value, list) else [value]:
        role = None
        if isinstance(one, dict) and "PerformanceRole" in _types(one):
            role = _text(one.get("characterName")) or None
            one = one.get("actor")  # noqa: PLW2901 (the role's person)
        name = _text(one)
        if name:
            found.setdefault(name, Credit(name=name, role=role))
    return tuple(found.values())


def _day(value: object) -> str | None:
    """The date's part as it is written: no zone moves it."""
    from tui.dates import parse
    from tui.errors import ValueRefusedError

    match = re.match(r"\d{4}(-\d\d(-\d\d)?)?", _text(value))
    try:
        return str(parse(match[0])) if match else None
    except ValueRefusedError:
        return None
