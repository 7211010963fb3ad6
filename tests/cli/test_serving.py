"""The command serve: what it says, what it refuses, and that nothing is left when it ends."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from tests.conftest import ROOT, filmtui
from tests.web.visiting import Visitor, eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a process, and the address that it says; it is killed where it has not ended."""
    command = [sys.executable, "-m", "tui", "--today", "2025-12-24", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            yield process, next(word for word in said.split() if word.startswith("http"))
        finally:
            process.kill()


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[Visitor]:
    async with ClientSession() as client, client.ws_connect(f"{url}/ws/dark?width=120&height=36") as found:
        yield Visitor(found)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("only where the system tells a process's children")
    return [int(child) for child in listed.read_text().split()]


def gone(pid: int) -> bool:
    """Whether there is no such process; one that has ended and that nobody has waited for counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.parametrize("ended", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_until_it_is_told_to_end_and_so_do_its_processes(ended: signal.Signals) -> None:
    with serving() as (process, url):
        async with visitor(url) as guest:
            await guest.sees("Red Rooms")
            (child,) = children(process.pid)
            process.send_signal(ended)
            await guest.leaves()
        assert await asyncio.to_thread(process.wait, 60) == 0
        assert gone(child)
        assert process.stderr
        assert process.stderr.read() == ""


async def test_a_process_whose_server_is_killed_leaves_too() -> None:
    with serving() as (process, url):
        async with visitor(url) as guest:
            await guest.sees("Red Rooms")
            (child,) = children(process.pid)
            process.kill()
            await eventually(lambda: gone(child))


async def test_the_options_of_the_program_are_handed_on(tmp_path: Path) -> None:
    """Also with what a shell would take for something else."""
    folder = tmp_path / "film; touch ya $(touch ya) '\"&"
    folder.mkdir()
    (folder / "a.yaml").write_text('films:\n- {id: kuyank, title: "Kuyank", release: 2026-01-29}\n', "utf-8")
    with serving("--catalog", str(folder), "--lang", "en") as (_, url):
        async with ClientSession() as client, client.get(url) as response:
            assert '<html lang="en">' in await response.text()
        async with visitor(url) as guest:
            await guest.sees("Thursday, 29 January 2026")
    assert not ROOT.joinpath("ya").exists()


def test_a_port_that_is_taken_is_told_in_a_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = filmtui("serve", "--port", str(port), "--lang", "en")
    assert done.returncode == 1
    assert done.stderr == f"filmtui: port {port} is taken by another program; name a free one with --port\n"


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid", "x" * 300])
def test_an_address_of_no_machine_is_told_in_a_line(host: str) -> None:
    done = filmtui("serve", "--port", "0", "--host", host, "--lang", "en")
    assert done.returncode == 1
    warning, error = done.stderr.splitlines()
    assert warning == f"filmtui: whoever reaches {host[:80]} can look at this calendar; no password is asked for"
    assert error.startswith("filmtui: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "given",
    [("--port", "65536"), ("--port", "-1"), ("--port", "tiga"), ("--host", " "), ("--visitors", "0"),
     ("--public-url", "film.example.org"), ("--public-url", "https://a.b/kalender")],
)  # fmt: skip
def test_a_wrong_option_is_told_in_a_line(given: tuple[str, str]) -> None:
    done = filmtui("serve", *given)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_a_line_says_how_to_get_it() -> None:
    code = "import sys; sys.modules['textual_serve'] = None; from tui.cli.main import main; main(sys.argv[1:])"
    for command, status in (("serve", 1), ("list", 0)):
        done = subprocess.run(
            [sys.executable, "-c", code, command, "--lang", "en"],
            cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == status
        assert ("pip install 'filmtui[web]'" in done.stderr) is (command == "serve")
        assert len(done.stderr.splitlines()) == status


def test_a_catalog_that_is_not_there_is_told_before_anything_is_served() -> None:
    done = filmtui("serve", "--port", "0", "--catalog", "/nowhere/films")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_read_only_is_for_the_calendar_alone() -> None:
    done = filmtui("--read-only", "import", "--undo", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.startswith("filmtui: --read-only is for the calendar, not for a command")
