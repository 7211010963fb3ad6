"""How it looks: pictures of the real screen. After a change that is meant, look at them and update."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CHRISTMAS_EVE, DATA, LEBARAN, film, films, only_pinned, places, settled
from tui.library.library import Library

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
    "grid_wide": ((120, 36), "id", ["3", "right"]),
    "grid": ((80, 24), "en", ["3"]),
    "grid_light": ((120, 36), "en", ["3", "T"]),
    "grid_small": ((40, 12), "id", ["3"]),
    "grid_stacked": ((60, 24), "id", ["3", "enter"]),
    "grid_two": ((160, 45), "id", ["3", "M"]),
    "grid_empty": ((80, 24), "id", ["3", "pagedown", "pagedown"]),
    "year_wide": ((120, 36), "id", ["4"]),
    "year": ((80, 24), "en", ["4"]),
    "year_light": ((120, 36), "en", ["4", "T"]),
    "year_small": ((40, 12), "id", ["4"]),
    "lebaran_february": ((120, 36), "id", ["3", "pagedown"]),
    "lebaran": ((120, 36), "id", ["3", "pagedown", "pagedown"]),
    "lebaran_year": ((80, 24), "id", ["4"]),
    "lebaran_plain": ((80, 24), "id", ["3", "pagedown", "pagedown", "down"]),
    "full": ((120, 36), "id", ["3"]),
    "full_common": ((80, 24), "id", ["3"]),
    "reading": ((120, 36), "id", ["right", "enter", "right"]),
    "settings": ((80, 24), "id", ["comma", "down"]),
    "settings_small": ((40, 12), "en", ["comma"]),
    "export": ((80, 24), "id", ["x", "down"]),
    "export_light": ((100, 30), "en", ["T", "2", "x"]),
    "export_small": ((40, 12), "en", ["x", "down"]),
    "copied": ((80, 24), "id", ["right", "y"]),
    "copied_small": ((40, 12), "en", ["3", "Y"]),
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
    "stars": ((120, 36), "id", ["right"]),
    "stars_common": ((80, 24), "en", ["right"]),
    "stars_week": ((120, 36), "id", ["2"]),
    "stars_small": ((40, 12), "id", ["right"]),
    "stars_light": ((80, 24), "id", ["2", "T"]),
    "stars_grid": ((120, 36), "en", ["3"]),
    "stars_year": ((80, 24), "id", ["4"]),
    "stars_note": ((80, 24), "id", ["right", "N"]),
    "stars_news": ((80, 24), "id", []),
    "no_color": ((120, 36), "id", ["right"]),
    "no_color_week": ((80, 24), "id", ["2"]),
    "no_color_small": ((40, 12), "en", ["m"]),
}
STARRED = """\
- {id: kuyank, note: "sama Rina, beli tiket Senin", since: 2025-12-20}
- malam-3-yasinan
- {id: musuh-dalam-selimut, note: "dua kursi", since: 2025-12-21}
"""


def moved(catalog: Path, folder: Path) -> Path:
    """A copy of the catalog in which a starred film has moved since it was looked at."""
    root = folder / "moved"
    shutil.copytree(catalog, root)
    found = places(root, folder / "cache", folder / "state", CHRISTMAS_EVE, folder / "starred.yaml")
    with Library(found) as library:
        library.refresh()
        library.since_visit()
        library.keep_visit(set())
        path = root / "2026-01.yaml"
        path.write_text(path.read_text("utf-8").replace("2026-01-29", "2026-02-05"), "utf-8")
        library.refresh()
    return root


LATE = {name: date(2026, 11, 24) for name in LOOKS if name.startswith("ending")}
LATE |= {name: date(2026, 1, 5) for name in LOOKS if name.startswith("lebaran")}
LATE |= {name: date(2026, 3, 1) for name in LOOKS if name.startswith("full")}
"""Days other than Christmas Eve 2025."""
FULL = [4, 5, 6, 11, 12, 12, 12, *[18] * 9, 19, 20, 25, 25, 26, 26, 26, 27, 31]
"""Days of the films of a month that has many."""


@only_pinned("textual", "rich")
@pytest.mark.parametrize("name", LOOKS)
def test_looks(
    name: str, app: Callable[..., FilmtuiApp], catalog: Callable[..., Path], snap_compare: Callable[..., bool],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    size, language, keys = LOOKS[name]
    root = DATA
    if name.startswith("lebaran"):
        root = LEBARAN
    elif name.startswith("full"):
        items = (film(f"f{n:02}", f"Film ke-{n + 1} bulan ini", f"2026-03-{day:02}") for n, day in enumerate(FULL))
        root = catalog(a=films(*items, film("kira", "Kira-kira", "2026-03")))
    monkeypatch.setenv("HOME", str(tmp_path))  # which the settings' path is shown from
    if name.startswith("no_color") or name.endswith("plain"):
        monkeypatch.setenv("NO_COLOR", "1")
    if name.startswith("stars"):
        (tmp_path / "starred.yaml").write_text(STARRED, "utf-8")
    if name == "stars_news":
        root = moved(DATA, tmp_path)

    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    made = app(root, language=language, today=LATE.get(name, CHRISTMAS_EVE))
    made.animation_level = "none"
    assert snap_compare(made, terminal_size=size, run_before=drive)
