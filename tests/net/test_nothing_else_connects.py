"""Only what says so connects: everything else runs in a process whose sockets refuse to."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, press, settled
from tui.app.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp

GUARD = """
import socket, sys

def refused(self, address):
    if self.family != getattr(socket, "AF_UNIX", None):
        sys.stderr.write(f"CONNECTED TO {address}")
        sys.exit(99)

socket.socket.connect = socket.socket.connect_ex = refused
socket.getaddrinfo = lambda *a, **k: refused(socket.socket(), a)
from tui.cli.main import main
main(sys.argv[1:])
"""
COMMAND_LINES = [
    ["list"], ["list", "--search", "horor januari"], ["week"], ["month"], ["year"], ["show", "kuyank"], ["check"], ["index"],
    ["changes"], ["import", "{page}", "--dry-run"], ["import", "--undo"], ["config"], ["publish"], ["completion", "bash"], ["--help"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
def test_a_command_connects_to_nothing(arguments: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Jadwal Film\nKuyank\nhttps://example.org/kuyank\n2026-02-05\n", "utf-8")
    arguments = [argument.format(page=page) for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-c", GUARD, *arguments], cwd=ROOT, env={**os.environ}, capture_output=True, text=True,
        check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode != 99, done.stderr
    assert "CONNECTED" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_guard_sees_a_connection() -> None:
    code = (
        GUARD.partition("from tui")[0]
        + "import http.client\nhttp.client.HTTPConnection('127.0.0.1').request('GET', '/')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 99


async def test_the_calendar_connects_to_nothing(
    app: Callable[..., FilmtuiApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command's first key, one after the other, and what is over the calendar closed again."""
    import socket

    connected = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: connected.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: connected.append(address))
    async with app().run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for command in COMMANDS:
            if command.action not in {"leave", "open_link"}:
                await press(pilot, command.keys[0])
                for _ in range(3):
                    if len(pilot.app.screen_stack) > 1:
                        await press(pilot, "escape")
        await press(pilot, "escape", "escape")
    assert not connected


def test_no_module_but_the_net_loads_what_connects() -> None:
    """Beyond the contract, which knows packages only as a whole."""
    for path in (ROOT / "tui").rglob("*.py"):
        if path.relative_to(ROOT / "tui").parts[0] == "net":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            assert not {"urllib.request", "http.client", "ftplib", "smtplib", "socket"} & {*names}, path
