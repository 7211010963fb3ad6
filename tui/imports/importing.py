"""An import from its sources to the files: read, merged into the catalog, and, once reviewed, written or taken back."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tui.base.errors import CatalogError, IndexUnavailableError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.files import open_regular
from tui.catalog.writing.disk import need_locks
from tui.catalog.writing.plan import Edit, plan
from tui.catalog.writing.transaction import commit, recover
from tui.catalog.writing.transaction import undo as put_back
from tui.imports.merge import Merge
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.registry import LONGEST, read
from tui.library.library import Library
from tui.user.places import place, shipped_catalog, ships_with, user_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.films.film import Held, News
    from tui.imports.changeset import Change, ChangeSet
    from tui.user.places import Places


class _Nothing:
    """What is known of a catalog that is not there yet."""

    def holder(self, id: str) -> Held | None:
        return None

    def linked(self, url: str) -> list[Held]:
        return []

    def titled(self, title: str) -> list[Held]:
        return []

    def opening(self, first: int, last: int) -> list[tuple[str, str]]:
        return []


_MOST_BESIDE = 3
"""Titles of a day that the review names."""


class Import:
    """One import into one catalog."""

    def __init__(self, places: Places, into: Path | None = None) -> None:
        """Into the catalog of these places unless another is named. Raises CatalogError, IndexUnavailableError."""
        need_locks()
        self.target, self._shipped = target(into or places.catalog)
        self._places = places.of(self.target)
        looked_in = self._shipped or self.target
        self._library = Library(places.of(looked_in)) if looked_in.exists() else None
        if self._library:
            if not self._shipped:
                recover(self.target)
            if not looked_in.is_dir() or any(looked_in.iterdir()):
                self._library.refresh()
        self._opening: dict[int, list[tuple[str, str]]] = {}  # ids and titles by day, of what would be written
        news = self._library.news() if self._library else []
        self._merge = Merge(self._library or _Nothing(), places.today, news)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._library:
            self._library.close()

    def add(self, data: bytes, name: str, kind: str | None = None, year: int | None = None) -> None:
        """A source and its name as it is shown; `kind` and `year` as in registry.read. Raises SourceError."""
        source = clean(name)
        self._merge.add(read(data, source, kind, year), source)

    @property
    def found(self) -> ChangeSet:
        """What it would change, as far as it is settled."""
        result = self._merge.result()
        self._opening = {}
        for change in result.changes:
            for release in change.film.releases if change.writes else ():
                self._opening.setdefault(release.when.key, []).append((change.film.id, change.film.title))
        return result

    def beside(self, change: Change) -> list[str]:
        """The titles of a few films that open on the day of this one, in the catalog and in this import."""
        days = {release.when.key for release in change.film.releases if release.home and release.when.exact}
        if not days:
            return []
        known = self._library.opening(min(days), min(days)) if self._library else []
        new = self._opening.get(min(days), [])
        others = [title for id, title in (*known, *new) if id != change.film.id]
        return list(dict.fromkeys(others))[:_MOST_BESIDE]

    def settle(self, asked: Change, film: Held | None) -> Change:
        """An uncertain film is this one of its candidates, or (None) one of its own."""
        return self._merge.settle(asked, film)

    def write(self, changes: Iterable[Change], news: Iterable[News]) -> list[str]:
        """Write these, all or none; the names of the files. Raises CatalogError."""
        edits = [Edit(film=change.film, before=change.before, file=change.file) for change in changes if change.writes]
        accepted = list(news)
        if not edits and not accepted:
            return []
        try:
            if self._shipped and not self.target.exists():
                _copy(self._shipped, self.target)
            elif not self.target.suffix:
                self.target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.target, error) from None
        writes = plan(self.target, edits, accepted)
        if any(ships_with(write.path) for write in writes):
            raise _shipped_stays()  # a link to a file of it, or a catalog around it
        with (
            contextlib.suppress(IndexUnavailableError),  # then what is new is not marked
            Library(self._places) as library,
        ):
            library.begin()
        commit(self.target, writes, self._places.undo)
        root = self.target if self.target.is_dir() else self.target.parent
        return [clean(os.path.relpath(write.path, root)) for write in writes]


def target(wanted: Path) -> tuple[Path, Path | None]:
    """The catalog to write, and the shipped one where that is to become the user's own first. Raises CatalogError."""
    root = place(wanted)
    if not ships_with(root):
        return root, None
    shipped, own = shipped_catalog(), user_catalog()
    if own is None or root.resolve() != shipped.resolve():  # a file of it, which is no catalog to be made one's own
        raise _shipped_stays()
    return own, shipped


def _shipped_stays() -> CatalogError:
    return CatalogError(
        message(N_("the catalog that comes with filmtui is never changed; name another with --into DIR"))
    )


def take_back(places: Places, into: Path | None = None) -> list[str]:
    """Undo the last import into the catalog; the names of the files put back. Raises CatalogError."""
    root, _ = target(into or places.catalog)
    kept = places.of(root).undo
    if kept is None:
        raise CatalogError(message(N_("there is no import to undo")))
    return [clean(name) for name in put_back(root, kept)]


def load(path: str) -> tuple[bytes, str]:
    """A file's bytes, up to one more than registry.LONGEST, and its name. Raises SourceError.

    Only a regular file has an end: from a pipe or a device one could wait, or read, for ever.
    """
    try:
        with open_regular(place(path), sys.maxsize) as stream:
            data = stream.read(LONGEST + 1)
    except OSError as error:
        if error.errno in {errno.EINVAL, errno.ENXIO}:
            text = N_("{path}: not a regular file; save the page as a file")
            raise SourceError(message(text, path=clean(path))) from None
        raise _unreadable(path, error) from None
    except ValueError:  # a NUL in it: no file has such a name
        raise _unreadable(path, FileNotFoundError(errno.ENOENT, "")) from None
    return data, clean(Path(path).name)


def piped() -> tuple[bytes, str]:
    """The same of standard input, up to its end. Raises SourceError."""
    try:
        return sys.stdin.buffer.read(LONGEST + 1), "stdin"
    except OSError as error:
        raise _unreadable("stdin", error) from None


def _unreadable(path: str, error: OSError) -> SourceError:
    return SourceError(message(N_("{path}: cannot be read: {why}"), path=clean(path), why=reason_of(error)))


def _copy(shipped: Path, own: Path) -> None:
    """Whole or not at all. Raises OSError."""
    own.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=own.parent))
    try:
        for file in sorted(shipped.rglob("*.y*ml")):
            to = new / file.relative_to(shipped)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)
        new.chmod(0o755)
        new.rename(own)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> CatalogError:
    text = N_("{path}: cannot be written: {why}")
    return CatalogError(message(text, path=clean(str(path)), why=reason_of(error)))
