"""Other programs take what is exported: khal, calcurse and Radicale, where they are installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.conftest import film, films
from tests.exports.listings import listing_of, written
from tests.exports.strict import day_in, events_in
from tui.exports.ics import events
from tui.exports.listing import Options
from tui.exports.vdir import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed with all that is unusual: alarms, partial dates, escapes, emoji."""
    path = tmp_path / "film.ics"
    odd = "  - {date: 2026-01-08, status: cancelled}\n  - {date: 2026-03, type: digital, region: MY}\n"
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "a.yaml").write_text(
        films(*(film(f"a-{n}", f'"🎬 Kala, Senja; \\\\ {"👩‍🚀" * n}"') + "  releases:\n" + odd for n in range(9))),
        "utf-8",
    )
    with listing_of(tmp_path / "cache", root, options=Options(partial=True, alarm=15)) as listing:
        path.write_bytes(written(listing, "ics"))
    return path


def run(*command: str, home: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_"))}
    done = subprocess.run(
        command, env={**env, "HOME": str(home), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False,
        timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def khal(home: Path, calendar: Path, *arguments: str) -> str:
    (home / "khal.conf").write_text(
        f"[calendars]\n[[films]]\npath = {calendar}\n[sqlite]\npath = {home / 'khal.db'}\n[locale]\ntimeformat = %H:%M\n"
        + "".join(f"{name} = %Y-%m-%d\n" for name in ("dateformat", "longdateformat"))
        + "".join(f"{name} = %Y-%m-%d %H:%M\n" for name in ("datetimeformat", "longdatetimeformat")),
        "utf-8",
    )
    return run("khal", "-c", str(home / "khal.conf"), *arguments, home=home)


def days_in_khal(home: Path, calendar: Path) -> set[tuple[str, str]]:
    shown = khal(home, calendar, "list", "--format", "{start-date}\t{title}", "--day-format", "", "2025-01-01", "900d")
    return {tuple(line.split("\t")) for line in shown.splitlines() if line}  # type: ignore[misc]


def days_of(data: bytes) -> set[tuple[str, str]]:
    return {(day_in(event).isoformat(), event["SUMMARY"]) for event in events_in(data)}


@needs("khal")
def test_khal_imports_the_feed(feed: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "khal"
    calendar.mkdir()
    khal(tmp_path, calendar, "import", "--batch", "-a", "films", str(feed))
    assert len(list(calendar.glob("*.ics"))) == len(events_in(feed.read_bytes())) == 9
    assert days_in_khal(tmp_path, calendar) == days_of(feed.read_bytes())


@needs("khal")
def test_khal_reads_the_folder_and_sees_a_film_move_once(catalog: Callable[..., Path], tmp_path: Path) -> None:
    for day in ("2026-01-08", "2026-01-15"):
        root = catalog(a=films(film("a", "A", day), film("b", "B", "2026-02-01")))
        with listing_of(tmp_path / "cache", root, state=tmp_path / "s") as listing:
            write(listing, tmp_path / "v")
        assert days_in_khal(tmp_path, tmp_path / "v") == {(day, "A"), ("2026-02-01", "B")}


@needs("calcurse")
def test_calcurse_imports_the_feed(feed: Path, tmp_path: Path) -> None:
    told = run("calcurse", "-D", str(tmp_path / "calcurse"), "-i", str(feed), home=tmp_path)
    assert "9 events" in told
    assert " 0 skipped" in told
    kept = (tmp_path / "calcurse" / "apts").read_text("utf-8")
    for day, title in days_of(feed.read_bytes()):
        year, month, number = day.split("-")
        assert any(
            line.startswith(f"{month}/{number}/{year} [1]") and line.endswith(title) for line in kept.splitlines()
        )


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[str]:
    """The address of a CalDAV server of this test's own."""
    if importlib.util.find_spec("radicale") is None:
        pytest.skip("radicale is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
         "--storage-filesystem-folder", str(tmp_path / "radicale"), "--logging-level", "critical"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                urlopen(f"{address}/.web", timeout=5).close()
                break
            except URLError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def sent(method: str, address: str, data: bytes | None = None) -> bytes:
    siti = b64encode(b"siti:").decode()  # whose home Radicale makes when she comes
    heads = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": f"Basic {siti}"}
    request = Request(address, data, heads, method=method)
    with urlopen(request, timeout=20) as answer:
        return bytes(answer.read())


def test_radicale_takes_the_feed_as_a_whole(radicale: str, feed: Path) -> None:
    sent("PUT", f"{radicale}/siti/film/", feed.read_bytes())
    kept = sent("GET", f"{radicale}/siti/film/").decode()
    for event in events_in(feed.read_bytes()):
        assert f"UID:{event['UID']}\r\n" in kept
    assert kept.count("BEGIN:VEVENT") == 9


def test_radicale_takes_each_event_by_itself_and_gives_it_back(radicale: str, tmp_path: Path) -> None:
    sent("MKCALENDAR", f"{radicale}/siti/film/")
    with listing_of(tmp_path / "cache", options=Options(alarm=15)) as listing:
        for event in events(listing):
            address = f"{radicale}/siti/film/{event.uid}.ics"
            sent("PUT", address, event.text)
            kept = sent("GET", address)
            assert {*kept.replace(b"\r\n ", b"").split(b"\r\n")} == {*event.text.replace(b"\r\n ", b"").split(b"\r\n")}
