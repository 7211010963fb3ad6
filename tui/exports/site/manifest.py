"""What filmtui has written into a folder: a sorted file of digests and paths, read without holding it in memory."""

from __future__ import annotations

import heapq
import mmap
import tempfile
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DIGEST = 64
"""Hexadecimal digits of a SHA-256; two spaces stand between it and the path, as `sha256sum --check` reads it."""
_AT_ONCE = 20_000
"""Lines that are sorted in memory."""


def line_of(digest: str, path: str) -> bytes:
    return f"{digest}  {path}\n".encode()


def path_of(line: bytes) -> bytes:
    return line[_DIGEST + 2 :].rstrip(b"\n")


def digest_of(line: bytes) -> str:
    return line[:_DIGEST].decode("ascii", errors="replace")


def sorted_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines by path, each once. More than are held at a time go to a temporary file, which is gone at the end."""
    with ExitStack() as held:
        runs: list[Iterable[bytes]] = []
        piece: list[bytes] = []
        for line in lines:
            piece.append(line)
            if len(piece) == _AT_ONCE:
                spill: IO[bytes] = held.enter_context(tempfile.TemporaryFile())
                spill.writelines(sorted(piece, key=path_of))
                spill.seek(0)
                runs.append(spill)
                piece = []
        before = None
        for line in heapq.merge(*runs, sorted(piece, key=path_of), key=path_of):
            if line != before:
                yield line
            before = line


def lines_in(path: Path) -> Iterator[bytes]:
    """The lines of such a file that are whole; none where there is no file. Raises OSError."""
    try:
        with path.open("rb") as stream:
            for line in stream:
                if len(line) > _DIGEST + 3 and line[_DIGEST : _DIGEST + 2] == b"  " and line.endswith(b"\n"):
                    yield line
    except FileNotFoundError:
        return


class Manifest:
    """The sorted file, in which one path is looked up at a time."""

    def __init__(self, path: Path) -> None:
        """A file that is not there, or empty, knows nothing. Raises OSError."""
        self._text: mmap.mmap | bytes = b""
        try:
            with path.open("rb") as stream:
                self._text = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (FileNotFoundError, ValueError):
            pass

    def close(self) -> None:
        if isinstance(self._text, mmap.mmap):
            self._text.close()
        self._text = b""

    def digests(self, path: str) -> set[str]:
        """Under which digests the path was written; several where a run was interrupted."""
        wanted, text = path.encode(), self._text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            start = text.rfind(b"\n", 0, middle) + 1
            end = text.find(b"\n", middle) + 1 or len(text)
            if path_of(text[start:end]) < wanted:
                low = end
            else:
                high = start
        found = set()
        while low < len(text):
            end = text.find(b"\n", low) + 1 or len(text)
            if path_of(text[low:end]) != wanted:
                break
            found.add(digest_of(text[low:end]))
            low = end
        return found
