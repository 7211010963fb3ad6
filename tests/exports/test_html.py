"""The page that stands alone: well formed, without a script, and nothing in it that a title has made."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import LEBARAN, film, films, filmtui
from tests.exports.listings import listing_of, written
from tui.films.terms import TMDB_NOTICE
from tui.index.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

html5lib = pytest.importorskip("html5lib")
NS = "{http://www.w3.org/1999/xhtml}"


def page(tmp_path: Path, root: Path, language: str = "id", only: int | None = None) -> str:
    with listing_of(tmp_path / "cache", root, language, only) as listing:
        return written(listing, "html").decode()


def parsed(text: str) -> object:
    return html5lib.HTMLParser(strict=True).parse(text)


def words_of(element: object) -> str:
    return " ".join(" ".join(element.itertext()).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_well_formed_and_has_every_film(tmp_path: Path, language: str) -> None:
    from tests.conftest import DATA

    text = page(tmp_path, DATA, language)
    tree = parsed(text)
    assert tree.attrib["lang"] == language  # type: ignore[attr-defined]
    listed = [words_of(item) for item in tree.iterfind(f".//{NS}ul[@class='films']/{NS}li")]  # type: ignore[attr-defined]
    assert len(listed) == 15
    known = "Laga, Thriller · 98 menit · Ric" if language == "id" else "Action, Thriller · 98 minutes · Ric"
    assert any(item.startswith(f"Greenland: Migration {known}") for item in listed)
    days = {time.attrib["datetime"] for time in tree.iterfind(f".//{NS}h3/{NS}time")}  # type: ignore[attr-defined]
    assert "2026-01-07" in days
    headings = [words_of(one) for one in tree.iterfind(f".//{NS}h2")]  # type: ignore[attr-defined]
    assert headings[1] == ("Januari 2026 6 film" if language == "id" else "January 2026 6 films")
    anchors = [link.attrib["href"] for link in tree.iterfind(f".//{NS}nav//{NS}a")]  # type: ignore[attr-defined]
    assert anchors == [f"#{one.attrib['id']}" for one in tree.iterfind(f".//{NS}section")]  # type: ignore[attr-defined]


def test_the_policy_lets_nothing_in(tmp_path: Path) -> None:
    text = page(tmp_path, LEBARAN)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"<script|<iframe|<img| style=| on[a-z]+=|@import|url\(", text)


HOSTILE = "<script>alert(1)</script>\"' onload=x &amp; </style></title> javascript:x"


def test_a_title_is_never_more_than_text(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    root = catalog(a=films(
        film("f", quoted, "2026-01-07", genres=f"[{quoted}]", directors=f"[{quoted}]",
             links="{a: 'https://x.id/?a=\"<b>&c'}"),
    ))  # fmt: skip
    text = page(tmp_path, root)
    tree = parsed(text)
    (item,) = tree.iterfind(f".//{NS}ul[@class='films']/{NS}li")  # type: ignore[attr-defined]
    assert words_of(item).startswith(" ".join(HOSTILE.split()))
    assert "<script" not in text
    (link,) = item.iterfind(f".//{NS}a")
    assert link.attrib["href"] == "https://x.id/?a=%22%3Cb%3E&c"
    assert link.attrib["rel"] == "noreferrer"


def test_what_has_no_day_is_on_paper_too(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a=films(film("a", "Dated", "2026-01-07"), film("b", "Some day", "2026-01"), film("c", "Quarter", "2026-Q1"))
    )
    tree = parsed(page(tmp_path, root))
    loose = [words_of(one) for one in tree.iterfind(f".//{NS}div[@class='loose']")]  # type: ignore[attr-defined]
    assert loose == ["Januari 2026, tanggal belum pasti Some day", "Triwulan I 2026 Quarter"]
    (cell,) = [words_of(td) for td in tree.iterfind(f".//{NS}td") if "Dated" in words_of(td)]  # type: ignore[attr-defined]
    assert cell == "7 Dated"


def test_a_cancelled_film_says_so_in_words(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(a="films:\n- {id: x, title: X, releases: [{date: 2026-01-07, status: cancelled}]}\n")
    text = page(tmp_path, root)
    assert text.count('<s class="off">X</s> <em class="status">(batal)</em>') == 2


def test_tmdbs_notice_stands_where_its_data_are(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(a="films:\n- {id: x, title: X, releases: [{date: 2026-01-07, source: TMDB}]}\n")
    assert TMDB_NOTICE in page(tmp_path, root)
    assert TMDB_NOTICE not in page(tmp_path, LEBARAN)


def test_the_wall_calendar_has_the_holidays(tmp_path: Path) -> None:
    with listing_of(tmp_path / "cache", LEBARAN, only=20260332) as listing:
        text = written(listing, "html").decode()
    assert "Idulfitri" in text
    assert text.count("<table") == 1


def test_without_a_film_it_says_so(tmp_path: Path) -> None:
    with listing_of(tmp_path, selection=Selection(region="ID", last=20000101)) as listing:
        text = written(listing, "html").decode()
    parsed(text)
    assert "Tidak ada film." in text


@pytest.mark.skipif(not shutil.which("tidy"), reason="tidy is not installed")
def test_tidy_has_nothing_to_say(tmp_path: Path) -> None:
    done = subprocess.run(
        ["tidy", "-q", "-e"], input=page(tmp_path, LEBARAN), capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_the_week_as_a_page() -> None:
    text = filmtui("week", "--date", "2026-01-07", "--format", "html").stdout
    tree = parsed(text)
    listed = [words_of(item) for item in tree.iterfind(f".//{NS}ul[@class='films']/{NS}li")]  # type: ignore[attr-defined]
    assert len(listed) == 3


def test_markdown_has_genre_age_and_tmdbs_notice(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a="films:\n- {id: x, title: X, genres: [horror], rating: 13+, releases: [{date: 2026-01-07, source: TMDB}]}\n"
    )
    with listing_of(tmp_path / "cache", root) as listing:
        text = written(listing, "markdown").decode()
    assert "| Rabu, 7 Januari 2026 | X | Horor | 13+ |\n" in text
    assert text.endswith(f"\n\n{TMDB_NOTICE}\n")
    with listing_of(tmp_path / "other", selection=Selection(last=20000101)) as listing:
        assert written(listing, "markdown").decode() == "Tidak ada film.\n"
