"""The line about the catalog: how far its reading is, and what is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.message import Message

from tui.app.widgets.bars import Bar
from tui.app.widgets.pane import cut

if TYPE_CHECKING:
    from rich.style import Style


class Status(Bar):
    """Hidden while there is nothing to say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--text"}

    class Asked(Message):
        """It was clicked: what is wrong is to be shown in full."""

    def __init__(self, id: str = "status") -> None:
        super().__init__(id=id)
        self._text = ""

    def show(self, text: str, *, wrong: bool) -> None:
        """Say this, in the colour of what is `wrong` or quietly; nothing hides the line."""
        self._text = text
        self.display = bool(text)
        self.set_class(wrong, "-wrong")
        self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        return [(cut(f" {self._text}", width), self.style_of("status--text"))]

    def on_click(self) -> None:
        self.post_message(self.Asked())


_WITH_WORD = 60
"""Cells of a line from which on it says what its key does."""


class StarNews(Status):
    """What became of a starred film, and at the line's end how many more there are and the key that lists them."""

    class Asked(Status.Asked):
        """It was clicked: all of it is to be shown."""

    def __init__(self) -> None:
        super().__init__("starnews")
        self._end = self._word = ""

    def tell(self, text: str, end: str, word: str) -> None:
        """`word`: what the key at the end does, where there is room for it."""
        self._end, self._word = end, word
        self.show(text, wrong=True)

    def parts(self, width: int) -> list[tuple[str, Style]]:
        end = f"{self._end} {self._word}" if width >= _WITH_WORD else self._end
        style, room = self.style_of("status--text"), max(0, width - cell_len(end) - 2)
        text = cut(f" {self._text}", room)
        return [(text + " " * (room - cell_len(text)), style), (f" {end} ", style)]
