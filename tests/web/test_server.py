"""The calendar as it is served: its page, a visitor's keys, what a visitor cannot do, how many there may be."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError, web

from tests.conftest import DATA, film, films, filmtui
from tests.web.visiting import CALENDAR, served
from tui.app.commands import COMMANDS
from tui.base.words import LANGUAGES, Words
from tui.web import guest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_says_what_it_is_and_names_no_other_host(language: str) -> None:
    words = Words(language)
    async with served(language=language) as site:
        status, page, headers = await site.get("/")
        assert status == 200
        assert f'<html lang="{language}">' in page
        assert f"<title>{words.gettext('filmtui · release calendar of films')}</title>" in page
        assert words.gettext("This page needs JavaScript: it shows a terminal.") in page
        assert not re.search(r"\$\w", page)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"unsafe-eval|\*|https?:", policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in headers
        parts = re.findall(r'(?:src|href)="(/[^"]+)"', page)
        assert len(parts) >= 5
        for part in parts:
            found, text, more = await site.get(part) if not part.endswith(".ttf") else (200, "", headers)
            assert found == 200, part
            assert more["Content-Security-Policy"] == policy
            if part.startswith("/own/"):
                page += text
        assert not re.search(r'https?://\w|src="//|url\((?!"/static)', page)


@pytest.mark.parametrize("path", ["/static", "/static/", "/static/js/", "/static/../server.py", "/static/%2e%2e/server.py",
                                  "/own/server.py", "/own/", "/download/none", "/ws/", "/ws/blue"])  # fmt: skip
async def test_nothing_else_is_given_away(path: str) -> None:
    async with served() as site:
        status, _, headers = await site.get(path)
        assert status in {403, 404}
        assert "Content-Security-Policy" in headers


async def test_a_visitor_sees_the_calendar_and_a_key_changes_it() -> None:
    async with served() as site, site.visit() as visitor:
        await visitor.sees("Red Rooms")
        await visitor.press("?")
        await visitor.sees("NAVIGASI")
        visitor.told = ""
        await visitor.say("resize", {"width": 60, "height": 20})
        await visitor.sees("Cari tombol")


async def test_what_is_no_message_is_passed_over() -> None:
    async with served() as site, site.visit(width=10**9, height=-5) as visitor:
        for message in ("[", "{}", "[]", "null", "7", '["stdin"]', '["stdin", 5]', '["resize", {"width": 1}]',
                        '["resize", {"width": 1e99, "height": "x"}]', '["meta", {"type": "quit"}]'):  # fmt: skip
            await visitor.socket.send_str(message)
        await visitor.socket.send_bytes(b"\xff\x00")
        await visitor.say("stdin", "\ud800")
        await visitor.say("resize", {"width": 120, "height": 36})
        await visitor.sees("Red Rooms")
        await visitor.press("?")
        await visitor.sees("NAVIGASI")


@pytest.mark.parametrize(("asked", "given"), [
    ((80, 24), (80, 24)), (("80", "24"), (80, 24)), (("", None), (80, 24)), ((10**9, -1), (400, 1)), (("x", 5), (80, 24)),
])  # fmt: skip
def test_a_size_has_bounds(asked: tuple[object, object], given: tuple[int, int]) -> None:
    assert guest.size_of(*asked) == given


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """What belongs to the owner, all of it as it was when the test ends."""
    state = tmp_path / "state"
    (tmp_path / "settings.toml").write_text('first_day = "sunday"\n', "utf-8")
    assert filmtui("list", env={"FILMTUI_TODAY": "2025-12-20"}).returncode == 0
    watched = [tmp_path / "settings.toml", tmp_path / "share", state, DATA]

    def all_of() -> dict[Path, tuple[bytes, int]]:
        every = [file for one in watched for file in (one, *one.rglob("*")) if file.is_file()]
        return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in every}

    before = all_of()
    assert len(before) > 2
    yield tmp_path
    assert all_of() == before


async def test_a_visitor_can_change_and_open_nothing_of_the_owners(kept: Path) -> None:
    """Each key of the owner's commands, and what each would have opened typed after it; then a theme, and the end."""
    owners = [command for command in COMMANDS if command.owners]
    assert {"star", "note", "publish", "import", "sources", "settings", "reload", "problems", "origin"} <= {
        c.action for c in owners
    }
    async with served() as site:
        async with site.visit() as visitor:
            await visitor.sees("Red Rooms")
            for command in owners:
                await visitor.press({"comma": ",", "space": " "}.get(command.keys[0], command.keys[0]))
                await visitor.press("w\r")
                await visitor.press("\x1b")
            await visitor.press("T")
            await visitor.press("?")
            await visitor.sees("NAVIGASI")
            told = visitor.told
            await visitor.press("\x1b")
            await visitor.sees("Red Rooms")
            await visitor.press("q")
            await visitor.leaves()
        await site.alone()
    for command in owners:
        assert Words("id").gettext(command.help) not in told


