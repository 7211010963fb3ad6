"""The two panes side by side, and the border between them, which keys and the mouse move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

_LEAST = 24
"""Cells of a pane at least."""
_STEP = 4
"""Cells that a key moves the border by."""


class Panes(Horizontal):
    """A view of the calendar, and the film beside it. The view is as wide as filmtui.tcss says until it is moved."""

    def __init__(self, *panes: Widget) -> None:
        super().__init__(*panes, id="panes")
        self.divider: float | None = None
        """The part of the width that the view has, 0 to 1; None while nobody has moved the border."""
        self._dragged = False

    @property
    def _left(self) -> Widget | None:
        """The view, where it has a film beside it."""
        seen = [pane for pane in self.children if pane.display and pane.region]
        return seen[0] if len(seen) == 2 and seen[0].region.y == seen[1].region.y else None

    def widen(self, by: int) -> None:
        """Move the border by so many steps to the right."""
        if self._left is not None:
            self._divide(self._left.region.width + by * _STEP)

    def _divide(self, cells: int) -> None:
        width = self.size.width
        least = min(_LEAST, width // 2)
        self.divider = max(least, min(cells, width - least)) / max(1, width)
        self.share()

    def share(self) -> None:
        """Give the view its part of the width. To be called for a view that comes."""
        for pane in self.children[:-1]:
            if self.divider is None or self.screen.has_class("-narrow") or self.screen.has_class("-only-calendar"):
                for rule in ("width", "min_width", "max_width"):
                    pane.styles.clear_rule(rule)
            else:
                width = round(self.divider * self.size.width)
                pane.styles.width = pane.styles.min_width = pane.styles.max_width = width

    def on_resize(self) -> None:
        if self.divider is not None:
            self.share()

    # the mouse

    def _on_border(self, event: events.MouseEvent) -> bool:
        left = self._left
        return left is not None and event.screen_x - left.region.right in {-1, 0}

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self._on_border(event):
            event.stop()
            self._dragged = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            event.stop()
            self._divide(int(event.screen_x) - self.region.x + 1)

    def on_mouse_up(self) -> None:
        if self._dragged:
            self._dragged = False
            self.release_mouse()
