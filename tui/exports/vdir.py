"""A folder with a file for each event, as khal and todoman read it and vdirsyncer carries it to a server."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from tui.base.disk import replace_file
from tui.exports.formats import Written
from tui.exports.ics import COLOUR, calendar_name, events
from tui.user.settings import told_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.exports.listing import Listing

_MARK = re.compile(rb"^X-FILMTUI-ID:", re.MULTILINE)
"""Stands in each event of ours and in no other's; a folded line of a text begins with a space."""


def write(listing: Listing, folder: Path) -> Written:
    """Make the folder's events those of the listing; what is equal keeps its file, with its time of change.

    Events of ours that the listing does not have are taken away. What another program has put there is left alone: what
    stands in the place of an event of ours is told. Each file is replaced as a whole. Raises OSError,
    IndexUnavailableError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _describe(listing, folder)
    done = kept = removed = 0
    names = set()
    for event in events(listing):
        path = folder / file_name(event.uid)
        names.add(path.name)
        before = _read(path)
        if before == event.text:
            kept += 1
        elif before is None or _MARK.search(before):
            replace_file(path, event.text)
            done += 1
        else:
            told = listing.words.gettext("{path} is not filmtui's and was left as it is")
            listing.tell(told.format(path=told_path(path)))
    for path in _others(folder, names):
        if _MARK.search(_read(path) or b""):
            path.unlink(missing_ok=True)
            removed += 1
    return Written(done, kept, removed)


def file_name(uid: str) -> str:
    """An event's file: its UID, in which all but letters, digits and -._~@ is quoted. Under 255 bytes."""
    return quote(uid, safe="@") + ".ics"


def _describe(listing: Listing, folder: Path) -> None:
    """The calendar's name and colour, where no other program or user has given it one."""
    if listing.options.calendar_name or _read(folder / "displayname") is None:
        replace_file(folder / "displayname", calendar_name(listing).encode())
    if _read(folder / "color") is None:
        replace_file(folder / "color", COLOUR.encode())


def _read(path: Path) -> bytes | None:
    """What is in a file, None where there is none; what is no file of its own is empty. Raises OSError."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return b""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _others(folder: Path, names: set[str]) -> Iterator[Path]:
    """The events' files that have none of these names."""
    with os.scandir(folder) as entries:
        found = [entry.name for entry in entries if entry.name.endswith(".ics") and entry.name not in names]
    for name in found:
        yield folder / name
