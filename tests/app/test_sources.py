"""The sheet of sources: followed by a few keys, their films brought, and what is unclear settled."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, press, settled, shown, until
from tests.imports.worlds import UrlWorld, WikipediaWorld
from tests.net.server import Reply, Server
from tui.app.app import make
from tui.app.sheets.sourcepage import OFFERED
from tui.app.sheets.sources import SourcesScreen
from tui.base.words import Words
from tui.imports.following import wikipedia
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

TODAY = date(2026, 1, 5)
FILMS = {"Kuyank": "2026-02-05", "Suka Duka Tawa": "2026-01-08"}
SIZE = (100, 34)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "catalog"


@pytest.fixture
def opened(catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., FilmtuiApp]:
    def build(*items: str, language: str = "id") -> FilmtuiApp:
        root = catalog(own=films(*(items or (film("hantu", "Hantu", "2026-01-15"),))))
        return make(settings(catalog=str(root), language=language, today="2026-01-05"), fresh=True)

    return build


def sheet(pilot: Pilot[None]) -> SourcesScreen:
    assert isinstance(pilot.app.screen, SourcesScreen)
    return pilot.app.screen


async def test_a_newcomer_follows_wikipedia_by_two_keys(
    opened: Callable[..., FilmtuiApp], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = WikipediaWorld(server, FILMS)
    monkeypatch.setattr(wikipedia, "API", world.address)
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S")
        assert "Belum ada yang diikuti" in shown(pilot)
        await press(pilot, "w")
        await until(pilot, "Kuyank masuk jadwal")
        assert "Hari ini" in shown(pilot) or "film" in shown(pilot)
        await press(pilot, "escape")
        await until(pilot, "Suka Duka Tawa")
        assert "Hantu" in shown(pilot)


async def test_what_has_moved_leads_to_its_film(opened: Callable[..., FilmtuiApp], root: Path, server: Server) -> None:
    world = UrlWorld(server, FILMS)
    made = opened()
    (root / "sources.yaml").write_text(
        f'- {{name: klub, kind: url, address: "{world.address}", allow_private: true}}\n', "utf-8"
    )
    async with made.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S")
        assert "belum ditanya" in shown(pilot)
        await press(pilot, "s")
        await until(pilot, "masuk jadwal")
        world.films["Kuyank"] = "2026-03-12"
        await press(pilot, "s")
        await until(pilot, "Kuyank mundur")
        await settled(pilot)
        await press(pilot, "down", "enter")
        screen = await settled(pilot)
        assert screen.state.chosen is not None
        assert screen.state.chosen.id == "kuyank"


async def test_an_address_is_typed(opened: Callable[..., FilmtuiApp], root: Path, server: Server) -> None:
    """It is followed, and refused by the sync, as nobody said that the own network is meant."""
    UrlWorld(server, FILMS)
    async with opened(language="en").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S", "u")
        await press(pilot, *"ftp://x", "enter")
        assert "is not a web address" in shown(pilot)
        await press(pilot, "u", *server.address, "enter")
        await until(pilot, "--allow-private")
        assert not server.asked
        await press(pilot, "u", "s", "escape")
        assert isinstance(pilot.app.screen, SourcesScreen)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, SourcesScreen)


async def test_a_token_goes_into_the_settings(
    opened: Callable[..., FilmtuiApp], server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.imports.worlds import TmdbWorld
    from tui.imports.following import tmdb

    world = TmdbWorld(server, FILMS, "eyJ.abcdefgh.ijklmnop")
    monkeypatch.setattr(tmdb, "API", world.address)
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S", "t", *world.token, "enter")
        await until(pilot, "Kuyank masuk jadwal")
        assert "This product uses TMDB" in shown(pilot)
        assert world.token not in shown(pilot)
    assert world.token in (tmp_path / "settings.toml").read_text("utf-8")
    assert (tmp_path / "settings.toml").stat().st_mode & 0o777 == 0o600


async def test_a_sync_can_be_cancelled(opened: Callable[..., FilmtuiApp], root: Path, server: Server) -> None:
    made = opened(language="en")
    (root / "sources.yaml").write_text(
        f'- {{name: klub, kind: url, address: "{server.address}", allow_private: true}}\n', "utf-8"
    )
    server.answer = lambda asked: Reply(bytes(4000), drip=0.01)
    async with made.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("S", "s")
        await until(pilot, "klub is asked")
        begun = time.monotonic()
        await pilot.press("escape")
        await until(pilot, "cancelled; nothing was changed")
        assert time.monotonic() - begun < 20
        assert isinstance(pilot.app.screen, SourcesScreen)
        assert not (root / "followed" / "klub").exists()


async def test_an_unclear_film_is_settled_by_one_key(
    opened: Callable[..., FilmtuiApp], root: Path, server: Server
) -> None:
    world = UrlWorld(server, {"Suka Duka Tawa": "2026-01-08", "Esok Tanpa Ibu": "2026-01-22"})
    made = opened(film("suka", "Suka Duka Tawaa", "2026-01-08"), film("esok", "Esok Tanpa Ibuu", "2026-01-22"))
    (root / "sources.yaml").write_text(
        f'- {{name: klub, kind: url, address: "{world.address}", allow_private: true}}\n', "utf-8"
    )

    def written(name: str) -> str:
        return (root / name).read_text("utf-8") if (root / name).exists() else ""

    async with made.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S", "s")
        await until(pilot, "Samakah Suka Duka Tawa dengan suka?")
        await settled(pilot)
        for _ in range(12):
            if sheet(pilot)._shown.doubt_at(sheet(pilot)._page.picked):
                break
            await press(pilot, "down")
        await press(pilot, "enter")
        await until(pilot, "kini sama dengan")
        assert "same_as: suka" in "".join(map(written, ("2026-01.yaml", "own.yaml")))
        assert "Samakah Suka" not in shown(pilot)
        for _ in range(12):
            if sheet(pilot)._shown.doubt_at(sheet(pilot)._page.picked):
                break
            await press(pilot, "down")
        await press(pilot, "a")
        assert "Samakah" not in shown(pilot)


async def test_unfollowed_its_films_are_out(opened: Callable[..., FilmtuiApp], root: Path, server: Server) -> None:
    world = UrlWorld(server, FILMS)
    made = opened()
    (root / "sources.yaml").write_text(
        f'- {{name: klub, kind: url, address: "{world.address}", allow_private: true}}\n', "utf-8"
    )
    async with made.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "S", "s")
        await until(pilot, "Kuyank masuk")
        await settled(pilot)
        await press(pilot, "up", "up", "x")
        assert "tidak diikuti lagi" in shown(pilot)
        await press(pilot, "escape")
        await until(pilot, "Kuyank", there=False)
    assert not (root / "sources.yaml").exists()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_it_fits(opened: Callable[..., FilmtuiApp], size: tuple[int, int]) -> None:
    async with opened().run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "S")
        assert "Wikipedia" in shown(pilot)
        assert "Sumber" in shown(pilot)


@pytest.mark.parametrize("language", ["id", "en"])
async def test_what_has_no_room_in_a_small_terminal_says_so(opened: Callable[..., FilmtuiApp], language: str) -> None:
    async with opened(language=language).run_test(size=(40, 14)) as pilot:
        await press(pilot, "S")
        page = shown(pilot)
        for key in ("w", "t", "u"):
            row = next(line for line in page.splitlines() if f"│  {key}  " in line)
            label = row.strip("│ ")
            assert label.endswith("…") or label.removeprefix(f"{key}  ") in {
                Words(language).gettext(text) for _, text, _ in OFFERED.values()
            }
