"""What is wrong in a catalog, for people, for programs and for a review on GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.base.errors import Problem
    from tui.base.words import Words


def text(problem: Problem, words: Words) -> str:
    """`file:line:col: message`; a warning says that it is one."""
    wording = problem.message.text(words)
    if problem.severity == "warning":
        wording = words.gettext("warning: {what}").format(what=wording)
    return f"{problem.path}:{problem.line}:{problem.column}: {wording}"


def record(problem: Problem, words: Words) -> dict[str, Any]:
    """path, line, column, severity, message."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "message": problem.message.text(words),
    }


def github(problem: Problem, words: Words) -> str:
    """A workflow command, by which GitHub shows it beside the line."""
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    return f"::{problem.severity} {place}::{_data(problem.message.text(words))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
