"""The last time that the user looked at a catalog's calendar, and what was new and not looked at then."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import keep_value, kept_value

if TYPE_CHECKING:
    from pathlib import Path


class Visit(msgspec.Struct, frozen=True):
    """One look at the calendar, from opening it to closing it."""

    day: dt.date
    """On which it was closed."""
    read: int
    """Bytes that the ledger had then: what stands behind them is new."""
    unseen: list[str] = []
    """Ids of films that had changed, and on which the cursor has not been."""


def read_visit(path: Path) -> Visit | None:
    """The visit that was kept in this file; None where there is none, or it cannot be read."""
    return kept_value(path, Visit)


def write_visit(path: Path, visit: Visit) -> None:
    """Raises nothing: where the file cannot be written, the same films are marked again at the next visit."""
    keep_value(path, visit)
