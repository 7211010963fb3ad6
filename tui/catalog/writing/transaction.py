"""Several files of a catalog written as one: all or none, even if the program or the machine stops midway.

It works like SQLite's rollback journal (sqlite.org/atomiccommit.html). A journal with the old contents of all files is
written to the catalog's folder, through to the disk. Then the files are replaced one by one. Taking the journal away is
the commit. A process that finds a journal and gets the lock, because its writer is gone, puts the old contents back.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import CatalogError, message
from tui.base.words import N_
from tui.catalog.files import JOURNAL, is_single, shown
from tui.catalog.writing import journal
from tui.catalog.writing.disk import alone, content, locked, prepare, refused, sync

if TYPE_CHECKING:
    from pathlib import Path


class Write(msgspec.Struct, frozen=True):
    """What is to become of a file."""

    path: Path
    before: bytes | None
    """What was read; None: there was no file."""
    after: bytes | None
    """None: the file goes away."""
    mode: int | None = None
    """Permissions of a file that is not there yet; None: those of any new file."""


def commit(root: Path, writes: list[Write], undo: Path | None) -> None:
    """Write all of them or none.

    `undo` is a file that will hold what `undo()` needs to take this back; it replaces the one of the last commit.
    Raises CatalogError: nothing was changed, or the disk failed twice and `recover` will put the old contents back.
    """
    if not writes:
        return
    folder = _folder(root)
    busy = N_("{path}: another import is being saved; try again when it is done")
    with alone(folder, message(busy, path=shown(folder))):
        journal.roll_back(folder)
        _commit(folder, writes, undo)


def recover(root: Path) -> bool:
    """Roll back a commit that was interrupted; whether there was one. One that is under way is left alone.

    Two stats where there is none. Raises CatalogError if the disk does not allow it.
    """
    folder = _folder(root)
    if not os.path.lexists(folder / JOURNAL):
        return False
    with locked(folder) as free:
        return free and journal.roll_back(folder)


def undo(root: Path, undo: Path) -> list[str]:
    """Take back the commit that left this undo file; the names of its files, relative to the catalog's folder.

    Raises CatalogError if there is none, or if one of its files was changed since.
    """
    recover(root)
    folder = _folder(root)
    try:
        last = journal.decode(undo.read_bytes())
        files = [(journal.path_of(folder, file.name), file) for file in last.files]
        if last.folder != journal.quoted(folder.resolve()):
            files = []
    except (OSError, journal.ForeignJournalError):
        files = []
    writes = []
    changed = ""
    for path, file in files:
        try:
            write = Write(path, content(path), file.before, file.mode)
        except OSError as error:
            raise refused(error, path) from None
        writes.append(write)
        if journal.digest(write.before) != file.after:
            changed = changed or shown(path.relative_to(folder))
    if all(write.before == write.after for write in writes):  # of none, or of what was taken back already
        raise CatalogError(message(N_("there is no import to undo")))
    if changed:
        raise CatalogError(message(N_("{file}: changed since the import; nothing was undone"), file=changed))
    commit(root, writes, None)
    with suppress(OSError):
        undo.unlink()
    return [shown(path.relative_to(folder)) for path, _ in files]


def _folder(root: Path) -> Path:
    return root.parent if is_single(root) else root


def _commit(folder: Path, writes: list[Write], undo: Path | None) -> None:
    """With the folder locked and no journal in it. Raises CatalogError."""
    names = [journal.name_of_file(folder, write.path) for write in writes]
    if len({journal.real(write.path) for write in writes}) < len(writes):
        raise CatalogError(message(N_("{path}: two names lead to one file; keep one"), path=shown(folder)))
    at = folder
    try:
        files = []
        for name, write in zip(names, writes, strict=True):
            at = write.path
            _check_unchanged(write)
            mode = None if write.before is None else at.stat().st_mode & 0o777
            files.append(journal.JournalFile(name, write.before, journal.digest(write.after), mode))
        at = folder / JOURNAL
        places = journal.create(folder, files)
        steps = [(write, target, temp) for write, (_, target, temp) in zip(writes, places, strict=True)]
        for write, at, temp in steps:  # all before the first is replaced, as this is what fills a disk
            if write.after is not None:
                prepare(temp, at, write.after, write.mode)
        for write, at, temp in steps:
            _check_unchanged(write)
            if write.after is None:
                at.unlink()
            else:
                temp.replace(at)
        for at in {target.parent for _, target, _ in steps}:
            sync(at)
        at = undo or folder
        _finish(folder / JOURNAL, undo)
    except (OSError, CatalogError, KeyboardInterrupt) as error:
        journal.roll_back(folder)
        if isinstance(error, OSError):
            raise refused(error, at) from None
        raise
    with suppress(OSError):  # until this is on the disk, a power failure may bring the journal back, and all is old
        sync(undo.parent if undo else folder)
        sync(folder)


def _check_unchanged(write: Write) -> None:
    """Raises CatalogError if the file no longer holds what was read, OSError if it may not be written."""
    if content(write.path) != write.before:
        text = N_("{file}: changed while the import was running; nothing was saved; run the import again")
        raise CatalogError(message(text, file=shown(write.path)))
    if write.before is not None and not os.access(write.path, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _finish(standing: Path, undo: Path | None) -> None:
    """The commit: the journal becomes the undo file, or is removed. Raises OSError."""
    if undo is None:
        standing.unlink()
        return
    undo.parent.mkdir(parents=True, exist_ok=True)
    try:
        standing.replace(undo)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # On two file systems it takes two steps. Stopped between them, there is nothing to undo any more.
        temp = undo.with_name(undo.name + ".new")
        prepare(temp, undo, standing.read_bytes(), 0o600)
        temp.replace(undo)
        sync(undo.parent)
        standing.unlink()
