"""What can go wrong, and the messages that say so.

A message is put into the user's language where it is shown, and nowhere else.

FilmtuiError
├── CatalogError        no catalog there, or nothing in it that could be one
├── ProblemError        one thing wrong in a catalog file, with its place
├── IndexUnavailableError   the index can neither be used nor made anew
├── NotFoundError       no film of that id
└── ValueRefusedError   an option's or a field's value is not of its form
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tui.base.words import Words


class Message(msgspec.Struct, frozen=True):
    """A sentence with its arguments, put into a language only when it is shown."""

    msgid: str
    """The sentence's id in the gettext catalogs, with {places} for the arguments."""
    arguments: dict[str, str | Message] = {}
    """A Message where a part of the sentence is put into words too."""

    def text(self, words: Words) -> str:
        return words.gettext(self.msgid).format_map(
            {name: value.text(words) if isinstance(value, Message) else value for name, value in self.arguments.items()}
        )


def message(msgid: str, **arguments: object) -> Message:
    """A Message; the call's name is one that pybabel extracts by."""
    return Message(
        msgid, {name: value if isinstance(value, Message) else str(value) for name, value in arguments.items()}
    )


class FilmtuiError(Exception):
    """Raised with the Message for the user."""

    def __init__(self, text: Message) -> None:
        super().__init__(text)
        self.message = text


class CatalogError(FilmtuiError):
    pass


class IndexUnavailableError(FilmtuiError):
    """The index can be neither read nor made."""


class IndexBusyError(IndexUnavailableError):
    """Another process is bringing it up to date."""


class NotFoundError(FilmtuiError):
    pass


class ValueRefusedError(FilmtuiError):
    pass


class Problem(msgspec.Struct, frozen=True):
    """Something in a catalog file that an editor should mend."""

    path: str
    """As it is shown: relative to the catalog, or the file itself; clean."""
    line: int
    column: int
    """Both count from 1."""
    message: Message
    severity: str = "error"
    """error, or warning for what an editor would only look at again."""

    def text(self, words: Words) -> str:
        """`file:line:col: message`."""
        return f"{self.path}:{self.line}:{self.column}: {self.message.text(words)}"


class ProblemError(FilmtuiError):
    """Raised with the place in the file being read."""

    def __init__(self, text: Message, line: int, column: int) -> None:
        super().__init__(text)
        self.line = line
        self.column = column
