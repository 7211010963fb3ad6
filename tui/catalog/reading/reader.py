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
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.catalog.files import File, open_regular, reason
from tui.catalog.reading import depth, fields
from tui.catalog.reading.depth import DEEPEST, HOPELESS, TooDeepError, stopped_at
from tui.catalog.reading.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.films.film import Film, News

_MOST_IN_FILM, _MOST_IN_FILE = 20, 1_000
"""Problems that are reported one by one; the rest is counted."""
_LARGEST = 1_000_000
"""Bytes of a film or a news item: as nodes they take a hundred times the room."""
_SECTIONS = ("films", "news")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x80-\\x84\\x86-\\x9f\ufffe\uffff]")


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
    return _Reading(name, report).run(stream)


_new: Any = tuple.__new__


def _scalar(event: Any) -> Scalar:
    mark = event.start_mark
    # half the time of the NamedTuple's own constructor, which a film calls fifty times
    scalar: Scalar = _new(Scalar, (event.value, mark.line, mark.column, event.implicit[0]))
    return scalar


_HALVES = (b"\xc2", b"\xe2", b"\xe2\x80")


def _one_kind_of_line(data: bytes) -> bytes:
    """YAML 1.1 breaks lines at three more characters, which editors, git and people do not."""
    return data.replace(b"\xc2\x85", b" ").replace(b"\xe2\x80\xa8", b" ").replace(b"\xe2\x80\xa9", b" ")


class _TooLargeError(yaml.YAMLError):
    pass


