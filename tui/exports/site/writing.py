"""Writes a folder file by file: only what has changed, nothing that is somebody else's; takes its own leavings away.

What was written stands in a manifest with a digest of each file. A file that is there and does not have the digest that
it was written with is somebody's: it is neither overwritten nor deleted.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Self

from tui.base.disk import lock
from tui.base.errors import ExportError, message
from tui.base.words import N_
from tui.exports.site.manifest import Manifest, digest_of, line_of, lines_in, path_of, sorted_lines
from tui.user.settings import told_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANIFEST = ".filmtui-site"
"""In the folder. `sha256sum --check` reads it."""
_NEW_MANIFEST = ".filmtui-site.new"
_JOURNAL = ".filmtui-site.journal"
"""What the run under way has written; it is left where one is interrupted."""
_IN_MEMORY = 1 << 20
"""Bytes of a file up to which it is held in memory to be compared."""
_PIECE = 1 << 16


def check_folder(root: Path, catalog: Path, *, force: bool = False) -> None:
    """Whether a site may be written here. Raises ExportError: a file, a folder of other things, home, a catalog."""
    shown = told_path(root)
    real, home = Path(os.path.realpath(root)), Path(os.path.realpath(Path.home()))
    if root.exists() and not root.is_dir():
        raise ExportError(message(N_("{path} is a file; a site needs a folder"), path=shown))
    if home.is_relative_to(real):
        raise ExportError(message(N_("a site is not written into {path}; name a folder of its own"), path=shown))
    kept = Path(os.path.realpath(catalog))
    if kept.is_relative_to(real) or real.is_relative_to(kept if kept.is_dir() else kept.parent / kept.name):
        text = N_("{path} is where the catalog lies; name a folder of its own for the site")
        raise ExportError(message(text, path=shown))
    if force or not root.is_dir() or any((root / name).exists() for name in (MANIFEST, _JOURNAL)):
        return
    if any(not entry.name.startswith(".") for entry in root.iterdir()):
        text = N_("{path} has other files in it; name an empty folder, or add --force: no file of yours is replaced")
        raise ExportError(message(text, path=shown))


class SiteFolder:
    """The folder while it is written. As a context: what is no longer part of it is taken away at the end."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.written = self.kept = self.removed = 0
        """Files that are new or changed, that were as they are, that were taken away."""
        self.left: list[str] = []
        """Paths of files that are somebody else's, and stand where one of ours would."""

    def __enter__(self) -> Self:
        """Raises ExportError where another process writes here, OSError."""
        self._root.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            if not held.enter_context(lock(self._root, wait=False)):
                told = N_("another filmtui is writing into {path}; try again when it is done")
                raise ExportError(message(told, path=told_path(self._root)))
            self._recover()
            self._known = Manifest(self._root / MANIFEST)
            held.callback(self._known.close)
            self._journal = _fresh(self._root / _JOURNAL)
            self._held = held.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._held:
            self._journal.close()
            if kind is None:
                self._finish()

    def put(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write this file, unless it is as it would be. `path` is relative, with slashes. Raises OSError."""
        target, digest = self._root / path, hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as new:
            for chunk in chunks:
                new.write(chunk)
                digest.update(chunk)
            line = line_of(digest.hexdigest(), path)
            if not self._within(target):
                self.left.append(path)
            elif _has(target, new):
                self._journal.write(line)
                self.kept += 1
            elif self._free(target, path):
                self._journal.write(line)
                self._journal.flush()
                _write(target, new)
                self.written += 1
            else:
                self.left.append(path)

    def _within(self, target: Path) -> bool:
        """Whether the folders down to the file are folders here, and not links to elsewhere."""
        return all(
            not parent.is_symlink() and (parent.is_dir() or not parent.exists()) for parent in self._above(target)
        )

    def _above(self, target: Path) -> Iterator[Path]:
        for parent in target.parents:
            if parent == self._root:
                return
            yield parent

    def _free(self, target: Path, path: str) -> bool:
        """Whether nothing is there, or what we wrote."""
        if target.is_symlink():
            return False
        return not target.exists() or (target.is_file() and _digest(target) in self._known.digests(path))

    def _recover(self) -> None:
        """Take what an interrupted run has written into the manifest."""
        journal = self._root / _JOURNAL
        if not journal.exists():
            return
        lines = (line for name in (MANIFEST, _JOURNAL) for line in lines_in(self._root / name))
        self._keep(sorted_lines(lines))
        journal.unlink()

    def _finish(self) -> None:
        """Write the manifest anew, and take away what was ours and is no longer part of the site."""
        old = sorted_lines(lines_in(self._root / MANIFEST))
        self._keep(self._without_gone(old, sorted_lines(lines_in(self._root / _JOURNAL))))
        (self._root / _JOURNAL).unlink(missing_ok=True)

    def _keep(self, lines: Iterable[bytes]) -> None:
        new = self._root / _NEW_MANIFEST
        with _fresh(new) as stream:
            stream.writelines(lines)
        new.replace(self._root / MANIFEST)

    def _without_gone(self, old: Iterator[bytes], new: Iterable[bytes]) -> Iterator[bytes]:
        """The new lines; on the way the files are deleted that only the old ones have."""
        was = next(old, None)
        for line in new:
            while was is not None and path_of(was) < path_of(line):
                self._remove(was)
                was = next(old, None)
            while was is not None and path_of(was) == path_of(line):
                was = next(old, None)
            yield line
        while was is not None:
            self._remove(was)
            was = next(old, None)

    def _remove(self, line: bytes) -> None:
        path = path_of(line).decode("utf-8", errors="replace")
        if path in self.left or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return
        target = self._root / path
        if (
            target.is_symlink()
            or not self._within(target)
            or not target.is_file()
            or _digest(target) != digest_of(line)
        ):
            return
        target.unlink()
        self.removed += 1
        for parent in self._above(target):
            with suppress(OSError):  # not empty
                parent.rmdir()


def _has(target: Path, new: IO[bytes]) -> bool:
    """Whether the file has these bytes already."""
    if target.is_symlink() or not target.is_file():
        return False
    size = new.seek(0, os.SEEK_END)
    new.seek(0)
    with target.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size != size:
            return False
        while piece := stream.read(_PIECE):
            if piece != new.read(_PIECE):
                return False
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(target: Path, new: IO[bytes]) -> None:
    """Put a file there whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name[:200]}.filmtui-new")
    try:
        with _fresh(beside) as stream:
            new.seek(0)
            while piece := new.read(_PIECE):
                stream.write(piece)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _fresh(path: Path) -> IO[bytes]:
    """A new file of this name; a link of that name is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")
