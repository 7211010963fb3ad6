from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import settings
from textual.worker import WorkerCancelled

from tui.app.app import FilmtuiApp, make
from tui.app.calendar.screen import CalendarScreen
from tui.library.library import Library
from tui.user.places import Places
from tui.user.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App
    from textual.pilot import Pilot

    from tests.net.radicale_server import RadicaleServer

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "samples" / "catalog"
"""Fifteen films that stay as they are, whatever becomes of the shipped catalog."""
LEBARAN = ROOT / "tests" / "samples" / "lebaran"
"""The films around Lebaran 2026, as little of them as a month and a year show."""
SHIPPED = ROOT / "data"
CHRISTMAS_EVE = date(2025, 12, 24)


# How many examples a test of a rule tries that does not say it itself; --hypothesis-profile=dev chooses the few.
settings.register_profile("ci", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("dev", deadline=None, max_examples=10)
settings.load_profile("ci")

LONGEST_ID = 100


def pytest_make_parametrize_id(val: object) -> str | None:
    """A text stands in a test's id with its first words only, and without what no terminal should be sent."""
    if isinstance(val, bytes):
        val = val.decode("latin-1")
    if not isinstance(val, str) or (len(val) <= 24 and val.isascii() and val.isprintable()):
        return None
    known = normalize("NFKD", val[:200]).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"\w+", known))[:24].rstrip() or f"U+{ord(val[0]):04X}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse ids that are no words: they are what is read when a test fails, and typed to run it again."""
    long = [
        item.nodeid
        for item in items
        if len(item.nodeid.partition("[")[2]) > LONGEST_ID or not item.nodeid.isprintable()
    ]
    if long:
        told = "\n".join(f"{len(name)} characters: {name[:LONGEST_ID]!a}" for name in long)
        raise pytest.UsageError(f"give these tests shorter ids:\n{told}")


def pinned(name: str) -> str:
    """The version of a package that constraints.txt names: the one that pictures and names were made with."""
    (found,) = re.findall(rf"^{name}==(\S+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    return str(found)


def only_pinned(*names: str) -> pytest.MarkDecorator:
    """Of a test that compares with what one version of these packages gave; with others there is nothing to compare."""
    other = [f"{name} {version(name)}" for name in names if version(name) != pinned(name)]
    made = ", ".join(f"{name} {pinned(name)}" for name in names)
    return pytest.mark.skipif(bool(other), reason=f"made with {made}; here is {', '.join(other)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the benchmarks measured, also where they ran in another process."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "table":
                terminalreporter.write(str(value))


_PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the caller's: no language, theme, proxy or day of theirs, no cache; and a catalog that stays as it is."""
    for name in list(os.environ):
        if (
            name.startswith("FILMTUI_")
            or name in {"NO_COLOR", "COLORFGBG", "SSL_CERT_FILE"}
            or name.lower() in _PROXIES
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("FILMTUI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FILMTUI_CATALOG", str(DATA))
    monkeypatch.setenv("FILMTUI_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("FILMTUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


@pytest.fixture
def catalog(tmp_path: Path) -> Callable[..., Path]:
    """Write files of a catalog (name -> text) and give its directory."""

    def write(**files: str) -> Path:
        root = tmp_path / "catalog"
        for name, content in files.items():
            path = root / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        return root

    return write


def places(
    catalog: Path, cache: Path, state: Path | None = None, today: date = CHRISTMAS_EVE, starred: Path | None = None
) -> Places:
    """Where a test's library is: on Christmas Eve 2025, and without a ledger and stars, unless it says so."""
    return Places(catalog=catalog, cache=cache, state=state, today=today, starred=starred)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[RadicaleServer]:
    """A calendar server with one user, and faults where a test asks for them."""
    from tests.net.radicale_server import RadicaleServer

    with RadicaleServer(tmp_path / "radicale") as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The shipped catalog, read."""
    with Library(places(DATA, tmp_path / "cache")) as opened:
        opened.refresh()
        yield opened


@pytest.fixture
def app(tmp_path: Path) -> Callable[..., FilmtuiApp]:
    """The app as the command makes it, on Christmas Eve 2025."""

    def build(
        catalog: Path = DATA,
        *,
        today: date = CHRISTMAS_EVE,
        language: str = "id",
        only: int | None = None,
        follows: bool = False,
    ) -> FilmtuiApp:
        found = places(catalog, tmp_path / "cache", tmp_path / "state", today, tmp_path / "starred.yaml")
        return make(Settings(found, language, follows), only, fresh=True)

    return build


async def settled(pilot: Pilot[None]) -> CalendarScreen:
    """The calendar once nothing is under way any more."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerCancelled):  # a newer one of its group has taken its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()  # what one has found may begin another
    await pilot.pause()
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, CalendarScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> CalendarScreen:
    await pilot.press(*keys)
    return await settled(pilot)


def lines(pilot: Pilot[None]) -> list[str]:
    """The screen as text."""
    return lines_of(pilot.app)


def lines_of(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(lines(pilot))


async def until(pilot: Pilot[None], text: str, *, there: bool = True) -> None:
    """Wait for the calendar to say, or no longer to say, something."""
    for _ in range(600):
        await pilot.pause(0.02)
        if (text in shown(pilot)) is there:
            return
    raise AssertionError(shown(pilot))


def filmtui(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def film(id: str, title: str | None = None, release: str | None = None, **fields: str) -> str:
    """A film as YAML text, its fields written as they are given."""
    written = [f"- id: {id}", f"  title: {title or id}"]
    if release:
        written.append(f"  release: {release}")
    written += [f"  {name}: {value}" for name, value in fields.items()]
    return "\n".join(written) + "\n"


def films(*items: str) -> str:
    return "films:\n" + "".join(items)