async def test_no_more_visitors_than_are_let_in() -> None:
    full = Words("id").ngettext(
        "{n} visitor is here already, and no more can be served. Please come back later.",
        "{n} visitors are here already, and no more can be served. Please come back later.", 1,
    )  # fmt: skip
    async with served(most=1) as site:
        async with site.visit() as first:
            await first.sees("Red Rooms")
            status, page, headers = await site.get("/")
            assert (status, headers["Retry-After"]) == (503, "60")
            assert full in page
            async with site.visit() as second:
                await second.leaves()
                assert full in second.told
            assert site.server.visitors == 1
            await first.press("?")
            await first.sees("NAVIGASI")
        await site.alone()
        assert (await site.get("/"))[0] == 200


async def test_a_page_of_another_host_gets_no_calendar() -> None:
    async with served() as site:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with site.visit(Origin="https://evil.example"):
                pass
        assert refused.value.status == 403
        assert not site.server.visitors


async def test_a_process_ends_with_its_connection() -> None:
    async with served() as site:
        async with site.visit() as visitor:
            await visitor.sees("Red Rooms")
            process = await site.process()
        await site.alone()
        assert process.returncode == 0


async def test_a_process_that_is_not_yet_there_or_does_not_listen_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guest, "_PATIENCE", 0.2)
    async with served() as site:
        async with site.visit():
            process = await site.process()
        await site.alone()
        assert process.returncode is not None
        async with site.visit() as visitor:
            await visitor.sees("Red Rooms")
            process = await site.process()
            os.kill(process.pid, signal.SIGSTOP)
        await site.alone()
        assert process.returncode == -signal.SIGKILL


async def test_the_end_of_the_server_is_the_end_of_its_processes() -> None:
    async with served() as site, site.visit() as visitor:
        await visitor.sees("Red Rooms")
        process = await site.process()
        await site.server.app.shutdown()
        assert process.returncode == 0
        await visitor.leaves()


async def test_a_program_that_fails_ends_the_connection(capsys: pytest.CaptureFixture[str]) -> None:
    async with served([*CALENDAR, "--catalog", "/nowhere/at/all", "--no-such-option"]) as site:
        async with site.visit() as visitor:
            await visitor.leaves()
        await site.alone()
    assert "--no-such-option" in capsys.readouterr().out


async def test_a_file_is_downloaded_once() -> None:
    async with served() as site, site.visit() as visitor:
        await visitor.sees("Red Rooms")
        await visitor.press("x")
        await visitor.sees(Words("id").gettext("Export"))
        await visitor.press("\r")
        what, where = await visitor.asked()
        assert what == "deliver_file_start"
        async with site.client.get(f"{site.url}/download/{where}") as response:
            assert response.headers["Content-Type"].startswith("text/html")
            assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
            page = await response.text()
        assert page.startswith("<!doctype html>")
        assert "Red Rooms" in page
        assert (await site.get(f"/download/{where}"))[0] == 404


async def test_links_are_opened_by_the_browser_and_only_those_of_the_web(catalog: Callable[..., Path]) -> None:
    linked = catalog(one=films(film("kuyank", "Kuyank", "2026-01-29", links="{IMDb: https://www.imdb.com/title/tt1/}")))
    async with served([*CALENDAR, "--catalog", str(linked)]) as site, site.visit() as visitor:
        await visitor.sees("Kuyank")
        await visitor.press("o")
        what, to = await visitor.asked()
        assert (what, to["url"][:8]) == ("open_url", "https://")
        (one,) = site.server._guests
        await one.on_meta(b'{"type": "open_url", "url": "javascript:alert(1)", "new_tab": true}')
        await one.on_meta(b'{"type": "open_url", "url": "HTTP://a.b/", "new_tab": true}')
        assert (await visitor.asked())[1]["url"] == "HTTP://a.b/"


def test_the_owners_secrets_and_terminal_stay_with_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FILMTUI_TMDB_TOKEN", "FILMTUI_CALDAV_PASSWORD"):
        monkeypatch.setenv(name, "rahasia")
    monkeypatch.setenv("COLORFGBG", "0;15")
    environment = guest.Guest([], web.WebSocketResponse(), "light")._build_environment()
    assert "rahasia" not in environment.values()
    assert "COLORFGBG" not in environment
    assert environment["FILMTUI_THEME"] == "light"
