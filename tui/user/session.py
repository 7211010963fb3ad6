"""How the calendar was left, so that it can be opened so again."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import keep_value, kept_value

if TYPE_CHECKING:
    from pathlib import Path


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was chosen in the calendar of one catalog."""

    catalog: str
    day: dt.date
    """Today, when it was left: `film` and `period` hold on that day only, as every other begins at its own."""
    view: str = ""
    """The command that opens it."""
    search: str = ""
    """The line that says what is searched for and filtered by."""
    period: int | None = None
    """The one period that was shown."""
    film: tuple[str, int, int] | None = None
    """The release under the cursor: id, ordinal and place, see `index.query.Row`."""
    down: int = 0
    """Lines from the view's top to it."""
    panes: int = 0
    divider: float | None = None
    """The part of the width that the calendar has beside the film; None where nobody has moved the border."""
    theme: str = ""
    """Chosen by key, and `setting`, the theme of the settings then: another one there is the newer choice."""
    setting: str = ""


def read_session(path: Path | None, catalog: Path) -> Session | None:
    """The session in this file; None where there is none of this catalog, or it cannot be read."""
    session = kept_value(path, Session)
    return session if session and session.catalog == str(catalog) else None


def write_session(path: Path, session: Session) -> None:
    """Raises nothing: where the file cannot be written, the calendar opens as it does the first time."""
    keep_value(path, session)
