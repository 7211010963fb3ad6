"""Text set into lines of a given width. Knows nothing of the screen: a line is a list of pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Address(NamedTuple):
    """A web page."""

    url: str


class Find(NamedTuple):
    """What else in the catalog has this."""

    kind: str
    """person, or a facet's kind: see films/facts.py."""
    value: str


class Go(NamedTuple):
    """Another film."""

    id: str


class Press(NamedTuple):
    """A command, as its key does it."""

    action: str


class Spot(NamedTuple):
    """A place of what is shown, to which a click leads."""

    day: date | None
    row: int | None


class Seek(NamedTuple):
    """Another search."""

    line: str
    period: int | None = None
    """The only month to be shown of it."""


Target = Address | Find | Go | Press | Seek | Spot
"""Where a link leads."""


class Piece(NamedTuple):
    text: str
    style: str = "text"
    """The name of a component style of whatever shows it."""
    to: Target | None = None


Line = list[Piece]

_GLUE = "\u00a0"


def wrap(value: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces where it can be."""
    lines: list[str] = []
    for paragraph in value.split("\n"):
        current, used = "", 0
        for word in paragraph.split(" "):
            room = len(word) if word.isascii() else cell_len(word)
            if current and used + 1 + room <= width:
                current, used = f"{current} {word}", used + 1 + room
                continue
            if current:
                lines.append(current)
            if room > width:
                *full, rest = chop_cells(word, max(width, 2))
                lines += full
                current, used = rest, cell_len(rest)
            else:
                current, used = word, room
        lines.append(current)
    return lines


def flow(pieces: Iterable[Piece], width: int) -> list[Line]:
    """Pieces one behind the other, wrapped as one text; no line begins with a dot that divides."""
    pieces = list(pieces)
    text = "".join(piece.text for piece in pieces).replace(" · ", f"{_GLUE}· ")
    ends: list[int] = []
    for piece in pieces:
        ends.append((ends[-1] if ends else 0) + len(piece.text))
    lines: list[Line] = []
    at = number = 0
    for wrapped in wrap(text, width):
        start = text.index(wrapped, at) if wrapped else at
        at = end = start + len(wrapped)
        line: Line = []
        while start < end:
            while ends[number] <= start:
                number += 1
            stop = min(end, ends[number])
            line.append(pieces[number]._replace(text=text[start:stop].replace(_GLUE, " ")))
            start = stop
        lines.append(line)
    return lines


def at_most(lines: list[Line], count: int, width: int) -> list[Line]:
    """The first lines; where some are left off, the last of them ends with an ellipsis within `width` cells."""
    if len(lines) <= count:
        return lines
    *first, last = lines[:count]
    while last and width_of(last) > width - 2:
        piece = last[-1]
        text = piece.text.rstrip().rpartition(" ")[0]
        last = [*last[:-1], piece._replace(text=text)] if text else last[:-1]
    return [*first, [*last, Piece(" …", "fact")]]


def joined(parts: Iterable[Iterable[Piece]], between: str, style: str = "text") -> list[Piece]:
    """The parts that are not empty, with this text between them."""
    found: list[Piece] = []
    for part in parts:
        pieces = list(part)
        if pieces:
            found += [Piece(between, style), *pieces] if found else pieces
    return found


def width_of(line: Line) -> int:
    """Cells."""
    return sum(cell_len(piece.text) for piece in line)


def beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Two blocks side by side, the left one `width` cells wide."""
    lines = []
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else []
        second = right[number] if number < len(right) else []
        lines.append([*first, Piece(" " * (width - width_of(first))), *second] if second else first)
    return lines
