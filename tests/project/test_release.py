"""docs/release.py: the version's number and the changelog's heading."""

from __future__ import annotations

import runpy
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = ROOT / "docs" / "release.py"
RELEASE: dict[str, Any] = runpy.run_path(str(SCRIPT))
headed: Callable[[str, str, date], str] = RELEASE["headed"]
numbered: Callable[[str, str], str] = RELEASE["numbered"]
ReleaseError: type[Exception] = RELEASE["ReleaseError"]

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-11-22\n\n- All.\n"
DAY = date(2026, 12, 3)


def test_what_was_unreleased_comes_under_the_versions_heading() -> None:
    assert headed(CHANGELOG, "0.2.0", DAY) == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-03\n\n### Added\n\n- A thing.\n\n"
        "## [0.1.0] - 2026-11-22\n\n- All.\n"
    )


def test_nothing_else_of_the_real_changelog_changes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    head, between = "## [Unreleased]\n", "\n## [99.0.0] - 2026-12-03\n"
    if text.partition(head)[2].partition("\n## [")[0].strip():
        assert headed(text, "99.0.0", DAY) == text.replace(head, head + between, 1)


@pytest.mark.parametrize(
    ("changelog", "version", "text"),
    [
        (CHANGELOG, "0.1.0", "0.1.0: the changelog has it already"),
        (CHANGELOG.replace("### Added\n\n- A thing.\n\n", ""), "0.2.0", "nothing stands under Unreleased"),
        ("# Changelog\n", "0.2.0", "nothing stands under Unreleased"),
    ],
    ids=["had already", "nothing new", "no heading"],
)
def test_a_changelog_that_cannot_be_released_is_refused(changelog: str, version: str, text: str) -> None:
    with pytest.raises(ReleaseError, match=text):
        headed(changelog, version, DAY)


def test_the_version_stands_in_one_place() -> None:
    text = (ROOT / "tui" / "__init__.py").read_text("utf-8")
    assert numbered(text, "1.2.3rc1").count('__version__ = "1.2.3rc1"') == 1
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("version", ["", "1.2", "v1.2.3", "1.2.3-beta"])
def test_what_is_no_version_is_refused_in_a_line_and_changes_nothing(version: str) -> None:
    before = [(ROOT / name).read_bytes() for name in ("CHANGELOG.md", "tui/__init__.py")]
    done = subprocess.run([sys.executable, SCRIPT, version], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr == f"release: {version}: not a version; write 1.2.3, or 1.2.3rc1\n"
    assert before == [(ROOT / name).read_bytes() for name in ("CHANGELOG.md", "tui/__init__.py")]


def test_a_version_is_asked_for() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, "release: say which version: python docs/release.py 1.2.3\n")
