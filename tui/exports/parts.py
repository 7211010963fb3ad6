"""Lines that are set once, for the screen and for plain text: each part knows its style and what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.base.text import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.films.holidays import Holiday


class Part(NamedTuple):
    text: str
    style: str = "text"
    """As a page of the screen names it; plain text has none."""
    day: date | None = None
    """The day that it belongs to."""
    row: int | None = None
    """Index in the view of the film that it stands for."""


def plain(lines: Iterable[list[Part]]) -> Iterator[str]:
    """The lines as text, without spaces at their ends."""
    for line in lines:
        yield "".join(part.text for part in line).rstrip()


def marked(title: str, width: int, *, starred: bool) -> str:
    """The title in at most `width` cells, a star behind it where the film is starred and there is room."""
    return f"{fitted(title, width - 2)} ★" if starred and width > 6 else fitted(title, width)


def fitted(text: str, width: int) -> str:
    """The text in at most `width` cells, an ellipsis for what is left off."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept = text[: width - 1]
    while kept and cells(kept) > width - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def filled(text: str, width: int) -> str:
    """The text in exactly `width` cells."""
    text = fitted(text, width)
    return text + " " * (width - cells(text))


def sign(holidays: Iterable[Holiday]) -> str:
    """◆ for a public holiday, ◇ for cuti bersama, ≈ for a day that is only computed yet; empty on other days."""
    found = list(holidays)
    if not found:
        return ""
    if all(holiday.estimated for holiday in found):
        return "≈"
    return "◇" if all(holiday.joint for holiday in found) else "◆"


def named(holidays: Iterable[Holiday], words: Words) -> str:
    """The day's holidays: Nyepi, Idulfitri."""
    return ", ".join(dict.fromkeys(holiday.text(words) for holiday in holidays))


def by_day(holidays: Iterable[Holiday]) -> dict[date, list[Holiday]]:
    found: dict[date, list[Holiday]] = {}
    for holiday in holidays:
        found.setdefault(holiday.day, []).append(holiday)
    return found
