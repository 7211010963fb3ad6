"""Edits into new contents of files. Nothing is written here: `transaction.commit` does that.

What is not changed stays to the byte. Each film's new text is read back by the reader's own parsers before it is
taken, and each file as a whole by the reader: it has to say what it said, with the edits and no new problem.
"""

from __future__ import annotations

import io
import re
import stat
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.base.errors import CatalogError, Message, Problem, message
from tui.base.reasons import reason_of
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.catalog.files import opening
from tui.catalog.reading import fields
from tui.catalog.reading.reader import parse
from tui.catalog.writing import emit
from tui.catalog.writing.layout import Items, Layout, Leaf, Part, as_node
from tui.catalog.writing.rewrite import rewritten
from tui.catalog.writing.splice import Cut, OddLayoutError, apply, edited
from tui.catalog.writing.transaction import Write
from tui.films.dates import UNDATED
from tui.films.film import Film, News

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


_BOM = b"\xef\xbb\xbf"


class Moved(NamedTuple):
    """A film's lines from another file, with the comments above them; the column of its dash there."""

    lines: str
    column: int


class Page:
    """A file, as read and as it shall be."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._before = self._load()
        data = self._before or b""
        self._bom = _BOM if data.startswith(_BOM) else b""
        self._layout = Layout(data.removeprefix(_BOM).decode("utf-8", "surrogateescape"))
        self._parts = self._layout.parts["films"]
        self._told = self._layout.parts["news"]
        self._films = [_film(part) for part in self._parts]
        self._places: dict[str, list[int]] = {}
        for at, film in enumerate(self._films):
            if film is not None:
                self._places.setdefault(film.id, []).append(at)
        self._changed: dict[int, Film] = {}
        self._taken: set[int] = set()
        self._added: list[tuple[Film, Moved | None]] = []
        self._arrived: set[str] = set()
        self._news: list[News] = []
        self._headings = {(known.title, known.url) for known in map(_news, self._told) if known is not None}

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
            if self._films[at] == before:
                return at
        raise self._error(N_("{file}: “{film}” changed while the import was running; run the import again"), before)

    def change(self, at: int, film: Film) -> None:
        if film != self._films[at]:
            self._changed[at] = film

    def take(self, at: int, film: Film) -> Moved | None:
        """The film's lines, edited, for another file; None if they are no lines. It stands here no more."""
        self._taken.add(at)
        part = self._parts[at]
        if part.flow:
            return None
        written = self._block(at, film)
        above = self._layout.text[self._lead(at) : self._layout.line_start(part.dash)]
        column = self._layout.column(part.dash)
        return Moved((above + " " * column + written).replace("\r\n", "\n"), column)

    def add(self, film: Film, moved: Moved | None) -> None:
        if film.id in self._arrived or any(at not in self._taken for at in self._places.get(film.id, [])):
            raise self._error(N_("{file}: there is a film with the id of “{film}” already; run the import again"), film)
        self._arrived.add(film.id)
        self._added.append((film, moved))

    def tell(self, item: News) -> None:
        if (item.title, item.url) not in self._headings:
            self._headings.add((item.title, item.url))
            self._news.append(item)

    # what is written

    def write(self) -> Write | None:
        """The new content, read back. Raises CatalogError."""
        if not (self._changed or self._taken or self._added or self._news):
            return None
        left = len(self._parts) - len(self._taken) + len(self._added) + len(self._told) + len(self._news)
        if not left and self._layout.whole:
            return Write(self._path, self._before, None)
        for anew in (False, True):
            try:
                text = self._text(anew=anew)
            except OddLayoutError:
                continue
            begun = bool(self._added and not self._parts) or bool(self._news and not self._told)
            if begun and self._layout.whole and not Layout(text).whole:
                continue  # a section below braces, say: the reader would manage, YAML does not
            after = self._bom + text.encode("utf-8", "surrogateescape")
            if self._holds(after):
                return None if after == self._before else Write(self._path, self._before, after)
        for film, _ in self._added:
            if not _reads_as(emit.block(film), 0, film, flow=False):
                raise self._error(
                    N_("{file}: “{film}” cannot be written; one of its texts has forbidden characters"), film
                )
        raise self._error(
            N_("{file}: cannot be written to as it is; fix what filmtui check tells, or write “films:” and a list"),
        )

    def _text(self, *, anew: bool) -> str:
        cuts: list[Cut] = []
        for at, film in self._changed.items():
            part = self._parts[at]
            cuts.append((part.dash, part.end, self._block(at, film, anew=anew)))
        cuts += self._removals()
        cuts += self._insertions()
        cuts += self._headlines()
        text = apply(self._layout, cuts)
        if self._layout.text and not self._layout.text.endswith("\n"):
            return text.rstrip("\r\n")
        return text

    def _holds(self, after: bytes) -> bool:
        """Whether the reader finds in it what was there, with the edits, and nothing new to complain of."""
        was, now = _Said(self.name, self._before), _Said(self.name, after)
        old = [film for at, film in enumerate(self._films) if at in self._changed or at in self._taken]
        new = [*self._changed.values(), *(film for film, _ in self._added)]
        films = was.films - Counter(map(_key, old)) + Counter(map(_key, new))
        news = was.news + Counter(map(_key, self._news))
        return films == now.films and news == now.news and not now.problems - was.problems

    # a film's own lines

    def _block(self, at: int, film: Film, *, anew: bool = False) -> str:
        part, before = self._parts[at], self._films[at]
        layout = self._layout
        column = 0 if part.flow else layout.column(part.dash)
        ways: list[Callable[[Film], str]] = []
        if not anew:
            ways.append(lambda known: edited(layout, part, known, film, self._offset))
        if not part.flow:
            ways.append(lambda known: self._rewritten(part, known, film))
        for way in ways:
            if before is None:
                break
            try:
                written = way(before)
            except OddLayoutError:
                continue
            if _reads_as(written, column, film, flow=part.flow):
                return written
        raise self._error(N_("{file}: “{film}” cannot be written as it stands there; edit it by hand"), film)

    def _rewritten(self, part: Part, before: Film, film: Film) -> str:
        column = self._layout.column(part.dash)
        written = rewritten(self._layout.text[part.dash : part.end], column, before, film)
        return written.replace("\n", self._layout.newline)

    def _lead(self, at: int) -> int:
        """Where the comments directly above an item begin."""
        layout = self._layout
        start = layout.line_start(self._parts[at].dash)
        floor = self._parts[at - 1].end if at else 0
        while start > floor:
            above = layout.line_start(start - 1)
            if above < floor or not layout.text[above:start].lstrip().startswith("#"):
                break
            start = above
        return start

    @cached_property
    def _offset(self) -> int:
        """How much deeper than its key a list's dashes stand in this file."""
        section = self._layout.sections.get("films")
        if section is None or not self._parts or self._parts[0].flow:
            return 0
        return max(0, self._layout.column(self._parts[0].dash) - self._layout.column(section.key.start))

    @cached_property
    def _gap(self) -> str:
        """What stands between two films: an empty line, unless this file does without."""
        gaps = [
            self._layout.text[self._parts[at].end : self._lead(at + 1)]
            for at in range(len(self._parts) - 1)
            if not self._parts[at].flow
        ]
        dense = gaps and not any(re.search(r"\n[ \t]*\r?\n", gap) for gap in gaps)
        return "\n" if dense else "\n\n"

    # films that go

    def _removals(self) -> Iterator[Cut]:
        text = self._layout.text
        runs: list[tuple[int, int, int]] = []
        for at in sorted(self._taken):
            start, end = self._lead(at), self._parts[at].end
            if self._parts[at].flow:
                yield self._unlisted(at)
                continue
            before = self._parts[at - 1].end if at else 0
            if runs and not text[runs[-1][2] : start].strip():
                before, start, _ = runs.pop()
            runs.append((before, start, end))
        emptied = len(self._taken) == len(self._parts)
        for before, start, end in runs:
            following = end + len(text[end:]) - len(text[end:].lstrip())
            if emptied and self._added:
                yield start, end, ""  # others come in their place
            elif following == len(text):
                kept = max(before, len(text[:start].rstrip()))
                yield kept, len(text), "\n" if text.endswith("\n") else ""
            else:
                yield start, self._layout.line_start(following), ""

    def _unlisted(self, at: int) -> Cut:
        """Out of [brackets], with its comma."""
        start, end = self._parts[at].dash, self._parts[at].end
        if at + 1 < len(self._parts):
            return start, self._parts[at + 1].dash, ""
        return (self._parts[at - 1].end if at else start), end, ""

    # films that come

    def _insertions(self) -> Iterator[Cut]:
        added = sorted(self._added, key=lambda one: _order(one[0]))
        if not added:
            return
        if not self._parts:
            yield from self._begun("films", [self._lines(film, moved, 0) for film, moved in added], self._gap)
            return
        places: dict[int | None, list[tuple[Film, Moved | None]]] = {}
        standing = sorted((self._sorts(at), at) for at in range(len(self._parts)) if at not in self._taken)
        place: int | None = None
        passed = 0
        for film, moved in added:
            while passed < len(standing) and standing[passed][0] <= _order(film):
                place = max(place or 0, standing[passed][1])
                passed += 1
            places.setdefault(place, []).append((film, moved))
        for behind, films in places.items():
            yield self._inserted(behind, films)

    def _sorts(self, at: int) -> tuple[int, str]:
        film = self._changed.get(at) or self._films[at]
        return _order(film) if film is not None else (UNDATED + 1, "")  # of a broken one nothing is known

    def _inserted(self, place: int | None, films: list[tuple[Film, Moved | None]]) -> Cut:
        part = self._parts[place or 0]
        if part.flow:
            written = [emit.inline(film) for film, _ in films]
            if place is None:
                return part.dash, part.dash, "".join(one + ", " for one in written)
            return part.end, part.end, "".join(", " + one for one in written)
        column = self._layout.column(part.dash)
        lines = [self._lines(film, moved, column) for film, moved in films]
        if place is None:
            start = self._lead(0)
            if len(self._taken) == len(self._parts):
                return start, start, self._gap.join(lines)
            return start, start, "".join(one + self._gap for one in lines)
        return part.end, part.end, "".join(self._gap + one for one in lines)

    def _lines(self, film: Film, moved: Moved | None, column: int) -> str:
        """A film as lines with its dash at `column`."""
        if moved is None:
            return _shifted(emit.block(film, self._offset), column)
        return _shifted(moved.lines, column - moved.column)

    # news

    def _headlines(self) -> Iterator[Cut]:
        if not self._news:
            return
        if not self._told:
            yield from self._begun("news", [emit.block(item) for item in self._news], "\n")
            return
        last = self._told[-1]
        if last.flow:
            yield last.end, last.end, "".join(", " + emit.inline(item) for item in self._news)
            return
        column = self._layout.column(last.dash)
        gap = "\n"
        if len(self._told) > 1 and re.search(r"\n[ \t]*\r?\n", self._layout.text[self._told[-2].end : last.dash]):
            gap = "\n\n"
        yield last.end, last.end, "".join(gap + _shifted(emit.block(item), column) for item in self._news)

    def _begun(self, name: str, lines: list[str], gap: str) -> Iterator[Cut]:
        """The first items of a section."""
        layout = self._layout
        section = layout.sections.get(name)
        if section is not None:
            match section.value:
                case Leaf(value="" | "~", style=""):
                    pass
                case Items(items=[]):
                    pass
                case _:
                    raise OddLayoutError
            colon = layout.text.index(":", section.key.end) + 1
            end = max(colon, section.value.end)
            yield colon, end, ""
            column = layout.column(section.key.start)
            behind = layout.line_end(end)
            yield behind, behind, "\n" + gap.join(_shifted(one, column) for one in lines)
            return
        if not layout.whole:
            raise OddLayoutError
        text = layout.text
        lead = "" if not text or text.endswith("\n") else "\n"
        if layout.sections or (name == "news" and self._added):
            lead += "\n"
        yield len(text), len(text), f"{lead}{name}:\n{gap.join(lines)}\n"


