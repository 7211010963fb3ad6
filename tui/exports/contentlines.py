"""The lines that iCalendar files consist of (RFC 5545, 3.1): escaped, folded, ended by CRLF.

Not the icalendar package's, which folds otherwise from one version to the next: an upgrade would change the bytes of
events that have not changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 75
"""Octets of a line without its end: Google drops the whole file where one has more."""


def line(name: str, value: str) -> bytes:
    """A line whose value stands as it is; `name` with its parameters."""
    return _folded(f"{name}:{value}".encode("utf-8", errors="replace"))


def text(name: str, *values: str) -> bytes:
    """A line of TEXT; several values are a list."""
    return line(name, ",".join(map(_escaped, values)))


def _escaped(value: str) -> str:
    # str.translate, which looks at each character, takes several times as long
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r", "").replace("\n", "\\n")


def component(name: str, lines: Iterable[bytes]) -> bytes:
    return b"".join((line("BEGIN", name), *lines, line("END", name)))


def _folded(data: bytes) -> bytes:
    """In lines of 75 octets; no character and no escape is cut in two, which RFC 5545 allows and readers get wrong."""
    if len(data) <= _MOST:
        return data + b"\r\n"
    parts = []
    start, room = 0, _MOST
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        backslashes = end - len(data[start:end].rstrip(b"\\")) - start
        end -= backslashes % 2
        parts.append(data[start:end])
        start, room = end, _MOST - 1  # a space begins the next
    parts.append(data[start:])
    return b"\r\n ".join(parts) + b"\r\n"
