"""The sheet of what is wrong in the catalog's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.sheets.sheets import Sheet, closes
from tui.app.widgets.typeset import Line, Piece, wrap

if TYPE_CHECKING:
    from tui.base.errors import Problem
    from tui.base.words import Words


def problems_sheet(words: Words, problems: list[Problem], failure: str) -> Sheet:
    """What could not be done (`failure`, in the user's words, or empty), then each problem with its place."""
    _ = words.gettext

    def lines(width: int) -> list[Line]:
        made: list[Line] = [[Piece(part)] for part in wrap(failure, width)] if failure else []
        for problem in problems:
            made.append([Piece(f"{problem.path}:{problem.line}:{problem.column}", "key")])
            made += [[Piece("  " + part)] for part in wrap(problem.message.text(words), width - 2)]
        return made or [[Piece(_("No problems in the catalog."), "fact")]]

    return Sheet(_("Problems"), [closes(words)], lines)