class _Source:
    """The bytes of a file on their way to the parser, watched for what an editor should know."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.crlf = False
        self.room: int | None = None
        """Bytes that may still be read before the film ends."""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        while data.endswith(_HALVES) and (more := self._stream.read(1)):
            data += more
        self.crlf = self.crlf or b"\r\n" in data
        if self.room is not None:
            self.room -= len(data)
            if self.room < 0:
                raise _TooLargeError
        return _one_kind_of_line(data)


class _Reading:
    def __init__(self, name: str, report: Callable[[Problem], None]) -> None:
        self._report = report
        self._shown = clean(name)
        self._problems = 0
        self._reported: set[tuple[int, int, str]] = set()  # a broken file is read twice in parts
        self._in_item: int | None = None  # problems of the film that is being read
        self._more_in_item = 0  # those of them that were not reported
        self._more = 0  # others of the file that were not reported,
        self._since = 0, 0  # from this place on
        self._more_before = 0  # as it was before this film
        self._offset = 0  # lines before the text that the parser sees
        self._begun = 0  # the line from which on nothing has been read for good
        self._ended = 0  # the line behind the node read last
        self._whole = False  # what is being read cannot be taken item by item

    def run(self, stream: BinaryIO) -> Iterator[Item]:
        head = stream.read(4)
        stream.seek(0)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
            self._problem(0, 0, message(N_("not text in UTF-8; save the file as UTF-8")))
            return
        if head.startswith(b"\xef\xbb\xbf"):
            self._problem(0, 0, message(N_("begins with a byte order mark; save the file as UTF-8 without BOM")))
        source = self._source = _Source(stream)
        try:
            yield from self._documents(source)
        except yaml.YAMLError as error:
            if not self._whole:
                self._forget(self._more_before)
                # the item in which the parser stopped, and all behind it, one by one
                yield from self._piecemeal(stream, self._begun)
            elif (end := stopped_at(error)) is not None:
                stream.seek(0)
                self._forget(0)
                self._look(stream.read(4 * end).decode("utf-8-sig", errors="ignore")[:end])
            elif isinstance(error, _TooLargeError):
                self._too_large(self._begun)
            elif not self._problems:
                self._broken(error, 0, None)
        self._end_item(self._begun)
        if source.crlf:
            self._problem(0, 0, message(N_("lines end in CRLF; save the file with LF line ends")))
        if self._more:
            text = message(N_("more problems in this file, from here on: {count}"), count=self._more)
            self._report(Problem(self._shown, *self._since, text))

    # the whole file at once

    def _documents(self, source: _Source | str) -> Iterator[Item]:
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
            self._problem(0, 0, message(N_("empty; begin it with “films:”")))

    def _look(self, source: str) -> None:
        """Read once more what has been read, up to where PyYAML met a nesting, so as to report where that begins."""
        with contextlib.suppress(yaml.YAMLError):
            for _ in self._documents(source):
                pass

    def _document(self, events: Callable[[], Any]) -> Iterator[Item]:
        root = events()
        if type(root) is not MappingStartEvent:
            self._whole = True
            if type(root) is ScalarEvent and not root.value:
                self._at(root, message(N_("empty; begin it with “films:”")))
                return
            self._at(root, message(N_("not a catalog; begin it with “films:” and a list of films")))
            self._skip(root, events)
            return
        seen: set[str] = set()
        while type(key := events()) is not MappingEndEvent:
            name = key.value if type(key) is ScalarEvent else ""
            value = events() if type(key) is ScalarEvent else key
            if name not in _SECTIONS:
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

    def _section(self, name: str, opening: Any, events: Callable[[], Any]) -> Iterator[Item]:
        if type(opening) is ScalarEvent and opening.value in {"", "~"}:
            return
        if type(opening) is not SequenceStartEvent:
            self._at(opening, message(N_("“{name}” needs a list; begin each item with “- ”"), name=name))
            self._skip(opening, events)
            return
        parse = fields.film if name == "films" else fields.news
        self._whole = bool(opening.flow_style)
        while type(event := events()) is not SequenceEndEvent:
            mark = event.start_mark
            self._begun = mark.line
            before = self._problems
            self._in_item, self._more_before, self._source.room = 0, self._more, _LARGEST
            node = self._compose(event, events, 0)
            value = parse(node, self._on) if self._problems == before else None
            if self._in_item:
                self._end_item(mark.line)
            self._in_item = self._source.room = None
            if value is not None and self._problems == before:
                yield Item(value, mark.line + self._offset + 1, mark.column + 1)
            self._begun = self._ended

    # nodes

    def _compose(self, event: Any, events: Callable[[], Any], level: int) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            if event.tag is not None:
                self._at(event, message(N_("no tags here; leave out “{tag}”"), tag=quoted(event.tag, 40)))
            return _scalar(event)
        if kind is AliasEvent:
            self._at(event, message(N_("no anchors and aliases here; write the value out")))
            return Scalar("", 0, 0, True)
        mark = event.start_mark
        if level == DEEPEST:
            self._at(event, message(N_("nested too deeply; no field of a film needs that")))
            self._skip(event, events)
            return Scalar("", mark.line, mark.column, True)
        if event.tag is not None:
            self._at(event, message(N_("no tags here; leave out “{tag}”"), tag=quoted(event.tag, 40)))
        if kind is SequenceStartEvent:
            items = Sequence(mark.line, mark.column)
            while type(inner := events()) is not SequenceEndEvent:
                plain = type(inner) is ScalarEvent and inner.tag is None  # most are: no call for these
                items.append(_scalar(inner) if plain else self._compose(inner, events, level + 1))
            self._end(event, inner)
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
        self._end(event, inner)
        return mapping

    def _end(self, opening: Any, closing: Any) -> None:
        # a block ends where the next token begins, a bracket where it closes
        self._ended = closing.end_mark.line + 1 if opening.flow_style else closing.start_mark.line

    def _skip(self, opening: Any, events: Callable[[], Any]) -> None:
        """Go on behind the node that this event opens."""
        open_ = 0
        event = opening
        while True:
            if type(event) in {MappingStartEvent, SequenceStartEvent}:
                open_ += 1
            elif type(event) in {MappingEndEvent, SequenceEndEvent}:
                open_ -= 1
            if open_ <= 0:
                return
            if open_ > HOPELESS:
                raise TooDeepError  # its opening has been reported
            event = events()

    # where the YAML is broken

    def _piecemeal(self, stream: BinaryIO, first: int) -> Iterator[Item]:
        """Read the items from line `first` on each by itself, so that a broken one takes no other along."""
        stream.seek(0)
        section, indent = "films", None
        piece: list[str] = []
        size = 0
        start = 0
        last = -1
        for number, raw in enumerate(stream):
            last = number
            line = _one_kind_of_line(raw).decode("utf-8-sig" if number == 0 else "utf-8", errors="surrogateescape")
            head = re.match(r"(films|news):\s*(#.*)?$", line)
            dash = re.match(r" *(?=-(\s|$))", line)
            if dash and (indent is None or dash.end() <= indent):
                indent = dash.end()
                boundary = True
            else:
                boundary = head is not None or line.startswith(("---", "..."))
            if boundary:
                yield from self._piece(section, piece, start)
                piece, size, start = [], 0, number
            if head:
                section, indent = head[1], None
                piece = []
                start = number + 1
            elif number >= first and not line.startswith(("---", "...")):
                if size <= _LARGEST:
                    piece.append(line)
                size += len(line)
        yield from self._piece(section, piece, min(start, last))

    def _piece(self, section: str, lines: list[str], start: int) -> Iterator[Item]:
        content = "".join(lines)
        if not any(line.strip() and not line.lstrip().startswith("#") for line in lines):
            return
        for line, text in enumerate(lines):
            if re.search("[\udc80-\udcff]", text):
                self._problem(start + line, 0, message(N_("not text in UTF-8; save the file as UTF-8")))
                return
            if control := _CONTROL.search(text):
                wording = message(N_("a control character; leave it out"))
                self._problem(start + line, control.start(), wording)
                return
        if len(content) > _LARGEST:
            self._too_large(start)
            return
        self._offset = start - 1
        before = self._problems
        try:
            if re.match(r"\s*-(\s|$)", next(line for line in lines if line.strip() and line.lstrip()[0] != "#")):
                content = f"{section}:\n{content}"
            else:
                self._offset = start
            yield from self._documents(content)
        except yaml.YAMLError as error:
            if (end := stopped_at(error)) is not None:
                self._forget(self._more_before)
                self._look(content[:end])
            if self._problems == before:
                self._broken(error, self._offset, start + len(lines) - 1)
            self._end_item(self._begun)
        finally:
            self._offset = 0

    # problems

    def _broken(self, error: yaml.YAMLError, offset: int, last: int | None) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        context = str(getattr(error, "context", ""))
        if "quoted" in context or "flow" in context:
            mark = getattr(error, "context_mark", None) or mark  # where it opens, not where the file ends
        line, column = (mark.line + offset, mark.column) if mark is not None else (offset + 1, 0)
        self._problem(line if last is None else min(line, last), column, _syntax(error))

    def _problem(self, line: int, column: int, text: fields.Reason) -> None:
        self._problems += 1
        if len(self._reported) >= _MOST_IN_FILE:
            self._since = self._since if self._more else (line + 1, column + 1)
            self._more += 1
            return
        if self._in_item is not None:
            self._in_item += 1
            if self._in_item > _MOST_IN_FILM:
                self._more_in_item += 1
                return
        problem = Problem(self._shown, line + 1, column + 1, text if isinstance(text, Message) else text())
        if (key := (problem.line, problem.column, repr(problem.message))) not in self._reported:
            self._reported.add(key)
            self._report(problem)

    def _forget(self, more: int) -> None:
        """What was counted and not reported since there were so many more: it is read again."""
        self._in_item, self._more_in_item, self._more = None, 0, more

    def _end_item(self, line: int) -> None:
        count, self._more_in_item, self._in_item = self._more_in_item, 0, None
        if count:
            self._problem(line + self._offset, 0, message(N_("more problems in this film: {count}"), count=count))

    def _too_large(self, line: int) -> None:
        self._problem(line, 0, message(fields.TOO_LONG, count=_LARGEST))

    def _at(self, event: Any, text: Message) -> None:
        self._problem(event.start_mark.line + self._offset, event.start_mark.column, text)

    def _on(self, node: Node, text: fields.Reason) -> None:
        self._problem(node.line + self._offset, node.column, text)


def _syntax(error: yaml.YAMLError) -> Message:
    """What the parser says, as an editor can mend it."""
    if stopped_at(error) is not None:
        return message(N_("nested too deeply; no field of a film needs that"))
    text = " ".join(str(getattr(error, name, "")) for name in ("context", "problem", "reason")).lower()
    for sign, advice in (
        ("mapping values are not allowed", N_("a colon inside a text; put the text in quotes")),
        ("quoted scalar", N_("a quotation mark without its partner; close it")),
        ("tab character", N_("a tab; indent with spaces")),
        ("'\\t'", N_("a tab; indent with spaces")),
        ("\t", N_("a tab; indent with spaces")),
        ("cannot start any token", N_("a text cannot begin like this; put it in quotes")),
        ("control characters", N_("a control character; leave it out")),
        ("unacceptable character", N_("a control character; leave it out")),
        ("anchor", N_("no anchors and aliases here; write the value out")),
        ("flow", N_("a bracket without its partner; close it")),
    ):
        if sign in text:
            return message(advice)
    return message(N_("not valid YAML; check indentation, colons and quotes"))
