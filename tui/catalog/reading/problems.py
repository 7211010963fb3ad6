"""The problems of one file on their way to who asked: each once, of a film and of a file only so many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.base.errors import Message, Problem, message
from tui.base.text import clean
from tui.base.words import N_
from tui.catalog.reading.depth import stopped_at

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_MOST_IN_FILM, _MOST_IN_FILE = 20, 1_000
"""Problems that are reported one by one; the rest is counted."""


class FileProblems:
    """Reports problems by line and column, which count from 0 here and from 1 in what is reported."""

    def __init__(self, name: str, report: Callable[[Problem], None]) -> None:
        self._report = report
        self._name = clean(name)
        self.count = 0
        """All that were met, reported or not, also if met twice."""
        self._reported: set[tuple[int, int, str]] = set()  # a broken file is read twice in parts
        self._in_item: int | None = None  # problems of the item that is being read
        self._more_in_item = 0  # those of them that were not reported
        self._more = 0  # others of the file that were not reported,
        self._since = 0, 0  # from this place on
        self._more_before = 0  # as it was before this item

    def add(self, line: int, column: int, text: Message | Callable[[], Message]) -> None:
        """One problem; where `text` is a function, it is called only if the problem is reported."""
        self.count += 1
        if len(self._reported) >= _MOST_IN_FILE:
            self._since = self._since if self._more else (line + 1, column + 1)
            self._more += 1
            return
        if self._in_item is not None:
            self._in_item += 1
            if self._in_item > _MOST_IN_FILM:
                self._more_in_item += 1
                return
        problem = Problem(self._name, line + 1, column + 1, text if isinstance(text, Message) else text())
        if (key := (problem.line, problem.column, repr(problem.message))) not in self._reported:
            self._reported.add(key)
            self._report(problem)

    def begin_item(self) -> None:
        """What follows belongs to one film or news item, until `end_item`."""
        self._in_item, self._more_before = 0, self._more

    def end_item(self, line: int) -> None:
        """Report how many more problems the item has, which begins at `line`."""
        count, self._more_in_item, self._in_item = self._more_in_item, 0, None
        if count:
            self.add(line, 0, message(N_("more problems in this film: {count}"), count=count))

    def forget(self, *, all_: bool = False) -> None:
        """Forget what was counted but not reported in this item, or in the file: it is going to be read again."""
        self._in_item, self._more_in_item, self._more = None, 0, 0 if all_ else self._more_before

    def end_file(self) -> None:
        """Report how many more problems the file has."""
        if self._more:
            text = message(N_("more problems in this file, from here on: {count}"), count=self._more)
            self._report(Problem(self._name, *self._since, text))


def broken(error: yaml.YAMLError) -> tuple[int, int, Message]:
    """Where YAML breaks, in the text that was parsed, and what an editor can do about it.

    What is opened and never closed is reported where it opens, not where the file ends.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = str(getattr(error, "context", ""))
    if "quoted" in context or "flow" in context:
        mark = getattr(error, "context_mark", None) or mark
    return (mark.line, mark.column, _syntax(error)) if mark is not None else (1, 0, _syntax(error))


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
