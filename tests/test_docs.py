"""What the documents say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT, filmtui
from tui import __version__
from tui.cli import group
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text("utf-8")


def test_every_key_stands_in_the_readme() -> None:
    for command in COMMANDS:
        for key in command.key_text.split():
            assert f"`{key}`" in README, command


def test_every_command_and_option_stands_in_the_readme() -> None:
    for name, command in group.commands.items():
        assert f"filmtui {name}" in README
        for option in command.params:
            assert option.opts[0].strip("-") == "help" or option.opts[0] in README or not option.opts[0].startswith("-")


def test_the_format_in_the_readme_is_a_catalog(tmp_path: Path) -> None:
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if block.startswith("films:")][
        :1
    ]
    path = tmp_path / "readme.yaml"
    path.write_text(example, "utf-8")
    done = filmtui("check", str(path))
    assert done.returncode == 0
    assert all(": peringatan: tanpa " in line for line in done.stdout.splitlines())


def test_the_picture_is_of_this_screen(tmp_path: Path) -> None:
    picture = tmp_path / "calendar.svg"
    subprocess.run([sys.executable, ROOT / "docs" / "picture.py", picture], check=True, timeout=120, cwd=ROOT)
    assert picture.read_text("utf-8") == (ROOT / "docs" / "calendar.svg").read_text("utf-8"), "run docs/picture.py"


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_room_stands_in_the_architecture() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in (ROOT / "tui").rglob("*.py"):
        if path.name not in {"__init__.py", "__main__.py"}:
            assert path.name in told or path.stem in told, path
