"""One film's text written anew by ruamel.yaml, which keeps comments: for forms that cannot be cut into."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from tui.catalog.writing import emit
from tui.catalog.writing.splice import OddLayoutError
from tui.films.film import Credit, Earlier, Film, Prose


class _Texts(VersionedResolver):
    """Takes every scalar as text, as the reader does: 098 stays 098."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        return super().resolve(kind, value, (False, True) if kind is ScalarNode else implicit)


def rewritten(block: str, column: int, before: Film, film: Film) -> str:
    """The film's text from its dash to its end, changed; its dash stands at `column`. Raises OddLayoutError."""
    yaml = YAML()
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = sys.maxsize
    pad = " " * column
    lines = [line.removeprefix(pad) for line in re.split(r"\r?\n", block)]
    out = io.StringIO()
    try:
        items = yaml.load("\n".join(lines) + "\n")
        if not isinstance(items, CommentedSeq) or len(items) != 1 or not isinstance(items[0], CommentedMap):
            raise OddLayoutError
        _change(items[0], before, film)
        yaml.dump(items, out)
    except (YAMLError, ValueError, AttributeError, RecursionError) as error:
        raise OddLayoutError from error
    written = out.getvalue().rstrip("\n").split("\n")
    return "\n".join(line and (pad + line) for line in written).removeprefix(pad)


def _change(fields: CommentedMap, before: Film, film: Film) -> None:
    rank = {name: at for at, name in enumerate(Film.__struct_fields__)}
    for name in Film.__struct_fields__:
        value = getattr(film, name)
        if value == getattr(before, name):
            continue
        if name == "releases":
            fields.pop("release", None)
        if emit.absent(value):
            fields.pop(name, None)
        elif name in fields:
            fields[name] = _tree(value, name)
        else:
            place = max((at + 1 for at, key in enumerate(fields) if rank.get(key, -1) < rank[name]), default=0)
            fields.insert(place, name, _tree(value, name))


def _tree(value: Any, name: str = "") -> Any:
    match value:
        case Prose(plain=str(text)):
            return _tree(text)
        case msgspec.Struct() | dict():
            mapping = CommentedMap((key, _tree(held, key)) for key, held in emit.parts(value).items())
            if isinstance(value, Credit | Earlier):
                mapping.fa.set_flow_style()
            return mapping
        case tuple():
            items = CommentedSeq(map(_tree, value))
            if value and isinstance(value[0], str):
                items.fa.set_flow_style()
            return items
    text = str(value)
    if "\n" in text and not emit.special(text.replace("\n", "")):
        return LiteralScalarString(text)
    return DoubleQuotedScalarString(text) if emit.scalar(text, name=name).startswith('"') else text
