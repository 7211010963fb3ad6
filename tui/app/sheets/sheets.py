"""A sheet over the calendar: a title and lines of text that can be scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.app.widgets.bars import Bar
from tui.app.widgets.pane import Pane, cut, line
from tui.app.widgets.typeset import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip

    from tui.app.widgets.typeset import Line

_KEYS = [
    Binding("escape,q", "close", show=False),
    Binding("down,j", "scroll(1)", show=False),
    Binding("up,k", "scroll(-1)", show=False),
    Binding("pagedown,space", "page(1)", show=False),
    Binding("pageup", "page(-1)", show=False),
    Binding("home,g", "end(-1)", show=False),
    Binding("end,G", "end(1)", show=False),
]


class Title(Bar):
    """A sheet's first line: its title, and at the end which keys it has."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--title", "sheet--hint"}

    def __init__(self, title: str, *hints: str) -> None:
        """`hints` say the same ever shorter: the first that has room is shown."""
        super().__init__()
        self._title, self._hints = title, hints

    def tell(self, title: str, *, hints: bool = True) -> None:
        """Show another title; without `hints` from now on if that is False."""
        self._title = title
        if not hints:
            self._hints = ()
        self.refresh()

    def rename(self, title: str, *hints: str) -> None:
        """Show another title with other hints."""
        self._title, self._hints = title, hints
        self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        title = (" " + self._title, self.style_of("sheet--title"))
        for hint in self._hints:
            gap = width - cell_len(self._title) - cell_len(hint) - 2
            if gap > 0:
                return [title, (" " * gap + hint + " ", self.style_of("sheet--hint"))]
        return [title]


class Lines(Pane, can_focus=True):
    """Lines of text that are set anew for each width; their styles are the component classes `sheet--…`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--text", "sheet--heading", "sheet--key", "sheet--muted", "sheet--link",
    }  # fmt: skip

    def __init__(self, compose: Callable[[int], list[Line]]) -> None:
        """`compose` makes the lines for a width in cells, at least 8."""
        super().__init__()
        self._compose_lines = compose
        self._lines: list[Line] = []

    def fit(self) -> None:
        self._lines = self._compose_lines(max(self.inner - 2, 8))
        self.set_lines(len(self._lines))

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self.blank()
        pieces = [
            (cut(piece.text, self.inner - 1), self.style_of(f"sheet--{piece.style}")) for piece in self._lines[number]
        ]
        return line([(" ", self.ground), *pieces], self.inner, self.ground)

    def link_at(self, number: int) -> Target | None:
        """Where this line leads."""
        pieces = self._lines[number] if number < len(self._lines) else []
        return next((piece.to for piece in pieces if piece.to), None)


class Sheet(ModalScreen[Target]):
    """Dismissed with where the line leads that was clicked, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [*_KEYS, Binding("question_mark,n,e,f1", "close", show=False)]  # type: ignore[assignment]

    def __init__(self, title: str, hint: str, compose: Callable[[int], list[Line]]) -> None:
        """`compose` is that of `Lines`."""
        super().__init__()
        self._title, self._hint, self._lines = title, hint, compose

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Title(self._title, self._hint)
            yield Lines(self._lines)

    def on_click(self, event: events.Click) -> None:
        lines = self.query_one(Lines)
        offset = event.get_content_offset(lines) if event.widget is lines else None
        if event.widget is self:
            self.action_close()
        elif offset and (link := lines.link_at(offset.y + lines.scroll_offset.y)):
            self.dismiss(link)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        self.query_one(Lines).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        lines = self.query_one(Lines)
        lines.scroll_relative(y=by * max(1, lines.rows_seen - 1), animate=False)

    def action_end(self, by: int) -> None:
        lines = self.query_one(Lines)
        lines.scroll_to(y=lines.max_scroll_y if by > 0 else 0, animate=False)
