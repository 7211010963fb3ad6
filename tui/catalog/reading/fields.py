"""YAML's nodes -> films and news, by the tables of films/facts.py, and what to say if that cannot be done.

A parser takes a node and gives a value, or None after it has called `report` with the node at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from tui.base.errors import Message, ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.catalog.reading.nodes import Mapping, Node, Scalar, Sequence
from tui.films import facts, parsers
from tui.films.facts import Fact, Shape
from tui.films.film import (
    LONGEST_ADDRESS,
    LONGEST_ID,
    LONGEST_LINK,
    LONGEST_NAME,
    MOST_ENTRIES,
    MOST_SHARED,
    Credit,
    Earlier,
    Film,
    News,
    Prose,
    Release,
)

Reason = Message | Callable[[], Message]
"""A message, or what makes it, which is only called when it is reported."""
Report = Callable[[Node, Reason], None]
Parser = Callable[[Node, Report], Any]
Record = TypeVar("Record", Film, News, Release, Earlier, Credit, Prose)


TOO_LONG = N_("longer than {count} characters; shorten it")
TOO_MANY = N_("more than {count} entries; leave some out")


def film(node: Node, report: Report) -> Film | None:
    """None if it has no id; what else is wrong is reported and left out. It may leave its title to a lower layer."""
    if type(node) is Mapping and "release" in node and "releases" in node:
        report(node["release"][0], message(N_("either “release” or “releases”; keep one")))
        return None
    needed = _REQUIRED[:1] if type(node) is Mapping and "id" in node else _REQUIRED
    values = _values(node, _FILM, needed, report, _REQUIRED)
    if values is None or "id" not in values:
        return None
    short = values.pop("release", None)
    if short:
        values["releases"] = (Release(date=short),)
    return Film(**values)


def news(node: Node, report: Report) -> News | None:
    """None if it has no title."""
    return _record(News, node, _NEWS, ("title",), report)


# shapes


def _values(
    node: Node,
    parsers: dict[str, Parser],
    required: Iterable[str],
    report: Report,
    texts: Iterable[str] = (),
) -> dict[str, Any] | None:
    """`texts`: fields in which ~ is a text, as in those that are required."""
    if type(node) is not Mapping:
        report(node, message(N_("needs fields, such as “{name}: …”"), name=next(iter(parsers))))
        return None
    values: dict[str, Any] = {}
    for name, (key, value) in node.items():
        parse = parsers.get(name)
        if parse is None:
            report(key, partial(_unknown, name, parsers))
        elif not (type(value) is Scalar and value.absent and not (value.value and (name in required or name in texts))):
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
        address = _address(value, report)
        if address:
            links[clean(name)] = address
    return links


_text = _one(parsers.text)
_address = _one(parsers.address, LONGEST_ADDRESS)
_CREDIT: dict[str, Parser] = {"name": _text, "role": _text}
_EARLIER: dict[str, Parser] = {"date": _one(parsers.date), "recorded": _one(parsers.day), "source": _text}


def _parser(fact: Fact) -> Parser:
    one = _one(fact.parse, fact.longest)
    match fact.shape:
        case Shape.ONE:
            return one
        case Shape.MANY:
            return _many(one, fact.most)
        case Shape.PROSE:
            return _prose(one)
        case Shape.CAST:
            return _many(lambda node, report: _record(Credit, node, _CREDIT, ("name",), report))
        case Shape.HISTORY:
            return _many(lambda node, report: _record(Earlier, node, _EARLIER, (), report))
        case Shape.RELEASES:
            return _many(lambda node, report: _record(Release, node, _RELEASE, (), report))
        case Shape.LINKS:
            return _links


_RELEASE: dict[str, Parser] = {fact.name: _parser(fact) for fact in facts.RELEASE}
_FILM: dict[str, Parser] = {fact.name: _parser(fact) for fact in facts.FILM} | {"release": _one(parsers.date)}
_REQUIRED = tuple(fact.name for fact in facts.FILM if fact.required)
_NEWS: dict[str, Parser] = {
    "title": _prose(_text),
    "date": _one(parsers.day),
    "url": _address,
    "films": _many(_one(parsers.id, LONGEST_ID)),
}
