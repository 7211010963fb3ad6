"""The bytes of a file as YAML's parser shall see them: in one stream, or where that breaks, in pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import yaml

from tui.base.errors import Message, message
from tui.base.words import N_
from tui.catalog.reading.fields import TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1_000_000
"""Bytes of a film or a news item: as nodes they take a hundred times the room."""
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x80-\\x84\\x86-\\x9f\ufffe\uffff]")
_HALVES = (b"\xc2", b"\xe2", b"\xe2\x80")


def _one_kind_of_line(data: bytes) -> bytes:
    """YAML 1.1 breaks lines at three more characters, which editors, git and people do not."""
    return data.replace(b"\xc2\x85", b" ").replace(b"\xe2\x80\xa8", b" ").replace(b"\xe2\x80\xa9", b" ")


class TooLargeError(yaml.YAMLError):
    """An item is longer than LARGEST."""


class ParserInput:
    """A file's stream, watched for CRLF and for an item without an end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.crlf = False
        self.room: int | None = None
        """Bytes that may still be read before the item ends."""

    def read(self, size: int) -> bytes:
        """Called by PyYAML. Raises TooLargeError."""
        data = self._stream.read(size)
        while data.endswith(_HALVES) and (more := self._stream.read(1)):
            data += more
        self.crlf = self.crlf or b"\r\n" in data
        if self.room is not None:
            self.room -= len(data)
            if self.room < 0:
                raise TooLargeError
        return _one_kind_of_line(data)


class FilePiece(NamedTuple):
    """The lines of one item, with its dash, or what stands before the first one."""

    section: str
    lines: list[str]
    """No more of them than are needed to see that they are longer than LARGEST."""
    line: int
    """The line of the file that it begins in, from 0."""
    at: int
    """The same in characters."""


def pieces(stream: BinaryIO, first: int) -> Iterator[FilePiece]:
    """A file cut at its items' dashes from line `first` on. Bytes that are not UTF-8 become lone surrogates."""
    section, indent = "films", None
    lines: list[str] = []
    number, start, at, read, size = -1, 0, 0, 0, 0
    for number, raw in enumerate(stream):
        line = _one_kind_of_line(raw).decode("utf-8-sig" if number == 0 else "utf-8", errors="surrogateescape")
        head = re.match(r"(films|news):\s*(#.*)?$", line)
        dash = re.match(r" *(?=-(\s|$))", line)
        marker = line.startswith(("---", "..."))
        item = dash is not None and (indent is None or dash.end() <= indent)
        if item or head or marker:
            yield FilePiece(section, lines, start, at)
            lines, size, start = [], 0, number
        if dash and item:
            indent = dash.end()
        if head:
            section, indent, start = head[1], None, number + 1
        elif number >= first and not marker:
            at = at if lines else read
            if size <= LARGEST:
                lines.append(line)
            size += len(line)
        read += len(line)
    yield FilePiece(section, lines, min(start, number), at)


def unreadable(piece: FilePiece) -> tuple[int, int, Message] | None:
    """What keeps the parser from taking the piece as text at all: line and column in the file, from 0, and why."""
    for number, line in enumerate(piece.lines, piece.line):
        if re.search("[\udc80-\udcff]", line):
            return number, 0, message(N_("not text in UTF-8; save the file as UTF-8"))
        if control := _CONTROL.search(line):
            return number, control.start(), message(N_("a control character; leave it out"))
    if sum(map(len, piece.lines)) > LARGEST:
        return piece.line, 0, message(TOO_LONG, count=LARGEST)
    return None
