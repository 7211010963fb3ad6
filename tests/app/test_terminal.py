"""In a real pseudo-terminal: what reaches it, byte by byte."""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.terminal import COLUMNS, CTRL_Q, DOWN, ESCAPE, ROWS, Terminal
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
        terminal.wait_for("PEMERAN", "Patah Hati Yang Kupilih")
        assert b"\x1b[22;2t\x1b]2;filmtui\x07" in bytes(terminal.sent)
        terminal.send("q")
        assert terminal.ended() == 0
    assert b"\x1b[?1049h" in terminal.sent
    assert b"\x1b[?1049l" in terminal.sent


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_told_to_end_it_puts_the_terminal_back(name: str) -> None:
    told = getattr(signal, name)
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("PEMERAN")
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
        terminal.wait_for("PEMERAN")
        for key, title in {"f": "Saringan", "n": "Berita", "e": "Masalah"}.items():
            for sent, seen in ((key, title), (ESCAPE, "PEMERAN")):  # which the sheets cover
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


def test_bytes_that_are_no_text_are_replaced() -> None:
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("PEMERAN")
        terminal.send(b"\xff")
        terminal.send("/")
        terminal.wait_for("Judul, nama, genre")
        terminal.send(b"\x1b[200~Gari\xe9py\x1b[201~")  # pasted in Latin-1
        terminal.wait_for("Gari")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    assert b"Traceback" not in terminal.sent


CRASH = """
from tui import __main__
from tui.library import library
film = library.Library.film
def broken(self, id, seen=[]):
    seen.append(id)
    return film(self, id) if len(set(seen)) < 2 else 1 / 0
library.Library.film = broken
__main__.main()
"""


def test_a_crash_puts_the_terminal_back_and_never_ends_with_0(tmp_path: Path) -> None:
    env = {**os.environ, "TERM": "xterm-256color", "FILMTUI_TODAY": "2025-12-24"}
    with Terminal((sys.executable, "-c", CRASH), env) as terminal:
        terminal.wait_for("PEMERAN")
        terminal.send(DOWN)
        assert terminal.ended() == 1
    (report,) = (tmp_path / "state").glob("crash-*.txt")
    assert "ZeroDivisionError" in report.read_text("utf-8")
    left = bytes(terminal.sent).rpartition(b"\x1b[?1049l")[2].decode()
    assert "filmtui gagal; mohon laporkan dengan berkas ini:" in " ".join(left.split())
    assert "Traceback" not in left


INTERRUPTED = """
import os, signal, sys
from tui import __main__
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["filmtui", *{arguments!r}]
__main__.main()
"""


@pytest.mark.parametrize(
    ("name", "arguments"), [("textual.app", []), ("tui.cli.main", ["list"]), ("tui.library.library", ["list"])]
)
def test_an_interrupt_while_it_starts_is_no_traceback(name: str, arguments: list[str]) -> None:
    code = INTERRUPTED.format(name=name, arguments=arguments)
    with Terminal((sys.executable, "-c", code), {**os.environ, "TERM": "xterm-256color"}) as terminal:
        assert terminal.ended() in {-signal.SIGINT, 128 + signal.SIGINT}
    assert b"Traceback" not in terminal.sent
    assert terminal.sent.count(b"\x1b[?1049h") == terminal.sent.count(b"\x1b[?1049l")


def test_the_terminals_own_size_counts() -> None:
    with opened("--today", "2025-12-24", COLUMNS="99999", LINES="1") as terminal:
        terminal.wait_for("PEMERAN")
        terminal.send("q")
        assert terminal.ended() == 0
    places = [tuple(map(int, place)) for place in re.findall(rb"\x1b\[(\d+);(\d+)H", bytes(terminal.sent))]
    assert max(row for row, _ in places) == ROWS
    assert max(column for _, column in places) <= COLUMNS


def test_no_color_sends_no_colour() -> None:
    with opened("--today", "2025-12-24", NO_COLOR="1") as terminal:
        terminal.wait_for("PEMERAN")
        terminal.send("q")
        assert terminal.ended() == 0
    for red, green, blue in re.findall(rb"\x1b\[[\d;]*38;2;(\d+);(\d+);(\d+)", bytes(terminal.sent)):
        assert red == green == blue


def test_the_theme_ansi_sends_none_but_the_terminals_own_colours() -> None:
    with opened("--today", "2025-12-24", FILMTUI_THEME="ansi") as terminal:
        terminal.wait_for("PEMERAN")
        before = len(terminal.sent)
        terminal.send("f")
        terminal.wait_for("GENRE", since=before)
        terminal.send(ESCAPE)
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    assert not re.search(rb"\x1b\[[\d;]*[34]8;[25];", bytes(terminal.sent))
    assert b"\x1b[1;7" in terminal.sent  # the cursor's row is reversed


def test_a_cursor_key_sends_little() -> None:
    sent = []
    filmtui("index")  # so that nothing but the keys changes the screen
    with opened("--today", "2025-12-24") as terminal:
        terminal.wait_for("PEMERAN")
        for director in ("Kimo Stamboel", "Fajar Bustomi", "Derek Drymon", "Tom Gormican"):
            before = len(terminal.sent)
            terminal.send(DOWN)
            terminal.wait_for(director, since=before)
            sent.append(len(terminal.sent) - before)
        terminal.send("q")
        assert terminal.ended() == 0
    # whatever else is drawn while the calendar opens comes with the first of them; a whole screen is over 40,000
    assert min(sent) < 14_000
