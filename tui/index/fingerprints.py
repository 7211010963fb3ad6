"""Which of a catalog's files have changed since they were read: by size and time, then by content."""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tui.catalog.files import File, open_regular
from tui.catalog.layers import files_of
from tui.index.failures import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.index.database import Connection, Database

_YOUNG = 2_000_000_000
"""Nanoseconds. A file may change again within its clock's tick: younger ones are compared by content next time."""

_BLOCK = 1 << 20
"""Bytes of a file that are held while its content is hashed."""


class Fingerprint(NamedTuple):
    """A file as it was when it was read."""

    id: int
    """Its key in the table of files."""
    size: int
    """Bytes; -1 while its films are being put in, or where it could not be read: then it is read again."""
    mtime: int
    """Nanoseconds; -1 where it was too young to be trusted."""
    digest: bytes | None
    """The hash of its content, see `digest_of`."""


def known_files(connection: Connection) -> dict[str, Fingerprint]:
    """By the file's name. Raises DamagedError."""
    files = connection.execute("SELECT name, id, size, mtime, digest FROM file").fetchall()
    if not all(type(name) is str for name, *_ in files):
        raise DamagedError
    return {name: Fingerprint(*stamps) for name, *stamps in files}


def has_changed(file: File, known: dict[str, Fingerprint]) -> bool:
    """Whether the file may hold something else than was read; what it holds may still be the same."""
    was = known.get(file.name)
    return bool(file.trouble) or was is None or (was.size, was.mtime) != (file.size, file.mtime)


def unchanged(known: dict[str, Fingerprint], files: Iterable[File]) -> bool:
    """Whether these are all the files that are known, as they were."""
    found = list(files)
    return len(known) == len(found) and not any(has_changed(file, known) for file in found)


def pending(database: Database, root: Path, shipped: Path | None = None) -> int:
    """Bytes that a refresh would read. Raises CatalogError, DamagedError."""
    known = known_files(database.connection)
    return sum(max(file.size, 0) for file in files_of(root, shipped) if has_changed(file, known))


def digest_of(file: File) -> bytes | None:
    """The content's hash, 16 bytes of BLAKE2b; None where it cannot be read, which the reader then reports."""
    if file.trouble:
        return None
    try:
        digest = blake2b(digest_size=16)
        with open_regular(file.path) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.digest()


def trusted_mtime(file: File) -> int:
    """What is kept as its time: nanoseconds, or -1 for a file that has only just been written."""
    return file.mtime if time.time_ns() - file.mtime > _YOUNG else -1
