"""How far the reading of a catalog is, in numbers and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tui.base.words import Words


class Progress(msgspec.Struct, frozen=True):
    """How far a refresh of the index is."""

    files: int
    """Read so far, of so many that have to be."""
    of_files: int
    bytes: int
    """Of these files, so many of all that they have."""
    of_bytes: int
    films: int
    """Read so far."""
    seconds: float
    """Since it began."""

    @property
    def left(self) -> float | None:
        """Seconds that it may still take, by the bytes; None before a file has been read."""
        return self.seconds * (self.of_bytes - self.bytes) / self.bytes if self.bytes else None

    def text(self, words: Words) -> str:
        """A line such as “2,000 films, file 2 of 4, 49/s, 2:03 left”."""
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
