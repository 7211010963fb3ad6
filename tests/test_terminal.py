"""In a real pseudo-terminal: what reaches it, byte by byte."""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.terminal import CTRL_Q, DOWN, ESCAPE, Terminal
from tests.conftest import film, films, filmtui

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def opened(*arguments: str, frames: bool = False, **env: str) -> Terminal:
    """The command in a terminal."""
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return Terminal((sys.executable, "-m", "tui", *arguments), {**os.environ, **fixed, **env}, frames=frames)


def test_opens_and_leaves_and_puts_the_terminal_back() -> None:
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("SINOPSIS", "Patah Hati Yang Kupilih")
        terminal.send("q")
        assert terminal.ended() == 0
    assert b"\x1b[?1049h" in terminal.sent
    assert b"\x1b[?1049l" in terminal.sent


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_told_to_end_it_puts_the_terminal_back(name: str) -> None:
    told = getattr(signal, name)
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("SINOPSIS")
        os.kill(terminal.pid, told)
        assert terminal.ended() == 128 + told
    assert b"\x1b[?1049l" in terminal.sent
    assert b"Traceback" not in terminal.sent


@pytest.mark.slow
def test_no_escape_sequence_of_the_catalogs_reaches_the_terminal(catalog: Callable[..., Path]) -> None:
    hostile = '"Evil \\x1b]52;c;QUFBQQ==\\x07 \\x9b31m \\x1b[2J \\u202egnp.exe \\x1b]0;judul\\x07"'
    written = film("evil", hostile, "2026-01-07", original_title=hostile, synopsis=hostile, genres=f"[{hostile}]",
                   cast=f"[{{name: {hostile}, role: {hostile}}}]")  # fmt: skip
    root = catalog(a=films(written) + f"news:\n- {{title: {hostile}, films: [evil]}}\n")
    (root / "na\x1b]52;c;BBBB\x07me.yaml").write_text("films: 3\n")
    with opened("--catalog", str(root), "--today", "2026-01-06") as terminal:
        terminal.wait_for("SINOPSIS")
        for key, title in {"f": "Saringan", "n": "Berita", "e": "Masalah"}.items():
            for sent, seen in ((key, title), (ESCAPE, "SINOPSIS")):  # which the sheets cover
                before = len(terminal.sent)
                terminal.send(sent)
                terminal.wait_for(seen, since=before)
        before = len(terminal.sent)
        terminal.send("v")
        terminal.wait_for("JANUARI 2026", since=before)
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    assert b"\x1b]52" not in terminal.sent
    assert b"\x1b]0;judul" not in terminal.sent
    assert b"\x9b31m" not in terminal.sent.replace("›".encode(), b"")
    assert "\u202e".encode() not in terminal.sent


def test_no_color_sends_no_colour() -> None:
    with opened("--today", "2025-12-24", NO_COLOR="1") as terminal:
        terminal.wait_for("SINOPSIS")
        terminal.send("q")
        assert terminal.ended() == 0
    for red, green, blue in re.findall(rb"\x1b\[[\d;]*38;2;(\d+);(\d+);(\d+)", bytes(terminal.sent)):
        assert red == green == blue


def test_a_cursor_key_sends_little() -> None:
    sent = []
    filmtui("index")  # so that nothing but the keys changes the screen
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("SINOPSIS")
        for director in ("Kimo Stamboel", "Fajar Bustomi", "Derek Drymon", "Tom Gormican"):
            before = len(terminal.sent)
            terminal.send(DOWN)
            terminal.wait_for(director, since=before)
            sent.append(len(terminal.sent) - before)
        terminal.send("q")
        assert terminal.ended() == 0
    # whatever else is drawn while the calendar opens comes with the first of them; a whole screen is over 40,000
    assert min(sent) < 12_000
