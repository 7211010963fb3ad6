"""Edits into new contents of files. Nothing is written here: `transaction.commit` does that.

What is not changed stays to the byte. Each film's new text is read back before it is taken, and each file as a whole:
it has to say what it said, with the edits and no new problem.
"""

from __future__ import annotations

import stat
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import CatalogError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.writing import emit
from tui.catalog.writing.layout import Cut, Layout, OddLayoutError, Part, apply, line_start
from tui.catalog.writing.lists import Arrival, Lists, Moved
from tui.catalog.writing.rewrite import WAYS, rewritten
from tui.catalog.writing.transaction import Write
from tui.films.film import Film, News

if TYPE_CHECKING:
    from pathlib import Path


_BOM = b"\xef\xbb\xbf"


class Page:
    """A file, as read and as it shall be."""

    def __init__(self, name: str, path: Path) -> None:
        """Reads the file, if it is there. Raises CatalogError."""
        self.name = name
        self._path = path
        self._before = self._load()
        data = self._before or b""
        self._bom = _BOM if data.startswith(_BOM) else b""
        self._layout = Layout(name, data.removeprefix(_BOM))
        self._lists = Lists(self._layout)
        self._parts, self._headlines = self._layout.parts["films"], self._layout.parts["news"]
        self._places: dict[str, list[int]] = {}
        for at, part in enumerate(self._parts):
            if isinstance(part.value, Film):
                self._places.setdefault(part.value.id, []).append(at)
        self._changed: dict[int, Film] = {}
        self._taken: set[int] = set()
        self._added: list[Arrival] = []
        self._arrived: set[str] = set()
        self._news: list[News] = []
        self._dropped: set[int] = set()
        self._known = {(part.value.title, part.value.url) for part in self._headlines if isinstance(part.value, News)}

    def _load(self) -> bytes | None:
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                raise self._error(N_("{file}: not a regular file; a catalog is made of text files"))
            return self._path.read_bytes()
        except FileNotFoundError:
            return None
        except PermissionError:
            raise self._error(N_("{file}: no permission to read it; change the file's permissions")) from None
        except OSError as error:
            text = N_("{file}: cannot be read ({why})")
            raise CatalogError(message(text, file=clean(self.name), why=reason_of(error))) from None

    def _error(self, text: str, film: Film | None = None) -> CatalogError:
        return CatalogError(message(text, file=clean(self.name), film=film.title if film else ""))

    # what shall be

    def place(self, before: Film) -> int:
        """Which of its films this is. Raises CatalogError."""
        free = [at for at in self._places.get(before.id, []) if at not in self._changed and at not in self._taken]
        if not free:
            raise self._error(N_("{file}: “{film}” is no longer there; run the import again"), before)
        for at in free:
            if self._parts[at].value == before:
                return at
        raise self._error(N_("{file}: “{film}” changed while the import was running; run the import again"), before)

    def change(self, at: int, film: Film) -> None:
        """The film at this place becomes that one."""
        if film != self._parts[at].value:
            self._changed[at] = film

    def take(self, at: int, film: Film) -> Moved | None:
        """The film's lines, edited, for another file; None if they are no lines. It stands here no more.

        Raises CatalogError.
        """
        self._taken.add(at)
        part = self._parts[at]
        if part.flow:
            return None
        above = self._layout.text[self._lists.lead(at) : line_start(self._layout.text, part.dash)]
        column = self._layout.column(part.dash)
        return Moved((above + " " * column + self._written(part, film)).replace("\r\n", "\n"), column)

    def add(self, film: Film, moved: Moved | None) -> None:
        """A film that comes, with its lines if it had some elsewhere. Raises CatalogError if its id is taken."""
        if film.id in self._arrived or any(at not in self._taken for at in self._places.get(film.id, [])):
            raise self._error(N_("{file}: there is a film with the id of “{film}” already; run the import again"), film)
        self._arrived.add(film.id)
        self._added.append((film, moved))

    def tell(self, item: News) -> None:
        """A news item that comes, unless it is there."""
        if (item.title, item.url) not in self._known:
            self._known.add((item.title, item.url))
            self._news.append(item)

    def drop(self, item: News) -> None:
        """A news item that goes, as often as it is there."""
        self._dropped |= {at for at, part in enumerate(self._headlines) if part.value == item}

    # what is written

    def write(self) -> Write | None:
        """The new content, read back; None if nothing changes. Raises CatalogError."""
        if not (self._changed or self._taken or self._added or self._news or self._dropped):
            return None
        left = len(self._parts) - len(self._taken) + len(self._added) + len(self._headlines) + len(self._news)
        left -= len(self._dropped)
        if not left and not self._layout.broken:
            return Write(self._path, self._before, None)
        for checked in (False, True):
            try:
                after = self._after(checked=checked)
            except OddLayoutError:
                continue
            if self._holds(after):
                after = self._bom + after
                return None if after == self._before else Write(self._path, self._before, after)
        for film, _ in self._added:
            if not _holds_alone("films:\n" + emit.block(film), film):
                raise self._error(
                    N_("{file}: “{film}” cannot be written; one of its texts has forbidden characters"), film
                )
        raise self._error(
            N_("{file}: cannot be written to as it is; fix what filmtui check tells, or write “films:” and a list"),
        )

    def _after(self, *, checked: bool) -> bytes:
        """The new content without a byte order mark. Raises OddLayoutError, CatalogError.

        `checked` is whether each film is read back by itself. Most need not be: the file is read back as a whole.
        """
        layout, lists = self._layout, self._lists
        cuts: list[Cut] = []
        for at, film in self._changed.items():
            part = self._parts[at]
            cuts.append((part.dash, part.end, self._written(part, film, checked=checked)))
        cuts += lists.removals(self._taken, replaced=bool(self._added))
        cuts += lists.insertions(self._added, self._changed, self._taken)
        cuts += Lists(layout, "news").removals(self._dropped, replaced=bool(self._news))
        cuts += lists.headlines(self._news, with_films=bool(self._added))
        text = apply(layout.text, cuts, layout.newline)
        if layout.text and not layout.text.endswith("\n"):
            text = text.rstrip("\r\n")
        return text.encode("utf-8", "surrogateescape")

    def _holds(self, data: bytes) -> bool:
        """Whether the reader finds in it what was there, with the edits, and nothing new to complain of."""
        was, now = self._layout, Layout(self.name, data)
        if now.broken and not was.broken:
            return False  # a section below braces, say: the reader would manage, YAML does not
        wanted = _values(was)
        wanted.update(
            _key(value) for value in (*self._changed.values(), *(film for film, _ in self._added), *self._news)
        )
        wanted.subtract(_key(self._parts[at].value) for at in {*self._changed, *self._taken})
        wanted.subtract(_key(self._headlines[at].value) for at in self._dropped)
        wanted = +wanted
        return wanted == _values(now) and not _messages(now) - _messages(was)

    def _written(self, part: Part, film: Film, *, checked: bool = True) -> str:
        """A film's own lines from its dash on, changed. Raises CatalogError.

        In the first way that its form allows and, if `checked`, in which they say so.
        """
        layout, known = self._layout, part.value
        assert isinstance(known, Film)
        column = 0 if part.flow else layout.column(part.dash)
        lead = "- " if part.flow else " " * column
        before = lead + layout.text[part.dash : part.end].replace("\r\n", "\n")
        for way in WAYS:
            try:
                written = rewritten(before, known, film, way, self._lists.offset)
            except OddLayoutError:
                continue
            if written.startswith(lead) and (not checked or _holds_alone("films:\n" + written, film)):
                return written.removeprefix(lead)
        raise self._error(N_("{file}: “{film}” cannot be written as it stands there; edit it by hand"), film)


def _key(value: object) -> str:
    if isinstance(value, Film):
        value = msgspec.structs.replace(value, links=dict(sorted(value.links.items())))
    return repr(value)


def _values(layout: Layout) -> Counter[str]:
    return Counter(_key(part.value) for parts in layout.parts.values() for part in parts if part.value is not None)


def _messages(layout: Layout) -> Counter[str]:
    return Counter(_key(problem.message) for problem in layout.problems)


def _holds_alone(text: str, film: Film) -> bool:
    """Whether the text is a catalog of this film alone."""
    layout = Layout("", (text + "\n").encode("utf-8", "surrogateescape"))
    return [part.value for parts in layout.parts.values() for part in parts] == [film] and not layout.problems
