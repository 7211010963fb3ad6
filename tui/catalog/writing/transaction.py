"""Several files of a catalog written as one: all or none, also where the program or the machine stops midway.

A journal stands in the catalog's folder while a commit is under way. First it names the temporary files that are
about to be made ("begun": take them away again); once they are complete and on the disk it is replaced by one that
says so ("ready": put them in place). That replacement is the point of no return. `recover` does what the journal
says. A lock on the folder, which falls with the process, keeps two of them apart.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]

from tui.base.errors import CatalogError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.files import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OWN = ".filmtui-"
JOURNAL = ".filmtui-import.json"
_ASIDE = ".filmtui-import.broken"
_TEMP = re.compile(r"\.filmtui-[0-9a-f]{8}-\d+\.tmp")
_DRAFT = ".filmtui-import.tmp"
"""The second journal before it takes the first one's place."""


class Write(msgspec.Struct, frozen=True):
    """What shall become of a file."""

    path: Path
    before: bytes | None
    """What was read; None: there was no file."""
    after: bytes | None
    """None: the file goes away."""


class _Entry(msgspec.Struct, frozen=True):
    """A file in a commit."""

    name: str
    """Relative to the catalog's folder, percent-encoded: a name need not be text."""
    temp: str | None
    """The temporary file beside it; None if the file goes away."""
    before: str | None
    """SHA-256 of its content; None if there was no file."""
    after: str | None


class _Journal(msgspec.Struct, frozen=True):
    ready: bool
    entries: list[_Entry]


class _Kept(msgspec.Struct, frozen=True):
    """A file as it was before a commit."""

    name: str
    """As _Entry.name."""
    before: bytes | None
    after: str | None


class _Undo(msgspec.Struct, frozen=True):
    folder: str
    """The catalog's, percent-encoded."""
    label: str
    files: list[_Kept]


def need_locks() -> None:
    """Raises CatalogError where nothing could keep two processes from writing at once."""
    if fcntl is None:
        raise CatalogError(message(N_("writing a catalog needs POSIX file locks, which this system does not have")))


