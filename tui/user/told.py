"""What the user was reminded of already, so that each is told once."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import kept_value, lock, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KEPT = 400
"""Days for which it is remembered."""


class Reminded(msgspec.Struct, frozen=True):
    """What was told until now."""

    read: int | None = None
    """Bytes that the ledger had when all of it was told; None: nothing was told yet."""
    day: dt.date | None = None
    """The last one on which anything was looked for."""
    said: dict[str, dt.date] = {}
    """By what was said, the day on which it was."""


def read_told(path: Path | None) -> Reminded:
    """Nothing where there is no such file, or it cannot be read."""
    return kept_value(path, Reminded) or Reminded()


def add_told(path: Path | None, said: Iterable[str], today: dt.date, read: int | None) -> None:
    """Remember that these were told, beside what another process has told meanwhile; and the ledger's bytes, if all.

    Raises OSError.
    """
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with lock(path.parent, wait=True):
        before = read_told(path)
        kept = {one: day for one, day in before.said.items() if abs((today - day).days) < _KEPT}
        told = Reminded(before.read if read is None else read, today, {**kept, **dict.fromkeys(said, today)})
        if told != before:
            replace_file(path, msgspec.json.encode(told), private=True)
