"""What a commit does to the disk: lock the catalog's folder, write files through to the disk, say what was refused."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from tui.base import disk
from tui.base.errors import CatalogError, message
from tui.base.reasons import reason_of
from tui.base.words import N_
from tui.catalog.files import open_regular, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.base.errors import Message


def need_locks() -> None:
    """Raises CatalogError on a system without POSIX file locks, where two processes could write at once."""
    if not disk.HAS_LOCKS:
        raise CatalogError(message(N_("writing a catalog needs POSIX file locks, which this system does not have")))


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Lock the folder without waiting; False if another process holds it. Raises CatalogError."""
    need_locks()
    with ExitStack() as held:
        try:
            free = held.enter_context(disk.lock(folder, wait=False))
        except OSError as error:
            raise refused(error, folder) from None
        yield free


@contextmanager
def alone(folder: Path, busy: Message) -> Iterator[None]:
    """Make the folder and hold its lock. Raises CatalogError: `busy` while another process holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, folder) from None
    with locked(folder) as free:
        if not free:
            raise CatalogError(busy)
        yield


def content(path: Path) -> bytes | None:
    """None if there is no such file. Raises OSError, EINVAL for what is no regular file."""
    try:
        with open_regular(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def prepare(temp: Path, target: Path, data: bytes, mode: int | None = None) -> None:
    """Write the file that is to replace `target`, through to the disk, with that one's permissions and owner.

    `mode`: the permissions if there is no target; None: those of any new file. Raises OSError.
    """
    known = None
    with suppress(FileNotFoundError):
        known = target.stat()
        mode = stat.S_IMODE(known.st_mode)
    temp.parent.mkdir(parents=True, exist_ok=True)
    temp.unlink(missing_ok=True)
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
    try:
        if known is not None:
            with suppress(OSError):
                os.fchown(handle, known.st_uid, known.st_gid)
        if mode is not None:
            os.fchmod(handle, mode)
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(folder: Path) -> None:
    """Write the names in the folder through to the disk, where the file system can. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def refused(error: OSError, path: Path) -> CatalogError:
    """For the user, where the system did not let us write and everything is as it was."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            text = N_("{file}: the disk is full; nothing was saved")
        case errno.EACCES | errno.EPERM:
            text = N_("{file}: no permission to write there; nothing was saved; change the permissions")
        case errno.EROFS:
            text = N_("{file}: on a read-only disk; nothing was saved")
        case _:
            text = N_("{file}: cannot be written ({why}); nothing was saved")
    return CatalogError(message(text, file=shown(path), why=reason_of(error)))