class _Said:
    """What the reader takes from a file's content."""

    def __init__(self, name: str, data: bytes | None) -> None:
        problems: list[Problem] = []
        self.films: Counter[str] = Counter()
        self.news: Counter[str] = Counter()
        if data is not None:
            for item in parse(io.BytesIO(data), name, problems.append):
                (self.films if isinstance(item.value, Film) else self.news)[_key(item.value)] += 1
        self.problems = Counter(_key(problem.message) for problem in problems)


def _key(value: Film | News | Message | None) -> str:
    if isinstance(value, Film):
        value = msgspec.structs.replace(value, links=dict(sorted(value.links.items())))
    return repr(value)


def _order(film: Film) -> tuple[int, str]:
    return opening(film).key, fold(film.title)


def _film(part: Part) -> Film | None:
    node = as_node(part.tree)
    problems: list[fields.Reason] = []
    film = None if node is None else fields.film(node, lambda _node, text: problems.append(text))
    return None if problems else film


def _news(part: Part) -> News | None:
    node = as_node(part.tree)
    return None if node is None else fields.news(node, lambda _node, _said: None)


def _reads_as(written: str, column: int, film: Film, *, flow: bool) -> bool:
    head = "films:\n- " if flow else "films:\n" + " " * column
    parts = Layout(head + written + "\n").parts["films"]
    return len(parts) == 1 and _film(parts[0]) == film


def _shifted(lines: str, by: int) -> str:
    """The lines further in, or out as far as each goes."""
    if by >= 0:
        return re.sub(r"(?m)^(?=[^\n])", " " * by, lines)
    return re.sub(rf"(?m)^ {{1,{-by}}}", "", lines)
