"""The line over the panes: the search box while it is open, and what narrows the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message

from tui.app.guard import Guarded
from tui.app.widgets.bars import Active

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

    from tui.base.words import Words


class Narrowing(Guarded, Horizontal):
    """Takes no room while nothing narrows the calendar and no search is typed."""

    class Searched(Message):
        """The search box holds another text."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Closed(Message):
        """The search box was closed by Enter; its text goes on narrowing the calendar."""

    def __init__(self, words: Words) -> None:
        super().__init__(id="narrowing")
        self._words = words
        self._active = Active()
        self._box: Input | None = None

    def compose(self) -> ComposeResult:
        yield self._active

    @property
    def searching(self) -> bool:
        """Whether the search box is open."""
        return self._box is not None and bool(self._box.display)

    async def open(self, query: str) -> None:
        """Open the search box with this text in it."""
        if self._box is None:
            from tui.app.widgets.search import Search

            self._box = Search(self._words.gettext("Title, person, synopsis"))
            await self.mount(self._box, before=0)
        self._box.display = True
        self._box.value = query
        self._box.focus()

    def speak(self) -> None:
        """The words are another language's now."""
        if self._box is not None:
            self._box.placeholder = self._words.gettext("Title, person, synopsis")

    def close(self) -> None:
        """Close the search box. Its text goes on narrowing the calendar."""
        if self._box is not None:
            self._box.display = False

    def show(self, what: list[str], how: str) -> None:
        """Say what narrows the calendar, and at the line's end `how` many films that leaves."""
        self._active.show(what or ([""] if self.searching else []), how)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.searching:
            self.post_message(self.Searched(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close()
        self.post_message(self.Closed())
