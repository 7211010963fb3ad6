"""How far a build of the index is, as the calendar and the commands say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tui.base.words import Words


class Progress(msgspec.Struct, frozen=True):
    files: int
    of_files: int
    bytes: int
    of_bytes: int
    films: int
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds that it may still take; None before a file has been read."""
        return self.seconds * (self.of_bytes - self.bytes) / self.bytes if self.bytes else None

    def text(self, words: Words) -> str:
        text = words.gettext("{films} films, file {file} of {files}, {rate}/s").format(
            films=words.number(self.films),
            file=words.number(min(self.files + 1, self.of_files)),
            files=words.number(self.of_files),
            rate=words.number(round(self.films / self.seconds) if self.seconds else 0),
        )
        if self.left is None:
            return text
        minutes, seconds = divmod(round(self.left), 60)
        return f"{text}, " + words.gettext("{time} left").format(time=f"{minutes}:{seconds:02}")
