"""Make a version: its number, the changelog's heading, a wheel and an sdist in dist/, and the wheel tried.

python docs/release.py VERSION

Nothing is committed, tagged or published.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
_VERSION = re.compile(r"\d+\.\d+\.\d+((a|b|rc)\d+)?")
_UNRELEASED = "## [Unreleased]\n"


class ReleaseError(Exception):
    """A release that cannot be made; the message says what would be right."""


def numbered(module: str, version: str) -> str:
    """The text of tui/__init__.py with this version. Raises ReleaseError for what is no version."""
    if not _VERSION.fullmatch(version):
        raise ReleaseError(f"{version}: not a version; write 1.2.3, or 1.2.3rc1")
    return re.sub(r'^__version__ = ".*"$', f'__version__ = "{version}"', module, flags=re.MULTILINE)


def headed(changelog: str, version: str, day: date) -> str:
    """The changelog with what was unreleased under the version's heading, and an empty Unreleased above.

    Raises ReleaseError where nothing is unreleased or the version has a heading already.
    """
    if f"\n## [{version}]" in changelog:
        raise ReleaseError(f"{version}: the changelog has it already")
    before, unreleased, after = changelog.partition(_UNRELEASED)
    if not unreleased or not after.partition("\n## [")[0].strip():
        raise ReleaseError("nothing stands under Unreleased in the changelog")
    return f"{before}{_UNRELEASED}\n## [{version}] - {day.isoformat()}\n{after}"


def build(folder: Path) -> list[Path]:
    """Make sdist and wheel in this folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return sorted(folder.iterdir())


def tried(wheel: Path, version: str) -> None:
    """Install the wheel in an environment of its own and run it there. Raises ReleaseError."""
    with TemporaryDirectory() as folder:
        home = Path(folder, "venv")
        venv.create(home, with_pip=True)
        binaries = home / ("Scripts" if os.name == "nt" else "bin")
        constraints = str(ROOT / "constraints.txt")
        subprocess.run([binaries / "python", "-m", "pip", "install", "-q", "-c", constraints, wheel], check=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILMTUI_", "PYTHON"))}
        state = {f"FILMTUI_{name}": str(Path(folder, name)) for name in ("CACHE", "STATE", "CONFIG")}
        for arguments, text in ((("--version",), version), (("list",), "JANUARI 2026")):
            done = subprocess.run(
                [binaries / "filmtui", *arguments, "--lang", "id"], cwd=folder, env={**kept, **state},
                capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            if done.returncode or text not in done.stdout:
                raise ReleaseError(f"filmtui {' '.join(arguments)}: {done.stderr or done.stdout}")


def main(version: str) -> None:
    module, changelog = ROOT / "tui" / "__init__.py", ROOT / "CHANGELOG.md"
    texts = {
        module: numbered(module.read_text("utf-8"), version),
        changelog: headed(changelog.read_text("utf-8"), version, date.today()),  # noqa: DTZ011 (the day of who releases)
    }
    for path, text in texts.items():
        path.write_text(text, "utf-8", newline="\n")
    with TemporaryDirectory() as folder:
        built = build(Path(folder))
        tried(next(path for path in built if path.suffix == ".whl"), version)
        (ROOT / "dist").mkdir(exist_ok=True)
        for path in built:
            (ROOT / "dist" / path.name).write_bytes(path.read_bytes())
            print(ROOT / "dist" / path.name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("release: say which version: python docs/release.py 1.2.3")
    try:
        main(sys.argv[1])
    except ReleaseError as error:
        sys.exit(f"release: {error}")
