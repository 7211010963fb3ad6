"""An entry of a film changed by ruamel.yaml, which keeps the quotes and the order of what was written."""

from __future__ import annotations

import io
import re
import sys
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from tui.catalog.writing.layout import shifted
from tui.films.film import Credit, Earlier, Prose, Release


class _Texts(VersionedResolver):
    """Takes every scalar as text, as the reader does: 098 stays 098. Only nothing stays nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        text = isinstance(value, str) and value not in {"", "~"}
        return super().resolve(kind, value, (False, True) if text else implicit)


@cache
def _ruamel() -> Any:
    ruamel = YAML()
    ruamel.Resolver = _Texts
    ruamel.preserve_quotes = True
    ruamel.width = sys.maxsize
    ruamel.brace_single_entry_mapping_in_flow_sequence = True
    return ruamel


def round_trip(text: str, written: str, offset: int, old: Any, new: Any) -> str | None:
    """The only entry of a map or a list with its new value, as it stands at column 0; None where that cannot be.

    `text` is how it stands, `written` how it would be written without regard to that: new values are taken from there.
    """
    ruamel = _ruamel()
    dash = re.match(" *(-? *)", text)
    ruamel.indent(mapping=2, sequence=offset + max(2, len(dash[1]) if dash else 0), offset=offset)
    out = io.StringIO()
    try:
        held, made = ruamel.load(text + "\n"), ruamel.load(written + "\n")
        (key,) = held if isinstance(held, CommentedMap) else range(len(held))
        held[key] = _merged(held[key], made[key], old, new)
        ruamel.dump(held, out)
    except (YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        _ruamel.cache_clear()  # what it had begun
        return None
    return shifted(out.getvalue(), 0 if isinstance(held, CommentedMap) else -offset).rstrip("\n")


def _merged(held: Any, made: Any, old: Any, new: Any) -> Any:
    """What ruamel.yaml has loaded, with what changed between `old` and `new` taken from what it loaded of the new."""
    if isinstance(held, CommentedMap) and isinstance(made, CommentedMap):
        was, now = fields_of(old), fields_of(new)
        rank = {name: at for at, name in enumerate(dict.fromkeys([*now, *was]))}
        for name, place in rank.items():
            if was.get(name) == now.get(name):
                continue
            if name == "releases":
                held.pop("release", None)
            if name not in made:
                held.pop(name, None)
            elif name in held:
                held[name] = _merged(held[name], made[name], was.get(name), now[name])
            else:
                behind = max((at + 1 for at, key in enumerate(held) if rank.get(key, -1) < place), default=0)
                held.insert(behind, name, made[name])
        return held
    if isinstance(held, CommentedSeq) and isinstance(made, CommentedSeq) and len(held) == len(old):
        held[:] = [
            fresh if at is None else _merged(held[at], fresh, old[at], value)
            for (at, value), fresh in zip(aligned(old, new), made, strict=True)
        ]
        return held
    if isinstance(held, SingleQuotedScalarString | DoubleQuotedScalarString) and isinstance(made, str):
        return DoubleQuotedScalarString(made) if "\n" in made else type(held)(made)
    return made


def fields_of(value: Any) -> dict[str, Any]:
    """A value's fields by their names, in the format's order; none if it has none, or is one text."""
    if isinstance(value, msgspec.Struct) and not (isinstance(value, Prose) and value.plain):
        return {name: getattr(value, name) for name in value.__struct_fields__}
    return value if isinstance(value, dict) else {}


def _identity(value: Any) -> Any:
    """What makes two items of a list one, though they differ."""
    match value:
        case Release():
            return value.region, value.type
        case Credit():
            return value.name
        case Earlier():
            return value.date, value.recorded
    return value


def aligned(old: tuple[Any, ...], new: tuple[Any, ...]) -> list[tuple[int | None, Any]]:
    """Each new item with the position of the old one that it is, or came of, in growing order; None is a new one."""
    plan: list[tuple[int | None, Any]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            plan += zip(range(first, last), new[start:end], strict=True)
        elif tag in {"replace", "insert"}:
            at = first
            paired = last - first == end - start
            for place, value in enumerate(new[start:end], first):
                same = next((i for i in range(at, last) if _identity(old[i]) == _identity(value)), None)
                if same is None and paired and at <= place and not isinstance(value, Credit):
                    same = place
                plan.append((same, value))
                at = at if same is None else same + 1
    return plan
