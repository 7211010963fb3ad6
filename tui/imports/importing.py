"""An import from its sources to the files: read, merged into the catalog, and, once reviewed, written or taken back."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tui.base.errors import CatalogError, IndexUnavailableError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.files import open_regular
from tui.catalog.layers import OWN, layer_of
from tui.catalog.writing.disk import need_locks
from tui.catalog.writing.plan import Edit, plan
from tui.catalog.writing.transaction import commit, recover
from tui.catalog.writing.transaction import undo as put_back
from tui.films.layered import differing, merged
from tui.imports.merge import Merge
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.registry import LONGEST, read
from tui.library.library import Library
from tui.user.places import place, ships_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.catalog.writing.transaction import Write
    from tui.films.film import Held, News
    from tui.imports.changeset import Change, ChangeSet
    from tui.index.lookup import Saying
    from tui.user.places import Places


class Nothing:
    """What is known of a catalog that is not there yet."""

    def holder(self, id: str) -> Held | None:
        return None

    def linked(self, url: str) -> list[Held]:
        return []

    def titled(self, title: str) -> list[Held]:
        return []

    def opening(self, first: int, last: int) -> list[tuple[str, str]]:
        return []

    def said(self, id: str) -> list[Saying]:
        return []


_MOST_BESIDE = 3
"""Titles of a day that the review names."""


class Import:
    """One import into one catalog."""

    def __init__(self, places: Places, into: Path | None = None) -> None:
        """Into the catalog of these places unless another is named. Raises CatalogError, IndexUnavailableError."""
        need_locks()
        self._places = _places_of(places, into)
        self.target = self._places.catalog
        there = self.target.exists()
        self._library = Library(self._places) if there or self._places.shipped else None
        if self._library:
            if there:
                recover(self.target)
            if self._places.shipped or not self.target.is_dir() or any(self.target.iterdir()):
                self._library.refresh()
        self._opening: dict[int, list[tuple[str, str]]] = {}  # ids and titles by day, of what would be written
        news = self._library.news() if self._library else []
        self._merge = Merge(self._library or Nothing(), places.today, news)

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

    def _edit(self, change: Change) -> Edit:
        """What the user's own layer has to say for that. Raises CatalogError if another film is there by now."""
        id = change.film.id
        said = self._library.said(id) if self._library else []
        if (merged(id, (one.film for one in said)) if said else None) != change.before:
            text = N_("{file}: “{film}” changed while the import was running; run the import again")
            raise CatalogError(
                message(text, file=clean(said[0].file if said else change.file or ""), film=change.film.title)
            )
        own = next((one for one in said if layer_of(one.file) == OWN and one.film.id == id), None)
        below = [one.film for one in said if one is not own]
        film = differing(change.film, merged(id, below), own and own.film) if below else change.film
        return Edit(film=film, before=own and own.film, file=own and own.file, opening=change.film)

    def write(self, changes: Iterable[Change], news: Iterable[News]) -> list[str]:
        """Write these, all or none; the names of the files. Raises CatalogError."""
        edits = [self._edit(change) for change in changes if change.writes]
        accepted = list(news)
        if not edits and not accepted:
            return []
        try:
            if not self.target.suffix:
                self.target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.target, error) from None
        writes = plan(self.target, edits, accepted)
        refuse_shipped(writes)
        with (
            contextlib.suppress(IndexUnavailableError),  # then what is new is not marked
            Library(self._places) as library,
        ):
            library.begin()
        commit(self.target, writes, self._places.undo)
        root = self.target if self.target.is_dir() else self.target.parent
        return [clean(os.path.relpath(write.path, root)) for write in writes]


def _places_of(places: Places, into: Path | None) -> Places:
    """Those of the catalog to write. Raises CatalogError."""
    root = place(into or places.catalog)
    if ships_with(root):
        raise _shipped_stays()
    return places if root == places.catalog else places.of(root)


def refuse_shipped(writes: Iterable[Write]) -> None:
    """Raises CatalogError where one is of a shipped file: by a link to it, or in a catalog around it."""
    if any(ships_with(write.path) for write in writes):
        raise _shipped_stays()


def _shipped_stays() -> CatalogError:
    return CatalogError(
        message(N_("the catalog that comes with filmtui is never changed; name another with --into DIR"))
    )


def take_back(places: Places, into: Path | None = None) -> list[str]:
    """Undo the last import into the catalog; the names of the files put back. Raises CatalogError."""
    of = _places_of(places, into)
    if of.undo is None or not of.catalog.exists():
        raise CatalogError(message(N_("there is no import to undo")))
    return [clean(name) for name in put_back(of.catalog, of.undo)]


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


def _unwritable(path: Path, error: OSError) -> CatalogError:
    text = N_("{path}: cannot be written: {why}")
    return CatalogError(message(text, path=clean(str(path)), why=reason_of(error)))
