"""What has a command run by itself: a unit of systemd, a job of launchd, a line of cron."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tui.base.servers import SECRETS
from tui.base.words import N_

if TYPE_CHECKING:
    from tui.base.words import Words

_LEFT_OUT = ("FILMTUI_TODAY", *SECRETS)
"""Variables that no unit gets: a day that stands still, and secrets."""
_SAVE = N_("Save this as {path}")
_THEN = N_("Then switch it on: {command}")


class Job(NamedTuple):
    """A command that is to be run again and again."""

    name: str
    """Of the unit: filmtui-sync."""
    arguments: list[str]
    """Behind the program."""
    hours: range
    """Of the day, at which it is run."""
    spread: bool = False
    """Whether it is run at a minute of its own, so that not all ask at the full hour."""
    desktop: bool = False
    """Whether it shows something on the desktop, of which cron knows nothing."""


def unit(kind: str, job: Job, words: Words) -> str:
    """The text of one of `shared.UNITS`, with comments that say where it goes."""
    command = [*_program(), *job.arguments]
    settings = {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("FILMTUI_") and name not in _LEFT_OUT and value
    }
    minute = crc32(os.fsencode(" ".join(command))) % 60 if job.spread else 0
    match kind:
        case "systemd":
            return _systemd(job, command, settings, words)
        case "launchd":
            return _launchd(job, command, settings, minute, words)
        case _:
            return _cron(job, command, settings, minute, words)


def _program() -> list[str]:
    """The program that was started, else the one of the search path, by its absolute path."""
    started = sys.argv[0]
    if os.path.basename(started) == "filmtui" and os.path.isfile(started):  # noqa: PTH113, PTH119
        return [os.path.abspath(started)]  # noqa: PTH100
    found = shutil.which("filmtui")
    return [os.path.abspath(found)] if found else [sys.executable, "-m", "tui"]  # noqa: PTH100


def _said(words: Words, text: str, **values: str) -> str:
    return words.gettext(text).format(**values)


def _systemd(job: Job, command: list[str], settings: dict[str, str], words: Words) -> str:
    def quoted(part: str) -> str:
        return '"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'

    place = f"~/.config/systemd/user/{job.name}"
    hours = f"{job.hours[0]:02}" if len(job.hours) == 1 else f"{job.hours[0]:02}..{job.hours[-1]:02}"
    return "\n".join([
        "# " + _said(words, _SAVE, path=f"{place}.service"),
        "[Unit]", f"Description=filmtui {job.arguments[0]}", "",
        "[Service]", "Type=oneshot",
        *(f"Environment={quoted(f'{name}={value}')}" for name, value in settings.items()),
        "ExecStart=" + " ".join(map(quoted, command)).replace("$", "$$"), "",
        "# " + _said(words, _SAVE, path=f"{place}.timer"),
        "# " + _said(words, _THEN, command=f"systemctl --user enable --now {job.name}.timer"),
        "[Unit]", f"Description=filmtui {job.arguments[0]}", "",
        "[Timer]", f"OnCalendar=*-*-* {hours}:00:00", *(["RandomizedDelaySec=2h"] if job.spread else []),
        "Persistent=true", "", "[Install]", "WantedBy=timers.target",
    ])  # fmt: skip


def _launchd(job: Job, command: list[str], settings: dict[str, str], minute: int, words: Words) -> str:
    label = job.name.replace("-", ".")
    place = f"~/Library/LaunchAgents/{label}.plist"
    about = [_said(words, _SAVE, path=place), _said(words, _THEN, command=f"launchctl bootstrap gui/$(id -u) {place}")]
    value = {
        "Label": label,
        "ProgramArguments": command,
        **({"EnvironmentVariables": settings} if settings else {}),
        "StartCalendarInterval": [{"Hour": hour, "Minute": minute} for hour in job.hours],
    }
    first, rest = plistlib.dumps(value, sort_keys=False).decode().split("\n", 1)
    return "\n".join([first, *(f"<!-- {line} -->" for line in about), rest.rstrip("\n")])


def _cron(job: Job, command: list[str], settings: dict[str, str], minute: int, words: Words) -> str:
    if job.desktop and hasattr(os, "getuid") and sys.platform != "darwin":
        settings = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path=/run/user/{os.getuid()}/bus", **settings}
    hours = str(job.hours[0]) if len(job.hours) == 1 else f"{job.hours[0]}-{job.hours[-1]}"
    run = [*(f"{name}={shlex.quote(value)}" for name, value in settings.items()), shlex.join(command)]
    line = " ".join(run).replace("%", r"\%")
    return "\n".join(["# " + _said(words, N_("Add this line by crontab -e")), f"{minute} {hours} * * * {line}"])
