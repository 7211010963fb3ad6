"""A saved page as lexbor's tree, within bounds that keep any page to seconds, and the places of texts in its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.errors import message
from tui.base.words import N_
from tui.imports.sources.incoming import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_MOST_TAGS = 40_000
"""Start tags, end tags and comments. At each of them lexbor searches the elements that are open, so its time grows with
their number times the depth: 20,000 nested div elements take 0.7 s, 40,000 take 3 s, 100,000 would take 20 s."""
_MOST_COMPARED = 200_000_000
"""Comparisons of attributes: each is compared with those before it in its tag; 20,000 of one tag take 0.7 s."""
_MOST_READ = 10
"""How many times as long as the source all tags may be together. Tags only overlap where a quote is not closed."""
_MOST_MISSED = 500_000_000
"""Characters read in search of texts that are not there, about half a second."""

_SPACE = r" \t\n\f\r"
_ATTRIBUTE = (
    rf"[{_SPACE}/]*+[^{_SPACE}/>][^{_SPACE}/>=]*+"
    rf"""(?:[{_SPACE}]*+=[{_SPACE}]*+(?:"[^"]*+"?|'[^']*+'?|[^{_SPACE}>"'][^{_SPACE}>]*+)?)?"""
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAGS = re.compile(rf"<(?=[/!?]|([a-zA-Z][^{_SPACE}/>]*+)((?:{_ATTRIBUTE})*+))")
"""Every place where a tag may begin, also those in scripts, comments and values: none is hidden by what is before it.
Attributes are parted as in https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state."""

_FORMATTING = re.compile(
    rf"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[{_SPACE}/>])", re.IGNORECASE
)
"""Elements that the parser repeats in each following paragraph if they are not closed: 1,000 of them and 1,000
paragraphs are a million elements. Nothing here asks for them, so they become span, which is not repeated."""


class Document:
    """A saved page: its source, as lexbor was given it, and the tree."""

    def __init__(self, text: str, name: str) -> None:
        """`name` is the source's, for the error. Raises SourceError for a page that would take more than seconds."""
        from selectolax.lexbor import LexborHTMLParser

        self.source = _FORMATTING.sub(r"<\1span", text.replace("\r\n", "\n").replace("\r", "\n"))
        """With "\\n" for each line break of the text: its lines are numbered as an editor does."""
        if _too_costly(self.source):
            wording = N_("{name}: too long for a film page; keep the part with the film and its list")
            raise SourceError(message(wording, name=name))
        self.tree = LexborHTMLParser(self.source.encode("utf-8", "replace"))

    def nodes(self) -> Iterator[tuple[LexborNode, str, bool]]:
        """Each node and its tag, in the order of the page: with True where it begins, with False where it ends."""
        root = self.tree.root
        node, begins = root, True
        while node is not None:
            yield node, node.tag or "", begins
            if begins and node.child is not None:
                node = node.child
            elif begins:
                begins = False
            elif root is not None and node.mem_id == root.mem_id:
                return
            elif node.next is not None:
                node, begins = node.next, True
            else:
                node = node.parent


def _too_costly(source: str) -> bool:
    read = compared = merged = 0
    for count, tag in enumerate(_TAGS.finditer(source), 1):
        element, attributes = tag.groups("")
        read += len(element) + len(attributes)
        if count > _MOST_TAGS or read > _MOST_READ * len(source):
            return True
        merges = element.lower() in {"html", "body"}  # a second one's attributes are added to the first
        before = merged if merges else 0
        for _ in _ATTRIBUTES.finditer(attributes):
            compared += before
            before += 1
            if compared > _MOST_COMPARED:
                return True
        if merges:
            merged = before
    return False


class TextPlaces:
    """The lines of texts in a source: lexbor does not say where a node was."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._line = 1
        self._missed = 0

    def find(self, text: str, since: int, until: int | None = None) -> int:
        """Where the text stands from `since` on, in characters; -1 if nowhere, or if that was so too often before."""
        if self._missed > _MOST_MISSED:
            return -1
        end = len(self._source) if until is None else until
        at = self._source.find(text, since, end)
        self._missed += end - since if at < 0 else 0
        return at

    def line(self, at: int) -> int:
        """The line of a character, from 1; quick if it is near the one asked for before."""
        if at >= self._at:
            self._line += self._source.count("\n", self._at, at)
        else:
            self._line -= self._source.count("\n", at, self._at)
        self._at = at
        return self._line
