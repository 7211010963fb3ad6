"""What is found out, and shown, before Textual is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.app.frame import NOTHING, Preview, show_frame
from tui.app.terminal import Background, asked_background
from tui.user.session import Session, read_session

if TYPE_CHECKING:
    from tui.user.settings import Settings


class Opening(NamedTuple):
    """How the calendar opens."""

    session: Session | None
    """How it was left."""
    theme: str
    """As the settings name one."""
    asked: Background
    shown: Preview = NOTHING

    @property
    def look(self) -> str:
        """What its colours depend on."""
        return f"{self.theme} {self.asked.light}"


def opening(settings: Settings, *, fresh: bool = False, picture: bool = False) -> Opening:
    """`fresh`: not as the calendar was left; `picture`: with the picture of then, until Textual draws."""
    session = None if fresh else read_session(settings.places.session, settings.places.catalog)
    theme = settings.theme
    if session and session.theme and session.setting == theme:
        theme = session.theme
    asked = Background() if theme not in {"auto", "ansi"} else asked_background(settings.places.cache)
    found = Opening(session, theme, asked)
    if picture and session:
        found = found._replace(shown=show_frame(settings, found.look))
    return found
