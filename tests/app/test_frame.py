"""The calendar's last picture, shown at the next start until Textual draws."""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from benchmarks.terminal import CTRL_Q, DOWN, Terminal, text
from tests.conftest import DATA, places
from tui.app import frame
from tui.user.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

ENTER, LEAVE, MOUSE = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?1000h"


def opened(*arguments: str, **env: str) -> Terminal:
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "FILMTUI_TODAY": "2025-12-24", **env}
    return Terminal((sys.executable, "-m", "tui", *arguments), {**os.environ, **fixed})


def left(*keys: str, **env: str) -> bytes:
    """What was sent until it was left after these keys."""
    with opened(**env) as terminal:
        terminal.wait_for("PEMERAN", "Natal")
        for key in keys:
            before = len(terminal.sent)
            terminal.send(key)
            terminal.wait(lambda before=before: len(terminal.sent) > before, key)  # type: ignore[misc]
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
        return bytes(terminal.sent)


def early(sent: bytes) -> str:
    """What was shown before Textual began."""
    return text(sent.partition(MOUSE)[0])


def test_the_picture_of_before_stands_until_there_is_a_new_one() -> None:
    assert "Jadwal" not in early(left(DOWN))
    sent = left()
    assert "Janur Ireng" in early(sent)
    assert "PEMERAN" in early(sent)
    assert sent.count(LEAVE) == 1
    picture = sent.partition(ENTER + b"\x1b[?25l")[2].partition(b"\x1b[22;2t")[0]
    assert "PEMERAN" in text(picture)
    assert sent.count(picture) == 2  # again, as the start of Textual's driver wipes the screen


@pytest.mark.parametrize("env", [{"FILMTUI_TODAY": "2025-12-23"}, {"FILMTUI_LANG": "en"}, {"NO_COLOR": "1"}], ids=str)
def test_another_day_language_or_terminal_has_another_picture(env: dict[str, str]) -> None:
    left()
    with opened(**env) as terminal:
        terminal.wait_for("2025")
        assert early(bytes(terminal.sent)).strip() == ""


def test_fresh_shows_none_and_a_search_that_is_open_is_not_kept() -> None:
    with opened() as terminal:
        terminal.wait_for("PEMERAN", "Natal")
        terminal.send("/")
        terminal.wait_for("Judul, nama")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    assert early(left()).strip() == ""
    with opened("--fresh") as terminal:
        terminal.wait_for("PEMERAN")
        assert early(bytes(terminal.sent)).strip() == ""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ended_while_the_picture_stands_it_gives_the_terminal_back(name: str) -> None:
    left()
    told = getattr(signal, name)
    with opened() as terminal:
        terminal.wait(lambda: ENTER in terminal.sent, "the picture")
        os.kill(terminal.pid, told)
        assert terminal.ended() == 128 + told
    assert LEAVE in terminal.sent
    assert b"Traceback" not in terminal.sent


@pytest.mark.parametrize("content", [b"", b"{", b"7", b'{"of":[],"text":"x"}', b"\xff"])
def test_a_damaged_picture_is_passed_over(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(places(DATA, tmp_path, tmp_path / "state", date(2025, 12, 24)), "id")
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    frame.keep_frame(settings, "dark", 80, 24, "None", ["a", "b"])
    path = settings.places.frame
    assert path
    assert frame._kept(settings, "dark", path) == "\x1b[1;1Ha\x1b[2;1Hb"
    path.write_bytes(content)
    assert frame._kept(settings, "dark", path) == ""


def test_no_picture_is_kept_where_nothing_may_be(tmp_path: Path) -> None:
    settings = Settings(places(DATA, tmp_path / "cache", None), "id")
    frame.keep_frame(settings, "dark", 80, 24, "None", ["a"])
    assert not list(tmp_path.iterdir())
