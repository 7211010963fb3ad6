"""What is remembered of a calendar that was published to: one file each, which the calendar itself can make good."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import kept_value, replace_file
from tui.exports.publishing.objects import Object, Wrote  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from pathlib import Path


class Memory(msgspec.Struct):
    """Of one calendar. Where it is lost, everything is read again, and what was deleted there comes back once."""

    url: str
    objects: dict[str, Object] = {}
    """What stood there the last time, by href: only what has another ETag now is read."""
    made: dict[str, Wrote] = {}
    """What was published, by UID."""
    stored: dict[str, str] = {}
    """The digest of what the server made of it, by UID, where that differs."""
    told: list[str] = []
    """What was told of that was left alone."""


def recalled(folder: Path | None, url: str) -> Memory:
    """What is remembered of the calendar at this address; empty where that is nothing, or cannot be read."""
    memory = kept_value(folder and _file(folder, url), Memory)
    return memory if memory and memory.url == url else Memory(url)


def remember(folder: Path | None, memory: Memory) -> None:
    """Keep it, as a whole or as it was. Raises OSError."""
    if folder is not None:
        replace_file(_file(folder, memory.url), msgspec.json.encode(memory))


def _file(folder: Path, url: str) -> Path:
    return folder / f"{blake2b(url.encode(), digest_size=12).hexdigest()}.json"
