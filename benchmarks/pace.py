"""A terminal with a clock beside it: how soon a key is answered, how well a held one is followed."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.process import MIB, FailedError
from benchmarks.terminal import FRAME, Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

QUIET = 0.12
"""Seconds of silence after which a key's last byte has come; the same for every program."""


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


class Timed(Terminal):
    def __init__(self, argv: tuple[str, ...], env: Mapping[str, str], *, frames: bool = False) -> None:
        self.begun = time.perf_counter()
        super().__init__(argv, env, frames=frames)

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
        return Held(len(keys), self.sent.count(FRAME, before), max(last - released, 0.0))

    def peak(self) -> float:
        """MiB at most so far; 0 where the system does not tell while a process runs."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text("ascii", "replace")
        except OSError:
            return 0.0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 / MIB if found else 0.0
