"""Files read into entries: here, or by processes beside this one where there is much to read.

A reading process is told a file on its standard input and answers with frames on its standard output. It ends when
its input does, so none outlives the one who asked.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue
from typing import IO, TYPE_CHECKING, Self

import msgspec

from tui.base.errors import Message, Problem
from tui.catalog.files import File
from tui.films.film import News
from tui.index.entry import Entry, entry

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAME = 100
"""Films."""

_ROWS = 1_000
"""Releases of films in a frame: each takes the words that it is filtered by along."""

_MUCH = 4 << 20
"""Bytes of YAML from which on other processes pay: they start in 0.2 s, in which one reads about half a megabyte."""

_MOST = 4
"""Reading processes. One that writes keeps about three busy."""

_AHEAD = 60
"""Frames of a process that may wait to be written: some 10 MiB."""


class Frame(msgspec.Struct, array_like=True):
    """Some of a file, in its order."""

    films: list[Entry] = []
    news: list[News] = []
    problems: list[Problem] = []
    last: bool = False


def frames(file: File) -> Iterator[Frame]:
    """The whole file. The last frame says so."""
    from tui.catalog.reading import reader  # PyYAML costs 15 ms: only when there is something to read

    frame = Frame()
    problems: list[Problem] = []
    rows = 0
    for item in reader.read(file, problems.append):
        if isinstance(item.value, News):
            frame.news.append(item.value)
        else:
            frame.films.append(entry(item.value, item.line, item.column))
            rows += len(frame.films[-1].rows)
        if len(frame.films) + len(frame.news) >= _FRAME or rows >= _ROWS:
            frame.problems, problems[:] = problems[:], []
            yield frame
            frame, rows = Frame(), 0
    frame.problems, frame.last = problems, True
    yield frame


class Reading:
    """Reads files, of which it is told in advance in which order they will be asked for."""

    def __init__(self, plan: list[File]) -> None:
        self._plan = plan
        self._next = 0
        self._given = 0
        self._readers: list[_Reader] = []

    def __enter__(self) -> Self:
        cores = min(os.cpu_count() or 1, _MOST, len(self._plan))
        much = sum(file.size for file in self._plan) >= _MUCH
        if cores > 1 and much and sys.executable:
            with contextlib.suppress(OSError):
                for _ in range(cores):
                    self._readers.append(_Reader())
                for _ in range(2 * cores):
                    self._give()
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.close()
        self._readers.clear()

    def _give(self) -> None:
        if self._readers and self._given < len(self._plan):
            self._readers[self._given % len(self._readers)].ask(self._plan[self._given])
            self._given += 1

    def frames(self, file: File) -> Iterator[Frame]:
        """What is in the file: from the process that has read it ahead, or read here."""
        if not self._readers or self._next >= self._given or self._plan[self._next] != file:
            yield from frames(file)
            return
        reader = self._readers[self._next % len(self._readers)]
        self._next += 1
        done = 0
        for frame in reader.answer():
            yield frame
            done += 1
            if frame.last:
                self._give()
                return
        # that process has died: the rest is read here, as is all that it still was to read
        for number, frame in enumerate(frames(file)):
            if number >= done:
                yield frame
        self._give()

    def skip(self, file: File) -> None:
        """This file of the plan will not be asked for."""
        if self._readers and self._next < self._given and self._plan[self._next] == file:
            for _ in self.frames(file):
                pass


class _Reader:
    """A process that reads files for this one."""

    def __init__(self) -> None:
        paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tui.index.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,  # Ctrl+C is for the one who asks
        )
        self._decode = msgspec.msgpack.Decoder(Frame).decode
        self._frames: Queue[bytes] = Queue(_AHEAD)
        self._closed = False
        threading.Thread(target=self._take, daemon=True).start()

    def ask(self, file: File) -> None:
        assert self._process.stdin
        with contextlib.suppress(OSError):  # it has died, which shows where its answer is wanted
            _put(self._process.stdin, msgspec.msgpack.encode((file.name, os.fsencode(file.path), *file[2:])))

    def answer(self) -> Iterator[Frame]:
        """The frames of the file that was asked for first; they end early where the process died."""
        while data := self._frames.get():
            yield self._decode(data)
        self._frames.put(b"")

    def _take(self) -> None:
        """Take the answers as they come, so that the process reads on while others' are written."""
        assert self._process.stdout
        with contextlib.suppress(OSError, ValueError):
            while data := _get(self._process.stdout):
                self._frames.put(data)
                if self._closed:
                    return
        self._frames.put(b"")

    def close(self) -> None:
        self._closed = True
        self._process.kill()
        self._process.wait()
        while not self._frames.empty():  # whoever waits to put one more goes on, and ends
            self._frames.get_nowait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


def _put(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(4) + data)
    pipe.flush()


def _get(pipe: IO[bytes]) -> bytes:
    """One message; empty at the end."""
    size = pipe.read(4)
    data = pipe.read(int.from_bytes(size)) if len(size) == 4 else b""
    return data if len(data) == int.from_bytes(size) else b""  # who wrote it died on the way


def main() -> None:
    """What a reading process does."""
    decode = msgspec.msgpack.Decoder(tuple[str, bytes, int, int, Message | None]).decode
    encode = msgspec.msgpack.Encoder().encode
    while request := _get(sys.stdin.buffer):
        name, path, size, mtime, trouble = decode(request)
        for frame in frames(File(name, Path(os.fsdecode(path)), size, mtime, trouble)):
            _put(sys.stdout.buffer, encode(frame))


if __name__ == "__main__":
    main()
