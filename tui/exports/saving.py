"""A listing as a file, whole or not at all, or as a folder; and what such a file is called."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.base.disk import replacing
from tui.base.errors import ExportError, message
from tui.base.reasons import reason_of
from tui.base.words import N_
from tui.exports.listing import ends_of
from tui.films.dates import from_key
from tui.user.settings import told_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
                raise ExportError(message(N_("{path} is a file; this format needs a folder"), path=told_path(path)))
            return form.folder(listing, path)
        assert form.chunks is not None
        _replace(path, form.chunks(listing))
    except OSError as error:
        told, why = N_("{path} cannot be written: {why}"), reason_of(error)
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            why = message(N_("there is no folder {folder}"), folder=told_path(path.parent))
        raise ExportError(message(told, path=told_path(path), why=why)) from None
    return None


def saved(listing: Listing, form: Format, path: Path) -> str:
    """`save`, and what was done as a sentence. Raises as that does."""
    left: list[int] = []
    done = save(replace(listing, leave=left.append), form, path)
    return told(listing.view.total - sum(left), path, done, listing.words)


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace the file as a whole, through to the disk; a pipe or a device is written to. Raises OSError."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as stream:
                stream.writelines(chunks)
            return
    with replacing(path) as stream:
        stream.writelines(chunks)
        stream.flush()
        os.fsync(stream.fileno())


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
            return _("no film is selected; {path} has none").format(path=told_path(path))
        films = words.ngettext("{n} film", "{n} films", total)
        return _("{films} written to {path}").format(films=films, path=told_path(path))
    files = words.ngettext("{n} file", "{n} files", done.written)
    parts = [_("{films} written to {path}").format(films=files, path=told_path(path))]
    if done.kept:
        parts.append(words.ngettext("{n} as it was", "{n} as they were", done.kept))
    if done.removed:
        parts.append(words.ngettext("{n} taken away", "{n} taken away", done.removed))
    return ", ".join(parts)
