"""What was understood of a line of search: a selection, and the parts of the line that it comes from."""

from __future__ import annotations

import msgspec

from tui.index.selection import Selection, Term


class SearchPart(msgspec.Struct, frozen=True):
    """A piece of the line, and what was understood of it."""

    start: int
    end: int
    """Where it stands in the line."""
    label: str
    """For the reader: “rio”, genre: Horor, kecuali bulan: Januari 2026."""
    field: str = ""
    """The kind of the field, see fields.py; empty for words that mean nothing else too."""
    values: tuple[str, ...] = ()
    """Of the field, as a catalog writes them; whole names of people. Empty where it has neither."""
    excluded: bool = False
    typed: bool = False
    """Whether the field was named."""
    term: Term | None = None
    """None for a bound of the calendar, a type and a region: these are in the selection."""


class Understood(msgspec.Struct, frozen=True):
    """A line, and what it means."""

    text: str = ""
    selection: Selection = Selection()
    parts: tuple[SearchPart, ...] = ()
    """In the line's order."""
    lacking: frozenset[int] = frozenset()
    """Years whose holidays were asked for and are not worked out: with them it may mean more."""

    @property
    def said(self) -> str:
        """What was understood beyond plain words; empty where that is nothing."""
        return " · ".join(part.label for part in self.parts if part.field)

    def without(self, *parts: SearchPart) -> str:
        """The line without these parts of it."""
        text = self.text
        for part in sorted(parts, key=lambda part: -part.start):
            text = f"{text[: part.start].rstrip()} {text[part.end :].lstrip()}"
        return text.strip()
