"""Which files a catalog is made of."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.catalog.reasons import reason_of
from tui.errors import CatalogError, Message, Problem, message
from tui.i18n import N_
from tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".yaml", ".yml")

JOURNAL = ".filmtui-import.json"
"""Stands in a catalog's folder while files of it are being written, see transaction.py."""


class File(NamedTuple):
    """A file as the directory shows it."""

    name: str
    """Relative to the catalog, with /; of a catalog that is one file, its name."""
    path: Path
    size: int
    mtime: int
    """Nanoseconds."""
    trouble: Message | None = None
    """Why it cannot be read, where that shows without opening it."""

    def problem(self, why: Message) -> Problem:
        return Problem(clean(self.name), 1, 1, why)


def find(root: Path) -> Iterator[File]:
    """The catalog's files, in the order of their names. Raises CatalogError if there is no catalog."""
    try:
        known = root.stat()
    except OSError as error:
        raise CatalogError(_unreachable(root, error)) from None
    if stat.S_ISDIR(known.st_mode):
        any_file = False
        for file in _walk(root, ""):
            any_file = True
            yield file
        if not any_file:
            raise CatalogError(
                message(N_("{path}: no *.yaml file in this directory; name one that has films"), path=_shown(root)),
            )
    elif stat.S_ISREG(known.st_mode):
        yield File(root.name, root, known.st_size, known.st_mtime_ns)
    else:
        raise CatalogError(
            message(N_("{path}: neither a file nor a directory; name a catalog of YAML files"), path=_shown(root)),
        )


def order(name: str) -> list[str]:
    """What names are sorted by: folder by folder, as the files are found."""
    return name.split("/")


def _walk(folder: Path, prefix: str) -> Iterator[File]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: _name(entry.name))
    except OSError as error:
        yield File(f"{prefix or folder.name}", folder, -1, 0, reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = prefix + _name(entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), name + "/")
        elif entry.name.endswith(SUFFIXES):
            yield _file(name, Path(entry.path))


def _name(name: str) -> str:
    """A name that is not UTF-8 is told from another such one, and can be shown."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _file(name: str, path: Path) -> File:
    try:
        known = path.stat()
    except OSError as error:
        return File(name, path, -1, 0, reason(error))
    if not stat.S_ISREG(known.st_mode):
        return File(name, path, -1, 0, message(N_("not a regular file; a catalog is made of text files")))
    return File(name, path, known.st_size, known.st_mtime_ns)


def reason(error: OSError) -> Message:
    """Why a file or directory cannot be read, as the user can mend it."""
    if isinstance(error, PermissionError):
        return message(N_("no permission to read it; change the file's permissions"))
    if isinstance(error, FileNotFoundError):
        return message(N_("not there; check the path"))
    return message(N_("cannot be read: {why}"), why=reason_of(error))


def _unreachable(root: Path, error: OSError) -> Message:
    match error:
        case FileNotFoundError():
            text = N_("{path}: no catalog there; name a YAML file or a directory of them with --catalog")
        case PermissionError():
            text = N_("{path}: no permission to read it; change its permissions")
        case _:
            text = N_("{path}: no such catalog ({why}); name a YAML file or a directory of them")
    return message(text, path=_shown(root), why=reason_of(error))


def _shown(path: Path) -> str:
    return clean(os.fsencode(path).decode(errors="replace"))
