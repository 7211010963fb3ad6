"""The themes: two of our own, Textual's made readable, the terminal's own colours; and which of them is wanted."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Callable

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

TEXTS = ("foreground", "accent", "secondary", "warning", "error", "success")
GROUNDS = ("background", "surface", "panel")
CURSORS = ("cursor", "cursor-blurred")
LEAST_TEXT, LEAST_CURSOR = 4.5, 1.6
"""Contrasts by WCAG 2.2, which every theme keeps to: of a text on its ground, of the cursor's ground on the pane's."""


def themed(name: str, *, light: bool) -> Theme:
    """The theme of this name of the settings, on a terminal that is light or dark; ours for a name that is none."""
    match name:
        case "dark":
            return DARK
        case "light":
            return LIGHT
        case "ansi":
            return _native(BUILTIN_THEMES["ansi-light" if light else "ansi-dark"])
    known = BUILTIN_THEMES.get(name)
    if known is None:
        return LIGHT if light else DARK
    return _native(known) if known.ansi else readable(known)


def setting_of(theme: str) -> str:
    """The name of the settings for a theme of the app."""
    return {DARK.name: "dark", LIGHT.name: "light", "ansi-dark": "ansi", "ansi-light": "ansi"}.get(theme, theme)


def _native(theme: Theme) -> Theme:
    """In the terminal's own colours, of which nothing is known: filmtui.tcss dims and reverses instead of colouring."""
    own = dict.fromkeys(("muted", *CURSORS), "ansi_default")
    return replace(theme, secondary="ansi_default", variables={**theme.variables, **own, "faint": "ansi_bright_black"})


def readable(theme: Theme) -> Theme:
    """A theme of Textual's with the colours that ours has besides, and its texts as far from their grounds as ours."""
    made = theme.to_color_system().generate()
    colours = {name: Color.parse(made[name]) for name in (*TEXTS, *GROUNDS)}
    ground = colours["background"]
    for cursor, tint in zip(CURSORS, ("accent", "foreground"), strict=True):
        seen = _until(ground, colours[tint], lambda found: contrast(found, ground) >= LEAST_CURSOR)
        far_enough = contrast(seen, ground) >= LEAST_CURSOR
        colours[cursor] = seen if far_enough else ground.blend(colours["foreground"], 0.3)
    under = [colours[name] for name in (*GROUNDS, *CURSORS)]
    far = Color.parse("#ffffff" if _luminance(ground) < 0.18 else "#000000")

    def legible(text: Color) -> bool:
        return all(contrast(text, below) >= LEAST_TEXT for below in under)

    for name in TEXTS:
        colours[name] = _until(colours[name], far, legible)
    on_panes = [ground, colours["surface"]]
    colours["muted"] = _until(
        ground.blend(colours["foreground"], 0.5),
        colours["foreground"],
        lambda text: all(contrast(text, below) >= LEAST_TEXT for below in on_panes),
    )
    colours["faint"] = ground.blend(colours["foreground"], 0.25)
    return replace(theme, variables={**theme.variables, **{name: colour.hex for name, colour in colours.items()}})


def _until(colour: Color, other: Color, enough: Callable[[Color], bool]) -> Color:
    """The first on the way from one colour to the other that is enough; the other where none is."""
    steps = (colour.blend(other, step / 20) for step in count())
    return next(found for step, found in enumerate(steps) if step == 20 or enough(found))


def contrast(one: Color, other: Color) -> float:
    """By WCAG 2.2, 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def light_terminal(answer: bool | None) -> bool:
    """Whether the terminal is light: what it answered, else what it tells in COLORFGBG ("0;15": black on white)."""
    if answer is not None:
        return answer
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"}
