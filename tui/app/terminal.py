"""What Textual leaves undone between the program and its terminal."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from codecs import IncrementalDecoder
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.message import Message

_ASKED = b"\x1b]11;?\x1b\\\x1b[c"
"""OSC 11 asks for the background; every terminal answers the DA1 behind it, so no answer to the first is known soon."""
_PATIENCE = 0.2
"""Seconds that an answer is waited for. A terminal answers in 0.3 ms, one behind a network as fast as that is."""
_REMEMBERED = 30 * 24 * 3600
"""Seconds for which a terminal that answered nothing is not asked again."""
_ANSWER = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[\d;]*c")
_BEGUN = re.compile(r"(?:\x1b\][^\x07\x1b]*\x1b?|\x1b\[(?:\?[\d;]*)?)\Z")
_SEQUENCE = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|\Z)|\x1b\[\?[\d;]*(?:c|\Z)")
"""An answer, or as much of one as has come."""
_DA1 = re.compile(rb"\x1b\[\?[\d;]*c")
_COLOUR = re.compile(
    rb"\x1b\]11;(?:rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?"
    rb"|#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2}))(?:\x07|\x1b\\)"
)


def ask_its_size() -> None:
    """Let the terminal's own size count: COLUMNS and LINES may be another terminal's, and Textual believes them."""
    out = sys.__stdout__
    with contextlib.suppress(OSError, ValueError):
        if out is not None and "TEXTUAL_DRIVER" not in os.environ and all(os.get_terminal_size(out.fileno())):
            os.environ.pop("COLUMNS", None)
            os.environ.pop("LINES", None)


def read_any_bytes() -> None:
    """Replace typed or pasted bytes that are not UTF-8: Textual's driver decodes strictly and stops reading at one.

    Answers that the terminal gives to us, not to Textual, are left out.
    """
    with contextlib.suppress(ImportError):  # no driver of this kind on Windows
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = _decoder_of  # type: ignore[assignment,attr-defined]


def _decoder_of(encoding: str) -> Callable[[], _Decoder]:
    return lambda: _Decoder(getincrementaldecoder(encoding)(errors="replace"))


class _Decoder:
    """Text of typed bytes, without answers to `asks_light`: those that come late would be taken for typed keys."""

    def __init__(self, decoder: IncrementalDecoder) -> None:
        self._decoder = decoder
        self._held = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        text = self._held + self._decoder.decode(data, final)
        self._held = ""
        if "\x1b]" not in text and "\x1b[?" not in text and not text.endswith("\x1b["):
            return text
        text = _ANSWER.sub("", text)
        if not final and (begun := _BEGUN.search(text)):
            self._held, text = begun[0], text[: begun.start()]
        return text


@contextlib.contextmanager
def titled(title: str) -> Iterator[None]:
    """Give the terminal's window this title meanwhile: XTWINOPS 22 and 23 keep the former one, OSC 2 sets it."""
    out = sys.__stdout__
    shown = out is not None and "TEXTUAL_DRIVER" not in os.environ and out.isatty()
    if shown:
        _send(f"\x1b[22;2t\x1b]2;{title}\x07")
    try:
        yield
    finally:
        if shown:
            _send("\x1b[23;2t")


def _send(text: str) -> None:
    out = sys.__stdout__
    with contextlib.suppress(OSError, ValueError):  # the terminal has gone
        if out is not None:
            out.write(text)
            out.flush()


# light or dark


class Background(NamedTuple):
    """What became of asking a terminal for its background."""

    light: bool | None = None
    """None where it did not say."""
    answered: bool = True
    """Whether it answered anything."""
    typed: bytes = b""
    """What came besides: keys that were pressed early."""


def asked_background(cache: Path) -> Background:
    """What the terminal says of its background; nothing where it cannot be asked.

    A terminal that is silent costs 200 ms, once: that is remembered in the cache.
    """
    if not _can_be_asked():
        return Background()
    silent = cache / f"silent-terminal-{_kind():08x}"
    with contextlib.suppress(OSError):
        if time.time() - silent.stat().st_mtime < _REMEMBERED:
            return Background()
    found = Background()
    with contextlib.suppress(OSError):  # the terminal has gone
        device = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            found = ask_background(device)
        finally:
            os.close(device)
    if not found.answered:
        with contextlib.suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            silent.touch()
    return found


def _can_be_asked() -> bool:
    ends = sys.__stdin__, sys.__stdout__
    return (
        os.name == "posix"
        and all(end is not None and not end.closed and end.isatty() for end in ends)
        and os.environ.get("TERM", "dumb") not in {"dumb", "linux"}
        and not {"TEXTUAL_DRIVER", "CI"} & os.environ.keys()
    )


def _kind() -> int:
    """A number for the kind of terminal, as far as it names itself."""
    names = "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION"
    told = [os.environ.get(name, "") for name in names]
    told += [str(name in os.environ) for name in ("TMUX", "STY", "SSH_TTY")]  # their values differ each time
    return crc32("\0".join(told).encode(errors="replace"))


def ask_background(device: int, patience: float = _PATIENCE) -> Background:
    """Ask a terminal for its background; wait `patience` seconds at most. Nothing is echoed. Raises OSError."""
    import select
    import termios
    import tty

    try:
        before = termios.tcgetattr(device)
        tty.setcbreak(device, termios.TCSANOW)
    except termios.error:
        return Background()
    came, answered = b"", False
    try:
        os.write(device, _ASKED)
        end = time.monotonic() + patience
        while not answered and (left := end - time.monotonic()) > 0:
            if select.select([device], [], [], left)[0]:
                data = os.read(device, 4096)
                if not data:
                    break
                came = (came + data)[-65536:]
                answered = bool(_DA1.search(came))
    finally:
        with contextlib.suppress(termios.error):  # with half an answer, what is still to be read goes too
            termios.tcsetattr(device, termios.TCSANOW if answered or not came else termios.TCSAFLUSH, before)
    typed = _SEQUENCE.sub(b"", came)
    return Background(_light(came), bool(answered or _COLOUR.search(came)), typed)


def _light(answer: bytes) -> bool | None:
    found = _COLOUR.search(answer)
    if found is None:
        return None
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in found.groups() if part]
    return bool(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] >= 0.5)


def early_events(typed: bytes) -> list[Message]:
    """The events of these typed bytes."""
    if not typed:
        return []
    from textual._xterm_parser import XTermParser

    parser = XTermParser()
    return [*parser.feed(typed.decode("utf-8", "replace")), *parser.feed("")]
