"""A copy of the shipped catalog becomes a layer over it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.conftest import DATA, filmtui, places
from tui.imports.importing import take_back
from tui.imports.thinning import thin
from tui.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from tui.user.places import Places


@pytest.fixture
def copied(tmp_path: Path) -> Places:
    shutil.copytree(DATA, tmp_path / "own")
    return replace(places(tmp_path / "own", tmp_path / "cache", tmp_path / "state"), shipped=DATA)


def films(at: Places) -> object:
    with Library(at) as library:
        library.refresh()
        assert library.problems() == []
        return [(row.id, library.film(row.id)) for row in library.all_rows(library.view())]


def test_a_copy_is_thinned_to_what_differs_and_taken_back(copied: Places) -> None:
    path = copied.catalog / "2026-01.yaml"
    path.write_text(path.read_text("utf-8").replace("2026-01-29", "2026-01-30") + "# mine\n", "utf-8")
    before = {path.name: path.read_bytes() for path in copied.catalog.iterdir()}
    shown = films(copied)
    assert thin(copied) == (15, sum(path.read_text("utf-8").count("- title:") for path in DATA.glob("*.yaml")))
    assert films(copied) == shown
    left = {path.name: path.read_text("utf-8") for path in copied.catalog.iterdir()}
    assert "2026-01-30" in left["2026-01.yaml"]
    assert "title" not in "".join(left.values())
    assert thin(copied) == (0, 0)
    take_back(copied)
    assert {path.name: path.read_bytes() for path in copied.catalog.iterdir()} == before


def test_check_says_how_and_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILMTUI_CATALOG")
    own = tmp_path / "share" / "filmtui" / "catalog"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("films:\n- {id: kuyank, title: Kuyank, release: 2026-02-05}\n", "utf-8")
    assert "--thin" not in filmtui("check", "--lang", "en").stdout
    shutil.copy(DATA.parents[2] / "data" / "2026-12.yaml", own)
    assert "“filmtui check --thin”" in filmtui("check", "--lang", "en").stdout
    done = filmtui("check", "--thin", "--lang", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert "only what differs" in done.stderr
    assert "no film says again" in filmtui("check", "--thin", "--lang", "en").stderr
    assert (own / "mine.yaml").exists()


def test_news_of_ones_own_stays(copied: Places) -> None:
    path = copied.catalog / "2026-01.yaml"
    own = "news:\n- title: Kabar sendiri\n  date: 2026-01-03\n"
    told = path.read_text("utf-8")
    path.write_text(told.replace("news:\n", own, 1) if "news:" in told else told + "\n" + own, "utf-8")
    with Library(copied) as library:
        library.refresh()
        every = library.news()
    assert thin(copied).news
    assert path.read_text("utf-8").count("Kabar sendiri") == 1
    with Library(copied) as library:
        library.refresh()
        assert library.problems() == []
        assert {item.title for item in library.news()} == {item.title for item in every}
