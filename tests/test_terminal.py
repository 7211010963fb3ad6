"""In a real pseudo-terminal: what reaches it, byte by byte."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, film, films

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


class Terminal:
    """The command in a pseudo-terminal; every byte that it sends is kept."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (120, 36), **env: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.sent = bytearray()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(ROOT)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **env})
            os.execv(sys.executable, [sys.executable, "-m", "tui", *arguments])

    def read_until(self, pattern: bytes, seconds: float = 60) -> bool:
        end = time.monotonic() + seconds
        while not re.search(pattern, self.sent):
            if time.monotonic() > end or not self._read(0.2):
                return bool(re.search(pattern, self.sent))
        return True

    def _read(self, wait: float) -> bool:
        if not select.select([self.fd], [], [], wait)[0]:
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.sent += data
        return bool(data)

    def send(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def ended(self, seconds: float = 60) -> int:
        """Read to the end; the exit code."""
        end = time.monotonic() + seconds
        while self._read(0.2) and time.monotonic() < end:
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def test_opens_and_leaves_and_puts_the_terminal_back() -> None:
    terminal = Terminal("--today", "2025-12-24")
    assert terminal.read_until(b"SINOPSIS")
    assert b"Patah Hati Yang Kupilih" in terminal.sent
    terminal.send("q")
    assert terminal.ended() == 0
    assert b"\x1b[?1049h" in terminal.sent
    assert b"\x1b[?1049l" in terminal.sent


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_told_to_end_it_puts_the_terminal_back(name: str) -> None:
    terminal = Terminal("--today", "2025-12-24")
    assert terminal.read_until(b"SINOPSIS")
    told = getattr(signal, name)
    os.kill(terminal.pid, told)
    assert terminal.ended() == 128 + told
    assert b"\x1b[?1049l" in terminal.sent
    assert b"Traceback" not in terminal.sent


def test_no_escape_sequence_of_the_catalogs_reaches_the_terminal(catalog: Callable[..., Path]) -> None:
    hostile = '"Evil \\x1b]52;c;QUFBQQ==\\x07 \\x9b31m \\x1b[2J \\u202egnp.exe \\x1b]0;judul\\x07"'
    written = film("evil", hostile, "2026-01-07", original_title=hostile, synopsis=hostile, genres=f"[{hostile}]",
                   cast=f"[{{name: {hostile}, role: {hostile}}}]")  # fmt: skip
    root = catalog(a=films(written) + f"news:\n- {{title: {hostile}, films: [evil]}}\n")
    (root / "na\x1b]52;c;BBBB\x07me.yaml").write_text("films: 3\n")
    terminal = Terminal("--catalog", str(root), "--today", "2026-01-06")
    assert terminal.read_until(rb"Evil ")
    for key in "fnve":
        terminal.send(key)
        terminal.read_until(b"$^", 0.3)
        terminal.send("\x1b")
        terminal.read_until(b"$^", 0.3)
    terminal.send("\x11")
    assert terminal.ended() == 0
    assert b"\x1b]52" not in terminal.sent
    assert b"\x1b]0;judul" not in terminal.sent
    assert b"\x9b31m" not in terminal.sent.replace("›".encode(), b"")
    assert "\u202e".encode() not in terminal.sent


def test_no_color_sends_no_colour() -> None:
    terminal = Terminal("--today", "2025-12-24", NO_COLOR="1")
    assert terminal.read_until(b"SINOPSIS")
    terminal.send("q")
    assert terminal.ended() == 0
    for red, green, blue in re.findall(rb"\x1b\[[\d;]*38;2;(\d+);(\d+);(\d+)", bytes(terminal.sent)):
        assert red == green == blue


def test_a_cursor_key_sends_little() -> None:
    terminal = Terminal("--today", "2025-12-24")
    assert terminal.read_until(b"SINOPSIS")
    terminal.read_until(b"$^", 0.5)
    before = len(terminal.sent)
    terminal.send("\x1b[B")
    terminal.read_until(b"$^", 0.5)
    assert 0 < len(terminal.sent) - before < 12_000  # a whole screen is over 40,000
    terminal.send("q")
    terminal.ended()
