"""What has a sync run by itself: a unit of systemd, a job of launchd, a line of cron."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from xml.sax.saxutils import escape
from zlib import crc32

UNIT_KINDS = ("systemd", "launchd", "cron")


def unit(kind: str, arguments: list[str]) -> str:
    """The text of one of UNIT_KINDS that runs `filmtui sync --quiet` with these arguments, once a day."""
    program = shutil.which("filmtui")
    command = [program] if program else [sys.executable, "-m", "tui"]
    command += ["sync", "--quiet", *arguments]
    minute = crc32(os.fsencode(" ".join(command))) % 60  # so that not all ask at the full hour
    match kind:
        case "systemd":
            return _systemd(command)
        case "launchd":
            return _launchd(command, minute)
        case _:
            line = shlex.join(command).replace("%", r"\%")
            return f"{minute} 6 * * * {line}"


def _systemd(command: list[str]) -> str:
    quoted = " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in command)
    return "\n".join([
        "# ~/.config/systemd/user/filmtui-sync.service",
        "[Unit]", "Description=filmtui sync", "", "[Service]", "Type=oneshot",
        "ExecStart=" + quoted.replace("%", "%%").replace("$", "$$"), "",
        "# ~/.config/systemd/user/filmtui-sync.timer",
        "# systemctl --user enable --now filmtui-sync.timer",
        "[Unit]", "Description=filmtui sync, daily", "", "[Timer]", "OnCalendar=daily", "RandomizedDelaySec=2h",
        "Persistent=true", "", "[Install]", "WantedBy=timers.target",
    ])  # fmt: skip


def _launchd(command: list[str], minute: int) -> str:
    parts = "\n".join(f"    <string>{escape(part)}</string>" for part in command)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!-- ~/Library/LaunchAgents/filmtui.sync.plist -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>filmtui.sync</string>
  <key>ProgramArguments</key>
  <array>
{parts}
  </array>
  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>6</integer><key>Minute</key><integer>{minute}</integer></dict>
</dict>
</plist>"""
