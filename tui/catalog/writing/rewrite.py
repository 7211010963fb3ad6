"""One film's own lines after an edit.

Only an entry that changed is written: a field, or an item of a list, at whatever depth. Those that stay keep their
bytes, those that go take their lines along, those that come are written as in the shipped catalog. So is a changed
one that stood so. If it stood otherwise, ruamel.yaml loads it, and it is changed there, so that quotes and order stay.

ruamel.yaml is not given the whole film because it would refold texts that a person broke into lines, would lose the
comments below an entry that goes, and takes 10 ms for a film of 1 KB. A comment that it loses even so, inside
brackets, is put above the entry.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.tokens import ScalarToken

from tui.base.text import clean
from tui.catalog.reading.depth import LOADER
from tui.catalog.writing import emit
from tui.catalog.writing.layout import Cut, OddLayoutError, apply, dash_before, line_end, line_start
from tui.catalog.writing.roundtrip import aligned, fields_of, round_trip
from tui.films.film import Film, Release

_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""Line breaks to YAML 1.1 and to nobody else; the reader takes them for spaces too."""

_BELOW = re.compile(r"[^\r\n]*\s*\n( *)#")
"""A comment on the next line that is not empty."""

WAYS = ("entries", "film", "anew")
"""How a film can be written, the one that keeps most first: entry by entry, as one entry, or anew with its comments
above it."""


def rewritten(text: str, before: Film, film: Film, way: str, offset: int) -> str:
    """A film changed. `text` is a list in lines that holds `before` alone, indented as in its file.

    `way` is one of WAYS; `offset` is how much deeper than their keys the file's lists have their dashes.
    Raises OddLayoutError where its form does not allow this way. What comes out may still say something else.
    """
    root = _composed(text)
    if not (isinstance(root, SequenceNode) and len(root.value) == 1):
        raise OddLayoutError
    node = root.value[0]
    rewriting = _Rewriting(text, offset, way)
    entry = _EditedFilm(None, dash_before(text, node.start_mark.index), rewriting.end(node), node)
    if way == "entries":
        rewriting.change(entry, before, film)
    else:
        rewriting.write(entry, before, film)
    return apply(text, rewriting.cuts, "\n")


def _composed(text: str) -> Any:
    loader = LOADER(text.translate(_BREAKS))
    try:
        return loader.get_single_node()
    except yaml.YAMLError as error:
        raise OddLayoutError from error
    finally:
        loader.dispose()


class _EditedFilm(NamedTuple):
    name: str | None
    """The field's; None is an item of a list."""
    start: int
    """Of its name, or its dash."""
    end: int
    """Behind its value, before a comment."""
    node: Any
    """Its value's, of PyYAML."""


