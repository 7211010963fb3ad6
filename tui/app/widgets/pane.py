"""A scrolled pane of lines that are drawn when they are seen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.guard import Guarded

ELLIPSIS = "…"


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, an ellipsis for what is left off."""
    if len(text) > 4 * width:
        text = text[: 4 * width]
    if cell_len(text) <= width:
        return text
    return (set_cell_size(text, width - 1).rstrip() + ELLIPSIS) if width > 0 else ""


def ink(style: Style) -> Style:
    """The style without its background, to be added to another."""
    return Style(color=style.color, bold=style.bold, italic=style.italic, underline=style.underline)


class Pane(Guarded, ScrollView, inherit_bindings=False):
    """`lines` high. Changing that costs no layout pass: the scroll bar's column is always kept free."""

    DEFAULT_CSS = """
    Pane { overflow-y: scroll; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    _ground: Style | None = None
    _fitted: Size | None = None

    def fit(self) -> None:
        """The size is another one now: make the lines anew for it, and scroll to what is to be seen."""

    def on_resize(self) -> None:
        self._fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        # Textual draws a first time before it tells the size: without this the first frames, 40 ms, would be empty
        self._fit()
        return super().render_lines(crop)

    def _fit(self) -> None:
        if self.container_size and self.container_size != self._fitted:
            self._fitted = self.container_size
            self.fit()

    @property
    def ground(self) -> Style:
        """The pane's own style. Kept until styles change: Textual derives it from all ancestors, in 0.1 ms."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def notify_style_update(self) -> None:
        self._ground = None
        super().notify_style_update()

    def set_lines(self, lines: int) -> None:
        """Be so many lines high and draw them all anew."""
        self._set_height(lines)
        self.refresh()

    def change_lines(self, lines: int, changed: range) -> None:
        """Be so many lines high and draw only the changed ones."""
        top = self.scroll_offset.y
        self._set_height(lines)
        if self.scroll_offset.y != top:
            self.refresh()
        elif changed:
            first, last = max(changed.start, top), min(changed.stop, top + self.rows_seen)
            if first < last:
                self.refresh_lines(first, last - first)

    def _set_height(self, lines: int) -> None:
        # never less than is seen: between films that fit, the scroll bar need not be drawn
        size = Size(self.size.width, max(lines, self.container_size.height))
        if size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            if self.container_size:
                self._scroll_update(size)

    @property
    def inner(self) -> int:
        """Cells in a line."""
        return self.scrollable_content_region.width

    @property
    def rows_seen(self) -> int:
        """Lines that are visible at once."""
        return self.scrollable_content_region.height

    def style_of(self, *names: str) -> Style:
        """The style of component classes together."""
        return self.get_component_rich_style(*names)

    def blank(self) -> Strip:
        """An empty line."""
        return Strip.blank(self.inner, self.ground)


def line(parts: list[tuple[str, Style]], width: int, rest: Style) -> Strip:
    """Parts side by side in exactly `width` cells."""
    strip = Strip([Segment(text, style) for text, style in parts if text])
    return strip.adjust_cell_length(width, rest)
