"""What the layers of a catalog say becomes one film, and an edit in one layer reads no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.conftest import film, films, places
from tests.index.test_index import ids, spied
from tui.base.errors import NotFoundError
from tui.base.words import Words
from tui.exports import origins
from tui.films.film import Release
from tui.library.library import Library, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Write = Callable[..., None]

SHIPPED = films(
    film("kuyank", "Kuyank", "2026-01-29", synopsis="{id: Hutan.}", genres="[horror]"),
    film("laut", "Laut", "2026-01-29"),
    film("darat", "Darat", "2026-01-29"),
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files by their names below the two catalogs, `own` and `shipped`."""

    def files(**named: str) -> None:
        for name, content in named.items():
            path = tmp_path / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")

    return files


@pytest.fixture
def layered(tmp_path: Path, write: Write) -> Iterator[Library]:
    write(shipped__one=SHIPPED)
    with Library(replace(places(tmp_path / "own", tmp_path / "cache"), shipped=tmp_path / "shipped")) as library:
        library.refresh()
        yield library


def problems(library: Library) -> list[str]:
    return [problem.text(Words("en")) for problem in library.problems()]


def test_without_a_catalog_of_ones_own_there_is_the_shipped_one(layered: Library) -> None:
    assert ids(layered) == ["kuyank", "laut", "darat"]


