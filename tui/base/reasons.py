"""Why the system refuses a file, in words of the user's language instead of the system's."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from tui.base.errors import Message, message
from tui.base.text import clean
from tui.base.words import N_

if TYPE_CHECKING:
    from pathlib import Path

_REASONS = {
    errno.ENOENT: N_("not there"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EISDIR: N_("a directory, not a file"),
    errno.ENOTDIR: N_("part of the path is not a directory"),
    errno.ELOOP: N_("symbolic links in a circle"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EMFILE: N_("too many open files"),
    errno.ENFILE: N_("too many open files"),
    errno.EFBIG: N_("the file is too large"),
    errno.EIO: N_("the disk reports an error"),
}


def reason_of(error: OSError) -> Message:
    """A part of a sentence, such as “the disk is full”. For other errors, the system's words in brackets, cleaned."""
    if error.errno in _REASONS:
        return message(_REASONS[error.errno])
    return message(N_("system error ({why})"), why=clean(error.strerror or str(error)))


def not_noted(folder: Path) -> Message:
    """Where the program could not keep what it has done, and would not find it again."""
    told = N_("what has changed could not be noted; check space and permissions in {path}")
    return message(told, path=clean(os.fsencode(folder).decode(errors="replace")))
