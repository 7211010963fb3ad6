"""The search box. Imported when it is first opened."""

from __future__ import annotations

from textual.widgets import Input

from tui.base.text import clean


class Search(Input):
    """One line of text, cleaned as it is typed or pasted."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, id="search", compact=True, select_on_focus=False)

    def replace(self, text: str, start: int, end: int) -> None:
        # everything typed or pasted goes through here, and what is pasted comes from strangers
        super().replace(text if text.isprintable() else clean(text), start, end)
