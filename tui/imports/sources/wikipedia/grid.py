"""A table of a page as a full grid: every cell in each row and column that it spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.base.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_MOST_SPANNED = 500
_MOST_CELLS = 200_000
"""Of a grid: a list of a year has some 2,000."""
_UNSEEN = (
    "sup.reference, style, script, link, meta, .mw-editsection, .mw-ref, .reference, [style*='display:none'], .sortkey"
)
_BREAKS = frozenset({"br", "li", "p", "div", "ul", "ol", "tr"})
_MARKS = re.compile(r"\[(?:\d{1,3}|[a-z]|catatan \d+|note \d+)\]")


class Cell(NamedTuple):
    """One cell; it stands in the grid as often as it spans places."""

    text: str
    """Clean; what stands below each other, or is an item of a list, is parted by line breaks."""
    address: str
    """Where its first link leads, as it is written; empty without one, or where that page is not there yet."""
    header: bool


def grid(table: LexborNode) -> list[list[Cell]]:
    """The table's rows, each with a cell for each column that it reaches to."""
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # column to the rows that its cell still spans
    count = 0
    for row in _rows(table):
        made: list[Cell] = []

        def hang() -> None:
            while len(made) in hanging:  # noqa: B023 (called in this round alone)
                left, cell = hanging.pop(len(made))  # noqa: B023
                if left > 1:
                    hanging[len(made)] = left - 1, cell  # noqa: B023
                made.append(cell)  # noqa: B023

        for node in _children(row, {"td", "th"}):
            hang()
            cell = _cell(node)
            down, across = _span(node, "rowspan"), _span(node, "colspan")
            for _ in range(across):
                if down > 1:
                    hanging[len(made)] = down - 1, cell
                made.append(cell)
                if len(made) in hanging:
                    hang()
        hang()
        for column in sorted(hanging):  # behind a row that is shorter than those above it
            if column >= len(made):
                made += [Cell("", "", header=False)] * (column - len(made))
                hang()
        count += len(made)
        if count > _MOST_CELLS:
            break
        rows.append(made)
    return rows


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """Of the table itself, not of those in its cells."""
    for part in _children(table, {"thead", "tbody", "tfoot", "tr"}):
        if part.tag == "tr":
            yield part
        else:
            yield from _children(part, {"tr"})


def _children(node: LexborNode, tags: set[str]) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        following = child.next
        if child.tag in tags:
            yield child
        child = following


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "").strip()
    return min(max(int(value), 1), _MOST_SPANNED) if value.isascii() and value.isdecimal() and len(value) < 9 else 1


def _cell(node: LexborNode) -> Cell:
    for unseen in node.css(_UNSEEN):
        unseen.decompose()
    address = ""
    for link in node.css("a[href]"):
        target = link.attributes.get("href") or ""
        if "redlink=1" not in target and "new" not in (link.attributes.get("class") or "").split():
            address = target
            break
    text = _MARKS.sub("", "".join(_text(node)))
    return Cell(clean(re.sub(r"[^\S\n]+", " ", text), lines=True), address, header=node.tag == "th")


def _text(node: LexborNode) -> Iterator[str]:
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            # a line break in the source is a space; <br> and the like are the breaks
            yield re.sub(r"\s+", " ", inner.text_content or "")
        elif inner.tag in _BREAKS:
            yield "\n"
