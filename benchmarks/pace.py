"""A terminal that measures how soon a key is answered, and how well a key held down is followed."""

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
    """What a key caused."""

    first: float
    """Seconds from the key to the first byte, and to the last."""
    last: float
    bytes: int


@dataclass(frozen=True)
class HeldKey:
    """What a key held down caused."""

    keys: int
    """How often it was sent."""
    frames: int
    """How many frames were drawn."""
    backlog: float
    """Seconds from the last key to the last byte."""


class Timed(Terminal):
    """A terminal that measures. Times are those of `time.perf_counter`, in seconds."""

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
        """Send so many keys a second, reading meanwhile; the moment of the last."""
        begun = moment = time.perf_counter()
        for number, key in enumerate(keys):
            due = begun + number / rate
            while (now := time.perf_counter()) < due:
                self._read(due - now)
            self.send(key)
            moment = time.perf_counter()
        return moment

    def hold(self, keys: list[str], rate: float) -> HeldKey:
        """Send the keys as if one was held down, `rate` a second. Frames are those that the program marks as such."""
        before = len(self.sent)
        released = self.type(keys, rate)
        last = self.settle(QUIET) or released
        return HeldKey(len(keys), self.sent.count(FRAME, before), max(last - released, 0.0))

    def peak(self) -> float:
        """The most memory that it has used so far, in MiB; 0 on systems that do not say it of a running process."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text("ascii", "replace")
        except OSError:
            return 0.0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 / MIB if found else 0.0
