"""The week's line of starred films that are still to come, each with the days that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.app.widgets.pane import cut
from tui.app.widgets.typeset import Go, Line, Piece
from tui.films import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.base.words import Words
    from tui.library.library import Row

_HEADED, _DATED = 70, 100
"""Cells from which on there is a heading, and each film's day beside the days that are left."""
_LEAST = 12
"""Cells that a title is cut to at most."""


def reminders(rows: Iterable[Row], today: date, words: Words, width: int) -> list[Line]:
    """PENGINGAT SAYA  ★ Kuyank Kam 29 Jan · 24 hari    ★ Ghost in the Cell Kam 16 Apr · 101 hari  +2."""
    listed = [(row, day) for row in rows if (day := row.when.exact)]
    if not listed:
        return []
    line: Line = [Piece(words.gettext("My reminders").upper(), "heading"), Piece("  ")] if width >= _HEADED else []
    left = width - sum(cell_len(piece.text) for piece in line)
    for number, (row, day) in enumerate(listed):
        near = spoken.near(day, today, words)
        told = f" {spoken.short(day, words)} · {near}" if width >= _DATED else f" {near}"
        gap = "    " if number else ""
        more = f"  +{len(listed) - number - 1}" if number + 1 < len(listed) else ""
        room = left - cell_len(gap + "★ " + told + more)
        if number and room < min(cell_len(row.title), _LEAST):
            line.append(Piece(f"  +{len(listed) - number}", "fact"))
            break
        title, to = cut(row.title, max(1, room)), Go(row.id)
        line += [Piece(gap), Piece("★ ", "when"), Piece(title, "text", to), Piece(told, "fact")]
        left -= cell_len(gap + "★ " + title + told)
    return [line]
