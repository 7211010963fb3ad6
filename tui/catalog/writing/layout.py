"""Where everything stands in a catalog file's text: the reader's events again, with their places in characters.

Nothing is judged here. What the reader takes as a film becomes one by the reader's own parsers (`Tree` -> `nodes`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tui.catalog.reading import depth, nodes
from tui.catalog.reading.depth import HOPELESS, TooDeepError

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = ("films", "news")
_UNREADABLE = re.compile("[^\t\r\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE = re.compile(r"[^\r\n]*")


class Leaf(NamedTuple):
    value: str
    start: int
    end: int
    """Behind the last character, of a block scalar without the blank lines after it."""
    style: str
    """"" for a plain one, else its quotation mark, | or >."""
    odd: bool = False
    """With a tag, or an alias: the reader refuses it."""


class Items(NamedTuple):
    items: list[Tree]
    start: int
    end: int
    flow: bool
    odd: bool = False


class Fields(NamedTuple):
    pairs: list[tuple[Leaf, Tree]]
    start: int
    end: int
    flow: bool
    odd: bool = False


Tree = Leaf | Items | Fields


class Part(NamedTuple):
    """An item of a section: a film or a news item, readable or not."""

    tree: Tree
    dash: int
    """Where its dash stands; in a flow list, where it begins."""
    end: int
    """Behind its last character, with the comments below that are indented deeper than its dash."""
    flow: bool


class Section(NamedTuple):
    key: Leaf
    value: Tree


class Layout:
    """A text's films and news in their order, and its sections."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: dict[str, list[Part]] = {name: [] for name in SECTIONS}
        self.sections: dict[str, Section] = {}
        """The first of each name."""
        self.whole = True
        """Whether the YAML could be read to its end."""
        first = re.search(r"\r?\n", text)
        self.newline = first[0] if first else "\n"
        try:
            self._documents(_parsed(text), 0)
        except yaml.YAMLError:
            self.whole = False
            self._piecemeal()

    # the text's lines

    def line_start(self, at: int) -> int:
        broken = self.text.rfind("\n", 0, at) + 1
        return max(broken, self.text.rfind("\r", broken, at) + 1)

    def line_end(self, at: int) -> int:
        """Before the line break, behind a comment."""
        match = _LINE.match(self.text, at)
        return match.end() if match else at

    def column(self, at: int) -> int:
        return at - self.line_start(at)

    # reading

    def _documents(self, text: str, shift: int) -> None:
        parser = depth.LOADER(text)
        try:
            events = parser.get_event
            while type(event := events()) is not StreamEndEvent:
                if type(event) is DocumentStartEvent:
                    self._document(events, shift)
        finally:
            parser.dispose()

    def _document(self, events: Callable[[], Any], shift: int) -> None:
        root = events()
        if type(root) is not MappingStartEvent:
            self._compose(root, events, shift)
            return
        seen: set[str] = set()
        while type(event := events()) is not MappingEndEvent:
            key = self._compose(event, events, shift)
            opening = events()
            name = key.value if isinstance(key, Leaf) else ""
            if name not in SECTIONS or name in seen or not isinstance(key, Leaf):
                self._compose(opening, events, shift)
                continue
            seen.add(name)
            if type(opening) is not SequenceStartEvent:
                value = self._compose(opening, events, shift)
            else:
                value = self._section(name, opening, events, shift)
            if shift == 0:
                self.sections.setdefault(name, Section(key, value))

    def _section(self, name: str, opening: Any, events: Callable[[], Any], shift: int) -> Items:
        """Its items one by one, so that those before a broken one are kept."""
        start, flow = opening.start_mark.index + shift, bool(opening.flow_style)
        trees: list[Tree] = []
        end = start
        while type(event := events()) is not SequenceEndEvent:
            tree = self._compose(event, events, shift)
            dash = tree.start if flow else self._dash(start, end if trees else None, tree.start)
            trees.append(tree)
            end = tree.end
            self.parts[name].append(Part(tree, dash, end if flow else self._tail(end, self.column(dash)), flow))
        return Items(trees, start, _end(event) + shift if flow else end, flow)

    def _dash(self, first: int, before: int | None, start: int) -> int:
        """The dash of an item that begins at `start`, behind the one that ends at `before`."""
        if before is None:
            return self.text.index("-", first)  # behind an anchor, if there is one
        match = re.compile(r"[\r\n][ ]*-(?=\s)").search(self.text, before, start)
        return match.end() - 1 if match else start

    def dashes(self, items: Items) -> list[int]:
        """Of a list in lines: where each item's dash stands."""
        found = []
        end = None
        for tree in items.items:
            found.append(self._dash(items.start, end, tree.start))
            end = tree.end
        return found

    def _tail(self, end: int, column: int) -> int:
        """The end of an item in lines: comments below it that are deeper than its dash are its own."""
        end = self.line_end(end)
        while match := re.compile(rf"(?:\r?\n[ \t]*)*\r?\n[ ]{{{column + 1},}}#[^\r\n]*").match(self.text, end):
            end = match.end()
        return end

    def _compose(self, event: Any, events: Callable[[], Any], shift: int, level: int = 0) -> Tree:
        start = event.start_mark.index + shift
        kind = type(event)
        if kind is ScalarEvent:
            end = _end(event) + shift
            style = event.style or ""
            if style in {"|", ">"}:
                end = start + len(self.text[start:end].rstrip())
            elif not event.value and not style:
                end = start
            return Leaf(event.value, start, end, style, event.tag is not None)
        if kind is AliasEvent:
            return Leaf("", start, _end(event) + shift, "", odd=True)
        if level == HOPELESS:
            raise TooDeepError
        odd, flow = event.tag is not None, bool(event.flow_style)
        if kind is SequenceStartEvent:
            items: list[Tree] = []
            while type(inner := events()) is not SequenceEndEvent:
                items.append(self._compose(inner, events, shift, level + 1))
            end = _end(inner) + shift if flow else items[-1].end
            return Items(items, start, end, flow, odd)
        pairs: list[tuple[Leaf, Tree]] = []
        while type(inner := events()) is not MappingEndEvent:
            key = self._compose(inner, events, shift, level + 1)
            value = self._compose(events(), events, shift, level + 1)
            if not isinstance(key, Leaf):
                key = Leaf("", key.start, key.end, "", odd=True)
            pairs.append((key, value))
        end = _end(inner) + shift if flow else pairs[-1][1].end if pairs else start
        return Fields(pairs, start, end, flow, odd)

    # where the YAML is broken: the same pieces as the reader's

    def _piecemeal(self) -> None:
        done = max((part.end for name in SECTIONS for part in self.parts[name]), default=-1)
        section, indent = "films", -1
        pieces: list[tuple[str, int, int]] = []
        begun: int | None = None
        at = 0
        for line in re.findall(r"[^\n]*\n|[^\n]+", self.text):
            head = re.match(r"(films|news):\s*(#.*)?$", line)
            dash = re.match(r" *(?=-(\s|$))", line)
            item = bool(dash and (indent < 0 or dash.end() <= indent))
            if item or head or line.startswith(("---", "...")):
                if begun is not None:
                    pieces.append((section, begun, at))
                begun = at if item else None
                indent = dash.end() if item and dash else indent
            if head:
                section, indent = head[1], -1
            at += len(line)
        if begun is not None:
            pieces.append((section, begun, at))
        for name, start, end in pieces:
            if start > done:
                opening = f"{name}:\n"
                try:
                    self._documents(_parsed(opening + self.text[start:end]), start - len(opening))
                except yaml.YAMLError:
                    continue


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end


def _parsed(text: str) -> str:
    """The text as the parser shall see it, with as many characters."""
    return _UNREADABLE.sub(" ", text)


def as_node(tree: Tree) -> nodes.Node | None:
    """What the reader would have made of it; None if it would have refused its form."""
    if tree.odd:
        return None
    match tree:
        case Leaf():
            return nodes.Scalar(tree.value, 0, 0, not tree.style)
        case Items():
            items = nodes.Sequence(0, 0)
            for inner in tree.items:
                node = as_node(inner)
                if node is None:
                    return None
                items.append(node)
            return items
        case Fields():
            mapping = nodes.Mapping(0, 0)
            for key, inner in tree.pairs:
                node = as_node(inner)
                if node is None or key.odd or key.value in mapping:
                    return None
                mapping[key.value] = (nodes.Scalar(key.value, 0, 0, not key.style), node)
            return mapping
