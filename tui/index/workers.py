"""Files read into entries: by this process, or by other processes where there is much to read.

A reading process gets the names of files on its standard input and answers with frames on its standard output. It ends
when its input is closed, so it does not outlive the process that started it.
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
from tui.index.entry import FilmEntry, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAME = 100
"""Films and news of a frame at most."""

_ROWS = 1_000
"""Releases of a frame from which on it is sent: each has its own tokens, so films with many make it large."""

_MUCH = 4 << 20
"""Bytes of YAML from which on other processes pay: each takes 0.2 s to start, in which half a megabyte is read."""

_MOST_READERS = 4
"""Reading processes at most. The one that writes keeps about three busy."""

_AHEAD = 60
"""Frames of a process that may wait to be written: some 10 MiB."""


class Frame(msgspec.Struct, array_like=True):
    """Some of what is in a file, in the order in which it stands there; sent as a MessagePack array."""

    films: list[FilmEntry] = []
    news: list[News] = []
    problems: list[Problem] = []
    last: bool = False
    """Whether it is the file's last."""


def frames(file: File) -> Iterator[Frame]:
    """What is in the file, read here. There is always a last frame, also of a file that cannot be read."""
    from tui.catalog.reading import reader  # PyYAML costs 15 ms: only when there is something to read

    frame = Frame()
    problems: list[Problem] = []
    rows = 0
    for item in reader.read(file, problems.append):
        if isinstance(item.value, News):
            frame.news.append(item.value)
        else:
            frame.films.append(entry_of(item.value, item.line, item.column))
            rows += len(frame.films[-1].rows)
        if len(frame.films) + len(frame.news) >= _FRAME or rows >= _ROWS:
            frame.problems, problems[:] = problems[:], []
            yield frame
            frame, rows = Frame(), 0
    frame.problems, frame.last = problems, True
    yield frame


class Readers:
    """Reads files. Which ones, and in what order, is known in advance, so that other processes can read ahead.

    Files go to the processes in turn, so it is known which of them answers for a file.
    """

    def __init__(self, plan: list[File]) -> None:
        self._plan = plan
        self._next = 0  # the file that is asked for next
        self._given = 0  # files that have been given to a process
        self._readers: list[_ReadingProcess] = []

    def __enter__(self) -> Self:
        cores = min(os.cpu_count() or 1, _MOST_READERS, len(self._plan))
        much = sum(file.size for file in self._plan) >= _MUCH
        if cores > 1 and much and sys.executable:
            with contextlib.suppress(OSError):
                for _ in range(cores):
                    self._readers.append(_ReadingProcess())
                for _ in range(2 * cores):
                    self._give()
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.close()
        self._readers.clear()

    def _give(self) -> None:
        """Give the next file of the plan to the process whose turn it is."""
        if self._readers and self._given < len(self._plan):
            self._readers[self._given % len(self._readers)].ask(self._plan[self._given])
            self._given += 1

    def frames(self, file: File) -> Iterator[Frame]:
        """What is in the file: from the process that has read it, or read here."""
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
        # that process has died: what it has not sent is read here, and so will be the other files that it was given
        for number, frame in enumerate(frames(file)):
            if number >= done:
                yield frame
        self._give()

    def skip(self, file: File) -> None:
        """This file of the plan will not be asked for."""
        if self._readers and self._next < self._given and self._plan[self._next] == file:
            for _ in self.frames(file):
                pass


class _ReadingProcess:
    """A process that reads files for this one."""

    def __init__(self) -> None:
        paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tui.index.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,  # Ctrl+C is for the process that started it
        )
        self._decode = msgspec.msgpack.Decoder(Frame).decode
        self._frames: Queue[bytes] = Queue(_AHEAD)
        self._closed = False
        threading.Thread(target=self._take, daemon=True).start()

    def ask(self, file: File) -> None:
        """Have it read the file, after those it was given before."""
        assert self._process.stdin
        with contextlib.suppress(OSError):  # it has died: `answer` ends early
            _put(self._process.stdin, msgspec.msgpack.encode((file.name, os.fsencode(file.path), *file[2:])))

    def answer(self) -> Iterator[Frame]:
        """The frames of the file that was asked for first; they end early where the process died."""
        while data := self._frames.get():
            yield self._decode(data)
        self._frames.put(b"")

    def _take(self) -> None:
        """Take the frames as they come, so that the process reads on while those of others are written."""
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
        while not self._frames.empty():  # so that the thread that waits to put one more can end
            self._frames.get_nowait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


def _put(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(4) + data)
    pipe.flush()


def _get(pipe: IO[bytes]) -> bytes:
    """One message; empty at the end, or where the process that wrote it died on the way."""
    size = pipe.read(4)
    data = pipe.read(int.from_bytes(size)) if len(size) == 4 else b""
    return data if len(data) == int.from_bytes(size) else b""


def main() -> None:
    """Read the files named on standard input, one after the other, until it is closed."""
    decode = msgspec.msgpack.Decoder(tuple[str, bytes, int, int, Message | None]).decode
    encode = msgspec.msgpack.Encoder().encode
    while request := _get(sys.stdin.buffer):
        name, path, size, mtime, trouble = decode(request)
        for frame in frames(File(name, Path(os.fsdecode(path)), size, mtime, trouble)):
            _put(sys.stdout.buffer, encode(frame))


if __name__ == "__main__":
    main()
