"""The rollback journal: what the files of a commit held before, and how that is put back.

The journal is JSON. It stands in the catalog's folder while a commit is under way; afterwards it is the undo file in
the state directory. A journal may come with a foreign catalog: names in it lead only to files of the catalog, and a
symbolic link out of the catalog is followed only if the journal has the inode number of this folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

from tui.base.errors import CatalogError, message
from tui.base.reasons import reason_of
from tui.base.words import N_
from tui.catalog.files import JOURNAL, shown
from tui.catalog.writing.disk import content, prepare, sync

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = ".filmtui-"
"""How the names of the journal and of temporary files begin."""

_ASIDE = ".filmtui-import.broken"
"""What a journal that cannot be used is renamed to."""

_BEGINNING = b'{"format":2,'
"""How each journal of this format begins. What begins so and has no end was being written: see `roll_back`."""

_FIRST_FORMAT = (b'{"ready":true', b'{"ready":false')
"""How journals of the first format began. They listed new files to be put in place, without the old contents."""


class ForeignJournalError(Exception):
    """The journal is damaged, or no commit to this catalog made it."""


class JournalFile(msgspec.Struct, frozen=True):
    """A file as it was before the commit."""

    name: str
    """Relative to the catalog's folder, percent-encoded: a name need not be text."""
    before: bytes | None
    """None: there was no file."""
    after: str | None
    """SHA-256 of what the commit writes; None: the file goes away."""
    mode: Annotated[int, msgspec.Meta(ge=0, le=0o777)] | None = None
    """Its permissions."""


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """A commit. Undo files of the first format, which have neither `format` nor `token`, are read as such."""

    format: Literal[2] = 2
    token: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8,16}\Z")] = ""
    """The inode number of the catalog's folder, in hexadecimal; part of the temporary files' names."""
    folder: str
    """The catalog's, resolved, percent-encoded."""
    files: list[JournalFile]

    def places(self, folder: Path) -> Iterator[tuple[JournalFile, Path, Path]]:
        """Each file, its target (what a link leads to), and the temporary file beside that.

        Raises ForeignJournalError if it names what no commit here would; CatalogError, OSError.
        """
        made_here = self.token == _token(folder)
        for number, file in enumerate(self.files):
            target = real(path_of(folder, file.name))
            if not (made_here or target.is_relative_to(folder.resolve())):
                raise ForeignJournalError
            yield file, target, target.parent / f"{_OWN}{self.token}-{number}.tmp"


def create(folder: Path, files: list[JournalFile]) -> Iterator[tuple[JournalFile, Path, Path]]:
    """Write the journal of a commit to these files, through to the disk; `Journal.places`. Raises OSError."""
    journal = Journal(token=_token(folder), folder=quoted(folder.resolve()), files=files)
    prepare(folder / JOURNAL, folder / JOURNAL, msgspec.json.encode(journal), 0o600)
    sync(folder)
    return journal.places(folder)


def decode(data: bytes) -> Journal:
    """Raises ForeignJournalError."""
    try:
        return msgspec.json.decode(data, type=Journal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ForeignJournalError from None


def roll_back(folder: Path) -> bool:
    """Put back what the journal in the folder holds and remove it; whether there was one.

    The folder has to be locked. May be interrupted, and is then repeated. Raises CatalogError.
    """
    path = folder / JOURNAL
    try:
        if path.is_symlink() or not path.is_file():
            return False
        data = path.read_bytes()
        if data.startswith(_FIRST_FORMAT):
            text = N_("{path}: an older filmtui left an import half saved; start that version, or delete this file")
            raise CatalogError(message(text, path=shown(path)))
        try:
            _put_back(list(decode(data).places(folder)))
        except ForeignJournalError:
            if data[: len(_BEGINNING)] != _BEGINNING[: len(data)] or data.endswith(b"]}"):
                path.rename(folder / _ASIDE)
                for temp in filter(Path.is_file, folder.rglob(f"{_OWN}*.tmp")):
                    temp.unlink()
            # else it was not written to the end, and nothing else is written before that
        path.unlink(missing_ok=True)
        sync(folder)
    except OSError as error:
        text = N_("{path}: an import stopped while it was being saved ({why}); the next start will undo it")
        raise CatalogError(message(text, path=shown(folder), why=reason_of(error))) from None
    return True


def _put_back(places: list[tuple[JournalFile, Path, Path]]) -> None:
    """Remove the temporary files, which also makes room, then write the old contents. Raises CatalogError, OSError."""
    for _, _, temp in places:
        temp.unlink(missing_ok=True)
    for file, target, temp in places:
        if digest(content(target)) != file.after:
            continue  # not replaced yet, or edited since
        if file.before is None:
            target.unlink(missing_ok=True)
        else:
            prepare(temp, target, file.before, file.mode)
            temp.replace(target)
        sync(target.parent)


def _token(folder: Path) -> str:
    return f"{folder.stat().st_ino:08x}"


def digest(data: bytes | None) -> str | None:
    """SHA-256, in hexadecimal; None for no file."""
    from hashlib import sha256  # 3 ms

    return None if data is None else sha256(data).hexdigest()


def quoted(path: Path) -> str:
    """Percent-encoded, whatever the path's bytes."""
    return quote_from_bytes(os.fsencode(path))


def name_of_file(folder: Path, path: Path) -> str:
    """As JournalFile.name. Raises CatalogError for a file that is not inside the catalog's folder."""
    try:
        name = quoted(path.relative_to(folder))
        path_of(folder, name)
    except (ValueError, ForeignJournalError):
        raise CatalogError(message(N_("{file}: not inside the catalog"), file=shown(path))) from None
    return name


def path_of(folder: Path, name: str) -> Path:
    """The file of the catalog with this JournalFile.name. Raises ForeignJournalError if that leads anywhere else."""
    relative = os.fsdecode(unquote_to_bytes(name))
    *folders, last = relative.split("/")
    hidden = any(part.startswith(".") or not part for part in folders) or last in {"", ".", ".."}
    path = folder / relative
    if "\0" in relative or hidden or last.startswith(_OWN) or not real(path.parent).is_relative_to(folder.resolve()):
        raise ForeignJournalError
    return path


def real(path: Path) -> Path:
    """What a link leads to: that is replaced, the link stays. Raises CatalogError for links in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        text = N_("{file}: a symbolic link that leads nowhere; fix it")
        raise CatalogError(message(text, file=shown(path))) from None