def test_an_upper_layer_says_only_what_differs(layered: Library, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    read = spied(monkeypatch)
    write(own__mine="films:\n- {id: kuyank, release: 2026-02-05}\n- {id: laut, synopsis: {en: The sea.}}\n")
    layered.refresh()
    assert read == ["mine.yaml"]
    found = layered.film("kuyank")
    assert (found.title, found.genres, found.releases) == ("Kuyank", ("horror",), (Release(date="2026-02-05"),))
    assert ids(layered) == ["laut", "darat", "kuyank"]  # where nothing is said of the date, the order is the file's
    assert ids(layered, Selection(search="sea")) == ["laut"]
    assert problems(layered) == []
    write(own__mine="films:\n")
    layered.refresh()
    assert read == ["mine.yaml", "mine.yaml"]
    assert ids(layered) == ["kuyank", "laut", "darat"]
    assert layered.film("kuyank").releases == (Release(date="2026-01-29"),)


def test_a_person_is_over_the_sources_and_the_first_source_over_the_others(layered: Library, write: Write) -> None:
    write(
        own__followed__wikipedia__one=films(film("kuyank", "Kuyank (W)", "2026-03-01", runtime="90")),
        own__followed__tmdb__one=films(film("kuyank", "Kuyank (T)", "2026-03-02")),
    )
    layered.refresh()
    found = layered.film("kuyank")
    assert (found.title, found.releases[0].date, found.runtime) == ("Kuyank (T)", "2026-03-02", 90)
    write(own__one=films(film("kuyank", "Kuyank!")))
    layered.refresh()
    found = layered.film("kuyank")
    assert (found.title, found.releases[0].date, found.runtime) == ("Kuyank!", "2026-03-02", 90)
    assert [saying.file for saying in layered.said("kuyank")] == [
        "one.yaml", "followed/tmdb/one.yaml", "followed/wikipedia/one.yaml", "shipped//one.yaml",
    ]  # fmt: skip


def test_news_that_two_layers_tell_is_told_once(layered: Library, write: Write) -> None:
    news = "news:\n- {title: Headline, date: 2026-01-01, films: [laut]}\n"
    write(own__one=news, own__followed__x__one=news + "- {title: Another}\n")
    layered.refresh()
    assert [item.title.plain for item in layered.news()] == ["Headline", "Another"]
    assert [item.title.plain for item in layered.news(1)] == ["Headline"]
    assert len(layered.news_of("laut")) == 1


def test_each_field_tells_its_layer_and_file(layered: Library, write: Write) -> None:
    write(
        own__followed__tmdb__one=films(film("kuyank", "Kuyank (T)", "2026-03-02", synopsis="{en: A wood.}")),
        own__mine="films:\n- {id: kuyank, release: 2026-02-05}\n",
    )
    layered.refresh()
    said = layered.said("kuyank")
    shipped, tmdb, own = "the catalog of filmtui, one.yaml", "followed, tmdb/one.yaml", "your own, mine.yaml"
    assert origins.listed(said, Words("en")) == [
        ("Title", tmdb), ("In cinemas · Indonesia", own), ("Genre", shipped), ("Synopsis", f"{tmdb}; {shipped}"),
    ]  # fmt: skip
    assert json.loads(origins.data(said))[1] == {
        "field": "releases", "type": "theatrical", "region": "ID", "from": [{"layer": "own", "file": "mine.yaml"}],
    }  # fmt: skip


def test_releases_are_completed_by_type_and_region(layered: Library, write: Write) -> None:
    write(
        shipped__two="films:\n- id: x\n  title: X\n  releases:\n  - {date: 2026-01-01, region: US}\n"
        "  - {date: 2026-01-08, source: tix.id, status: tentative}\n",
        own__one="films:\n- id: x\n  releases:\n  - {date: 2026-01-08}\n  - {date: 2026-05-01, type: digital}\n",
    )
    layered.refresh()
    assert layered.film("x").releases == (
        Release(date="2026-01-01", region="US"),
        Release(date="2026-01-08", source="tix.id"),
        Release(date="2026-05-01", type="digital"),
    )


def test_a_hidden_film_is_out_until_it_is_not(layered: Library, write: Write) -> None:
    write(own__followed__x__one="films:\n- {id: laut, hidden: true}\n")
    layered.refresh()
    assert ids(layered) == ["kuyank", "darat"]
    with pytest.raises(NotFoundError):
        layered.film("laut")
    write(own__one="films:\n- {id: laut, hidden: false}\n")
    layered.refresh()
    assert ids(layered) == ["kuyank", "laut", "darat"]
    assert layered.film("laut").hidden is None


def test_a_film_that_is_another_completes_it(layered: Library, write: Write) -> None:
    write(
        own__followed__x__one=films(film("sea-2026", "Sea", "2026-02-02", runtime="80")),
        own__one="films:\n- {id: sea-2026, same_as: laut}\nnews:\n- {title: Headline, films: [sea-2026]}\n",
    )
    layered.refresh()
    assert ids(layered) == ["kuyank", "darat", "laut"]
    assert (layered.film("laut").title, layered.film("laut").runtime) == ("Sea", 80)
    assert layered.film("sea-2026") == layered.film("laut")
    assert len(layered.news_of("laut")) == 1
    held = layered.holder("sea-2026")
    assert held
    assert held.film.id == "laut"
    write(own__one="films:\n")
    layered.refresh()
    assert layered.film("laut").title == "Laut"
    assert ids(layered) == ["kuyank", "laut", "darat", "sea-2026"]


def test_what_no_lower_layer_completes_is_told_with_its_line(layered: Library, write: Write) -> None:
    write(
        own__one="films:\n- {id: nobody, release: 2026-02-05}\n- {id: laut, same_as: no-one}\n"
        "- {id: a, title: A, same_as: b}\n- {id: b, title: B, same_as: a}\n- {id: darat, runtime: 80}\n"
    )
    layered.refresh()
    assert problems(layered) == [
        "one.yaml:2:3: “title” is missing; each entry needs it",
        "one.yaml:3:3: same_as names “no-one”, and no film has that id",
        "one.yaml:4:3: “a” is the same as itself; leave out same_as",
        "one.yaml:5:3: “b” is the same as itself; leave out same_as",
    ]
    assert {"laut", "a", "b", "darat"} <= set(ids(layered))
    write(shipped__two=films(film("nobody", "Nobody")))
    layered.refresh()
    assert layered.film("nobody").releases == (Release(date="2026-02-05"),)
    assert len(problems(layered)) == 3


def test_two_of_one_id_in_a_layer_are_told_in_two_layers_they_are_one(layered: Library, write: Write) -> None:
    write(own__one=films(film("laut", "Laut A")), own__two=films(film("laut", "Laut B")))
    layered.refresh()
    assert problems(layered) == ["two.yaml:2:3: the id “laut” is also in one.yaml; give each film its own"]
    assert layered.film("laut").title == "Laut A"
    write(own__one="films:\n")
    layered.refresh()
    assert problems(layered) == []
    assert layered.film("laut").title == "Laut B"
