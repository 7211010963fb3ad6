"""The sheet of all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands import COMMANDS
from tui.app.sheets.sheets import Sheet, closes
from tui.app.widgets.typeset import Line, Piece, wrap

if TYPE_CHECKING:
    from tui.base.words import Words


def help_sheet(words: Words) -> Sheet:
    """All keys, made from the same commands as the footer and the palette."""
    _ = words.gettext
    left = max(len(command.key_text) for command in COMMANDS) + 2

    def lines(width: int) -> list[Line]:
        made: list[Line] = []
        group = ""
        for command in COMMANDS:
            if command.group != group:
                group = command.group
                made += (
                    [[Piece("")], [Piece(_(group).upper(), "heading")]]
                    if made
                    else [[Piece(_(group).upper(), "heading")]]
                )
            for number, part in enumerate(wrap(_(command.help), max(width - left, 10))):
                key = command.key_text if number == 0 else ""
                made.append([Piece(f"{key:<{left}}", "key"), Piece(part)])
        return made

    return Sheet(_("Keys"), [closes(words)], lines)
