"""A program in a pseudo-terminal, and the clock beside it."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from benchmarks.process import MIB, ROOT, FailedError

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS, ROWS = 120, 36

DOWN, UP, RIGHT, END, HOME = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[F", "\x1b[H"
PAGE_DOWN, BACKSPACE, ESCAPE, CTRL_Q = "\x1b[6~", "\x7f", "\x1b", "\x11"

QUIET = 0.12
"""Seconds of silence after which a key's last byte has come; the same for every program."""

_MOVE = re.compile(rb"\x1b\[(\d+);(\d+)H")
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P^_X][^\x1b]*\x1b\\|\x1b.")
_FRAME = b"\x1b[?2026h"
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_HAS_FRAMES = b"\x1b[?2026;2$y"


@dataclass(frozen=True)
class Pressed:
    """What a key caused; seconds after it."""

    first: float
    last: float
    bytes: int


@dataclass(frozen=True)
class Held:
    keys: int
    frames: int
    backlog: float
    """Seconds from the last key to the last byte."""


def text(sent: bytes) -> str:
    """What was written, without the sequences; a jump of the cursor is a new line."""
    return _SEQUENCE.sub(b"", _MOVE.sub(b"\n", sent)).decode("utf-8", "replace")


class Terminal:
    """Answers nothing, but with `frames` that it can draw whole frames: Textual then marks where each begins."""

    def __init__(self, argv: tuple[str, ...], env: dict[str, str], *, frames: bool = False) -> None:
        import pty

        self._name = " ".join(argv[1:])
        self._frames = frames
        self._closed = False
        self.sent = bytearray()
        self.begun = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            _become(argv, env)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, wait: float) -> bytes:
        """What came within so many seconds. Raises FailedError at the program's end."""
        if not select.select([self._fd], [], [], max(wait, 0))[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # Linux' way to say that the other side has gone
            data = b""
        if not data:
            said = text(bytes(self.sent)).strip().splitlines()
            raise FailedError(f"{self._name}: ended on its own: {said[-1].strip() if said else 'nothing said'}")
        if self._frames and _ASKS_FOR_FRAMES in data:
            os.write(self._fd, _HAS_FRAMES)
        self.sent += data
        return data

    def send(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def wait_for(self, *shown: str, since: int = 0, seconds: float = 60) -> float:
        """The moment at which all of these have been shown. Raises FailedError where one was not."""

        def seen(sent: bytes) -> bool:
            written = text(sent)
            return all(word in written for word in shown)

        return self._wait(lambda: seen(bytes(self.sent[since:])), " ".join(shown), seconds)

    def wait_for_rows(self, first: int, last: int, since: int, seconds: float = 10) -> float:
        """The moment at which something was written into these lines of the screen (from 1)."""

        def seen() -> bool:
            return any(first <= int(move[1]) <= last for move in _MOVE.finditer(bytes(self.sent[since:])))

        return self._wait(seen, f"lines {first} to {last}", seconds)

    def _wait(self, seen: Callable[[], bool], what: str, seconds: float) -> float:
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            if self._read(min(0.5, end - now)):
                came = time.perf_counter()
                if seen():
                    return came
        raise FailedError(f"{self._name}: did not show {what} within {seconds:.0f} s")

    def settle(self, quiet: float = 0.3, seconds: float = 20) -> float:
        """Read until it is quiet; the moment of the last byte, 0.0 if none came."""
        last, end = 0.0, time.perf_counter() + seconds
        while time.perf_counter() < end and self._read(quiet):
            last = time.perf_counter()
        return last

    def press(self, keys: str, seconds: float = 5) -> Pressed:
        """Raises FailedError where the keys caused nothing."""
        before, begun = len(self.sent), time.perf_counter()
        self.send(keys)
        if not self._read(seconds):
            raise FailedError(f"{self._name}: {keys!r} caused nothing within {seconds:.0f} s")
        first = time.perf_counter()
        last = self.settle(QUIET) or first
        return Pressed(first - begun, last - begun, len(self.sent) - before)

    def type(self, keys: list[str], rate: float) -> float:
        """Send the keys at this pace, reading meanwhile; the moment of the last."""
        begun = moment = time.perf_counter()
        for number, key in enumerate(keys):
            due = begun + number / rate
            while (now := time.perf_counter()) < due:
                self._read(due - now)
            self.send(key)
            moment = time.perf_counter()
        return moment

    def hold(self, keys: list[str], rate: float) -> Held:
        """As with a key held down. The frames are exact where the program marks them, else bursts of bytes."""
        before = len(self.sent)
        released = self.type(keys, rate)
        last = self.settle(QUIET) or released
        return Held(len(keys), self.sent.count(_FRAME, before), max(last - released, 0.0))

    def peak(self) -> float:
        """MiB at most so far; 0 where the system does not tell while a process runs."""
        try:
            status = Path(f"/proc/{self._pid}/status").read_text("ascii", "replace")
        except OSError:
            return 0.0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 / MIB if found else 0.0

    def close(self) -> None:
        """Let it quit by itself, so that it leaves nothing behind; end it where it does not."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(OSError, FailedError):
            self.send(CTRL_Q)
            end = time.perf_counter() + 3
            while time.perf_counter() < end:
                self._read(0.2)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


def _become(argv: tuple[str, ...], env: dict[str, str]) -> None:
    """In the child."""
    import fcntl
    import struct
    import termios

    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(ROOT)
        os.execvpe(argv[0], list(argv), env)  # noqa: S606 (its own arguments, no shell)
    finally:
        os._exit(127)
