"""What the line of a search can be completed to: fields, their values, and words that mean more than themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.text import fold
from tui.library import fields, moments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.library.fields import Context, Field

_LAST = re.compile(r'(?:^|(?<=\s))-?(?P<word>[^\s":,]+)$')
_VALUE = re.compile(
    r'(?:^|(?<=\s))-?(?P<name>[^\s":]+):(?:(?:"[^"]*"|[^\s",]*),)*(?:"(?P<quoted>[^"]*)|(?P<value>[^\s",]*))$'
)
_QUOTE = '"'
_MOST = 20
_SHORTEST = 2
"""Letters of a plain word that is completed: a single one is the beginning of too many."""


def completions(line: str, context: Context) -> list[str]:
    """The line with its last word completed, each way there is, in order of rank; nothing where it is complete."""
    if match := _VALUE.search(line):
        field = fields.NAMED.get(fold(match["name"]))
        typed = match["value"] if match["quoted"] is None else match["quoted"]
        return _with(line, typed, _values(field, context), quoted=True) if field else []
    if match := _LAST.search(line):
        word = match["word"]
        named = [f"{field.name(context.words)}:" for field in fields.SEARCH_FIELDS]
        other = [f"{name}:" for name in fields.NAMED if f"{name}:" not in named]
        found = _with(line, word, named)
        if len(word) >= _SHORTEST:
            found += _with(line, word, [*other, *_plain(context)])
        return list(dict.fromkeys(found))[:_MOST]
    return []


def _with(line: str, typed: str, texts: Iterable[str], *, quoted: bool = False) -> list[str]:
    start = fold(typed)
    head = line[: len(line) - len(typed)]
    found = []
    for text in dict.fromkeys(texts):
        if len(text) > len(typed) and fold(text).startswith(start) and fold(text[: len(typed)]) == start:
            rest = typed + text[len(typed) :]
            if quoted and re.search(r"[\s,:]", rest):
                rest = f'"{rest}"'
                found.append(head.removesuffix(_QUOTE) + rest)
            else:
                found.append(head + rest)
    return found[:_MOST]


def _values(field: Field, context: Context) -> list[str]:
    if field.kind in fields.TIMES:
        return [*_months(context), *moments.phrases()]
    if field.kind == "country":
        return sorted(value.label.lower() for value in field.listed(context))
    return [field.written(value.value, context) for value in field.listed(context)]


def _months(context: Context) -> list[str]:
    return [name.lower() for name in context.words.names.alone_months]


def _plain(context: Context) -> list[str]:
    genre = fields.KINDS["genre"]
    return [
        *(value.label.lower() for value in genre.listed(context)),
        *_months(context),
        *(" ".join(name.split()) for name in sorted(moments.holiday_names())),
        *moments.phrases(),
    ]
