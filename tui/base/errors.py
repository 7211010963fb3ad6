"""What can go wrong, with a message that is put into the user's language only where it is shown.

FilmtuiError
├── CatalogError                there is no catalog, or it cannot be written
├── ProblemError                something is wrong in a catalog file, at a line and column
├── IndexUnavailableError       the index can be neither used nor made anew
│   └── IndexBusyError          another process is writing it
├── ExportError                 what is written out cannot be written
├── ExtraMissingError           a package that only some commands need is not installed
├── NotFoundError               no film has that id
├── StoppedError                what was being written is no longer wanted
└── ValueRefusedError           the value of an option or a field is not of its form
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tui.base.words import Words


class Message(msgspec.Struct, frozen=True):
    """A sentence with its arguments, in no language yet."""

    msgid: str
    """The sentence's id in the gettext catalogs, with {places} for the arguments."""
    arguments: dict[str, str | Message] = {}
    """By the name of the place. A Message is a part of the sentence that has to be translated too."""

    def text(self, words: Words) -> str:
        """The sentence in this language, with its arguments filled in."""
        return words.gettext(self.msgid).format_map(
            {name: value.text(words) if isinstance(value, Message) else value for name, value in self.arguments.items()}
        )


def message(msgid: str, **arguments: object) -> Message:
    """A Message whose arguments are Messages or become text. pybabel knows message ids by this function's name."""
    return Message(
        msgid, {name: value if isinstance(value, Message) else str(value) for name, value in arguments.items()}
    )


class FilmtuiError(Exception):
    """An error whose `message` is for the user. Any other error is the program's own fault."""

    def __init__(self, text: Message) -> None:
        super().__init__(text)
        self.message = text


class CatalogError(FilmtuiError):
    """There is no catalog at that place, or it cannot be read or written."""


class IndexUnavailableError(FilmtuiError):
    """The index can be neither used nor made anew."""


class IndexBusyError(IndexUnavailableError):
    """Another process has been writing the index for longer than one waits."""


class ExportError(FilmtuiError):
    """What is written out cannot be written, or not there."""


class ExtraMissingError(FilmtuiError):
    """A package that only some commands need is not installed; the message says how to install it."""


class NotFoundError(FilmtuiError):
    """No film has that id."""


class StoppedError(FilmtuiError):
    """What was being written is no longer wanted."""


class ValueRefusedError(FilmtuiError):
    """The value of an option or a field is not of its form."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong, or doubtful, at a place of a catalog file."""

    path: str
    """Relative to the catalog's directory, or the name of its one file; cleaned for the terminal."""
    line: int
    column: int
    """Both count from 1."""
    message: Message
    severity: str = "error"
    """`error`, or `warning` for what may be right but should be looked at."""

    def text(self, words: Words) -> str:
        """`file:line:col: message`."""
        return f"{self.path}:{self.line}:{self.column}: {self.message.text(words)}"


class ProblemError(FilmtuiError):
    """Something wrong at a line and column, both from 1, of the file that is being read."""

    def __init__(self, text: Message, line: int, column: int) -> None:
        super().__init__(text)
        self.line = line
        self.column = column
