"""From edits of films to new contents of files: which files are touched, and which file a film goes into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import CatalogError, message
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.files import SUFFIXES, UNSCHEDULED, find, is_single, month, opening
from tui.catalog.writing.page import Page
from tui.films.dates import from_key, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.catalog.writing.transaction import Write
    from tui.films.film import Film, News

_MONTHLY = re.compile(rf"\d{{4}}(-\d\d|-Q[1-4])?|{UNSCHEDULED}", re.ASCII)
"""The stems of files that hold the films of one period: a film moves to another file when its month changes."""


class Edit(msgspec.Struct, frozen=True):
    """A film to be added or changed."""

    film: Film | None
    """What is to be written of it; None: nothing, it goes."""
    before: Film | None = None
    """As it was read; None: a new film."""
    file: str | None = None
    """`File.name` of the file it is in; None: a new film."""
    opening: Film | None = None
    """The film whose date says in which file a new one belongs, if that is another one."""


def plan(
    root: Path, edits: list[Edit], news: list[News] | None = None, dropped: Iterable[tuple[str, News]] = ()
) -> list[Write]:  # fmt: skip
    """What to write so that the catalog has these films and news. Reads only files that are touched, each once.

    `dropped`: news to be taken out of the files of these names.

    Raises CatalogError if a film is no longer as it was read, or if a file is laid out so that it cannot be edited.
    """
    catalog = _Catalog(root)
    for edit in edits:
        catalog.edit(edit)
    for item in news or []:
        catalog.news(item)
    for file, item in dropped:
        catalog.drop(file, item)
    return [write for page in catalog.pages.values() if (write := page.write()) is not None]


class _Catalog:
    """The files that the edits touch so far."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._single = is_single(root)
        self._first = ""
        self.pages: dict[str, Page] = {}

    def drop(self, file: str, item: News) -> None:
        self._page(file).drop(item)

    def edit(self, edit: Edit) -> None:
        if edit.before is None or edit.file is None:
            assert edit.film
            page = self._page(self._named(month(opening(edit.opening or edit.film))))
            self._first = self._first or page.name
            page.add(edit.film, None)
            return
        page = self._page(edit.file)
        at = page.place(edit.before)
        if edit.film is None:
            page.take(at, edit.before)
            return
        target = self._target(edit.file, edit.before, edit.film)
        self._first = self._first or target
        if target == edit.file:
            page.change(at, edit.film)
        else:
            self._page(target).add(edit.film, page.take(at, edit.film))

    def news(self, item: News) -> None:
        if item.date is not None:
            name = self._named(month(from_key(key_of(item.date))))
        else:
            name = self._first or self._named(UNSCHEDULED)
        self._page(name).tell(item)

    def _target(self, name: str, before: Film, film: Film) -> str:
        """The `File.name` for an edited film: its file, or, if its month has changed, the one for the new month."""
        folder, slash, last = name.rpartition("/")
        stem = last.rpartition(".")[0]
        wanted = month(opening(film))
        if self._single or not _MONTHLY.fullmatch(stem) or wanted in {stem, month(opening(before))}:
            return name
        return self._named(wanted, folder + slash)  # in the same folder, as the path of a poster is relative to it

    def _named(self, stem: str, folder: str = "") -> str:
        """The `File.name` with that stem: of an existing file with either suffix, else of a new one."""
        if self._single:
            return self._root.name
        names = [f"{folder}{stem}{suffix}" for suffix in SUFFIXES]
        return next((name for name in names if name in self.pages or (self._root / name).exists()), names[0])

    def _page(self, name: str) -> Page:
        if name not in self.pages:
            self.pages[name] = Page(name, self._path(name))
        return self.pages[name]

    def _path(self, name: str) -> Path:
        if self._single:
            return self._root
        path = self._root / name
        if ".." in name.split("/") or name.startswith("/"):
            raise CatalogError(message(N_("{file}: not inside the catalog"), file=clean(name)))
        if path.exists() or not self._root.is_dir() or "\\x" not in name:
            return path
        # the readable form of a name that is not UTF-8: find the file it stands for
        return next((file.path for file in find(self._root) if file.name == name), path)
