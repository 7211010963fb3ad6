"""An index as it is, for a shell's completion: opened to be read, and never made, mended or brought up to date."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from tui.index.database import the_row
from tui.index.failures import Error
from tui.index.schema import stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.index.database import Connection

_T = TypeVar("_T")

_PATIENCE = 0.2
"""Seconds to wait for who writes: a shell waits for it."""


def peek(path: Path, question: Callable[[Connection], _T]) -> _T | None:
    """The answer; None where there is no index of this program at the path, or it cannot be read."""
    with contextlib.suppress(*Error, OSError):
        address = f"{path.as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, _PATIENCE, isolation_level=None, uri=True)) as database:
            if the_row(database.execute("PRAGMA user_version"))[0] == stamp():
                return question(database)
    return None
