"""A sheet with a line to type in, and below it what fits: one line each, chosen by key or click."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Vertical

from tui.app.sheets.sheets import Modal, SheetPage
from tui.app.widgets.pane import cut
from tui.app.widgets.search import Box
from tui.app.widgets.typeset import Line, Piece, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widgets import Input

    from tui.app.widgets.page import Page


class Choosable(NamedTuple):
    """Something that can be chosen."""

    label: str
    to: Target
    note: str = ""
    """At the line's end: a key, a count, a date."""


class Lookup(Modal[Target]):
    """Dismissed with where the chosen line leads, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "close", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]

    SIZE: ClassVar[str] = ""
    """A class that gives it more room, see filmtui.tcss."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder
        self._page = SheetPage(self.lines)
        self.query_text = ""
        """What is typed."""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet", classes=f"-lookup {self.SIZE}"):
            yield Box(placeholder=self._placeholder, id="lookup", compact=True)
            yield self._page

    def on_mount(self) -> None:
        self.query_one(Box).focus()

    def lines(self, width: int) -> list[Line]:
        """What fits what is typed, in lines of this width."""
        raise NotImplementedError

    def look(self) -> None:
        """Another text is typed: ask behind the screen for what takes time."""

    def draw(self) -> None:
        """Set the lines anew; the first is picked."""
        self._page.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._page.fit()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_text = event.value.strip()
        self.look()
        self.draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._page.picked is not None:
            self.dismiss(self._page.picked)

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss(event.to)

    def action_move(self, by: int) -> None:
        self._page.pick(by)


def section(heading: str, entries: Iterable[Choosable], width: int) -> list[Line]:
    """The entries under their heading, a line each; nothing without an entry."""
    made: list[Line] = []
    for entry in entries:
        note = cut(entry.note, width // 2)
        label = cut(entry.label, width - cell_len(note) - 2)
        gap = " " * (width - cell_len(label) - cell_len(note))
        made.append([Piece(label, "text", entry.to), Piece(gap, "text", entry.to), Piece(note, "key", entry.to)])
    return [[Piece(heading.upper(), "heading")], *made, []] if made else []
