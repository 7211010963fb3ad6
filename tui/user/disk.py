"""The user's own small files on the disk: read whole, replaced whole, one process at a time."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from stat import S_ISREG
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCKS = bool(fcntl)

Stamp = tuple[int, int, int]
"""Time of change, size and inode of a file: another one whenever it has been written."""


def stamp_of(path: Path | None) -> Stamp | None:
    """None where there is no such file, or it cannot be looked at."""
    if path is None:
        return None
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_regular(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file. Raises OSError, EINVAL for what is no regular file."""
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")  # a pipe's open may never end
    with file:
        if not S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(most)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Only one process, and one thread of it, is inside at a time; the others wait.

    The folder is made. The lock leaves no file behind, and a file system that has none counts as free. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if _LOCKS:
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def replace_file(path: Path, text: str) -> None:
    """The file as a whole, or as it was; a link to it stays one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()
    new = target.with_name(target.name + ".new")
    with os.fdopen(
        os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n"
    ) as file:
        file.write(text)  # a secret may stand in it
    with suppress(OSError):
        shutil.copymode(target, new)
    new.replace(target)
