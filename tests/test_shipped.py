"""The shipped catalog says what is known of its fifteen films, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import DATA
from tui.catalog.check import check
from tui.catalog.files import find
from tui.catalog.film import Film
from tui.catalog.reader import read

if TYPE_CHECKING:
    from tui.errors import Problem

OPENINGS = {
    "2025-12-24": ["patah-hati-yang-kupilih", "janur-ireng-sewu-dino-the-prequel", "comic-8-revolution-santet-k4bin3t",
                   "the-spongebob-movie-search-for-squarepants", "anaconda-2025"],
    "2025-12-31": ["modual-nekad", "dusun-mayit", "the-housemaid"],
    "2026-01-07": ["greenland-migration"],
    "2026-01-08": ["musuh-dalam-selimut", "suka-duka-tawa"],
    "2026-01-15": ["penerbangan-terakhir"],
    "2026-01-22": ["esok-tanpa-ibu"],
    "2026-01-29": ["kuyank"],
    None: ["red-rooms"],
}  # fmt: skip


def shipped() -> dict[str, list[Film]]:
    problems: list[Problem] = []
    found = {
        file.path.stem: [item.value for item in read(file, problems.append) if isinstance(item.value, Film)]
        for file in find(DATA)
    }
    assert problems == []
    return found


FILMS = [film for films in shipped().values() for film in films]


def test_it_is_clean() -> None:
    assert list(check(DATA)) == []


def test_every_date_is_right() -> None:
    seen: dict[str | None, list[str]] = {}
    for film in FILMS:
        (home,) = [release for release in film.releases if release.home]
        seen.setdefault(home.date, []).append(film.id)
    assert seen == OPENINGS


def test_greenland_opens_elsewhere_too() -> None:
    (film,) = [film for film in FILMS if film.id == "greenland-migration"]
    assert {release.region: release.date for release in film.releases} == {
        "ID": "2026-01-07", "AT": "2026-01-06", "US": "2026-01-09",
    }  # fmt: skip


def test_a_film_is_in_the_file_of_its_month() -> None:
    for name, films in shipped().items():
        for film in films:
            when = film.rows[0].date
            assert name == (when[:7] if when else "unscheduled")


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.id)
def test_each_has_what_an_editor_wants(film: Film) -> None:
    assert all(release.source for release in film.releases)
    assert film.cast
    assert film.directors
    assert film.genres
    assert film.synopsis
    for text in (film.synopsis.id, film.synopsis.en):
        assert text
        assert 100 <= len(text) <= 400
        assert 2 <= sum(text.count(end) for end in ".!?") <= 4


def test_no_two_synopses_are_alike() -> None:
    texts = [text for film in FILMS if film.synopsis for text in (film.synopsis.id, film.synopsis.en)]
    assert len(set(texts)) == 30
    for language in (texts[::2], texts[1::2]):
        assert len({" ".join(text.split()[:2]) for text in language if text}) == 15


def test_what_is_not_known_is_left_out() -> None:
    known = {film.id: film for film in FILMS}
    assert {id for id, film in known.items() if film.rating} == {
        "janur-ireng-sewu-dino-the-prequel", "the-spongebob-movie-search-for-squarepants", "penerbangan-terakhir",
        "kuyank",
    }  # fmt: skip
    assert {id for id, film in known.items() if not film.runtime} == {
        "patah-hati-yang-kupilih", "janur-ireng-sewu-dino-the-prequel", "comic-8-revolution-santet-k4bin3t",
        "modual-nekad", "kuyank",
    }  # fmt: skip
    assert not any(film.links or film.poster for film in FILMS)


def test_the_weekdays_are_those_of_the_calendar() -> None:
    days = {when: date.fromisoformat(when).weekday() for when in OPENINGS if when}
    assert [when for when, day in days.items() if day == 2] == ["2025-12-24", "2025-12-31", "2026-01-07"]
    assert all(day in {2, 3} for day in days.values())
