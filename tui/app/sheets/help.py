"""The help: what works where one is, then all keys; searched by typing, and each can be had done from here."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from tui.app.commands import COMMANDS, called
from tui.app.sheets.lookup import Lookup
from tui.app.widgets.typeset import Line, Piece, Press, beside, wrap
from tui.base.text import words as folded

if TYPE_CHECKING:
    from tui.app.footer import Footing
    from tui.base.words import Words

_GAP = 3
"""Cells between two columns."""
_TWO = 90
"""Cells from which on there are two columns."""


class Help(Lookup):
    """Made from the same commands as the footer and the palette. Dismissed with the command that was chosen."""

    SIZE: ClassVar[str] = "-wide"

    def __init__(self, words: Words, where: str, here: list[Footing]) -> None:
        """`where` names what has the focus; `here`: what works there, as in the footer."""
        super().__init__(words.gettext("Search the keys: month, filter, back"))
        self._words, self._where, self._here = words, where, here

    def lines(self, width: int) -> list[Line]:
        blocks = [self._block(self._where, self._in_focus(), width)]
        columns = 2 if width >= _TWO else 1
        room = (width - _GAP * (columns - 1)) // columns
        words = self._words
        groups = groupby(COMMANDS, key=lambda command: command.group)
        listed = [
            self._block(words.gettext(group), [(called(c.key_text, words), c.help, c.action) for c in commands], room)
            for group, commands in groups
        ]
        if columns == 1:
            return [line for block in (*blocks, *listed) for line in block]
        left, right = _halves(listed)
        return [*blocks[0], *beside(left, right, room + _GAP)]

    def _in_focus(self) -> list[tuple[str, str, str]]:
        helps = {command.action: command.help for command in COMMANDS}
        words = {one: one.word[:1].upper() + one.word[1:] for one in self._here}
        return [
            (one.keys, word if one.several else helps.get(one.action, word), one.action) for one, word in words.items()
        ]

    def _block(self, heading: str, entries: list[tuple[str, str, str]], width: int) -> list[Line]:
        """The entries that have each typed word, under their heading; nothing without one."""
        wanted = folded(self.query_text)
        made: list[Line] = []
        left = max((len(keys) for keys, _, _ in entries), default=0) + 2
        for keys, help, action in entries:
            told = self._words.gettext(help)
            said = folded(f"{heading} {told}")
            if self.query_text not in keys.split() and not all(any(w.startswith(one) for w in said) for one in wanted):
                continue
            to = Press(action)
            for number, part in enumerate(wrap(told, max(width - left, 10))):
                made.append([Piece(f"{keys if number == 0 else '':<{left}}", "key", to), Piece(part, "text", to)])
        return [[Piece(heading.upper(), "heading")], *made, []] if made else []

    def look(self) -> None:
        if self.query_text == COMMANDS.key("help"):  # which opened it, and closes it again
            self.dismiss(None)


def _halves(blocks: list[list[Line]]) -> tuple[list[Line], list[Line]]:
    """Two columns of about the same height, the blocks in their order."""
    whole = sum(map(len, blocks))
    left: list[Line] = []
    right: list[Line] = []
    for block in blocks:
        (right if right or len(left) + len(block) // 2 > whole // 2 else left).extend(block)
    return left, right
