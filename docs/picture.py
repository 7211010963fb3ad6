"""Draw the README's pictures: the real screen, on the shipped catalog, on Christmas Eve 2025.

python docs/picture.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tui.app.app import make
from tui.user.places import Places, shipped_catalog
from tui.user.settings import Settings


class Picture(NamedTuple):
    size: tuple[int, int]
    keys: tuple[str, ...]
    language: str = "id"


PICTURES = {
    "calendar": Picture((112, 30), ("right",)),
    "week": Picture((112, 32), ("2",)),
    "month": Picture((112, 33), ("3", "right_square_bracket")),
    "year": Picture((112, 30), ("right", "4")),
    "light": Picture((112, 30), ("right", "T"), "en"),
    "narrow": Picture((44, 16), ("3",)),
}
"""By the file's name in docs/."""


async def drawn(picture: Picture) -> str:
    """The screen as SVG."""
    with TemporaryDirectory() as cache:
        places = Places(catalog=shipped_catalog(), cache=Path(cache), today=date(2025, 12, 24))
        app = make(Settings(places, picture.language), fresh=True)
        async with app.run_test(size=picture.size) as pilot:
            for key in (None, *picture.keys, None):
                if key:
                    await pilot.press(key)
                await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.pause()
            # the font would be fetched from the net by whoever looks at the picture
            svg = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="filmtui"), flags=re.DOTALL)
            return re.sub(r"terminal-\d+-", "filmtui-", svg)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, picture in PICTURES.items():
        (folder / f"{name}.svg").write_text(asyncio.run(drawn(picture)), "utf-8")
