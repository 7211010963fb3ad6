"""Which files a catalog is made of, and how they are opened."""

from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tui.base.errors import CatalogError, Message, Problem, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.films.dates import ReleaseDate
from tui.user.places import SOURCES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from tui.films.film import Film

SUFFIXES = (".yaml", ".yml")

JOURNAL = ".filmtui-import.json"
"""In a catalog's folder while its files are being written; see writing/journal.py."""

LARGEST = 1 << 30
"""The most bytes that a file may have: about a million films."""

_DEEPEST = 50
"""The most levels of directories."""


class File(NamedTuple):
    """A file as its directory lists it; not opened yet."""

    name: str
    """Relative to the catalog, with / between folders; the file's own name if the catalog is one file."""
    path: Path
    size: int
    """Bytes; -1 if it cannot be read."""
    mtime: int
    """Nanoseconds since 1970; 0 if it cannot be read."""
    trouble: Message | None = None
    """Why it cannot be read, as far as that is known without opening it."""

    def problem(self, why: Message) -> Problem:
        """A problem of the whole file, at its first line."""
        return Problem(clean(self.name), 1, 1, why)


def find(root: Path, *, empty: bool = False) -> Iterator[File]:
    """The files in this place, ordered by `order`.

    Raises CatalogError if there is no catalog, or no file in it unless it may be `empty`.
    """
    try:
        known = root.stat()
    except OSError as error:
        raise CatalogError(_unreachable(root, error)) from None
    if stat.S_ISDIR(known.st_mode):
        any_file = False
        for file in _walk(root):
            any_file = True
            yield file
        if not any_file and not empty:
            raise CatalogError(
                message(N_("{path}: no *.yaml file in this directory; name one that has films"), path=shown(root)),
            )
    elif stat.S_ISREG(known.st_mode):
        yield File(root.name, root, known.st_size, known.st_mtime_ns)
    else:
        raise CatalogError(
            message(N_("{path}: neither a file nor a directory; name a catalog of YAML files"), path=shown(root)),
        )


def folder(root: Path) -> Path:
    """The catalog's directory, or the one that its file is or will be in. Never raises."""
    return root if os.path.isdir(root) else root.parent  # noqa: PTH112 (Path's raises where one may not look)


def is_single(root: Path) -> bool:
    """Whether the catalog is one file; if there is nothing yet, its suffix decides. Never raises."""
    return os.path.isfile(root) or (root.suffix in SUFFIXES and not os.path.isdir(root))  # noqa: PTH112, PTH113


def order(name: str) -> list[str]:
    """The sort key of a `File.name`: folder by folder."""
    return name.split("/")


def _walk(root: Path) -> Iterator[File]:
    waiting = [(root, "", 0, True)]  # a stack: the next entry is the last
    while waiting:
        path, name, depth, is_folder = waiting.pop()
        if not is_folder:
            yield _file(name, path)
            continue
        if depth > _DEEPEST:
            why = message(N_("more than {count} directories in each other; move it further up"), count=_DEEPEST)
            yield File(f"{name}/", path, -1, 0, why)
            continue
        try:
            with os.scandir(path) as scan:
                found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in scan]
        except OSError as error:
            yield File(f"{name}/" if name else path.name, path, -1, 0, reason(error))
            continue
        inside = sorted(
            (_name(inner), inner, is_folder)
            for inner, is_folder in found
            if not inner.startswith(".")
            and (is_folder or (inner.endswith(SUFFIXES) and (name or inner != SOURCES_FILE)))
        )
        prefix = name + "/" if name else ""
        waiting += [(path / inner, prefix + shown, depth + 1, is_folder) for shown, inner, is_folder in inside[::-1]]


def _name(name: str) -> str:
    """A readable name; bytes that are not UTF-8 become escapes, so that different names stay different."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _file(name: str, path: Path) -> File:
    try:
        known = path.stat()
    except OSError as error:
        return File(name, path, -1, 0, reason(error))
    if not stat.S_ISREG(known.st_mode):
        return File(name, path, -1, 0, reason(_error(errno.EINVAL)))
    return File(name, path, known.st_size, known.st_mtime_ns)


def open_regular(path: Path, largest: int = LARGEST) -> BinaryIO:
    """Open a regular file for reading. Never blocks, as reading a pipe or /proc/kmsg would.

    Raises OSError, now or when it is read: EINVAL if it is no regular file, EFBIG if it has more than `largest` bytes.
    """
    raw = _Regular(path, "rb", opener=lambda name, flags: os.open(name, flags | _NONBLOCKING))
    raw.largest = largest
    try:
        raw.check()
    except OSError:
        raw.close()
        raise
    return io.BufferedReader(raw, 1 << 16)


_NONBLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)  # neither on Windows


class _Regular(io.FileIO):
    """Refuses other kinds of files, and files that are or grow too large."""

    largest = LARGEST

    def check(self) -> None:
        known = os.fstat(self.fileno())
        if not stat.S_ISREG(known.st_mode):
            raise _error(errno.EINVAL)
        if known.st_size > self.largest:
            raise _error(errno.EFBIG)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = super().readinto(buffer)
        if count is None:  # a file of /proc that claims to be regular, and has no data yet
            raise _error(errno.EINVAL)
        if self.tell() > self.largest:
            raise _error(errno.EFBIG)
        return count

    def readall(self) -> bytes:
        data, block = bytearray(), bytearray(1 << 16)
        while count := self.readinto(block):
            data += memoryview(block)[:count]
        return bytes(data)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def reason(error: OSError) -> Message:
    """Why a file or directory cannot be read, and what the user can do about it."""
    if isinstance(error, PermissionError):
        return message(N_("no permission to read it; change the file's permissions"))
    if isinstance(error, FileNotFoundError):
        return message(N_("not there; check the path"))
    if error.errno == errno.EINVAL:
        return message(N_("not a regular file; a catalog is made of text files"))
    if error.errno == errno.EFBIG:
        return message(N_("larger than 1 GiB; divide its films among several files"))
    return message(N_("cannot be read: {why}"), why=reason_of(error))


def _unreachable(root: Path, error: OSError) -> Message:
    match error:
        case FileNotFoundError():
            text = N_("{path}: no catalog there; name a YAML file or a directory of them with --catalog")
        case PermissionError():
            text = N_("{path}: no permission to read it; change its permissions")
        case _:
            text = N_("{path}: no such catalog ({why}); name a YAML file or a directory of them")
    return message(text, path=shown(root), why=reason_of(error))


def shown(path: Path) -> str:
    """A path as text for the user; bytes that are not UTF-8 become U+FFFD."""
    return clean(os.fsencode(path).decode(errors="replace"))


UNSCHEDULED = "unscheduled"
"""The stem of the file for films without a date."""


def opening(film: Film) -> ReleaseDate:
    """The date that decides which file a film goes into: its earliest release at home, else its earliest at all."""
    releases = [release for release in film.releases if release.home] or film.releases
    return min((release.when for release in releases), key=lambda when: when.key, default=ReleaseDate())


def month(when: ReleaseDate) -> str:
    """The stem of the file for films of that date: 2026-01, 2026 or UNSCHEDULED."""
    if when.year is None:
        return UNSCHEDULED
    return f"{when.year:04}-{when.month:02}" if when.month else f"{when.year:04}"
