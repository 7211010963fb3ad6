"""The sheet of where a film's fields come from: which layer, and which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.sheets.sheets import Sheet, closes
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.base.text import cells
from tui.exports.origins import listed

if TYPE_CHECKING:
    from tui.base.words import Words
    from tui.index.lookup import Saying


def origins_sheet(words: Words, title: str, said: list[Saying]) -> Sheet:
    """Each field of the film of this title; `said` as `Library.said` gives it."""

    def lines(width: int) -> list[Line]:
        rows = listed(said, words)
        labels = min(max((cells(label) for label, _ in rows), default=0) + 2, width // 2)
        made: list[Line] = []
        for label, place in rows:
            left, right = wrap(label, labels - 2), wrap(place, width - labels)
            for number in range(max(len(left), len(right))):
                name = left[number] if number < len(left) else ""
                text = right[number] if number < len(right) else ""
                made.append([Piece(name + " " * (labels - cells(name)), "fact"), Piece(text)])
        return made

    return Sheet(title, [closes(words)], lines)
