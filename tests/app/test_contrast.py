"""Every text can be read on its ground, and the cursor is seen: WCAG 2's contrast, computed from all themes."""

from __future__ import annotations

import re

import pytest
from textual.color import Color

from tests.conftest import ROOT
from tui.app.themes import themed
from tui.user.themes import TEXTUAL_THEMES

OURS = ("dark", "light")
TEXTS = ("foreground", "accent", "secondary", "warning", "error", "success")
GROUNDS = ("background", "surface", "panel")
CURSORS = ("cursor", "cursor-blurred")


@pytest.fixture(params=[*OURS, *TEXTUAL_THEMES])
def colours(request: pytest.FixtureRequest) -> dict[str, Color]:
    """As the style sheet gets them."""
    theme = themed(request.param, light=False)
    made = {**theme.to_color_system().generate(), **theme.variables}
    return {name: Color.parse(made[name]) for name in ("muted", *TEXTS, *GROUNDS, *CURSORS)}


def contrast(one: Color, other: Color) -> float:
    """By WCAG 2.2, 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def test_every_text_on_every_ground(colours: dict[str, Color]) -> None:
    for text in TEXTS:
        for ground in GROUNDS:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for ground in ("background", "surface"):
        assert contrast(colours["muted"], colours[ground]) >= 4.5, ground


def test_what_stands_on_the_cursors_ground(colours: dict[str, Color]) -> None:
    """There all is foreground or accent."""
    for text in ("foreground", "accent"):
        for ground in CURSORS:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_the_cursor_stands_out(colours: dict[str, Color]) -> None:
    for cursor in CURSORS:
        assert contrast(colours[cursor], colours["background"]) >= 1.6, cursor


def test_a_day_of_the_year_can_be_read_at_every_depth_and_each_is_deeper(colours: dict[str, Color]) -> None:
    """By lightness and weight, so that no eye needs to tell hues apart."""
    styles = (ROOT / "tui" / "app" / "filmtui.tcss").read_text("utf-8")
    rules = re.findall(
        r"^\.page--heat\d \{ color: \$(\w+); background: \$(\w+)(?: (\d+)%)?;(.*)\}", styles, re.MULTILINE
    )
    ground = colours["background"]
    grounds = [ground, *(ground.blend(colours[name], int(share or 100) / 100) for _, name, share, _ in rules)]
    assert len(rules) == 4
    for (text, *_), depth in zip(rules, grounds[1:], strict=True):
        assert contrast(colours[text], depth) >= 4.5
    away = [contrast(ground, depth) for depth in grounds]
    assert away == sorted(away)
    weights = [(round(depth, 6), "bold" in rest) for depth, (*_, rest) in zip(away[1:], rules, strict=True)]
    assert len(set(weights)) == 4


@pytest.mark.parametrize("colours", OURS, indirect=True)
def test_what_is_past_is_dimmer_than_what_comes(colours: dict[str, Color]) -> None:
    ground = colours["background"]
    assert contrast(colours["muted"], ground) < contrast(colours["secondary"], ground)
    assert contrast(colours["muted"], ground) < 0.7 * contrast(colours["foreground"], ground)
