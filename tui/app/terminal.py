"""What Textual leaves undone between the program and its terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codecs import IncrementalDecoder
    from collections.abc import Callable, Iterator


def ask_its_size() -> None:
    """Let the terminal's own size count: COLUMNS and LINES may be another terminal's, and Textual believes them."""
    out = sys.__stdout__
    with contextlib.suppress(OSError, ValueError):
        if out is not None and "TEXTUAL_DRIVER" not in os.environ and all(os.get_terminal_size(out.fileno())):
            os.environ.pop("COLUMNS", None)
            os.environ.pop("LINES", None)


def _decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


def read_any_bytes() -> None:
    """Replace typed or pasted bytes that are not UTF-8: Textual's driver decodes strictly and stops reading at one."""
    with contextlib.suppress(ImportError):  # no driver of this kind on Windows
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = _decoder  # type: ignore[assignment,attr-defined]


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
