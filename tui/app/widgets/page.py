"""A pane of set text: links that are pointed at, picked and followed; text that is selected and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.app.widgets.pane import Pane
from tui.base import text

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.selection import Selection

    from tui.app.widgets.typeset import Line, Target

STYLES = (
    "title", "original", "when", "season", "fact", "heading", "text", "role", "link", "moved", "key", "rule", "leaf",
    "match", "hover", "picked",
)  # fmt: skip
"""What a piece can be styled as, and the last three over those."""


class _Link(NamedTuple):
    """A target, and the pieces that lead to it: a wrapped text has several, and so has a card."""

    to: Target
    pieces: tuple[tuple[int, int], ...]
    """Line and position in the line."""


class Page(Pane):
    """Shows lines of pieces, one cell from the left."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"page--{name}" for name in STYLES}

    class Followed(Message):
        """A link was clicked, or picked and entered."""

        def __init__(self, to: Target) -> None:
            super().__init__()
            self.to = to

    _lines: tuple[Line, ...] | list[Line] = ()
    _links: tuple[_Link, ...] = ()
    _at: dict[tuple[int, int], int] = {}  # noqa: RUF012 (replaced, never changed)
    _hovered: int | None = None
    _picked: int | None = None
    _query: list[str] = []  # noqa: RUF012

    def set_page(self, lines: list[Line], query: list[str] | None = None) -> None:
        """Show these lines, with the words of the query lit; draws only what is another line now."""
        before, lit = self._lines, self._query != (query or [])
        self._lines, self._query = lines, query or []
        self._links = _links(lines)
        self._at = {piece: number for number, link in enumerate(self._links) for piece in link.pieces}
        self._hovered = self._picked = None
        if not lit and len(before) == len(lines):
            for number, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    self.refresh_line(number)
            return
        most = max(len(before), len(lines))
        same = 0
        if not lit:
            same = next((n for n, (old, new) in enumerate(zip(before, lines, strict=False)) if old != new),
                        min(len(before), len(lines)))  # fmt: skip
        self.change_lines(len(lines), range(same, most))

    @property
    def picked(self) -> Target | None:
        """Where the picked link leads."""
        return None if self._picked is None else self._links[self._picked].to

    def pick(self, by: int) -> bool:
        """Pick the next link, or the one before; the first time one that is seen. False where there is none."""
        if not self._links:
            return False
        top, rows = self.scroll_offset.y, self.rows_seen
        if self._picked is None:
            seen = [n for n, link in enumerate(self._links) if top <= link.pieces[0][0] < top + rows]
            picked = (seen[0] if by > 0 else seen[-1]) if seen else 0
        else:
            picked = max(0, min(self._picked + by, len(self._links) - 1))
        before, self._picked = self._picked, picked
        line = self._links[picked].pieces[0][0]
        if not top <= line < top + rows:
            self.scroll_to(y=max(0, line - rows // 2), animate=False, force=True, immediate=True)
        self._redraw(before, picked)
        return True

    def pick_target(self, to: Target | None) -> None:
        """Pick the link with this very target, None for none, and see to it that all of it is seen."""
        before = self._picked
        self._picked = next((number for number, link in enumerate(self._links) if link.to is to), None)
        if self._picked is not None:
            pieces = self._links[self._picked].pieces
            first, last, top = pieces[0][0], pieces[-1][0], self.scroll_offset.y
            if first < top or last >= top + self.rows_seen:
                wanted = max(0, first - 2) if first < top else last - self.rows_seen + 2
                self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        self._redraw(before, self._picked)

    def target_at(self, event: events.MouseEvent) -> Target | None:
        """Where a click there leads."""
        link = self._link_at(event)
        return None if link is None else self._links[link].to

    # drawing

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self.blank()
        segments = [Segment(" ", self.ground)]
        for position, piece in enumerate(self._lines[number]):
            style = self._style(number, position, piece.style)
            at = 0
            for start, end in text.spans(piece.text, self._query):
                segments.append(Segment(piece.text[at:start], style))
                segments.append(Segment(piece.text[start:end], style + self.style_of("page--match")))
                at = end
            segments.append(Segment(piece.text[at:], style))
        strip = Strip(segments).adjust_cell_length(self.inner, self.ground)
        return self._selected(strip, number).apply_offsets(0, number)

    def _style(self, line: int, position: int, name: str) -> Style:
        style = self.style_of(f"page--{name}")
        link = self._at.get((line, position))
        if link is None:
            return style
        if link == self._picked:
            return style + self.style_of("page--picked")
        return style + self.style_of("page--hover") if link == self._hovered else style

    def _selected(self, strip: Strip, line: int) -> Strip:
        """The strip with what is selected of it lit."""
        selection = self.text_selection
        span = selection.get_span(line) if selection else None
        if span is None:
            return strip
        start, end = (text.cells(strip.text[:at]) if at >= 0 else strip.cell_length for at in span)
        first, middle, last = strip.crop(0, start), strip.crop(start, end), strip.crop(end, strip.cell_length)
        lit = middle.apply_style(self.screen.get_component_rich_style("screen--selection"))
        return Strip.join([first, lit, last])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        written = "\n".join(" " + "".join(piece.text for piece in line) for line in self._lines)
        return selection.extract(written), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    # the mouse

    def _link_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        number = offset.y + self.scroll_offset.y
        if number >= len(self._lines):
            return None
        x = 1
        for position, piece in enumerate(self._lines[number]):
            end = x + text.cells(piece.text)
            if x <= offset.x < end:
                return self._at.get((number, position))
            x = end
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover(self._link_at(event))

    def on_leave(self) -> None:
        self._hover(None)

    def _hover(self, link: int | None) -> None:
        if link != self._hovered:
            before, self._hovered = self._hovered, link
            self.styles.pointer = "default" if link is None else "pointer"
            self._redraw(before, link)

    def _redraw(self, *links: int | None) -> None:
        for link in links:
            if link is not None:
                for line, _ in self._links[link].pieces:
                    self.refresh_line(line)

    def on_click(self, event: events.Click) -> None:
        link = self._link_at(event)
        if link is not None:
            event.stop()
            self.post_message(self.Followed(self._links[link].to))


def _links(lines: list[Line]) -> tuple[_Link, ...]:
    """In reading order. Pieces lead together if their target is one and the same object."""
    found: dict[int, tuple[Target, list[tuple[int, int]]]] = {}
    for number, line in enumerate(lines):
        for position, piece in enumerate(line):
            if piece.to is not None:
                found.setdefault(id(piece.to), (piece.to, []))[1].append((number, position))
    return tuple(_Link(to, tuple(pieces)) for to, pieces in found.values())
