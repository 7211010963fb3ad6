"""The first line while one searches: the box, and beside it what was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message

from tui.app.guard import Guarded
from tui.app.widgets.bars import Said
from tui.base.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widgets import Input

    from tui.app.widgets.search import Search
    from tui.base.words import Words


_PLACEHOLDER = N_("Title, person, genre, month, holiday")


class Narrowing(Guarded, Horizontal):
    """Takes the place of the title while it is open, so that nothing moves below."""

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
        self._said = Said()
        self._box: Search | None = None
        self._open = False
        self.before = ""
        """The search when the box was opened."""

    def compose(self) -> ComposeResult:
        yield self._said

    @property
    def searching(self) -> bool:
        """Whether the search box is open."""
        return self._open

    async def open(self, query: str, complete: Callable[[str], list[str]]) -> None:
        """Open the search box with this text in it; `complete` gives what it can be completed to."""
        if self._box is None:
            from tui.app.widgets.search import Search

            self._box = Search(self._words.gettext(_PLACEHOLDER), complete)
            await self.mount(self._box, before=0)
        self.before = query
        self._open = True
        self._box.value = query
        self._box.cursor_position = len(query)
        self._box.focus()

    def speak(self) -> None:
        """The words are another language's now."""
        if self._box is not None:
            self._box.placeholder = self._words.gettext(_PLACEHOLDER)

    def close(self) -> None:
        """Close the search box. Its text goes on narrowing the calendar."""
        self._open = False

    def complete(self) -> bool:
        """Complete what is typed, the next time with the next word that can be meant. False where nothing can be."""
        return self._box is not None and self._box.complete()

    def show(self, said: str, how: str) -> None:
        """Say what was understood, and how many films that leaves."""
        self._said.show(said, how)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.searching:
            self.post_message(self.Searched(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Closed())
