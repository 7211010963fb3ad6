"""The catalog's fields: how each is read from its text, and what to say if it cannot be.

A parser takes a node and gives a value, or None after it has called `report` with the node at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from tui.base.errors import Message, ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import GENRES, N_, names
from tui.catalog.reading.nodes import Mapping, Node, Scalar, Sequence
from tui.films import dates
from tui.films.film import (
    LONGEST_ADDRESS,
    LONGEST_ID,
    LONGEST_LINK,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ENTRIES,
    MOST_SHARED,
    RATINGS,
    STATUSES,
    TYPES,
    Credit,
    Earlier,
    Film,
    News,
    Prose,
    Release,
)

if TYPE_CHECKING:
    from datetime import date

Said = Message | Callable[[], Message]
"""A message, or what makes it, which is only called when it is reported."""
Report = Callable[[Node, Said], None]
Parser = Callable[[Node, Report], Any]
Record = TypeVar("Record", Film, News, Release, Earlier, Credit, Prose)


TOO_LONG = N_("longer than {count} characters; shorten it")
TOO_MANY = N_("more than {count} entries; leave some out")


def film(node: Node, report: Report) -> Film | None:
    if type(node) is Mapping and "release" in node and "releases" in node:
        report(node["release"][0], message(N_("either “release” or “releases”; keep one")))
        return None
    required = ("id", "title")
    values = _values(node, _FILM, required, report)
    if values is None or not all(name in values for name in required):
        return None
    short = values.pop("release", None)
    if short:
        values["releases"] = (Release(date=short),)
    return Film(**values)


def news(node: Node, report: Report) -> News | None:
    return _record(News, node, _NEWS, ("title",), report)


# shapes


def _values(
    node: Node,
    parsers: dict[str, Parser],
    required: Iterable[str],
    report: Report,
) -> dict[str, Any] | None:
    if type(node) is not Mapping:
        report(node, message(N_("needs fields, such as “{name}: …”"), name=next(iter(parsers))))
        return None
    values: dict[str, Any] = {}
    for name, (key, value) in node.items():
        parse = parsers.get(name)
        if parse is None:
            report(key, partial(_unknown, name, parsers))
        elif not (type(value) is Scalar and value.absent and not (value.value and name in required)):
            parsed = parse(value, report)
            if parsed is not None:
                values[name] = parsed
    for name in required:
        if name not in node or _empty(node[name][1]):
            report(node, message(N_("“{name}” is missing; each entry needs it"), name=name))
    return values


def _empty(node: Node) -> bool:
    return type(node) is Scalar and node.plain and not node.value


def _record(
    kind: type[Record],
    node: Node,
    parsers: dict[str, Parser],
    required: tuple[str, ...],
    report: Report,
) -> Record | None:
    values = _values(node, parsers, required, report)
    if values is None or not all(name in values for name in required):
        return None
    return kind(**values)


def _unknown(name: str, parsers: dict[str, Parser]) -> Message:
    from difflib import get_close_matches

    shown = quoted(name, 40)
    if near := get_close_matches(name[:40], parsers, 1):
        return message(N_("unknown field “{name}”; did you mean “{near}”?"), name=shown, near=near[0])
    return message(N_("unknown field “{name}”; leave it out"), name=shown)


def _one(read: Callable[[str], Any], longest: int = LONGEST_NAME) -> Parser:
    """A field with one text, read by `read`, which may raise ValueRefusedError.

    `longest`: of how many characters. Longer ones are not looked at: one character may fold to eighteen.
    """

    def parse(node: Node, report: Report) -> Any:
        if type(node) is not Scalar:
            report(node, message(N_("needs one value, not a list or fields")))
            return None
        value = node.value
        if len(value) > longest:
            report(node, message(TOO_LONG, count=longest))
            return None
        try:
            return read(value)
        except ValueRefusedError as error:
            report(node, error.message)
            return None

    return parse


def _many(parse_one: Parser, most: int = MOST_ENTRIES) -> Parser:
    def parse(node: Node, report: Report) -> tuple[Any, ...] | None:
        if type(node) is not Sequence:
            report(node, message(N_("needs a list: in [brackets], or a line with “- ” for each")))
            return None
        if len(node) > most:
            report(node, message(TOO_MANY, count=most))
            return None
        return tuple(value for value in (parse_one(item, report) for item in node) if value is not None)

    return parse


# values

_ID = re.compile(r"[a-z0-9-]+")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueRefusedError(
            message(
                N_("“{value}” is not an id; write small letters, digits and hyphens, such as red-rooms"),
                value=quoted(value, 60),
            ),
        )
    return value


def _text(value: str) -> str:
    text = clean(value)
    if not text:
        raise ValueRefusedError(message(N_("empty; write a text or leave the field out")))
    return text


def _lines(value: str) -> str:
    text = clean(value, lines=True)
    if not text:
        raise ValueRefusedError(message(N_("empty; write a text or leave the field out")))
    return text


def choice(choices: tuple[str, ...]) -> Callable[[str], str]:
    """A reader of one of these. It raises ValueRefusedError."""
    allowed = frozenset(choices)

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueRefusedError(
                message(
                    N_("“{value}” is not one of {choices}"),
                    value=quoted(value, 40),
                    choices=", ".join(choices),
                ),
            )
        return value

    return read


def _date(value: str) -> str | None:
    return str(dates.parse(value))


def _day(value: str) -> date:
    return dates.parse_day(value)


def genre(value: str) -> str:
    """TMDB's name where it is one of those, in whatever case; else the text as it is."""
    text = _text(value)
    name = text.lower().replace(" ", "-").replace("_", "-")
    return _GENRE_NAMES.get(name, text)


