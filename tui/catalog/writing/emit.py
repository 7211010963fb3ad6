"""Films and news as YAML text, in the shipped catalog's style.

The reader takes every scalar as text. What another YAML program would take for a number, a day or a yes is
quoted all the same: ruamel.yaml tells whether a text can stand without quotes, PyYAML's resolver what others
would make of it.
"""

from __future__ import annotations

import io
import re
import textwrap
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from tui.films.film import Prose, Release

if TYPE_CHECKING:
    from tui.films.film import Film, News

_BARE = frozenset({"date", "release", "recorded", "runtime"})
"""Fields that are meant as days and numbers."""
_CLASS = re.compile(r"\d+\+")
"""An age class, which the catalogs write in quotes."""
_FOLDED = 88
"""Columns of a folded text, without its indent: as in the shipped files."""
_REFUSED = r"[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What YAML's parsers refuse outside double quotes, or read as something else."""
_RAW = re.compile(_REFUSED)
_ESCAPED = re.compile(rf'["\\]|{_REFUSED}')


# one value


@cache
def _emitter() -> Any:
    return Emitter(io.StringIO(), dumper=YAML(), allow_unicode=True)


@cache
def _resolver() -> Any:
    return Resolver()


def scalar(value: str, *, name: str = "", flow: bool = False) -> str:
    """On one line, in quotes only where it needs them; `name` is the field's."""
    if name in _BARE and re.fullmatch(r"[0-9Q-]+", value):
        return value
    if not value or _RAW.search(value) or _CLASS.fullmatch(value) or (flow and re.search("[:?]", value)):
        return quoted(value)
    shape = _emitter().analyze_scalar(value)
    if not (shape.allow_flow_plain if flow else shape.allow_block_plain):
        return quoted(value)
    if _resolver().resolve(ScalarNode, value, (True, False)) != "tag:yaml.org,2002:str" or "," in value:
        return quoted(value)
    return value


def special(value: str) -> bool:
    """Whether only double quotes can hold it."""
    return bool(_RAW.search(value))


def quoted(value: str) -> str:
    """In double quotes, which can hold any text."""
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def prose(value: str, column: int) -> str:
    """A text of any length behind “key: ”, folded into lines that begin at `column`.

    More than one paragraph stands line by line; what neither form gives back unchanged stands in quotes.
    """
    if not value or _RAW.search(value.replace("\n", "")):
        return quoted(value)
    pad = "\n" + " " * column
    if "\n" in value:
        lines = value.split("\n")
        if any(line != line.strip() for line in lines):
            return quoted(value)
        return "|-" + "".join(pad + line if line else "\n" for line in lines)
    lines = textwrap.wrap(value, _FOLDED, break_long_words=False, break_on_hyphens=False)
    if " ".join(lines) != value:
        return scalar(value)
    return ">-" + "".join(pad + line for line in lines)


def inline(value: Any, name: str = "", *, flow: bool = True) -> str:
    """Any value on one line, lists in [brackets] and fields in {braces}; `flow` is whether it stands inside such."""
    match value:
        case bool():
            return str(value).lower()
        case Prose(plain=str(text)):
            return scalar(text, flow=flow)
        case msgspec.Struct() | dict():
            return (
                "{"
                + ", ".join(f"{_key(key, flow=True)}: {inline(held, key)}" for key, held in parts(value).items())
                + "}"
            )
        case tuple():
            return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(str(value), name=name, flow=flow)


@lru_cache(256)
def _key(name: str, *, flow: bool = False) -> str:
    return scalar(name, flow=flow)


# by lines


def parts(value: Any) -> dict[str, Any]:
    """What is written of a value with fields, in the format's order."""
    if isinstance(value, dict):
        return value
    written = {name: getattr(value, name) for name in value.__struct_fields__}
    if isinstance(value, Release) and value.date is None and value.status == "confirmed":
        written.pop("status")  # nothing is confirmed that has no date
    return {name: held for name, held in written.items() if not absent(held)}


def absent(value: Any) -> bool:
    return value is None or value in ("", (), {})


def entry(name: str, value: Any, column: int, offset: int = 0, *, long: bool | None = None) -> str:
    """“name: value”, for a key at `column`; lists' dashes stand `offset` columns further in.

    `long` texts are folded into lines; by default a synopsis is one.
    """
    long = name == "synopsis" if long is None else long
    pad = "\n" + " " * column
    match value:
        case str(text) | Prose(plain=str(text)) if long:
            return f"{_key(name)}: {prose(text, column + 2)}"
        case Prose(plain=None) | dict() if parts(value):
            lines = (entry(key, text, column + 2, long=long) for key, text in parts(value).items())
            return f"{_key(name)}:" + "".join(f"{pad}  {line}" for line in lines)
        case (msgspec.Struct(), *_):
            dash = f"{pad}{' ' * offset}- "
            return f"{_key(name)}:" + "".join(dash + item(held, column + offset + 2, offset) for held in value)
    return f"{_key(name)}: {inline(value, name, flow=False)}"


def item(value: Any, column: int, offset: int = 0) -> str:
    """What stands behind a list's dash, from `column` on: releases by lines, people and earlier dates in braces."""
    return fields(value, column, offset) if isinstance(value, Release) else inline(value, flow=False)


def fields(value: Any, column: int, offset: int = 0) -> str:
    """Each field on its own line, the first without indent."""
    pad = "\n" + " " * column
    return pad.join(entry(name, held, column, offset) for name, held in parts(value).items()) or "{}"


def block(value: Film | News, offset: int = 0) -> str:
    """A film or a news item as it stands in a list at column 0, without the last line break."""
    return "- " + fields(value, 2, offset)
