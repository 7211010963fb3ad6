"""Draw the README's picture: the real screen, on the shipped catalog, on Christmas Eve 2025.

python docs/picture.py [FILE]
"""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.app.app import make
from tui.user.places import Places, shipped_catalog
from tui.user.settings import Settings


async def picture() -> str:
    with TemporaryDirectory() as cache:
        settings = Settings(Places(catalog=shipped_catalog(), cache=Path(cache), today=date(2025, 12, 24)), "id")
        app = make(settings, fresh=True)
        async with app.run_test(size=(112, 30)) as pilot:
            await pilot.press("right")
            await app.workers.wait_for_complete()
            await pilot.pause()
            # the font would be fetched from the net by whoever looks at the picture
            svg = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="filmtui"), flags=re.DOTALL)
            return re.sub(r"terminal-\d+-", "filmtui-", svg)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("calendar.svg")
    target.write_text(asyncio.run(picture()), "utf-8")