def commit(root: Path, writes: list[Write], undo: Path | None, label: str = "") -> None:
    """Write all of them or none.

    `undo` is a file that will hold what `undo()` needs to take this back; it replaces the one of the last commit.
    Raises CatalogError: before the point of no return with nothing changed; behind it, which takes a failing disk,
    with what is left for `recover`.
    """
    if not writes:
        return
    folder = _folder(root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from None
    with _locked(folder) as free:
        if not free:
            raise CatalogError(
                message(N_("{path}: another import is being saved; try again when it is done"), path=_shown(folder)),
            )
        _recover(folder)
        _commit(folder, writes, undo, label)


def recover(root: Path) -> bool:
    """Finish or take back a commit that was interrupted; whether there was one.

    One stat where there is none. Raises CatalogError if the disk does not allow it.
    """
    folder = root
    try:
        os.lstat(root / JOURNAL)
    except NotADirectoryError:
        folder = root.parent
        if not os.path.lexists(folder / JOURNAL):
            return False
    except OSError:
        return False
    with _locked(folder) as free:
        return free and _recover(folder)


def undo(root: Path, undo: Path) -> list[str]:
    """Take back the commit that left this undo file; the names of its files.

    Raises CatalogError if there is none, or if one of its files was changed since.
    """
    recover(root)
    folder = _folder(root)
    kept = _last(folder, undo)
    if kept is None:
        raise CatalogError(message(N_("there is no import to undo")))
    writes = []
    for file in kept.files:
        path = _path(folder, file.name)
        now = None if path is None else _content(path)
        if path is None or _hash(now) != file.after:
            raise CatalogError(
                message(
                    N_("{file}: changed since the import; nothing was undone"),
                    file=_shown(unquote_to_bytes(file.name)),
                ),
            )
        writes.append(Write(path, now, file.before))
    commit(root, writes, None)
    with suppress(OSError):
        undo.unlink()
    return [_shown(unquote_to_bytes(file.name)) for file in kept.files]


# writing


def _commit(folder: Path, writes: list[Write], undo: Path | None, label: str) -> None:
    token = os.urandom(4).hex()
    targets = [_real(write.path) for write in writes]
    if len(set(targets)) < len(targets):
        raise CatalogError(message(N_("{path}: two names lead to one file; keep one"), path=_shown(folder)))
    entries = [
        _Entry(
            _name(folder, write.path),
            None if write.after is None else f".filmtui-{token}-{number}.tmp",
            _hash(write.before),
            _hash(write.after),
        )
        for number, write in enumerate(writes)
    ]
    at = folder / JOURNAL
    try:
        _write(at, msgspec.json.encode(_Journal(ready=False, entries=entries)))
        _sync(folder)
        for entry, write, target in zip(entries, writes, targets, strict=True):
            at = target
            if entry.temp is not None and write.after is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(target.parent / entry.temp, write.after, like=target)
        for at in {target.parent for target in targets}:
            _sync(at)
        if undo is not None:
            at = undo
            _keep(folder, undo, label, entries, writes)
        for write, target in zip(writes, targets, strict=True):
            at = target
            if _content(target) != write.before:
                raise _conflict(write.path)
        at = folder / JOURNAL
        _write(folder / _DRAFT, msgspec.json.encode(_Journal(ready=True, entries=entries)), anew=True)
        (folder / _DRAFT).replace(folder / JOURNAL)
    except OSError as error:
        _abandon(folder, entries, undo)
        raise _refused(error, at) from None
    except (CatalogError, KeyboardInterrupt):
        _abandon(folder, entries, undo)
        raise
    try:
        _sync(folder)
        _finish(folder, entries)
    except OSError as error:
        if any(_hash(_content(target)) == entry.after for entry, target in zip(entries, targets, strict=True)):
            raise _unfinished(error, folder) from None
        _abandon(folder, entries, undo)  # not one is in place yet
        raise _refused(error, folder) from None
    try:
        if undo is not None:
            _pending(undo).replace(undo)
            _sync(undo.parent)
    except OSError as error:
        raise _unfinished(error, folder) from None


def _finish(folder: Path, entries: list[_Entry], *, later: bool = False) -> None:
    """Put the temporary files in place, as far as that is not done, and take the journal away.

    Some time later, a file that an editor has saved in between stays as it is.
    """
    places: set[Path] = set()
    for entry in entries:
        path = _path(folder, entry.name)
        if path is None:
            continue
        target = _real(path)
        places.add(target.parent)
        if entry.temp is None:
            if _hash(_content(target)) == entry.before:
                target.unlink(missing_ok=True)
        elif (temp := target.parent / entry.temp).exists():
            if later and (_hash(_content(target)), _hash(_content(temp))) != (entry.before, entry.after):
                temp.unlink()
            else:
                temp.replace(target)
    for place in places:
        _sync(place)
    (folder / JOURNAL).unlink(missing_ok=True)
    _sync(folder)


def _abandon(folder: Path, entries: Iterable[_Entry], undo: Path | None = None) -> None:
    """Take the temporary files and the journal away; what cannot be is left to `recover`."""
    with suppress(OSError):
        _take_back(folder, entries)
    if undo is not None:
        with suppress(OSError):
            _pending(undo).unlink(missing_ok=True)


def _take_back(folder: Path, entries: Iterable[_Entry]) -> None:
    for entry in entries:
        path = _path(folder, entry.name)
        if path is not None and entry.temp is not None:
            (_real(path).parent / entry.temp).unlink(missing_ok=True)
    (folder / _DRAFT).unlink(missing_ok=True)
    (folder / JOURNAL).unlink(missing_ok=True)


# after an interruption


def _recover(folder: Path) -> bool:
    """With the folder locked. Raises CatalogError."""
    path = folder / JOURNAL
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        journal = _read_journal(path)
        if journal is None:
            if _torn(path.read_bytes()):
                path.unlink()
            else:
                path.replace(folder / _ASIDE)
            _sweep(folder)
        elif journal.ready and _possible(folder, journal.entries):
            _finish(folder, journal.entries, later=True)
        else:
            _take_back(folder, journal.entries)
        (folder / _DRAFT).unlink(missing_ok=True)
        _sync(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unfinished(error, folder) from None
    return True


def _read_journal(path: Path) -> _Journal | None:
    """None if it is damaged, or names what no commit would."""
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=_Journal)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    sound = all(
        _path(path.parent, entry.name) is not None and (entry.temp is None or _TEMP.fullmatch(entry.temp))
        for entry in journal.entries
    )
    return journal if sound else None


def _torn(data: bytes) -> bool:
    """The beginning of a first journal, which alone is written in its place; there is nothing else of that commit."""
    head = msgspec.json.encode(_Journal(ready=False, entries=[]))[:14]
    return data[: len(head)] == head[: len(data)]


def _possible(folder: Path, entries: list[_Entry]) -> bool:
    """Whether a commit can be finished, or has been begun to be: else it is taken back.

    Not where an editor has saved one of its files in between and none is in place yet.
    """
    whole = True
    for entry in entries:
        path = _path(folder, entry.name)
        if path is None:
            return False
        target = _real(path)
        now = _hash(_content(target))
        if entry.temp is None:
            if now is None and entry.before is not None:
                return True
            whole = whole and now == entry.before
        elif (temp := target.parent / entry.temp).exists():
            whole = whole and now == entry.before and _hash(_content(temp)) == entry.after
        elif now == entry.after:
            return True
        else:
            whole = False
    return whole


def _sweep(folder: Path) -> None:
    """Remove temporary files that no journal names."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if _TEMP.fullmatch(name):
                (Path(parent) / name).unlink(missing_ok=True)


# what can be taken back


def _pending(undo: Path) -> Path:
    return undo.with_name(undo.name + ".new")


def _keep(folder: Path, undo: Path, label: str, entries: list[_Entry], writes: list[Write]) -> None:
    """Beside the undo file: it takes its place when the files have taken theirs."""
    undo.parent.mkdir(parents=True, exist_ok=True)
    files = [_Kept(entry.name, write.before, entry.after) for entry, write in zip(entries, writes, strict=True)]
    data = msgspec.json.encode(_Undo(_quoted(folder.resolve()), label, files))
    _write(_pending(undo), data, anew=True, mode=0o600)


def _last(folder: Path, undo: Path) -> _Undo | None:
    """What the last commit to this catalog left behind."""
    pending = _read_undo(folder, _pending(undo))
    try:
        if pending is not None and any(
            path is not None and _hash(_content(path)) == file.after
            for file in pending.files
            for path in [_path(folder, file.name)]
        ):
            _pending(undo).replace(undo)  # its commit was finished by `recover`
        else:
            _pending(undo).unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error, undo) from None
    kept = _read_undo(folder, undo)
    if kept is None:
        return None
    paths = [(_path(folder, file.name), file) for file in kept.files]
    taken_back = all(path is not None and _content(path) == file.before for path, file in paths)
    return None if taken_back else kept


def _read_undo(folder: Path, path: Path) -> _Undo | None:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Undo)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return kept if kept.folder == _quoted(folder.resolve()) and kept.files else None


# files


def _folder(root: Path) -> Path:
    """The catalog's folder: itself, or the one of a catalog that is one file."""
    single = root.is_file() or (root.suffix in SUFFIXES and not root.is_dir())
    return root.parent if single else root


def _name(folder: Path, path: Path) -> str:
    try:
        relative = path.relative_to(folder)
    except ValueError:
        relative = path
    name = _quoted(relative)
    if _path(folder, name) is None:
        raise CatalogError(message(N_("{file}: not inside the catalog"), file=_shown(path)))
    return name


def _quoted(path: Path) -> str:
    return quote_from_bytes(os.fsencode(path))


def _path(folder: Path, name: str) -> Path | None:
    """A file in the catalog, by its encoded name; None for anything else, wherever it leads."""
    relative = os.fsdecode(unquote_to_bytes(name))
    *folders, last = relative.split("/")
    if "\0" in relative or not last or last in {".", ".."} or last.startswith(_OWN):
        return None
    if any(part.startswith(".") or not part for part in folders):
        return None
    path = folder / relative
    try:
        inside = path.parent.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return None
    return path if inside else None


def _real(path: Path) -> Path:
    """Where a link leads: the file behind it is written, the link stays."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise CatalogError(
            message(N_("{file}: a symbolic link that leads nowhere; fix it"), file=_shown(path))
        ) from None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(error, path) from None


def _hash(content: bytes | None) -> str | None:
    from hashlib import sha256

    return None if content is None else sha256(content).hexdigest()


def _write(path: Path, data: bytes, *, like: Path | None = None, anew: bool = False, mode: int = 0o666) -> None:
    """Make the file, whole and on the disk, with the mode and the owner of `like` if that is there."""
    known = None
    if like is not None:
        with suppress(FileNotFoundError):
            known = like.stat()
    if like is not None and known is not None and not os.access(like, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(like))
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_TRUNC if anew else os.O_EXCL)
    handle = os.open(path, flags, mode if known is None else 0o600)
    try:
        if known is not None:
            with suppress(OSError):
                os.fchown(handle, known.st_uid, known.st_gid)
            os.fchmod(handle, stat.S_IMODE(known.st_mode))
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """The folder's names to the disk, where the file system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours alone: a lock that leaves no file behind. A file system without locks is ours."""
    need_locks()
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _refused(error, folder) from None
    try:
        free = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        except OSError:
            free = True
        yield free
    finally:
        os.close(handle)


# what is said


def _shown(path: Path | bytes) -> str:
    return clean(os.fsencode(path).decode(errors="replace"))


def _conflict(path: Path) -> CatalogError:
    return CatalogError(
        message(
            N_("{file}: changed while the import was running; nothing was saved; run the import again"),
            file=_shown(path),
        ),
    )


def _refused(error: OSError, path: Path) -> CatalogError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            text = N_("{file}: the disk is full; nothing was saved")
        case errno.EACCES | errno.EPERM:
            text = N_("{file}: no permission to write there; nothing was saved; change the permissions")
        case errno.EROFS:
            text = N_("{file}: on a read-only disk; nothing was saved")
        case _:
            text = N_("{file}: cannot be written ({why}); nothing was saved")
    return CatalogError(message(text, file=_shown(path), why=reason_of(error)))


def _unfinished(error: OSError, folder: Path) -> CatalogError:
    return CatalogError(
        message(
            N_("{path}: an import stopped while it was being saved ({why}); the next start will finish it"),
            path=_shown(folder),
            why=reason_of(error),
        ),
    )
