"""The shipped catalog: what holds for every film in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, SHIPPED
from tui.catalog.check import check
from tui.catalog.files import find
from tui.catalog.film import Film, News
from tui.catalog.reader import read
from tui.i18n import GENRES

if TYPE_CHECKING:
    from tui.errors import Problem


def shipped() -> dict[str, list[Film | News]]:
    problems: list[Problem] = []
    found = {file.path.stem: [item.value for item in read(file, problems.append)] for file in find(SHIPPED)}
    assert problems == []
    return found


FILES = {name: [value for value in values if isinstance(value, Film)] for name, values in shipped().items()}
FILMS = [film for films in FILES.values() for film in films]
NEWS = [value for values in shipped().values() for value in values if isinstance(value, News)]


def test_nothing_is_wrong_in_it() -> None:
    assert list(check(SHIPPED)) == []


def test_it_has_all_releases() -> None:
    assert len(FILMS) == 213
    assert len(NEWS) >= 6


def test_ids_are_unique_and_made_from_the_titles() -> None:
    assert max(Counter(film.id for film in FILMS).values()) == 1
    for film in FILMS:
        words = re.findall("[a-z0-9]+", film.title.lower().replace("'", ""))
        assert film.id.startswith(words[0][:3]) or not words[0].isascii()


def test_a_film_is_in_the_file_of_its_month_in_order() -> None:
    for name, films in FILES.items():
        days = []
        for film in films:
            (home,) = [release for release in film.releases if release.home]
            assert name == (home.date[:7] if home.date else "unscheduled")
            days.append(home.date or "")
        assert days == sorted(days)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.id)
def test_each_has_what_an_editor_wants(film: Film) -> None:
    assert all(release.source for release in film.releases)
    assert film.genres
    assert set(film.genres) <= GENRES
    assert film.synopsis
    for text in (film.synopsis.id, film.synopsis.en):
        assert text
        assert 100 <= len(text) <= 400
        assert text[0].isupper() or not text[0].isalpha()
        assert text[-1] in ".”"
        assert "…" not in text
        assert 1 <= len(re.findall(r"[.!?](?= [A-Z“]|$)", text)) <= 4


def test_no_two_synopses_are_alike() -> None:
    for language in ("id", "en"):
        texts = [getattr(film.synopsis, language) for film in FILMS]
        assert len(set(texts)) == len(FILMS)
        assert len({" ".join(text.lower().split()[:3]) for text in texts}) == len(FILMS)


def test_where_pages_disagree_a_comment_says_so() -> None:
    for path in SHIPPED.glob("*.yaml"):
        lines = path.read_text("utf-8").split("\n- id: ")
        for before, block in pairwise(lines):
            if "status: tentative" in block:
                assert before.rstrip().rpartition("\n")[2].startswith("# ") or before.startswith("# "), block[:40]


def test_news_name_films_of_the_catalog() -> None:
    ids = {film.id for film in FILMS}
    assert all(item.films and set(item.films) <= ids for item in NEWS)


def test_the_coverage_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "docs/coverage.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(FILES) + 2
    assert lines[-1].split()[:2] == ["all", "213"]
