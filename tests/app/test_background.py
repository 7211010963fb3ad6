"""Light or dark, asked of the terminal before the calendar: in pseudo-terminals with a thread that plays the terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.terminal import CTRL_Q, Terminal
from tui.app.terminal import Background, _decoder_of, ask_background, asked_background, early_events
from tui.app.themes import light_terminal

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

DA1 = b"\x1b[?62;22c"
DARK, LIGHT = b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", b"\x1b]11;rgb:fafa/f8f8/f3f3\x07"
PATIENCE = 5.0
"""Seconds in which any of these answers comes on a busy machine; a silent terminal is waited for less."""


class Player:
    """A terminal that answers when it is asked; a silent one with nothing."""

    def __init__(self, *parts: bytes) -> None:
        import tty

        self.master, self.device = os.openpty()
        tty.setcbreak(self.device)
        self.seen = b""
        self._parts = parts
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def _play(self) -> None:
        while not self.seen.endswith(b"\x1b[c"):
            self.seen += os.read(self.master, 1024)
        for part in self._parts:
            os.write(self.master, part)

    def left(self) -> bytes:
        """What a program would read next."""
        import select

        return os.read(self.device, 4096) if select.select([self.device], [], [], 0.05)[0] else b""

    def close(self) -> None:
        os.close(self.device)
        os.close(self.master)


def asked(*parts: bytes, patience: float = PATIENCE) -> tuple[Background, bytes]:
    import termios

    player = Player(*parts)
    before = termios.tcgetattr(player.device)
    found = ask_background(player.device, patience)
    assert player.seen == b"\x1b]11;?\x1b\\\x1b[c"
    assert termios.tcgetattr(player.device) == before
    left = player.left()
    player.close()
    return found, left


ANSWERS = {
    "dark": ((DARK, DA1), False),
    "light, ended by BEL": ((LIGHT, DA1), True),
    "in one piece": ((LIGHT + DA1,), True),
    "byte by byte": (tuple(bytes([byte]) for byte in LIGHT + DA1), True),
    "one digit": ((b"\x1b]11;rgb:f/f/f\x07", DA1), True),
    "two digits": ((b"\x1b]11;rgb:00/2b/36\x1b\\", DA1), False),
    "with alpha": ((b"\x1b]11;rgba:ffff/ffff/ffff/0000\x1b\\", DA1), True),
    "as the web writes it": ((b"\x1b]11;#fdf6e3\x1b\\", DA1), True),
    "green is light": ((b"\x1b]11;rgb:00/ff/00\x1b\\", DA1), True),
    "blue is dark": ((b"\x1b]11;rgb:00/00/ff\x1b\\", DA1), False),
    "only that it is a terminal": ((DA1,), None),
    "no colour": ((b"\x1b]11;rgb:zz/zz/zz\x1b\\", DA1), None),
    "another question's": ((b"\x1b]10;rgb:ff/ff/ff\x1b\\", DA1), None),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_terminals_answer(name: str) -> None:
    parts, light = ANSWERS[name]
    assert asked(*parts) == (Background(light), b"")


@pytest.mark.parametrize("parts", [(), (b"\x1b]11;rgb:ff",), (b"\xff\x00garbage\x1b[",), (b"x" * 3000,)])
def test_a_terminal_that_does_not_answer_is_not_waited_for_and_leaves_nothing(parts: tuple[bytes, ...]) -> None:
    begun = time.monotonic()
    found, left = asked(*parts, patience=0.1)
    assert time.monotonic() - begun < PATIENCE
    assert (found.light, found.answered, left) == (None, False, b"")
    assert b"\x1b]" not in found.typed


def test_keys_typed_meanwhile_count() -> None:
    found, _ = asked(b"/ho", LIGHT, b"r", DA1)
    assert found == Background(light=True, typed=b"/hor")
    assert [event.key for event in early_events(b"/h\x1b[B")] == ["slash", "h", "down"]  # type: ignore[attr-defined]
    assert early_events(b"") == []


@given(st.binary(max_size=60))
def test_any_answer_is_survived(noise: bytes) -> None:
    if b"\x1b[c" in noise:
        return
    found, _ = asked(noise + DA1, patience=0.2)
    assert found.light in {None, True, False}


KEYS = st.text(st.sampled_from("abc/é[]1;rgb"), max_size=4)


@given(st.lists(st.tuples(KEYS, st.sampled_from([DARK, LIGHT, DA1])), min_size=1, max_size=3), st.data())
def test_an_answer_that_comes_late_is_no_key(parts: list[tuple[str, bytes]], data: st.DataObject) -> None:
    """However the bytes are cut, but behind an ESC: a lone one is a key, and not waited with."""
    sent = b"".join(keys.encode() + answer for keys, answer in parts)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=4)))
    cuts = [cut for cut in cuts if sent[cut - 1] != 0x1B]
    decoder = _decoder_of("utf-8")()
    read = "".join(decoder.decode(sent[a:b]) for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True))
    assert read == "".join(keys for keys, _ in parts)


def test_other_sequences_and_escape_go_on_at_once() -> None:
    decoder = _decoder_of("utf-8")()
    for typed in ("\x1b", "\x1b[A", "\x1b[?2026;2$y", "\x1b[200~a\x1b[201~", "\x1b[<0;3;4M", "\x1b[?1u"):
        assert decoder.decode(typed.encode()) == typed


def test_colorfgbg_counts_where_nothing_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    for told, light in (("0;15", True), ("0;default;7", True), ("15;0", False), ("", False)):
        monkeypatch.setenv("COLORFGBG", told)
        assert light_terminal(None) is light
        assert light_terminal(True) is True
        assert light_terminal(False) is False


def test_it_is_not_asked_where_there_is_no_terminal(tmp_path: Path) -> None:
    assert asked_background(tmp_path) == Background()
    assert not list(tmp_path.iterdir())


# the whole command

ASKS = b"\x1b]11;?"
BACK_DARK, BACK_LIGHT = b"48;2;21;23;27", b"48;2;250;248;243"


class Answering(Terminal):
    """The command in a terminal that answers so."""

    def __init__(self, answers: bytes, delay: float = 0.0, **env: str) -> None:
        self.answers, self.delay = answers, delay
        fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "FILMTUI_TODAY": "2025-12-24"}
        kept = {name: value for name, value in os.environ.items() if name != "CI"}
        super().__init__((sys.executable, "-m", "tui"), {**kept, **fixed, **env})


def opened(
    answers: bytes, delay: float = 0.0, typed: bytes = b"", shows: str = "PEMERAN", env: dict[str, str] | None = None
) -> bytes:
    """What the command sent until it was left."""
    with Answering(answers, delay, **(env or {})) as terminal:
        if typed:
            terminal.wait(lambda: ASKS in terminal.sent, "the question")
            terminal.send(typed)
        terminal.wait_for(shows)
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
        return bytes(terminal.sent)


def test_a_light_terminal_gets_the_light_theme() -> None:
    assert BACK_LIGHT in opened(LIGHT + DA1)
    assert BACK_DARK in opened(DARK + DA1)
    assert BACK_LIGHT in opened(DA1, env={"COLORFGBG": "0;15"})
    assert BACK_DARK in opened(DARK + DA1, env={"COLORFGBG": "0;15"})


@pytest.mark.parametrize("env", [{"FILMTUI_THEME": "dark"}, {"TEXTUAL_THEME": "nord"}, {"TERM": "dumb"}, {"CI": "1"}])
def test_it_is_not_asked_where_the_theme_is_known_or_nobody_can_answer(env: dict[str, str]) -> None:
    assert ASKS not in opened(LIGHT + DA1, env=env)


def test_a_silent_terminal_is_asked_once(tmp_path: Path) -> None:
    assert ASKS in opened(b"")
    (kept,) = (tmp_path / "cache").glob("silent-terminal-*")
    assert ASKS not in opened(b"")
    assert ASKS in opened(LIGHT + DA1, env={"TERM_PROGRAM": "another"})
    os.utime(kept, (0, 0))  # long ago
    assert ASKS in opened(LIGHT + DA1)


def test_a_late_answer_types_nothing() -> None:
    """Its letters are keys: r reads again, e opens the problems, 1 and ] lead elsewhere."""
    sent = opened(b"\x1b]11;rgb:eeee/1111/]nnn\x1b\\" + DA1, delay=0.6)
    assert b"Masalah" not in sent
    assert b"Berita" not in sent


def test_keys_pressed_before_the_calendar_stands_reach_it() -> None:
    opened(LIGHT + DA1, typed=b"?", shows="Cari tombol")
