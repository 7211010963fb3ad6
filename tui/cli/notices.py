"""Notices on the desktop, shown by the system's own program. Texts are its arguments, never part of a script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from xml.sax.saxutils import escape

from tui.base.errors import FilmtuiError, message
from tui.base.text import clean
from tui.base.words import N_

_PATIENCE = 20
"""Seconds for which a notice may take to be shown."""
_SCRIPT = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")


def notice(title: str, text: str) -> None:
    """Show it. Raises FilmtuiError, which says why it could not be shown."""
    command = _command(title, text)
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, and texts that are its arguments)
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(command[0], str(error)) from None
    if done.returncode:
        raise _failed(command[0], done.stderr.decode(errors="replace"))


def _failed(program: str, why: str) -> FilmtuiError:
    name, lines = program.rpartition("/")[2], why.strip().splitlines()
    told = N_("{program} could not show the notice: {why}")
    return FilmtuiError(message(told, program=name, why=clean(lines[0])[:200] if lines else "?"))


def _command(title: str, text: str) -> list[str]:
    names = ("osascript", "notify-send") if sys.platform == "darwin" else ("notify-send", "osascript")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        told = N_("no notice can be shown: neither notify-send nor osascript is here; install libnotify")
        raise FilmtuiError(message(told))
    if found.endswith("osascript"):
        return [found, *(part for line in _SCRIPT for part in ("-e", line)), title, text]
    # the body is markup, in which notify-send understands escapes too
    return [found, "-a", "filmtui", "--", title, escape(text).replace("\\", "\\\\")]
