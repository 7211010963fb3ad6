"""Which sources a catalog follows: its file sources.yaml, read with the place of whatever is wrong in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from tui.base.errors import CatalogError, FilmtuiError, Problem, ValueRefusedError, message
from tui.base.reasons import reason_of
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.catalog.files import open_regular, shown
from tui.films.dates import ReleaseDate, parse
from tui.films.film import HOME_REGION, LONGEST_ADDRESS
from tui.films.parsers import choice, country
from tui.user.places import SOURCES_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

FOLLOWED_KINDS = ("wikipedia", "tmdb", "url")
LARGEST_SOURCES = 256 * 1024
"""Bytes; one by hand has some hundred."""
MOST_SOURCES = 50
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_AHEAD, _BACK = 14, 1
"""Months that are asked for unless the file says which."""


class Followed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source that is followed. Its name is that of its folder."""

    name: str
    kind: str
    """One of FOLLOWED_KINDS."""
    address: str | None = None
    """Of a url; of the others in the place of their own."""
    region: str = HOME_REGION
    first: str | None = msgspec.field(default=None, name="from")
    """2026-01; None: a month back from today."""
    last: str | None = msgspec.field(default=None, name="to")
    """None: fourteen months ahead."""
    pages: tuple[str, ...] = ()
    """Of Wikipedia, with {year} in them; none: the lists of Indonesian films."""
    allow_private: bool = False
    """Whether the address may lead into the own network."""

    def span(self, today: date) -> tuple[ReleaseDate, ReleaseDate]:
        """The first and the last month that are asked for."""
        return self._month(self.first, today, -_BACK), self._month(self.last, today, _AHEAD)

    @staticmethod
    def _month(given: str | None, today: date, by: int) -> ReleaseDate:
        if given:
            return parse(given)
        months = today.year * 12 + today.month - 1 + by
        return ReleaseDate(max(months // 12, 1), month=months % 12 + 1)


def name_of(value: str) -> str:
    """A source's name. Raises ValueRefusedError."""
    if not _NAME.fullmatch(value):
        text = N_("“{value}” is not a source's name; write small letters, digits and hyphens, such as klub-film")
        raise ValueRefusedError(message(text, value=quoted(value, 60)))
    return value


def month_of_span(value: str) -> str:
    """2026-01. Raises ValueRefusedError."""
    known = parse(value)
    if known.month is None or known.day is not None:
        raise ValueRefusedError(message(N_("“{value}” is not a month; write 2026-01"), value=quoted(value, 40)))
    return value


def address_of(value: str) -> str:
    """Of a server: http or https. Raises ValueRefusedError."""
    if (
        len(value) > LONGEST_ADDRESS
        or not re.match(r"https?://[^\s/?#]", value, re.IGNORECASE)
        or clean(value) != value
    ):
        text = N_("“{value}” is not a web address; begin it with https://")
        raise ValueRefusedError(message(text, value=quoted(value, 60)))
    return value


def _yes(value: str) -> bool:
    return choice(("true", "false"))(value.lower()) == "true"


_READERS: dict[str, Callable[[str], Any]] = {
    "name": name_of, "kind": choice(FOLLOWED_KINDS), "address": address_of, "url": address_of,
    "region": lambda value: country(value.upper()), "from": month_of_span, "to": month_of_span, "allow_private": _yes,
}  # fmt: skip


def read_sources(path: Path) -> tuple[list[Followed], list[Problem]]:
    """Those that the file names, in its order, and what of it could not be taken. No file: none.

    Raises CatalogError where it cannot be read.
    """
    text = sources_text(path)
    problems: list[Problem] = []
    found: dict[str, Followed] = {}
    for node in _entries(text, problems):
        try:
            one = _followed(node)
            if one.name in found:
                told = N_("“{name}” stands here twice; give one of them another name")
                raise ValueRefusedError(message(told, name=one.name))
            found[one.name] = one
        except FilmtuiError as error:
            mark = getattr(error, "mark", node.start_mark)
            problems.append(Problem(SOURCES_FILE, mark.line + 1, mark.column + 1, error.message))
        if len(found) == MOST_SOURCES:
            break
    return list(found.values()), problems


def sources_text(path: Path) -> str:
    """The file's text; empty where there is none. Raises CatalogError."""
    try:
        with open_regular(path, LARGEST_SOURCES) as stream:
            return stream.read().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise CatalogError(message(N_("{path}: not UTF-8; save it as UTF-8"), path=shown(path))) from None
    except OSError as error:
        text = N_("{path}: cannot be read: {why}")
        raise CatalogError(message(text, path=shown(path), why=reason_of(error))) from None


def _entries(text: str, problems: list[Problem]) -> Iterator[yaml.Node]:
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        told = N_("this is not YAML; write a source a line, such as - {{name: wikipedia, kind: wikipedia}}")
        problems.append(Problem(SOURCES_FILE, line, column, message(told)))
        return
    if isinstance(root, yaml.SequenceNode):
        yield from root.value
    elif root is not None:
        told = N_("write a list of sources, such as - {{name: wikipedia, kind: wikipedia}}")
        problems.append(Problem(SOURCES_FILE, root.start_mark.line + 1, 1, message(told)))


def _followed(node: yaml.Node) -> Followed:
    """Raises ValueRefusedError, with the mark of what is wrong."""
    values: dict[str, Any] = {}
    if not isinstance(node, yaml.MappingNode):
        raise _at(node, message(N_("write a source a line, such as - {{name: wikipedia, kind: wikipedia}}")))
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name == "pages" and isinstance(value, yaml.SequenceNode):
            pages = [one.value for one in value.value if isinstance(one, yaml.ScalarNode)]
            values["pages"] = tuple(clean(page)[:250] for page in pages[:20])
        elif name not in _READERS or not isinstance(value, yaml.ScalarNode):
            known = ", ".join([*_READERS, "pages"])
            raise _at(key, message(N_("“{name}” is not one of {choices}"), name=quoted(str(name), 40), choices=known))
        else:
            try:
                values["address" if name == "url" else name] = _READERS[name](value.value)
            except FilmtuiError as error:
                raise _at(value, error.message) from None
    if "kind" not in values:
        raise _at(node, message(N_("a source needs a kind: {choices}"), choices=", ".join(FOLLOWED_KINDS)))
    if values["kind"] == "url" and "address" not in values:
        raise _at(node, message(N_("a source of the kind url needs an address")))
    own = {"from": "first", "to": "last"}
    return Followed(**{"name": values["kind"], **{own.get(name, name): value for name, value in values.items()}})


def _at(node: yaml.Node, text: Any) -> ValueRefusedError:
    error = ValueRefusedError(text)
    error.mark = node.start_mark  # type: ignore[attr-defined]
    return error
