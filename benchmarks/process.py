"""Commands run as processes: how long they take, and how much memory at most."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAUNCH = Path(__file__).with_name("launch.py")
MIB = 1 << 20

FILMTUI = (sys.executable, "-m", "tui")
FLOOR = (sys.executable, "-m", "benchmarks.floor")


_DROPPED = {"NO_COLOR", "COLORFGBG", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"}
"""Variables of the caller's that are not passed on. With the last, filmtui would be compiled at each start."""


class FailedError(Exception):
    """A process did not do what was asked. The message is for whoever runs the benchmarks."""


@dataclass(frozen=True)
class Ran:
    """What a process took."""

    seconds: float
    peak: float
    """MiB, of the largest process where there were several."""


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without what would make two runs differ, and with `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FILMTUI_", "TEXTUAL")) and name not in _DROPPED
    }
    fixed = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONUTF8": "1",
        "FILMTUI_TODAY": "2026-01-05",
        "FILMTUI_LANG": "id",
        "FILMTUI_STATE": str(Path(os.devnull, "none")),  # no session: each run begins as the first
        "FILMTUI_CONFIG": str(Path(os.devnull, "none")),
    }
    return {**kept, **fixed, **more}


def run(argv: tuple[str, ...], env: dict[str, str], seconds: float = 3600) -> Ran:
    """Run a command to its end; what it prints is thrown away.

    Raises FailedError where it does not exit with 0 within so many seconds.
    """
    begun = (sys.executable, "-I", "-S", str(LAUNCH), *argv)
    with subprocess.Popen(begun, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, start_new_session=True) as child:  # fmt: skip
        try:
            out, err = child.communicate(timeout=seconds)
        except BaseException as error:
            os.killpg(child.pid, 9)  # the launcher and what it launched
            if isinstance(error, subprocess.TimeoutExpired):
                raise FailedError(f"{' '.join(argv)}: not done within {seconds:.0f} s") from None
            raise
    wording = err.strip().splitlines()
    if child.returncode:
        raise FailedError(f"{' '.join(argv)}: {wording[-1] if wording else 'did not start'}")
    took, status, peak = out.split()
    if int(status):
        raise FailedError(f"{' '.join(argv)}: exit code {status}: {wording[-1] if wording else 'nothing said'}")
    return Ran(float(took), int(peak) / MIB)
