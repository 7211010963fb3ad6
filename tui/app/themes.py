"""The two themes, and which of them the terminal wants."""

from __future__ import annotations

import os

from textual.theme import Theme

DARK = Theme(
    name="filmtui-dark",
    dark=True,
    primary="#e0a458",
    accent="#e0a458",
    secondary="#7f8c99",
    foreground="#d6d3cb",
    background="#15171b",
    surface="#1a1d22",
    panel="#262a31",
    boost="#262a31",
    warning="#d8825f",
    error="#d8825f",
    success="#8fae7e",
    variables={"muted": "#878d96", "faint": "#4a505a", "cursor": "#34302a", "cursor-blurred": "#23262c",
               "block-cursor-foreground": "#15171b", "input-selection-background": "#e0a458 35%"},
)  # fmt: skip


LIGHT = Theme(
    name="filmtui-light",
    dark=False,
    primary="#94500f",
    accent="#94500f",
    secondary="#5b6570",
    foreground="#26241f",
    background="#faf8f3",
    surface="#f3f0e8",
    panel="#e8e3d7",
    boost="#e8e3d7",
    warning="#a8381a",
    error="#a8381a",
    success="#4f6f3c",
    variables={"muted": "#6b675e", "faint": "#c5bfb1", "cursor": "#ecdfc7", "cursor-blurred": "#ece7dc",
               "block-cursor-foreground": "#faf8f3", "input-selection-background": "#94500f 30%"},
)  # fmt: skip


def light_terminal() -> bool:
    """FILMTUI_THEME=light|dark, else what terminals tell in COLORFGBG ("0;15": black on white)."""
    wanted = os.environ.get("FILMTUI_THEME")
    if wanted in {"light", "dark"}:
        return wanted == "light"
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"}
