"""The footer: which commands stand in it where, in which words, and which of them are left out where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tui.app.commands import COMMANDS, called
from tui.base.words import N_

if TYPE_CHECKING:
    from tui.base.words import Words


class Footing(NamedTuple):
    """A command in the footer."""

    keys: str
    word: str
    action: str
    short: str = ""
    """Its word where there is less room; empty where that is the same."""
    several: bool = False
    """Whether the keys are also those of another command, so that the help of this one is not all that they do."""


_WEEK = (
    ("next", "←→↑↓", N_("films")), ("detail", "Enter", N_("read")),
    ("step_next", "[ ]", N_("weeks")), ("star", "Space", N_("star")),
    ("copy", "y Y", N_("copy for WhatsApp")), ("export", "x", N_("to the phone's calendar")),
    ("show_list", "1", N_("Schedule")), ("today", "t", N_("today")),
    ("help", "?", N_("help")), ("leave", "q", N_("quit")),
)  # fmt: skip
_GRID = (
    ("next", "←→↑↓", N_("days")), ("detail", "Enter", N_("open")), ("step_next", "[ ]", N_("months")),
    ("show_list", "1", N_("Schedule")), ("today", "t", N_("today")), ("search", "/", N_("search")),
    ("filter", "f", N_("filter")), ("star", "Space", N_("star")), ("export", "x", N_("export")),
    ("two_months", "M", N_("two months")),
    ("help", "?", N_("help")),
    ("leave", "q", N_("quit")),
)  # fmt: skip
_YEAR = (
    ("next_month", "←→", N_("days")), ("next", "↑↓", N_("months")), ("detail", "Enter", N_("month")),
    ("step_next", "[ ]", N_("years")), ("show_list", "1", N_("Schedule")), ("today", "t", N_("today")),
    ("search", "/", N_("search")), ("filter", "f", N_("filter")), ("star", "Space", N_("star")),
    ("export", "x", N_("export")), ("help", "?", N_("help")), ("leave", "q", N_("quit")),
)  # fmt: skip
_OF_VIEW = {"show_week": _WEEK, "show_grid": _GRID, "show_year": _YEAR}
_ENDING = (
    ("sources", "S", N_("sources")),
    ("import", "i", N_("import")), ("look_back", "p", N_("last release")), ("show_list", "1", N_("Schedule")),
    ("help", "?", N_("help")), ("leave", "q", N_("quit")),
)  # fmt: skip
_READING = (
    ("clear", "Esc", N_("back")), ("next", "↑↓", N_("scroll")), ("next_month", "←→", N_("links")),
    ("next_film", "J K", N_("films")), ("star", "Space", N_("star")), ("copy", "y", N_("copy")),
    ("help", "?", N_("help")), ("leave", "q", N_("quit")),
)  # fmt: skip
"""While the detail is read."""


_LINK = ("open_link", "o", N_("open link"))
_WIDEN = ("clear", "Esc", N_("all"))

_SHORT = {
    "copy for WhatsApp": N_("copy"), "to the phone's calendar": N_("phone"), "help": N_("more"), "today": N_("now"),
    "star": "★",
}  # fmt: skip
"""Shorter words, message ids."""

_WORDY = ("copy", "export")
"""Whose words are made shorter first."""

_FIRST = ("news", "changes", "two_months", "show_list")
_LEAST = (
    "narrow", "open_link", "leave", "filter", "today", "export", "copy", "step_next", "next_month", "star", "search",
    "next_film", "look_back", "import", "sources", "detail",
)  # fmt: skip
"""Actions in the order in which they are left out: those of `_FIRST` before a word is made shorter."""


def footer(
    words: Words, view: str = "", *, reading: bool = False, narrowed: bool = False, linked: bool = False
) -> list[Footing]:
    """For each command of the footer its keys, its words and its action, in the order in which they stand.

    `view`: the command that opens the active view, an empty text for the page of nothing ahead. `narrowed`: whether
    anything is left out of the calendar. `linked`: whether the chosen film has a link.
    """
    if reading:
        listed = [_READING[0], *([_LINK] if linked else []), *_READING[1:]]
    elif view != "show_list":
        listed = [*_OF_VIEW.get(view, _ENDING)]
    else:
        listed = [(c.action, c.footer_keys, c.footer) for c in COMMANDS if c.footer]
        listed[-2:-2] = [_LINK] if linked else []
    if narrowed and not reading:
        listed.insert(0, _WIDEN)
    entries = []
    for action, keys, word in listed:
        if shown := called(COMMANDS.shown(keys, action), words):
            short = words.gettext(_SHORT[word]) if word in _SHORT else ""
            entries.append(Footing(shown, words.gettext(word), action, short, COMMANDS.several(keys)))
    return entries


def fitting(entries: list[Footing], width: int) -> list[Footing]:
    """The commands that a line of this width has room for, the help among them, and in shorter words if need be."""
    kept = {entry.action: entry for entry in entries}
    shorter = sorted((e for e in entries if e.short), key=lambda entry: entry.action not in _WORDY)
    steps: list[str | Footing] = [*_FIRST, *(entry._replace(word=entry.short) for entry in shorter), *_LEAST]
    for step in steps:
        if sum(cell_len(entry.keys) + cell_len(entry.word) + 3 for entry in kept.values()) - 1 <= width:
            break
        if isinstance(step, str):
            kept.pop(step, None)
        elif step.action in kept:
            kept[step.action] = step
    return [*kept.values()]
