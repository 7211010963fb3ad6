"""How it looks: pictures of the real screen. After a change that is meant, look at them and update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import only_pinned, settled

if TYPE_CHECKING:
    from collections.abc import Callable

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
    "month": ((100, 24), "id", ["right", "right_square_bracket"]),
    "nothing": ((80, 24), "id", ["slash", *"zzz", "enter"]),
    "filter": ((80, 24), "id", ["f", "down", "space"]),
    "help": ((80, 40), "id", ["question_mark"]),
    "news": ((80, 24), "id", ["n"]),
    "detail_alone": ((80, 24), "id", ["v", "v"]),
}


@only_pinned("textual", "rich")
@pytest.mark.parametrize("name", LOOKS)
def test_looks(name: str, app: Callable[..., FilmtuiApp], snap_compare: Callable[..., bool]) -> None:
    size, language, keys = LOOKS[name]

    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    made = app(language=language)
    made.animation_level = "none"
    assert snap_compare(made, terminal_size=size, run_before=drive)
