"""The chosen film."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.app.film.article import Article, Line
from tui.app.widgets.pane import Pane
from tui.base import text

if TYPE_CHECKING:
    from datetime import date

    from textual import events

    from tui.base.words import Words
    from tui.films.film import Film, News

_STYLES = ("title", "original", "when", "fact", "heading", "text", "role", "link", "moved", "match")


class Detail(Pane, can_focus=True):
    """The chosen film, typeset for the pane's width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"detail--{name}" for name in _STYLES}

    class LinkChosen(Message):
        """An address in the detail was clicked."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(id="detail")
        self._words = words
        self._today = today
        self._film: Film | None = None
        self._ordinal = 0
        self._news: list[News] = []
        self._query: list[str] = []
        self._lines: list[Line] = []
        self._width = 0

    def show(self, film: Film | None, ordinal: int = 0, news: list[News] | None = None,
             query: list[str] | None = None) -> None:  # fmt: skip
        """Show this film for one of its releases; None empties the pane."""
        if (film, ordinal) != (self._film, self._ordinal):
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        lit = self._query != (query or [])
        self._film, self._ordinal, self._news, self._query = film, ordinal, news or [], query or []
        before = self._lines
        self._set()
        most = max(len(before), len(self._lines))
        changed = range(most) if lit else _changed(before, self._lines, most)
        self.change_lines(len(self._lines), changed)

    def turn(self, today: date) -> None:
        """Another day has begun."""
        self._today = today
        self._set()
        self.set_lines(len(self._lines))

    def _set(self) -> None:
        self._width = self.inner
        self._lines = (
            Article(self._words, self._today, self._width - 2).film(self._film, self._ordinal, self._news)
            if self._film and self._width
            else []
        )

    def fit(self) -> None:
        if self.inner != self._width:
            self._set()
        self.set_lines(len(self._lines))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = offset.y + self.scroll_offset.y
        if number < len(self._lines):
            for piece in self._lines[number]:
                if piece.link:
                    self.post_message(self.LinkChosen(piece.link))

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self.blank()
        segments = [Segment(" ", self.ground)]
        for piece in self._lines[number]:
            style = self.style_of(f"detail--{piece.style}")
            at = 0
            for start, end in text.spans(piece.text, self._query):
                segments.append(Segment(piece.text[at:start], style))
                segments.append(Segment(piece.text[start:end], style + self.style_of("detail--match")))
                at = end
            segments.append(Segment(piece.text[at:], style))
        return Strip(segments).adjust_cell_length(self.inner, self.ground)


def _changed(before: list[Line], after: list[Line], most: int) -> range:
    """From the first to the last line that is another one now."""
    same = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        same += 1
    return range(same, most)
