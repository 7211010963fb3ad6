"""The calendar's last picture: it stands at the next start until there is a new one. Loads no Textual.

Python and Textual take a fifth of a second before they draw anything. Where the calendar comes back as it was left,
what it will show is known: the picture of then, for the same day, size and terminal.
"""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import msgspec

from tui import __version__
from tui.base.disk import keep_value, kept_value, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from tui.user.settings import Settings

_ENTER = "\x1b[?1049h\x1b[?25l"  # the alternate screen, and no cursor; what Textual does once more
_LEAVE = "\x1b[?1049l\x1b[?25h"
_IN, _OUT = 0, 1
_TERMINAL = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "TERM_PROGRAM", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME")
"""What of the environment changes how it looks."""


class Picture(msgspec.Struct, frozen=True):
    """A picture of the whole terminal."""

    of: list[str]
    """See `seen_by`."""
    text: str
    """With the escape sequences that place and colour it."""


def seen_by(settings: Settings, look: str, width: int, height: int, stars: str) -> list[str]:
    """All that a picture of the calendar depends on besides the catalog's films.

    `look`: its colours; `stars`: the stamp of the file of starred films.
    """
    places = settings.places
    chosen = [settings.language, look, settings.region, str(settings.first_day), f"{width}x{height}"]
    terminal = [os.environ.get(name, "") for name in _TERMINAL]
    return [__version__, str(places.catalog), places.today.isoformat(), *chosen, stars, *terminal]


def keep_frame(settings: Settings, look: str, width: int, height: int, stars: str, lines: list[str]) -> None:
    """Raises nothing: where it cannot be written, the next start shows nothing before Textual does."""
    path = settings.places.frame
    if path is None:
        return
    text = "".join(f"\x1b[{number};1H{line}" for number, line in enumerate(lines, 1))
    keep_value(path, Picture(seen_by(settings, look, width, height, stars), text))


class Preview(NamedTuple):
    """What stands on the terminal before Textual begins."""

    text: str = ""
    """Empty: nothing."""
    attributes: list[Any] | None = None
    """The terminal's, as they were before."""

    def give_back(self) -> None:
        """Let the terminal echo and edit what is typed again."""
        if self.attributes is not None:
            import termios

            with contextlib.suppress(termios.error):  # the terminal has gone
                termios.tcsetattr(_IN, termios.TCSANOW, self.attributes)

    def hide(self) -> None:
        """Give the terminal back as it was: nothing comes of it."""
        if self.text:
            _send(_LEAVE)
            self.give_back()


NOTHING = Preview()


def show_frame(settings: Settings, look: str) -> Preview:
    """Draw the picture that was kept, if it is of this day, size and terminal.

    What is typed from then on waits for the calendar, and is not echoed into the picture.
    """
    text = _kept(settings, look, settings.places.frame)
    if not text:
        return NOTHING
    import termios

    attributes = termios.tcgetattr(_IN)
    shown = Preview(text, attributes)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda number, _: _ended(shown, number))
    silent = [*attributes]
    silent[0] &= ~termios.IXON  # Ctrl+Q is a key
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(_IN, termios.TCSANOW, silent)
    _send(_ENTER + text)
    return shown


def _kept(settings: Settings, look: str, path: Path | None) -> str:
    if path is None or "TEXTUAL_DRIVER" in os.environ:
        return ""
    try:
        width, height = os.get_terminal_size(_OUT)
    except (OSError, ValueError):
        return ""
    frame = kept_value(path, Picture)
    stars = str(stamp_of(settings.places.starred))
    return frame.text if frame and frame.of == seen_by(settings, look, width, height, stars) else ""


def _send(text: str) -> None:
    with contextlib.suppress(OSError):  # the terminal has gone
        os.write(_OUT, text.encode(errors="replace"))


def _ended(shown: Preview, number: int) -> NoReturn:
    shown.hide()
    os._exit(128 + number)
