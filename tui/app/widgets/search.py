"""The search box. Imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.suggester import Suggester
from textual.widgets import Input

from tui.base.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable


class _Completion(Suggester):
    """Shows the first completion behind the cursor."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return next((text for text in self._complete(value) if text.startswith(value)), None)


class Box(Input):
    """One line of text, cleaned as it is typed or pasted."""

    def replace(self, text: str, start: int, end: int) -> None:
        # everything typed or pasted goes through here, and what is pasted comes from strangers
        super().replace(text if text.isprintable() else clean(text), start, end)


class Search(Box):
    """Completes what is searched for."""

    def __init__(self, placeholder: str, complete: Callable[[str], list[str]]) -> None:
        super().__init__(
            placeholder=placeholder, id="search", compact=True, select_on_focus=False, suggester=_Completion(complete)
        )
        self._completions = complete
        self._going: list[str] = []
        """What Tab goes through."""

    def complete(self) -> bool:
        """Complete what stands before the cursor; done again, with the next completion. False where there is none."""
        if self.cursor_position != len(self.value):
            return False
        if self.value in self._going[:-1]:
            chosen = self._going[self._going.index(self.value) + 1]
        else:
            found = self._completions(self.value)
            if not found:
                return self.value in self._going
            self._going = [*found, self.value]
            chosen = found[0]
        self.value = chosen
        self.cursor_position = len(chosen)
        return True