_GENRE_NAMES = {name: name for name in GENRES} | {"sci-fi": "science-fiction"}


def _runtime(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", value, re.ASCII):
        raise ValueRefusedError(
            message(N_("“{value}” is not a number of minutes; write 98"), value=quoted(value, 40)),
        )
    return int(value)


@cache
def _territories() -> frozenset[str]:
    """ISO 3166-1's codes: CLDR's territories of two letters, less its own groupings."""
    own = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    return frozenset(code for code in names("en").territories if len(code) == 2) - own


@cache
def region(value: str) -> str:
    """An ISO 3166-1 code. Raises ValueRefusedError."""
    if value not in _territories():
        raise ValueRefusedError(
            message(N_("“{value}” is not a country; write its two letters, such as ID or US"), value=quoted(value, 40)),
        )
    return value


@cache
def _language(value: str) -> str:
    if not (
        re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)
        and value.partition("-")[0].lower() in names("en").languages
    ):
        raise ValueRefusedError(
            message(N_("“{value}” is not a language; write its code, such as id or en"), value=quoted(value, 40)),
        )
    return value


_ADDRESS = re.compile(r"https?://[^\s/?#@]+[^\s]*", re.IGNORECASE)


def _address(value: str) -> str:
    if not (_ADDRESS.fullmatch(value) and value.isprintable()):
        raise ValueRefusedError(
            message(N_("“{value}” is not a web address; begin it with https://"), value=quoted(value, 60)),
        )
    return value


def _poster(value: str) -> str:
    text = _text(value)
    if text.startswith(("/", "\\")) or re.match(r"[A-Za-z][\w+.-]*:", text):
        raise ValueRefusedError(
            message(N_("“{value}” is not a path relative to this file; write posters/name.jpg"), value=text[:60]),
        )
    return text


def _prose(parse: Parser) -> Parser:
    """One text, read by `parse`, or one for each language."""
    languages = {"id": parse, "en": parse}

    def read(node: Node, report: Report) -> Prose | None:
        if type(node) is Scalar:
            plain = parse(node, report)
            return Prose(plain=plain) if plain else None
        return _record(Prose, node, languages, (), report)

    return read


def _links(node: Node, report: Report) -> dict[str, str] | None:
    if type(node) is not Mapping:
        report(node, message(N_("needs fields, such as “{name}: …”"), name="trailer"))
        return None
    if len(node) > MOST_SHARED:
        report(node, message(TOO_MANY, count=MOST_SHARED))
        return None
    links = {}
    for name, (key, value) in node.items():
        if len(name) > LONGEST_LINK:
            report(key, message(TOO_LONG, count=LONGEST_LINK))
            continue
        address = _web(value, report)
        if address:
            links[clean(name)] = address
    return links


text = _one(_text)
_web = _one(_address, LONGEST_ADDRESS)
texts = _many(text)

_story = _one(_lines, LONGEST_TEXT)
_CREDIT: dict[str, Parser] = {"name": text, "role": text}
_EARLIER: dict[str, Parser] = {"date": _one(_date), "recorded": _one(_day), "source": text}
_RELEASE: dict[str, Parser] = {
    "date": _one(_date),
    "type": _one(choice(TYPES)),
    "region": _one(region),
    "status": _one(choice(STATUSES)),
    "source": text,
    "note": _prose(text),
    "history": _many(lambda node, report: _record(Earlier, node, _EARLIER, (), report)),
}
_FILM: dict[str, Parser] = {
    "id": _one(_id, LONGEST_ID),
    "title": text,
    "original_title": text,
    "release": _one(_date),
    "releases": _many(lambda node, report: _record(Release, node, _RELEASE, (), report)),
    "genres": _many(_one(genre), MOST_SHARED),
    "runtime": _one(_runtime),
    "rating": _one(choice(RATINGS)),
    "countries": _many(_one(region)),
    "languages": _many(_one(_language)),
    "directors": texts,
    "writers": texts,
    "producers": texts,
    "companies": texts,
    "distributor": text,
    "cast": _many(lambda node, report: _record(Credit, node, _CREDIT, ("name",), report)),
    "synopsis": _prose(_story),
    "links": _links,
    "poster": _one(_poster),
}
_NEWS: dict[str, Parser] = {
    "title": _prose(text),
    "date": _one(_day),
    "url": _web,
    "films": _many(_one(_id, LONGEST_ID)),
}
