"""The site in a real Chromium, opened from the disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from tests.chromium import CHROMIUM, IN_CHROMIUM
from tests.exports.site.making import everything, make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Request
    from playwright.sync_api import Page as Tab

pytestmark = IN_CHROMIUM
pytest.importorskip("playwright")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    make(folder / "out", everything(folder / "catalog"), folder)
    return folder / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as known:
        opened = known.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Heard:
    """What a tab asked for, and what it complained of."""

    def __init__(self, tab: Tab) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # an icon that is still on its way when one goes on
            self.complaints.append(f"{request.url} {request.failure}")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    opened = browser.new_page(viewport={"width": 1200, "height": 800}, color_scheme="light")
    yield opened
    opened.close()


def colour(tab: Tab, of: str = "body", name: str = "background-color") -> str:
    return str(tab.evaluate(f"getComputedStyle(document.querySelector('{of}'))['{name}']"))


def test_no_page_complains_or_asks_for_anything_outside(tab: Tab, site: Path) -> None:
    heard = Heard(tab)
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        tab.goto(page.as_uri())
        assert colour(tab) == "rgb(250, 248, 243)", page  # the style has come
    assert heard.complaints == []
    asked = {unquote(urlsplit(url).path) for url in heard.requests}
    assert all(url.startswith("file://") for url in heard.requests)
    assert asked <= {str(path) for path in site.rglob("*")}
    assert {str(page) for page in pages} <= asked
    assert str(site / "style.css") in asked


def test_a_script_in_a_page_would_not_run(tab: Tab, site: Path) -> None:
    tab.goto((site / "films/jahat.html").as_uri())
    assert tab.evaluate("document.scripts.length") == 1
    heard = Heard(tab)
    page = site / "films" / "planted.html"
    text = (site / "films/jahat.html").read_text("utf-8")
    page.write_text(
        text.replace("<h1>", "<script>document.title = 'run'</script><img src=https://example.org/x><h1>"), "utf-8"
    )
    try:
        tab.goto(page.as_uri())
        assert tab.title() != "run"
        assert len([line for line in heard.complaints if "Content Security Policy" in line]) == 2
    finally:
        page.unlink()


def test_the_language_is_switched_on_the_same_page(tab: Tab, site: Path) -> None:
    tab.goto((site / "films/bergeser.html").as_uri())
    tab.get_by_role("link", name="English").click()
    assert tab.url == (site / "en/films/bergeser.html").as_uri()
    assert tab.locator("html").get_attribute("lang") == "en"
    tab.get_by_role("link", name="Bahasa Indonesia").click()
    assert tab.url == (site / "films/bergeser.html").as_uri()


def test_one_finds_a_film_from_the_front(tab: Tab, site: Path) -> None:
    tab.goto((site / "index.html").as_uri())
    tab.get_by_role("navigation", name="Halaman").get_by_role("link", name="Bulan").click()
    tab.get_by_role("link", name="Januari").click()
    tab.get_by_role("heading", name="Januari 2026", exact=True).wait_for()
    tab.get_by_role("link", name="Hanya Bulannya").click()
    assert tab.url == (site / "films/bulan.html").as_uri()


def test_the_first_stop_of_the_tab_key_leads_to_the_content(tab: Tab, site: Path) -> None:
    tab.goto((site / "index.html").as_uri())
    skip = tab.locator(".skip")
    hidden = skip.bounding_box()
    assert hidden is not None
    assert hidden["x"] < 0
    tab.keyboard.press("Tab")
    seen = skip.bounding_box()
    assert seen is not None
    assert seen["x"] >= 0
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_it_is_dark_where_the_system_is(tab: Tab, site: Path) -> None:
    tab.goto((site / "index.html").as_uri())
    tab.emulate_media(color_scheme="dark")
    assert colour(tab) == "rgb(21, 23, 27)"
    assert colour(tab, "h1", "color") == "rgb(214, 211, 203)"


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_nothing_is_wider_than_the_window(tab: Tab, site: Path, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    for path in sorted(site.rglob("*.html")):
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_phone_has_the_list_and_a_desk_the_table_too(tab: Tab, site: Path) -> None:
    tab.goto((site / "months/2025-12.html").as_uri())
    assert tab.locator(".table").is_visible()
    assert tab.locator(".list").is_visible()
    tab.set_viewport_size({"width": 390, "height": 800})
    assert not tab.locator(".table").is_visible()
    assert tab.locator(".list").is_visible()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_month_is_printed_on_one_page(tab: Tab, site: Path) -> None:
    for name in ("2025-12", "2026-01"):
        tab.goto((site / f"months/{name}.html").as_uri())
        assert pages_of(tab.pdf(prefer_css_page_size=True)) == 1
    tab.emulate_media(media="print")
    assert tab.locator(".table").is_visible()
    assert tab.locator(".loose").is_visible()  # what no table has
    assert not tab.locator(".top").is_visible()
