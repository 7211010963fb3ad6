"""Where everything stands in a catalog file's text. The reader reads it; here its places are noted, in characters."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.catalog.reading.reader import SECTIONS, CatalogReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.errors import Problem
    from tui.films.film import Film, News

Cut = tuple[int, int, str]
"""From, to (in characters), and what stands there instead."""

_DASH = re.compile(r" *-(?=\s)")
_LINE = re.compile(r"[^\r\n]*")


class OddLayoutError(Exception):
    """The text's form is one that cannot be cut into."""


class Part(NamedTuple):
    """An item of a section: a film or a news item."""

    value: Film | News | None
    """As it was read; None if it has problems."""
    dash: int
    """Where its dash stands; in a flow list, where it begins."""
    end: int
    """Behind its last character, with the comments below that are indented deeper than its dash."""
    flow: bool
    """In a list in [brackets]."""


class Section(NamedTuple):
    start: int
    """Where its name begins."""
    colon: int
    """Behind its colon."""
    end: int
    """Behind its value."""
    empty: bool
    """Nothing stands there, or an empty list."""


class Layout(CatalogReader):
    """A text's films and news in their order, its sections and its problems."""

    def __init__(self, name: str, data: bytes) -> None:
        """Reads `data`, a file's content without a byte order mark."""
        self.problems: list[Problem] = []
        super().__init__(name, self.problems.append)
        self.text = data.decode("utf-8", "surrogateescape")
        self.parts: dict[str, list[Part]] = {section: [] for section in SECTIONS}
        self.sections: dict[str, Section] = {}
        """The first of each name, if the YAML was whole up to its end."""
        first = re.search(r"\r?\n", self.text)
        self.newline = first[0] if first else "\n"
        for _ in self.run(io.BytesIO(data)):
            pass  # each has passed `item_found`

    def item_found(self, name: str, value: Film | News | None, opening: Any, closing: Any, *, flow: bool) -> None:
        start = opening.start_mark.index + self.shift
        block = getattr(opening, "flow_style", None) is False
        end = (closing.start_mark if block else closing.end_mark).index + self.shift
        if self.parts[name] and start < self.parts[name][-1].end:
            return  # read once more, to report where it is nested too deeply
        if flow:
            self.parts[name].append(Part(value, start, end, flow=True))
            return
        dash = dash_before(self.text, start)
        if block:
            end = self._last_line(start, end)
        self.parts[name].append(Part(value, dash, self._tail(end, self.column(dash)), flow=False))

    def section_found(self, name: str, key: Any, opening: Any, closing: Any) -> None:
        if self.broken or name in self.sections:
            return
        start, colon = key.start_mark.index, self.text.index(":", key.end_mark.index) + 1
        value = getattr(opening, "value", "-")
        empty = (not value and not opening.style) or value == "~" or opening.end_mark.index == closing.start_mark.index
        self.sections[name] = Section(start, colon, max(colon, closing.end_mark.index), empty)

    def _last_line(self, start: int, end: int) -> int:
        """The end of a block's text: to YAML it ends where the next token begins, behind comments and empty lines."""
        while True:
            end = start + len(self.text[start:end].rstrip())
            first = line_start(self.text, end)
            if first <= start or not self.text[first:end].lstrip().startswith("#"):
                return end
            end = first

    def _tail(self, end: int, column: int) -> int:
        """The end of an item in lines: comments below it that are deeper than its dash are its own."""
        end = line_end(self.text, end)
        while match := re.compile(rf"(?:\r?\n[ \t]*)*\r?\n[ ]{{{column + 1},}}#[^\r\n]*").match(self.text, end):
            end = match.end()
        return end

    def column(self, at: int) -> int:
        return at - line_start(self.text, at)


def line_start(text: str, at: int) -> int:
    broken = text.rfind("\n", 0, at) + 1
    return max(broken, text.rfind("\r", broken, at - text.startswith("\n", at)) + 1)


def line_end(text: str, at: int) -> int:
    """Before the line break, behind a comment."""
    match = _LINE.match(text, at)
    return match.end() if match else at


def dash_before(text: str, start: int) -> int:
    """The dash of the item that begins at `start`: on its line, or above it, over comments."""
    at = line_start(text, start)
    while not (dash := _DASH.match(text, at, start + 1)) and at:
        at = line_start(text, at - 1)
    return dash.end() - 1 if dash else start


def apply(text: str, cuts: Iterable[Cut], newline: str) -> str:
    """The text with the cuts made. Of several at one place the first stands first. Raises OddLayoutError."""
    pieces = []
    at = 0
    for first, last, new in sorted(cuts, key=lambda cut: cut[:2]):
        if first < at:
            raise OddLayoutError
        pieces += [text[at:first], re.sub(r"\r?\n", newline, new)]
        at = last
    return "".join([*pieces, text[at:]])


def shifted(lines: str, by: int) -> str:
    """The lines further in, or out as far as each goes."""
    if by >= 0:
        return re.sub(r"(?m)^(?=[^\n])", " " * by, lines)
    return re.sub(rf"(?m)^ {{1,{-by}}}", "", lines)
