"""A program that hands over a file at each key; what is served to a visitor in the tests of downloads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App

from tui.app.delivery import deliver

if TYPE_CHECKING:
    from textual import events

NAME = "Jadwal ★ Januari.csv"
TEXT = "judul,tanggal\r\nKuyank,2026-01-29\r\n"
BYTES = bytes(range(256)) * 1000
COMMAND = [sys.executable, "-m", "tests.web.downloading"]


class Downloading(App[None]):
    def on_key(self, event: events.Key) -> None:
        if event.key == "x":
            deliver(self, TEXT, NAME, "text/csv")
        elif event.key == "b":
            deliver(self, BYTES, "jadwal.xlsx", "application/octet-stream")


if __name__ == "__main__":
    Downloading().run()
