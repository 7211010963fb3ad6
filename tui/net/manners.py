"""How the program introduces itself to servers, and what they ask of it."""

from __future__ import annotations

import threading
import time
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from tui import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

RETRIED = {429, 500, 502, 503, 504}
"""Statuses after which it is worth asking once more."""

_TURNS: dict[str, threading.Lock] = {}


def turn(host: str) -> threading.Lock:
    """What is held while a host is asked: one request at a time, whoever asks."""
    return _TURNS.setdefault(host, threading.Lock())


@cache
def user_agent(library: str = "httpx2") -> str:
    """The program, its version and, where its package names one, the project's address; then the library."""
    from importlib.metadata import PackageNotFoundError, metadata, version

    try:
        named = metadata("filmtui").get_all("Project-URL") or []
    except PackageNotFoundError:
        named = []
    about = "; ".join(f"+{address}" for entry in named[:1] if (address := entry.rpartition(", ")[2]))
    return f"filmtui/{__version__} ({about or 'release calendar for the terminal'}) {library}/{version(library)}"


def pause(seconds: float, check: Callable[[], None]) -> None:
    """Wait so long; `check` is called meanwhile, and what it raises ends it."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        check()
        time.sleep(min(left, 0.1))


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After, which are a number or a date; None where it is neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
