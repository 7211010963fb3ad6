"""Small files on the disk: read whole, replaced whole or not at all, and locks between processes."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import msgspec

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

HAS_LOCKS = fcntl is not None

Stamp = tuple[int, int, int]
"""Time of change, size and inode of a file: another one whenever it has been written."""

_Value = TypeVar("_Value")
_NUMBERS = count()


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
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(most)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """What is written into this stream takes the file's place at the end; where that fails, the file is as it was.

    A link to the file stays one, and its permissions stay. `private`: nobody else may read a file that was not there.
    Safe with several writers, of which the last one holds. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    new = target.with_name(f".filmtui-{os.getpid()}-{next(_NUMBERS)}.new")
    new.unlink(missing_ok=True)  # of a process of that number, which was killed
    known = None
    with suppress(FileNotFoundError):
        known = stat.S_IMODE(target.stat().st_mode)
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private or known is not None else 0o666)
        with os.fdopen(handle, "wb") as stream:
            yield stream
        if known is not None:
            with suppress(OSError):
                new.chmod(known)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def replace_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Have a file hold this and nothing else, as `replacing` does; its folder is made. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, private=private) as stream:
        stream.write(data)


def kept_value(path: Path | None, kind: type[_Value]) -> _Value | None:
    """The value that `keep_value` has written into a file; None where there is none, or it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind) if path else None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def keep_value(path: Path, value: Any) -> None:
    """Write a value into a file, as JSON, where that is possible: the program can do without. Raises nothing."""
    with suppress(OSError, UnicodeEncodeError):
        replace_file(path, msgspec.json.encode(value))


@contextmanager
def lock(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the folder's lock, for which one process or thread after the other may `wait`; else False if it is held.

    Released when the process ends; it leaves no file behind. A system without locks counts as free. Raises OSError.
    """
    if not HAS_LOCKS:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        free = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:  # BlockingIOError, or a file system that has none
            free = not isinstance(error, BlockingIOError)
        yield free
    finally:
        os.close(handle)
