"""What an editor would look at again, and the forms in which `check` tells it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.conftest import film, films, filmtui, places
from tui.base.errors import Message, Problem
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.files import find
from tui.exports.problems import github
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE = {"cast": "[{name: A}]", "synopsis": "{id: a, en: b}"}
TODAY = date(2026, 1, 1)


def warnings(root: Path) -> list[str]:
    return [p.message.text(Words("en")) for p in check(root, advise=TODAY) if p.severity == "warning"]


def test_a_whole_film_on_a_usual_day_is_passed_over(catalog: Callable[..., Path]) -> None:
    assert warnings(catalog(a=films(film("a", release="2026-01-08", **WHOLE)))) == []


def test_what_is_missing(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", release="2025-12-25", synopsis="plain"),
                           film("b", release="2025-12-25", **WHOLE | {"synopsis": "{id: a}"}),
                           film("c", release="2025-12-25", cast="[{name: A}]"),
                           film("d", release="2025-12-25", synopsis="plain", genres="[animation]")))  # fmt: skip
    assert warnings(root) == ["no cast", "no synopsis in English", "no synopsis"]


def test_what_is_only_listed_or_still_to_come_lacks_nothing(catalog: Callable[..., Path]) -> None:
    ahead = film("ahead", release="2026-01-08", cast="[{name: A}]")
    assert warnings(catalog(a=films(film("listed", release="2025-12-25"), ahead))) == []


@pytest.mark.parametrize("note", ["pages disagree", "{id: berbeda, en: pages disagree}"])
def test_a_note_settles_a_doubtful_date(catalog: Callable[..., Path], note: str) -> None:
    def releases(note: str) -> str:
        return (
            f"[{{date: 2025-12-01, status: tentative{note}}}, {{date: 2026-01-05, region: ID, type: theatrical{note}}}]"
        )

    assert len(warnings(catalog(a=films(film("a", releases=releases("")))))) == 2
    assert warnings(catalog(a=films(film("a", releases=releases(f", note: {note}"))))) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-01-08"], 0),  # Thursday
        (["2026-01-05"], 1),  # Monday
        (["2026-01-05"] * 3, 0),  # a chosen day
        (["2025-12-25"], 0),  # Christmas, a Thursday
        (["2026-03-20"], 0),  # the eve of Idulfitri 1447, a Friday
        (["2026-08-17"], 0),  # Independence Day, a Monday
    ],
)
def test_an_unusual_weekday(catalog: Callable[..., Path], days: list[str], expected: int) -> None:
    root = catalog(a=films(*(film(f"f{n}", release=day, **WHOLE) for n, day in enumerate(days))))
    assert len(warnings(root)) == expected


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(catalog: Callable[..., Path], day: str) -> None:
    text = f"opens on {day}, neither a Wednesday nor a Thursday nor a holiday; is that right?"
    assert warnings(catalog(a=films(film("a", release=day, **WHOLE)))) == [text]


def test_a_past_date_that_is_tentative(catalog: Callable[..., Path]) -> None:
    releases = "[{date: 2025-12-24, status: tentative}, {date: 2026-02-04, status: tentative}]"
    root = catalog(a=films(film("a", **WHOLE, releases=releases)))
    assert warnings(root) == ["2025-12-24 is past and still tentative; confirm or move it"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Kuyank", "2026-01-29"), ("KUYANK!", "2026-02-05"), 1),
        (("Kuyank", "2026-01-29"), ("Kuyank", None), 1),
        (("Kuyank", "2026-01-29"), ("Kuyank", "2027-01-28"), 0),
        (("Kuyank", "2026-01-29"), ("Kuyank 2", "2026-01-29"), 0),
    ],
)
def test_one_film_twice(
    catalog: Callable[..., Path], one: tuple[str, str], other: tuple[str, str | None], expected: int
) -> None:
    root = catalog(a=films(film("a", *one, **WHOLE)), b=films(film("b", *other, **WHOLE)))
    assert sum("same film as “a”" in text for text in warnings(root)) == expected


def test_forms_and_exit_codes(catalog: Callable[..., Path]) -> None:
    root = str(catalog(a=films(film("a", release="2025-12-22", synopsis="plain"))))
    done = filmtui("check", root, "--today", "2026-01-01")
    assert done.returncode == 0
    assert "a.yaml:2:3: peringatan: tanpa pemeran" in done.stdout
    assert "2 peringatan" in done.stderr
    assert filmtui("check", root, "--today", "2026-01-01", "--strict").returncode == 1
    (first, _) = json.loads(filmtui("check", root, "--today", "2026-01-01", "--format", "json").stdout)
    assert first == {"path": "a.yaml", "line": 2, "column": 3, "severity": "warning", "message": "tanpa pemeran"}
    assert filmtui("check", root, "--today", "2026-01-01", "--format", "github").stdout.startswith(
        "::warning file=a.yaml,line=2,col=3::tanpa"
    )
    wrong = str(catalog(a=films(film("a", release="2026-02-30"))))
    done = filmtui("check", wrong, "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=a.yaml,line=")


def test_what_github_would_take_for_its_own_is_escaped() -> None:
    text = github(Problem("a,b:c.yaml", 1, 2, Message("100%\n::error::x")), Words("en"))
    assert text == "::error file=a%2Cb%3Ac.yaml,line=1,col=2::100%25%0A::error::x"


def test_the_file_of_the_sources_is_no_file_of_films(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a")), sources="- {name: tmdb, kind: tmdb}\n", sub__sources=films(film("b")))
    assert [file.name for file in find(root)] == ["a.yaml", "sub/sources.yaml"]
    assert list(check(root)) == []


def layered(tmp_path: Path, own: str, **lower: str) -> list[str]:
    (tmp_path / "own" / "followed" / "x").mkdir(parents=True)
    (tmp_path / "shipped").mkdir()
    (tmp_path / "own" / "mine.yaml").write_text(own, "utf-8")
    for name, content in lower.items():
        place = tmp_path / "shipped" if name == "shipped" else tmp_path / "own" / "followed" / "x"
        (place / "a.yaml").write_text(content, "utf-8")
    found = check(tmp_path / "own", advise=TODAY, shipped=tmp_path / "shipped")
    return [f"{problem.severity} {problem.text(Words('en'))}" for problem in found]


def test_each_layer_is_checked_and_peoples_own_advised(tmp_path: Path) -> None:
    doubtful = film("a", "A", "2025-12-01", cast="[{name: B}]")
    found = layered(
        tmp_path,
        films(doubtful, film("d", "D", runtime="x")),
        shipped=films(film("s", "S", "2025-12-01", cast="[{name: B}]"), film("t", "T", runtime="x")),
        follows=films(film("f", "F", "2025-12-01", cast="[{name: B}]"), film("g", "G", runtime="x")),
    )
    assert [line.split(": ")[0] for line in found] == [
        "error shipped//a.yaml:8:12", "error followed/x/a.yaml:8:12", "warning mine.yaml:2:3", "error mine.yaml:8:12",
        "warning mine.yaml:2:3",
    ]  # fmt: skip


def test_a_film_is_advised_on_with_what_lower_layers_say_of_it(tmp_path: Path) -> None:
    whole = film("a", "A", "2025-12-04", **WHOLE)
    assert layered(tmp_path, films(film("a", "A", "2025-12-04", cast="[{name: B}]")), shipped=films(whole)) == []


def test_a_copy_of_a_lower_layer_is_recognised(tmp_path: Path) -> None:
    whole = [film(id, id, "2025-12-04", **WHOLE) for id in "abc"]
    (found,) = layered(tmp_path, films(*whole[:2]), shipped=films(*whole))
    assert found.startswith("warning mine.yaml:2:3: films that say again all that a lower layer says")
    assert ": 2, the first here; “filmtui check --thin”" in found


def test_check_and_index_find_the_same_wrong_in_layers(tmp_path: Path) -> None:
    own = (
        "films:\n- {id: nobody, release: 2026-02-05}\n- {id: laut, same_as: no-one}\n- {id: a, title: A, same_as: b}\n"
        "- {id: b, title: B, same_as: a}\n- {id: s, runtime: 80}\n- {id: t, hidden: true}\n- {id: u, same_as: nobody}\n"
        "- {id: v, same_as: s}\n- {id: w, hidden: false}\n"
    )
    found = layered(tmp_path, own, shipped=films(film("s", "S"), film("laut", "Laut")), follows="films:\n- {id: w}\n")
    with Library(replace(places(tmp_path / "own", tmp_path / "cache"), shipped=tmp_path / "shipped")) as library:
        library.refresh()
        problems = [f"error {problem.text(Words('en'))}" for problem in library.problems()]
    assert sorted(found) == sorted(problems)
    assert len(found) == 7
