"""The two themes, and which of them the terminal wants."""

from __future__ import annotations

import os

from textual.theme import Theme

DARK = Theme(
    name="filmtui-dark",
    dark=True,
    primary="#e0a458",
    accent="#e0a458",
    secondary="#9aa7b4",
    foreground="#d6d3cb",
    background="#15171b",
    surface="#1a1d22",
    panel="#262a31",
    boost="#262a31",
    warning="#e08b68",
    error="#e08b68",
    success="#8fae7e",
    variables={"muted": "#989ea7", "faint": "#4a505a", "cursor": "#453b2b", "cursor-blurred": "#3a3d44",
               "block-cursor-foreground": "#15171b", "input-selection-background": "#e0a458 35%"},
)  # fmt: skip


LIGHT = Theme(
    name="filmtui-light",
    dark=False,
    primary="#7a3f08",
    accent="#7a3f08",
    secondary="#47515b",
    foreground="#26241f",
    background="#faf8f3",
    surface="#f3f0e8",
    panel="#e8e3d7",
    boost="#e8e3d7",
    warning="#8f2c12",
    error="#8f2c12",
    success="#3f5a2f",
    variables={"muted": "#5c584f", "faint": "#c5bfb1", "cursor": "#d2c3a1", "cursor-blurred": "#cac5b7",
               "block-cursor-foreground": "#faf8f3", "input-selection-background": "#7a3f08 30%"},
)  # fmt: skip


def light_terminal() -> bool:
    """FILMTUI_THEME=light|dark, else what terminals tell in COLORFGBG ("0;15": black on white)."""
    wanted = os.environ.get("FILMTUI_THEME")
    if wanted in {"light", "dark"}:
        return wanted == "light"
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"}
