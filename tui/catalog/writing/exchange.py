"""A folder of a catalog exchanged as a whole: what is beside it takes its place in one step, be it old or new."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.catalog.writing.disk import prepare, refused, sync

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORKSHOP = ".filmtui-followed"
"""Beside the folders: where a new one is made. No file of it is a catalog's."""
_HERE, _SWAP = -100, 2


def exchange(folder: Path, files: Mapping[str, bytes] | None) -> bool:
    """The folder has these files, by name, and no other; None: it is gone. Whether that changed anything.

    A file that stays as it is keeps its time. Stopped at any point, the folder is as it was or as it is to be; what is
    left beside it is taken away the next time. Raises CatalogError: nothing has changed.
    """
    workshop = folder.parent / WORKSHOP
    new, old = workshop / f"{folder.name}.new", workshop / f"{folder.name}.old"
    try:
        put_right(folder)
        known = _files(folder)
        if known == files:
            return False
        workshop.mkdir(parents=True, exist_ok=True)
        if files is None:
            folder.rename(old)
        else:
            new.mkdir()
            for name, data in files.items():
                if known is None or known.get(name) != data or not _linked(folder / name, new / name):
                    prepare(new / name, new / name, data)
            sync(new)
            if known is None:
                new.rename(folder)
            elif not _swapped(new, folder):
                folder.rename(old)  # two steps: `put_right` knows what is between them
                new.rename(folder)
        sync(folder.parent)
    except OSError as error:
        with suppress(OSError):
            put_right(folder)
        raise refused(error, folder) from None
    with suppress(OSError):
        put_right(folder)
    return True


def put_right(folder: Path) -> None:
    """After an exchange that was interrupted: the folder is there, and nothing is left beside it. Raises OSError."""
    workshop = folder.parent / WORKSHOP
    new, old = workshop / f"{folder.name}.new", workshop / f"{folder.name}.old"
    if not os.path.lexists(workshop):
        return
    if new.is_dir() and old.is_dir() and not folder.exists():
        old.rename(folder)
    for left in (new, old):
        if os.path.lexists(left):
            shutil.rmtree(left)
    with suppress(OSError):  # another folder is in it
        workshop.rmdir()


def _files(folder: Path) -> dict[str, bytes] | None:
    """What is in the folder; None where it is not there. Raises OSError."""
    try:
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    except FileNotFoundError:
        return None


def _linked(known: Path, new: Path) -> bool:
    """Whether the file could be had without being written again."""
    try:
        os.link(known, new)
    except OSError:
        return False
    return True


def _swapped(one: Path, other: Path) -> bool:
    """Whether the system could give each the other's name in one step."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(*names, _SWAP) == 0)
        return bool(libc.renameat2(_HERE, names[0], _HERE, names[1], _SWAP) == 0)
    except (AttributeError, OSError, TypeError):
        return False
