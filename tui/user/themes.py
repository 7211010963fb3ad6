"""The names that a theme may be asked for by."""

from __future__ import annotations

from tui.base.errors import ValueRefusedError, message
from tui.base.text import quoted
from tui.base.words import N_

OWN_THEMES = ("auto", "dark", "light", "ansi")
"""Ours by what the terminal is, ours dark, ours light, and the terminal's own sixteen colours."""

TEXTUAL_THEMES = (
    "textual-dark", "textual-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine",
    "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "tokyo-night",
)  # fmt: skip
"""Those of Textual, kept here so that a command need not load it; the two of the terminal's colours are `ansi`."""


def theme(value: str) -> str:
    """One of these names. Raises ValueRefusedError, which says which one it may have been."""
    known = (*OWN_THEMES, *TEXTUAL_THEMES)
    if value in known:
        return value
    from difflib import get_close_matches

    if near := get_close_matches(value[:80], known, 1, 0.6):
        text = message(N_("unknown theme “{value}”; did you mean {near}?"), value=quoted(value, 40), near=near[0])
    else:
        sentence = N_("unknown theme “{value}”; write auto, dark, light, ansi or a theme's name, such as nord")
        text = message(sentence, value=quoted(value, 40))
    raise ValueRefusedError(text)