class _Rewriting:
    def __init__(self, text: str, offset: int, way: str) -> None:
        self._text = text
        self._offset = offset
        self._anew = way == "anew"
        self.cuts: list[Cut] = []

    def end(self, node: Any) -> int:
        """Behind its last character: to PyYAML a block ends where the next token begins."""
        while not isinstance(node, ScalarNode) and not node.flow_style:
            node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
        start: int = node.start_mark.index
        end: int = node.end_mark.index
        if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
            return start + len(self._text[start:end].rstrip())
        return end

    def change(self, entry: _EditedFilm, old: Any, new: Any) -> None:
        """By its entries if it is a block and remains one, else as a whole."""
        node = entry.node
        if isinstance(node, ScalarNode) or node.flow_style:
            self.write(entry, old, new)
        elif isinstance(node, MappingNode) and fields_of(old) and fields_of(new) and emit.parts(new):
            self._mapping(node, fields_of(old), fields_of(new))
        elif isinstance(node, SequenceNode) and isinstance(new, tuple) and len(node.value) == len(old):
            self._sequence(node, old, new)
        else:
            self.write(entry, old, new)

    def _mapping(self, node: Any, old: dict[str, Any], new: dict[str, Any]) -> None:
        entries = [
            _EditedFilm(clean(key.value), key.start_mark.index, self.end(held), held) for key, held in node.value
        ]
        rank = {name: at for at, name in enumerate(dict.fromkeys([*new, *old]))}
        plan: list[tuple[int, int | None, str]] = []
        for at, entry in enumerate(entries):
            name = _field(entry.name)
            changed = name in rank and old.get(name) != new.get(name)
            if not changed or not emit.absent(new.get(name)):
                plan.append((rank.pop(name, -1), at, ""))
            if changed and not emit.absent(new.get(name)):
                self.change(entry, old.get(name), new[name])
        column = self._column(entries[0].start)
        for name, place in rank.items():
            if not emit.absent(new.get(name)) and old.get(name) != new[name]:
                behind = max((at + 1 for at, (other, *_) in enumerate(plan) if other < place), default=0)
                plan.insert(behind, (place, None, emit.entry(name, new[name], column, self._offset)))
        self._lines(entries, [(at, text) for _, at, text in plan])

    def _sequence(self, node: Any, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        entries = [
            _EditedFilm(None, dash_before(self._text, held.start_mark.index), self.end(held), held)
            for held in node.value
        ]
        plan = aligned(old, new)
        model = next((entries[at] for at, _ in plan if at is not None), entries[0])
        for at, value in plan:
            if at is not None and old[at] != value:
                self.change(entries[at], old[at], value)
        self._lines(entries, [(at, "" if at is not None else self._written(model, value)) for at, value in plan])

    def _lines(self, entries: list[_EditedFilm], plan: list[tuple[int | None, str]]) -> None:
        """The entries in the order of the plan: the position of one that stays, or None and the text of a new one."""
        text = self._text
        pad = "\n" + " " * self._column(entries[0].start)
        kept = [at for at, _ in plan if at is not None]
        if not plan:
            raise OddLayoutError
        if not kept:
            self._replace(entries[0], pad.join(written for _, written in plan))
        for at, entry in enumerate(entries):
            first = line_start(text, entry.start)
            if at in kept or (at == 0 and not kept):
                continue
            if not text[first : entry.start].strip():
                broken = 2 if text[first - 2 : first] == "\r\n" else 1
                self.cuts.append((first - broken, line_end(text, entry.end), ""))
            elif at == 0 and 1 in kept and "#" not in text[entry.end : entries[1].start]:
                self.cuts.append((entry.start, entries[1].start, ""))  # on the line of a dash
            elif at == 0:
                self.cuts.append((entry.start, entry.end, ""))
            else:
                raise OddLayoutError
        last: int | None = None
        for place, written in plan if kept else ():
            if place is not None:
                last = place
            elif last is None:
                first = entries[kept[0]].start
                self.cuts.append((first, first, written + pad))
            else:
                end = line_end(text, entries[last].end)
                self.cuts.append((end, end, pad + written))

    def _column(self, at: int) -> int:
        return at - line_start(self._text, at)

    # one entry as a whole

    def write(self, entry: _EditedFilm, old: Any, new: Any) -> None:
        """Write an entry with its new value in place of its text."""
        text, written = self._text[entry.start : entry.end], self._written(entry, new)
        if self._anew or text != self._written(entry, old):
            margin = " " * self._column(entry.start)
            lost = _comments(margin + text)
            bare = isinstance(entry.node, ScalarNode) and entry.node.style not in {"'", '"'}  # nothing to keep of it
            tried = None
            if not (self._anew or bare):
                tried = round_trip(margin + text, margin + written, self._offset, old, new)
            if tried:
                with contextlib.suppress(OddLayoutError):  # what ruamel.yaml wrote is not YAML
                    lost -= _comments(tried)
                    written = re.sub(r"\n(?=[^\n])", "\n" + margin, tried)
            written = "".join(f"{comment}\n{margin}" for comment in lost.elements()) + written
        self._replace(entry, written)

    def _written(self, entry: _EditedFilm, value: Any) -> str:
        """The entry's text as in the shipped catalog, but in brackets and braces where it stood in such."""
        node, column = entry.node, self._column(entry.start)
        flow = not isinstance(node, ScalarNode) and bool(node.flow_style and node.value)
        name = entry.name
        if name is None:
            lead = re.match(r"-( *)(?=[^ \r\n])", self._text[entry.start : node.start_mark.index + 1])
            dash = lead[0] if lead else "- "
            if isinstance(node, MappingNode) and fields_of(value) and not flow:
                return dash + emit.fields(value, column + len(dash), self._offset)
            return dash + (emit.inline(value) if flow else emit.item(value, column + len(dash), self._offset))
        if name == "release":
            if len(value) == 1 and value[0].date and value[0] == Release(date=value[0].date):
                value = value[0].date
            else:
                name = "releases"
        if flow:
            return f"{emit.scalar(name)}: {emit.inline(value, name)}"
        below = _BELOW.match(self._text, entry.end)
        lines = below is None or len(below[1]) <= column  # else the comment would become the last line of a text
        return emit.entry(name, value, column, self._offset, long=None if lines else False)

    def _replace(self, entry: _EditedFilm, written: str) -> None:
        """A comment behind the entry stays on its line, or behind the first of several."""
        first, broken, rest = written.partition("\n")
        end = line_end(self._text, entry.end) if broken else entry.end
        behind = self._text[entry.end : end].rstrip()
        self.cuts.append((entry.start, end, first + behind + broken + rest))


def _field(name: str | None) -> str:
    """The field of the model that a name in the file stands for."""
    return "releases" if name == "release" else name or ""


def _comments(text: str) -> Counter[str]:
    """The comments in an entry's text. Raises OddLayoutError."""
    bare, at = [], 0
    try:
        for token in yaml.scan(text.translate(_BREAKS), LOADER):
            if type(token) is ScalarToken:
                start = token.start_mark.index
                bare.append(text[at : text.index("\n", start) if token.style in {"|", ">"} else start])
                at = token.end_mark.index
    except yaml.YAMLError as error:
        raise OddLayoutError from error
    return Counter(re.findall("#[^\r\n]*", "\n".join([*bare, text[at:]])))
