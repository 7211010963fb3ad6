"""A program in a pseudo-terminal, for the tests and the benchmarks."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import time
from typing import TYPE_CHECKING, Self

from benchmarks.process import ROOT, FailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COLUMNS, ROWS = 120, 36

DOWN, UP, RIGHT, END, HOME = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[F", "\x1b[H"
PAGE_DOWN, BACKSPACE, ESCAPE, CTRL_Q = "\x1b[6~", "\x7f", "\x1b", "\x11"

FRAME = b"\x1b[?2026h"
"""Textual's mark where a frame begins, for terminals that can draw whole frames."""

_MOVE = re.compile(rb"\x1b\[(\d+);(\d+)H")
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P^_X][^\x1b]*\x1b\\|\x1b.")
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_HAS_FRAMES = b"\x1b[?2026;2$y"
_ASKS_WHAT_IT_IS = b"\x1b[c"
_IS_A_TERMINAL = b"\x1b[?62;22c"


class EndedError(FailedError):
    """The program ended while something was expected of it."""


def text(sent: bytes) -> str:
    """What was written, without escape sequences; where the cursor was moved, there is a line break."""
    return _SEQUENCE.sub(b"", _MOVE.sub(b"\n", sent)).decode("utf-8", "replace")


class Terminal:
    """Keeps every byte that the program sends.

    It answers what every terminal answers, that it is one; with `frames` also that it can draw whole frames.
    """

    answers: bytes = _IS_A_TERMINAL
    """To the question what it is."""
    delay = 0.0
    """Seconds that it takes for this answer."""

    def __init__(self, argv: tuple[str, ...], env: Mapping[str, str], *, frames: bool = False) -> None:
        import pty

        self._name = " ".join(argv[1:])
        self._frames = frames
        self._closed = False
        self.sent = bytearray()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(argv, env)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, wait: float) -> bytes:
        """What came within so many seconds. Raises EndedError at the program's end."""
        if not select.select([self._fd], [], [], max(wait, 0))[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # Linux' way to say that the other side has gone
            data = b""
        if not data:
            wording = text(bytes(self.sent)).strip().splitlines()
            raise EndedError(f"{self._name}: ended on its own: {wording[-1].strip() if wording else 'nothing said'}")
        if self._frames and _ASKS_FOR_FRAMES in data:
            os.write(self._fd, _HAS_FRAMES)
        if _ASKS_WHAT_IT_IS in data and self.answers:
            time.sleep(self.delay)
            os.write(self._fd, self.answers)
        self.sent += data
        return data

    def send(self, keys: str | bytes) -> None:
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def wait_for(self, *shown: str, since: int = 0, seconds: float = 60) -> float:
        """The moment at which all of these have been shown. Raises FailedError where one was not."""

        def seen() -> bool:
            written = text(bytes(self.sent[since:]))
            return all(word in written for word in shown)

        return self.wait(seen, " ".join(shown), seconds)

    def wait_for_rows(self, first: int, last: int, since: int, seconds: float = 10) -> float:
        """The moment at which something was written into these lines of the screen (from 1)."""

        def seen() -> bool:
            return any(first <= int(move[1]) <= last for move in _MOVE.finditer(bytes(self.sent[since:])))

        return self.wait(seen, f"lines {first} to {last}", seconds)

    def wait(self, seen: Callable[[], bool], what: str, seconds: float = 60) -> float:
        """The moment at which what has come is enough. Raises FailedError where it never is."""
        end = time.perf_counter() + seconds
        came = time.perf_counter()
        while not seen():
            if came > end:
                raise FailedError(f"{self._name}: did not show {what} within {seconds:.0f} s")
            self._read(min(0.5, end - came))
            came = time.perf_counter()
        return came

    def ended(self, seconds: float = 60) -> int:
        """Read to the end; the exit code, or minus the signal. Raises FailedError where it goes on."""
        end = time.perf_counter() + seconds
        with contextlib.suppress(EndedError):
            while time.perf_counter() < end:
                self._read(0.5)
            raise FailedError(f"{self._name}: did not end within {seconds:.0f} s")
        return self._wait_for_end()

    def _wait_for_end(self) -> int:
        self._closed = True
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """Let it quit by itself, so that it leaves nothing behind; end it where it does not."""
        if self._closed:
            return
        with contextlib.suppress(OSError, FailedError):
            self.send(CTRL_Q)
            self.ended(3)
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._wait_for_end()


def _become(argv: tuple[str, ...], env: Mapping[str, str]) -> None:
    """In the child process: become the program, in a terminal of this size."""
    import fcntl
    import struct
    import termios

    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(ROOT)
        os.execvpe(argv[0], list(argv), dict(env))  # noqa: S606 (its own arguments, no shell)
    finally:
        os._exit(127)
