"""What may go wrong while the calendar is open: a line for what can be expected, a report for everything else."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message_pump import MessagePump

from tui import __version__
from tui.base.errors import FilmtuiError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.index.failures import Error

if TYPE_CHECKING:
    from textual.message import Message as Event

    from tui.base.words import Words

EXPECTED = (FilmtuiError, OSError, *Error)
"""The world's errors, not the program's: the calendar says them in a line and stays."""


def line(error: BaseException, words: Words) -> str:
    """One of EXPECTED in the user's language."""
    if isinstance(error, FilmtuiError):
        return error.message.text(words)
    why = reason_of(error) if isinstance(error, OSError) else clean(str(error))
    return message(N_("cannot go on: {why}"), why=why).text(words)


class Guarded(MessagePump):
    """Mixed into screens and widgets: an expected error in a handler is passed to the app's `expected`.

    Without it Textual takes the widget out of service and ends the app.
    """

    async def _dispatch_message(self, message: Event) -> None:
        try:
            await super()._dispatch_message(message)
        except EXPECTED as error:
            app: Any = self.app
            app.expected(error)


def save_report(folder: Path | None, text: str) -> Path | None:
    """Keep the traceback of an internal error; None where it can be written nowhere.

    No values of variables: it may be sent to somebody.
    """
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    about = f"filmtui {__version__}, Python {platform.python_version()}, {sys.platform}\n\n"
    for place in (folder, Path(tempfile.gettempdir())):
        if place is not None:
            try:
                place.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(about + text, "utf-8")
            except OSError:
                continue
            return place / name
    return None
