"""A listing as a file, whole or not at all, or as a folder; and what such a file is called."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.base.errors import ExportError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.exports.listing import ends_of
from tui.films.dates import from_key
from tui.user.settings import named_from_home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.words import Words
    from tui.exports.formats import Format, Written
    from tui.exports.listing import Listing
    from tui.library.view import View


def save(listing: Listing, form: Format, path: Path) -> Written | None:
    """Write a listing to this file, or into this folder where the format makes one; then what was done in it.

    A file that is there is replaced once the new one is complete; a link to it stays one. Raises ExportError,
    ExtraMissingError, IndexUnavailableError.
    """
    try:
        if form.folder is not None:
            if path.exists() and not path.is_dir():
                raise ExportError(message(N_("{path} is a file; this format needs a folder"), path=_shown(path)))
            return form.folder(listing, path)
        assert form.chunks is not None
        _replace(path, form.chunks(listing))
    except OSError as error:
        told, why = N_("{path} cannot be written: {why}"), reason_of(error)
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            why = message(N_("there is no folder {folder}"), folder=_shown(path.parent))
        raise ExportError(message(told, path=_shown(path), why=why)) from None
    return None


def saved(listing: Listing, form: Format, path: Path) -> str:
    """`save`, and what was done as a sentence. Raises as that does."""
    left: list[int] = []
    done = save(replace(listing, leave=left.append), form, path)
    return told(listing.view.total - sum(left), path, done, listing.words)


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Write into a file beside this one, which then takes its place; a pipe or a device is written to. OSError."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as stream:
                stream.writelines(chunks)
            return
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=".filmtui-", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(handle)
        new.chmod(_mode(target))
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new one."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0o022)
        os.umask(umask)
        return 0o666 & ~umask


def file_name(form: Format, *parts: str) -> str:
    """What a file of this format is called: filmtui-2026-01.csv."""
    name = "-".join(["filmtui", *parts])
    return f"{name}.{form.suffix}" if form.suffix else name


def months_in(view: View) -> list[str]:
    """The first and the last month of a view, as parts of a file's name."""
    return [str(from_key(month)) for month in ends_of(view)]


def told(total: int, path: Path, done: Written | None, words: Words) -> str:
    """What was written and where, as a sentence: 6 film ditulis ke ~/Unduhan/filmtui-2026-01.csv."""
    _ = words.gettext
    if done is None:
        if not total:
            return _("no film is selected; {path} has none").format(path=_shown(path))
        films = words.ngettext("{n} film", "{n} films", total)
        return _("{films} written to {path}").format(films=films, path=_shown(path))
    files = words.ngettext("{n} file", "{n} files", done.written)
    parts = [_("{films} written to {path}").format(films=files, path=_shown(path))]
    if done.kept:
        parts.append(words.ngettext("{n} as it was", "{n} as they were", done.kept))
    if done.removed:
        parts.append(words.ngettext("{n} taken away", "{n} taken away", done.removed))
    return ", ".join(parts)


def _shown(path: Path) -> str:
    return clean(os.fsencode(named_from_home(path)).decode(errors="replace"))
