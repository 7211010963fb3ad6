"""YAML into Films and News, one at a time.

PyYAML's event stream is read (with the C parser, 7 times CSafeLoader's speed), so that memory does not grow
with the file, every scalar stays text, and each value's line and column are at hand. What is wrong with one
film is reported and that film left out; where the YAML itself breaks, the rest is read item by item.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tui.base.errors import Message, Problem, message
from tui.base.text import quoted
from tui.base.words import N_
from tui.catalog.files import File, open_regular, reason
from tui.catalog.reading import depth, fields
from tui.catalog.reading.depth import DEEPEST, HOPELESS, TooDeepError, stopped_at
from tui.catalog.reading.nodes import Mapping, Node, Scalar, Sequence
from tui.catalog.reading.pieces import LARGEST, FilePiece, ParserInput, TooLargeError, pieces, unreadable
from tui.catalog.reading.problems import FileProblems, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.films.film import Film, News

    Events = Callable[[], Any]  # gives the next one

SECTIONS = ("films", "news")


class Item(NamedTuple):
    """A film or a news item, and where it begins in its file."""

    value: Film | News
    line: int
    column: int


def read(file: File, report: Callable[[Problem], None]) -> Iterator[Item]:
    """The films and news of a file, in its order; `report` is called with each problem as it is met."""
    if file.trouble:
        report(file.problem(file.trouble))
        return
    try:
        with open_regular(file.path) as stream:
            yield from parse(stream, file.name, report)
    except OSError as error:
        report(file.problem(reason(error)))


def parse(stream: BinaryIO, name: str, report: Callable[[Problem], None]) -> Iterator[Item]:
    """As `read`, of a file's content: a stream that can be read twice. Problems name it so."""
    return CatalogReader(name, report).run(stream)


_new: Any = tuple.__new__


def _scalar(event: Any) -> Scalar:
    mark = event.start_mark
    # half the time of the NamedTuple's own constructor, which a film calls fifty times
    scalar: Scalar = _new(Scalar, (event.value, mark.line, mark.column, event.implicit[0]))
    return scalar


