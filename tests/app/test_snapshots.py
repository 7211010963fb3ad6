"""How it looks: pictures of the real screen. After a change that is meant, look at them and update."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CHRISTMAS_EVE, only_pinned, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

LOOKS = {
    "wide": ((120, 36), "id", ["right"]),
    "common": ((80, 24), "id", ["right"]),
    "small": ((40, 12), "id", ["right"]),
    "small_detail": ((40, 12), "id", ["right", "enter"]),
    "stacked": ((60, 30), "id", ["right"]),
    "english": ((120, 36), "en", ["right"]),
    "light": ((120, 36), "id", ["right", "T"]),
    "search": ((100, 24), "id", ["slash", *"rio"]),
    "month": ((100, 24), "id", ["right", "m"]),
    "nothing": ((80, 24), "id", ["slash", *"zzz", "enter"]),
    "filter": ((80, 24), "id", ["f", "down", "space"]),
    "help": ((80, 40), "id", ["question_mark"]),
    "news": ((80, 24), "id", ["n"]),
    "detail_alone": ((80, 24), "id", ["v", "v"]),
    "large": ((160, 45), "id", ["right"]),
    "middle": ((100, 30), "en", []),
    "week_wide": ((120, 36), "id", ["2"]),
    "week": ((80, 24), "id", ["2"]),
    "week_light": ((100, 30), "en", ["2", "T"]),
    "week_small": ((40, 12), "id", ["2", "down"]),
    "reading": ((120, 36), "id", ["right", "enter", "right"]),
    "settings": ((80, 24), "id", ["comma", "down"]),
    "settings_small": ((40, 12), "en", ["comma"]),
    "ending": ((80, 24), "id", []),
    "ending_wide": ((120, 36), "en", []),
    "ending_small": ((40, 12), "id", []),
    "low": ((60, 20), "id", []),
    "low_english": ((60, 20), "en", ["right", "enter"]),
    "week_large": ((160, 45), "id", ["2"]),
    "week_low": ((60, 20), "en", ["2", "down"]),
    "week_none": ((120, 36), "id", ["2", "right_square_bracket"]),
    "narrowed_small": ((40, 12), "en", ["m"]),
    "changes": ((100, 30), "id", ["c"]),
    "problems": ((80, 24), "en", ["e"]),
    "news_english": ((120, 36), "en", ["n", "down"]),
    "wider": ((120, 36), "id", ["plus", "plus"]),
    "palette": ((100, 30), "id", ["ctrl+p"]),
    "reading_light": ((80, 24), "en", ["right", "enter", "right", "T"]),
    "ending_light": ((100, 30), "id", ["T"]),
    "no_color": ((120, 36), "id", ["right"]),
    "no_color_week": ((80, 24), "id", ["2"]),
    "no_color_small": ((40, 12), "en", ["m"]),
}
LATE = {name: date(2026, 11, 24) for name in LOOKS if name.startswith("ending")}
"""Days other than Christmas Eve 2025."""


@only_pinned("textual", "rich")
@pytest.mark.parametrize("name", LOOKS)
def test_looks(
    name: str, app: Callable[..., FilmtuiApp], snap_compare: Callable[..., bool],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    size, language, keys = LOOKS[name]
    monkeypatch.setenv("HOME", str(tmp_path))  # which the settings' path is shown from
    if name.startswith("no_color"):
        monkeypatch.setenv("NO_COLOR", "1")

    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    made = app(language=language, today=LATE.get(name, CHRISTMAS_EVE))
    made.animation_level = "none"
    assert snap_compare(made, terminal_size=size, run_before=drive)
