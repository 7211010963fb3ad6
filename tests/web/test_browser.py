"""The calendar in a real browser: Debian's Chromium, where it is installed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.chromium import CHROMIUM, IN_CHROMIUM
from tests.conftest import film, films
from tests.web.visiting import CALENDAR, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from playwright.async_api import Page

    from tests.web.visiting import Served

pytestmark = IN_CHROMIUM

SCREEN = ".xterm-screen"


class Watched:
    """A page, and what it asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))

    async def opens(self, url: str) -> None:
        await self.page.goto(url)
        await self.page.wait_for_selector("body.-first-byte", state="attached")

    async def looks(self) -> bytes:
        return await self.page.screenshot()

    async def looks_other_than(self, before: bytes) -> bytes:
        """What is seen once it is something else."""
        for _ in range(600):
            if (now := await self.looks()) != before:
                return now
            await self.page.wait_for_timeout(20)
        raise AssertionError


@asynccontextmanager
async def browsing(scheme: Any = "dark") -> AsyncIterator[Watched]:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            context = await browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 700})
            context.set_default_timeout(60_000)
            watched = Watched(await context.new_page())
            yield watched
            assert not watched.complaints
        finally:
            await browser.close()


def all_of(site: Served, watched: Watched) -> bool:
    """Whether the page asked this server alone."""
    own = urlsplit(site.url).netloc
    return bool(watched.asked) and all(
        urlsplit(url).netloc == own or urlsplit(url).scheme == "data" for url in watched.asked
    )


async def test_a_visitor_sees_the_calendar_presses_a_key_and_leaves() -> None:
    async with served() as site, browsing() as watched:
        await watched.opens(site.url)
        first = await watched.looks()
        assert await watched.page.title() == "filmtui · kalender rilis film"
        await watched.page.wait_for_selector(".xterm-helper-textarea:focus", state="attached")  # without a click
        before = await watched.looks_other_than(b"")
        await watched.page.keyboard.press("4")
        year = await watched.looks_other_than(before)
        assert len({first, year}) == 2
        await watched.page.keyboard.press("q")
        await watched.page.wait_for_selector("body.-closed .ended", state="visible")
        await site.alone()
        await watched.page.click(".ended a")
        await watched.page.wait_for_selector("body.-first-byte:not(.-closed)", state="attached")
        assert all_of(site, watched)


async def test_light_and_dark_are_as_the_browser_prefers() -> None:
    """The page's ground as its styles have it, and the calendar's theme by the socket that it opens."""
    grounds = {}
    for scheme in ("light", "dark"):
        async with served() as site, browsing(scheme) as watched:
            async with watched.page.expect_websocket() as opened:
                await watched.opens(site.url)
            sockets = [urlsplit((await opened.value).url).path]
            ground = "getComputedStyle(document.body).backgroundColor"
            grounds[scheme] = await watched.page.evaluate(ground)
            assert sockets == [f"/ws/{scheme}"]
            (guest,) = site.server._guests
            assert guest._build_environment()["FILMTUI_THEME"] == scheme
    assert grounds == {"light": "rgb(250, 248, 243)", "dark": "rgb(21, 23, 27)"}


async def test_a_link_is_opened_by_the_browser(catalog: Callable[..., Path]) -> None:
    linked = catalog(one=films(film("kuyank", "Kuyank", "2026-01-29", links="{IMDb: https://film.invalid/kuyank}")))
    async with served([*CALENDAR, "--catalog", str(linked)]) as site, browsing() as watched:
        await watched.page.context.route("https://film.invalid/**", lambda route: route.fulfill(body="Kuyank"))
        await watched.opens(site.url)
        await watched.page.click(SCREEN, position={"x": 3, "y": 3})
        async with watched.page.context.expect_page() as opened:
            await watched.page.keyboard.press("o")
        page = await opened.value
        await page.wait_for_url("https://film.invalid/kuyank")
        assert await page.evaluate("window.opener") is None
        assert all_of(site, watched)


async def test_a_file_is_downloaded(tmp_path: Path) -> None:
    async with served() as site, browsing() as watched:
        await watched.opens(site.url)
        await watched.page.click(SCREEN, position={"x": 3, "y": 3})
        before = await watched.looks_other_than(b"")
        found: list[Any] = []

        def take(download: Any) -> None:
            found.append(download)

        watched.page.context.on("page", lambda page: page.on("download", take))  # it comes in a window of its own
        watched.page.on("download", take)
        await watched.page.keyboard.press("x")
        await watched.looks_other_than(before)
        await watched.page.keyboard.press("Enter")
        for _ in range(600):
            if found:
                break
            await watched.page.wait_for_timeout(20)
        (download,) = found
        assert download.suggested_filename.endswith(".html")
        await download.save_as(tmp_path / "file")
        assert "Red Rooms" in (tmp_path / "file").read_text("utf-8")
        assert all_of(site, watched)


async def test_one_visitor_too_many_is_told_so() -> None:
    async with served(most=1) as site, browsing() as watched, site.visit() as other:
        await other.sees("Red Rooms")
        await watched.page.goto(site.url)
        assert "Sudah ada 1 pengunjung" in await watched.page.inner_text("main")
        assert all_of(site, watched)
        watched.complaints.clear()  # the browser tells of the status
