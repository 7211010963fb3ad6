"""What is built is whole: the wheel alone opens the shipped catalog, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return folder / done.stdout.split()[-1]


def test_the_wheel_holds_all_that_is_needed_and_no_more(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"tui/data/{path.name}" for path in (ROOT / "data").glob("*.yaml")}
    expected |= {
        "tui/app/filmtui.tcss",
        "tui/exports/page.css",
        "tui/exports/site/icon.svg",
        "tui/py.typed",
        "tui/web/page.html",
        "tui/web/full.html",
        "tui/web/page.css",
        "tui/web/page.js",
        "tui/base/locale/id/LC_MESSAGES/filmtui.mo",
        "tui/base/locale/id/names.json",
        "tui/index/schema.py",
    }
    assert expected <= names
    pages = {name.partition(".data/data/")[2] for name in names if ".data/data/" in name}
    assert pages == {"share/man/man1/filmtui.1", "share/man/id/man1/filmtui.1"}
    assert not [name for name in names if name.endswith((".po", ".pot", ".pyc")) or name.startswith("tests")]


def test_the_readme_of_the_wheel_is_the_english_one(wheel: Path) -> None:
    files = zipfile.ZipFile(wheel)
    (name,) = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
    assert files.read(name).decode().endswith((ROOT / "README.md").read_text("utf-8"))


def test_the_sdist_holds_every_document(tmp_path: Path) -> None:
    build = "import hatchling.build, sys; print(hatchling.build.build_sdist(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    with tarfile.open(tmp_path / done.stdout.split()[-1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").iterdir()]
    assert {path.relative_to(ROOT).as_posix() for path in documents if path.is_file()} <= names


@pytest.mark.slow
def test_an_installed_wheel_opens_the_shipped_catalog(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "empty"
    venv.create(home, with_pip=True, symlinks=True)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [binaries / "python", "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-warn-script-location", wheel],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    # The tests use no network: what the wheel depends on is lent by the environment that runs them. The line is
    # read as a plain path, so the checkout that is installed there for editing is not lent along.
    site = next((home / "lib").glob("python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    where = subprocess.run(
        [binaries / "python", "-c", "import tui; print(tui.__file__)"],
        cwd=elsewhere, env=env, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert where.stdout.startswith(str(home))
    done = subprocess.run(
        [binaries / "filmtui", "list"],
        cwd=elsewhere,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("DESEMBER 2025 · 8 film\n")
    assert "Red Rooms" in done.stdout
    assert done.stderr == ""
