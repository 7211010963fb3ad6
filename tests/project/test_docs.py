"""What the documents say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT, filmtui, only_pinned
from tui import __version__
from tui.app.commands import COMMANDS
from tui.cli.main import group

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


@only_pinned("textual", "rich")
def test_the_picture_is_of_this_screen(tmp_path: Path) -> None:
    picture = tmp_path / "calendar.svg"
    subprocess.run([sys.executable, ROOT / "docs" / "picture.py", picture], check=True, timeout=120, cwd=ROOT)
    assert picture.read_text("utf-8") == (ROOT / "docs" / "calendar.svg").read_text("utf-8"), "run docs/picture.py"


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def rooms() -> dict[str, str]:
    """Room -> what the table of the house says it is for: `library.py`, and `index/` for all its modules."""
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \| (.*) \|$", told.partition("## The house")[2].partition("\n## ")[0], re.MULTILINE)
    return {name: purpose for names, purpose in rows for name in re.findall(r"`(\S+?)`", names)}


def test_every_room_stands_in_the_architecture() -> None:
    told = rooms()
    for path in (ROOT / "tui").rglob("*.py"):
        *folders, name = path.relative_to(ROOT / "tui").parts
        room = "/".join([*folders, ""])
        if name == "__init__.py":
            assert not folders or room in told, path
        elif folders:
            assert f"`{name}`" in told[room], path
        else:
            assert told[name], path


def test_no_room_stands_in_the_architecture_that_is_gone() -> None:
    for name, purpose in rooms().items():
        room = (ROOT if name == "benchmarks/" else ROOT / "tui") / name
        assert room.exists(), name
        if name.endswith("/") and name != "base/locale/":
            for module in re.findall(r"`(\w+\.py)`", purpose):
                assert (room / module).exists(), f"{name}{module}"


def test_the_commands_of_the_documents_are_those_that_are_run() -> None:
    """The test command stands in three places."""
    (command,) = re.findall(r"^python3 -m venv .*pytest$", README, re.MULTILINE)
    assert command in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    made = command.removesuffix(" && .test/bin/pytest")
    assert made in (ROOT / "justfile").read_text("utf-8")
    assert "-c constraints.txt . && .venv/bin/filmtui\n" in README
