"""A saved page's text as a browser lays it out: a line for each block, a table's row in one line."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import msgspec

from tui.imports.sources.html.document import TextPlaces

if TYPE_CHECKING:
    from tui.imports.sources.html.document import Document

_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article",
    "header", "footer", "main", "aside", "dt", "dd", "dl", "figure", "figcaption", "blockquote", "pre", "option",
    "form", "hr", "body", "head", "html", "fieldset", "address", "details", "summary", "caption", "button",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_RAW = frozenset({"script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"})
"""Their content is not looked for: it is long, and entities are none in most of them."""
_UNSEEN = _RAW | {"title", "template"}
_UNSEEN_IF_CLOSED = re.compile(r"</(noscript|svg|nav|select|footer)(?=[\s/>])", re.IGNORECASE)
"""Menus, drawings and the like. Only where there is an end tag: else the rest of the page would be inside."""
_ASIDE_IF_CLOSED = re.compile(r"</(aside)(?=[\s/>])", re.IGNORECASE)
"""What else the site has; hidden where the page says which part of it is its own."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PROBE = 40
"""Characters by which a text is looked for in the source."""


class SeenLine(msgspec.Struct, frozen=True):
    """A line of the page as it is seen."""

    number: int
    """Of the source, from 1, where its text begins."""
    text: str
    """Without entities; cells are parted by tabs, other space is one space."""
    level: int = 0
    """Of a heading, from 1; 0 for all else."""


def lines_of(document: Document) -> list[SeenLine]:
    """The lines with text in them, from the top of the page."""
    lines: list[SeenLine] = []
    pieces: list[str] = []
    source = _Source(document.source)
    unseen = _UNSEEN | set(map(str.lower, _UNSEEN_IF_CLOSED.findall(document.source)))
    if re.search(r"</(?:article|main)>", document.source, re.IGNORECASE):
        unseen |= set(map(str.lower, _ASIDE_IF_CLOSED.findall(document.source)))
    hidden = number = level = 0

    def end_line() -> None:
        nonlocal number
        cells = (" ".join(cell.split()) for cell in "".join(pieces).split("\t"))
        if whole := "\t".join(filter(None, cells)):
            lines.append(SeenLine(number, whole, level))
        pieces.clear()
        number = 0

    for node, tag, begins in document.nodes():
        if tag == "-text":
            text = node.text_content or ""
            if not begins or (node.parent and node.parent.tag in _RAW):
                continue
            if text.strip():
                line = source.line_of(text)  # of an unseen text too: the next is looked for behind it
                number = number or (0 if hidden else line)
            if not hidden:
                pieces.append(text.replace("\t", " "))
        elif tag in unseen:
            hidden += 1 if begins else -1
        if not hidden and tag in _CELLS:
            pieces.append("\t")
        elif tag in _BLOCKS:
            end_line()
            if tag in _HEADINGS:
                level = int(tag[1]) if begins else 0
    end_line()
    return lines


class _Source:
    """The source, in which texts are looked for one behind the other."""

    def __init__(self, source: str) -> None:
        self._places = TextPlaces(">" + unescape(source))
        self._at = 0

    def line_of(self, text: str) -> int:
        """The line where a node's text begins: right behind a tag. If it is not found, the line of the one before."""
        begun = len(text) - len(text.lstrip())
        at = self._places.find(">" + text[: begun + _PROBE], self._at)
        if at >= 0:
            self._at = at + 1 + begun
        else:  # what an end tag without a start or a dropped line break parts from the tag in front
            self._at = max(self._at, self._places.find(text.strip()[:_PROBE], self._at))
        return self._places.line(self._at)