class CatalogReader:
    """Walks the events of one file. The writer's layout listens to it by `section_found` and `item_found`."""

    def __init__(self, name: str, report: Callable[[Problem], None]) -> None:
        self._problems = FileProblems(name, report)
        self.broken = False
        """Whether the YAML could not be read to its end, and the rest was read in pieces."""
        self.shift = 0
        """Characters of the file before the text that the parser sees."""
        self._offset = 0  # lines before it
        self._begun = 0  # the line from which on nothing has been read for good
        self._last: Any = None  # the event that ended the node read last
        self._whole = False  # what is being read cannot be taken item by item

    def section_found(self, name: str, key: Any, opening: Any, closing: Any) -> None:
        """Called with the events of a section's name and of its value, which were read to their end."""

    def item_found(self, name: str, value: Film | News | None, opening: Any, closing: Any, *, flow: bool) -> None:
        """Called with each item of a section and its first and last event; None is one that has problems.

        `flow` is whether the section is a list in [brackets].
        """

    def run(self, stream: BinaryIO) -> Iterator[Item]:
        head = stream.read(4)
        stream.seek(0)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
            self._problems.add(0, 0, message(N_("not text in UTF-8; save the file as UTF-8")))
            return
        if head.startswith(b"\xef\xbb\xbf"):
            self._problems.add(0, 0, message(N_("begins with a byte order mark; save the file as UTF-8 without BOM")))
        self._source = ParserInput(stream)
        try:
            yield from self._documents(self._source)
        except yaml.YAMLError as error:
            self.broken = True
            if not self._whole:
                self._problems.forget()
                stream.seek(0)  # the item in which the parser stopped, and all behind it, one by one
                for piece in pieces(stream, self._begun):
                    yield from self._piece(piece)
            elif (end := stopped_at(error)) is not None:
                stream.seek(0)
                self._problems.forget(all_=True)
                self._look(stream.read(4 * end).decode("utf-8-sig", errors="ignore")[:end])
            elif isinstance(error, TooLargeError):
                self._problems.add(self._begun, 0, message(fields.TOO_LONG, count=LARGEST))
            elif not self._problems.count:
                self._problems.add(*broken(error))
        self._problems.end_item(self._begun)
        if self._source.crlf:
            self._problems.add(0, 0, message(N_("lines end in CRLF; save the file with LF line ends")))
        self._problems.end_file()

    # the whole file at once

    def _documents(self, source: ParserInput | str) -> Iterator[Item]:
        parser = depth.LOADER(source)
        try:
            events = parser.get_event
            empty = True
            while type(event := events()) is not StreamEndEvent:
                if type(event) is DocumentStartEvent:
                    empty = False
                    yield from self._document(events)
        finally:
            parser.dispose()
        if empty:
            self._problems.add(0, 0, message(N_("empty; begin it with “films:”")))

    def _look(self, source: str) -> None:
        """Read once more what has been read, up to where PyYAML met a nesting, so as to report where that begins."""
        with contextlib.suppress(yaml.YAMLError):
            for _ in self._documents(source):
                pass

    def _document(self, events: Events) -> Iterator[Item]:
        root = events()
        if type(root) is not MappingStartEvent:
            self._whole = True
            empty = type(root) is ScalarEvent and not root.value
            other = N_("not a catalog; begin it with “films:” and a list of films")
            self._at(root, message(N_("empty; begin it with “films:”") if empty else other))
            self._skip(root, events)
            return
        seen: set[str] = set()
        while type(key := events()) is not MappingEndEvent:
            name = key.value if type(key) is ScalarEvent else ""
            value = events() if type(key) is ScalarEvent else key
            if name not in SECTIONS:
                self._at(key, message(N_("unknown section “{name}”; write films or news"), name=quoted(name, 40)))
                self._skip(value, events)
                if type(key) is not ScalarEvent:
                    self._skip(events(), events)
            elif name in seen:
                self._at(key, message(N_("“{name}” appears twice; put all under the first"), name=name))
                self._skip(value, events)
            else:
                seen.add(name)
                yield from self._section(name, value, events)
                self.section_found(name, key, value, self._last)

    def _section(self, name: str, opening: Any, events: Events) -> Iterator[Item]:
        self._last = opening
        if type(opening) is ScalarEvent and opening.value in {"", "~"}:
            return
        if type(opening) is not SequenceStartEvent:
            self._at(opening, message(N_("“{name}” needs a list; begin each item with “- ”"), name=name))
            self._skip(opening, events)
            return
        parse = fields.film if name == "films" else fields.news
        problems = self._problems
        flow = self._whole = bool(opening.flow_style)
        while type(event := events()) is not SequenceEndEvent:
            mark = event.start_mark
            self._begun, self._last = mark.line, event
            before = problems.count
            problems.begin_item()
            self._source.room = LARGEST
            node = self._compose(event, events, 0)
            value = parse(node, self._on) if problems.count == before else None
            problems.end_item(mark.line + self._offset)
            self._source.room = None
            value = value if problems.count == before else None
            self.item_found(name, value, event, self._last, flow=flow)
            if value is not None:
                yield Item(value, mark.line + self._offset + 1, mark.column + 1)
            if event is not self._last:  # a block ends where the next token begins, a bracket where it closes
                self._begun = self._last.end_mark.line + 1 if event.flow_style else self._last.start_mark.line
        self._last = event

    # nodes

    def _compose(self, event: Any, events: Events, level: int) -> Node:
        kind = type(event)
        if kind is not AliasEvent and event.tag is not None:
            self._at(event, message(N_("no tags here; leave out “{tag}”"), tag=quoted(event.tag, 40)))
        if kind is ScalarEvent:
            return _scalar(event)
        if kind is AliasEvent:
            self._at(event, message(N_("no anchors and aliases here; write the value out")))
            return Scalar("", 0, 0, True)
        mark = event.start_mark
        if level == DEEPEST:
            self._at(event, message(N_("nested too deeply; no field of a film needs that")))
            self._skip(event, events)
            return Scalar("", mark.line, mark.column, True)
        if kind is SequenceStartEvent:
            items = Sequence(mark.line, mark.column)
            while type(inner := events()) is not SequenceEndEvent:
                plain = type(inner) is ScalarEvent and inner.tag is None  # most are: no call for these
                items.append(_scalar(inner) if plain else self._compose(inner, events, level + 1))
            self._last = inner
            return items
        mapping = Mapping(mark.line, mark.column)
        while type(inner := events()) is not MappingEndEvent:
            plain = type(inner) is ScalarEvent and inner.tag is None
            key = _scalar(inner) if plain else self._compose(inner, events, level + 1)
            inner = events()
            plain = type(inner) is ScalarEvent and inner.tag is None
            value = _scalar(inner) if plain else self._compose(inner, events, level + 1)
            if type(key) is not Scalar:
                self._on(key, message(N_("a field's name is one word")))
            elif key.value in mapping:
                self._on(key, message(N_("“{name}” appears twice; keep one"), name=quoted(key.value, 40)))
            else:
                mapping[key.value] = (key, value)
        self._last = inner
        return mapping

    def _skip(self, opening: Any, events: Events) -> None:
        """Go on behind the node that this event opens."""
        open_ = 0
        event = opening
        while True:
            if type(event) in {MappingStartEvent, SequenceStartEvent}:
                open_ += 1
            elif type(event) in {MappingEndEvent, SequenceEndEvent}:
                open_ -= 1
            if open_ <= 0:
                self._last = event
                return
            if open_ > HOPELESS:
                raise TooDeepError  # its opening has been reported
            event = events()

    # where the YAML is broken

    def _piece(self, piece: FilePiece) -> Iterator[Item]:
        """The item of a piece read by itself, so that a broken one takes no other along."""
        first = next((line for line in piece.lines if line.strip() and not line.lstrip().startswith("#")), None)
        if first is None:
            return
        if trouble := unreadable(piece):
            self._problems.add(*trouble)
            return
        head = f"{piece.section}:\n" if re.match(r"\s*-(\s|$)", first) else ""
        content = head + "".join(piece.lines)
        self._offset, self.shift = piece.line - bool(head), piece.at - len(head)
        before = self._problems.count
        try:
            yield from self._documents(content)
        except yaml.YAMLError as error:
            if (end := stopped_at(error)) is not None:
                self._problems.forget()
                self._look(content[:end])
            if self._problems.count == before:
                line, column, text = broken(error)
                self._problems.add(min(line + self._offset, piece.line + len(piece.lines) - 1), column, text)
            self._problems.end_item(self._begun + self._offset)
        finally:
            self._offset = self.shift = 0

    # problems

    def _at(self, event: Any, text: Message) -> None:
        self._problems.add(event.start_mark.line + self._offset, event.start_mark.column, text)

    def _on(self, node: Node, text: fields.Reason) -> None:
        self._problems.add(node.line + self._offset, node.column, text)
