"""TMDB's answers about a film, with their traps."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tui.imports.sources.tmdb import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.films.film import Film


def entry(day: str = "2026-02-05", type: int = 3, **values: Any) -> dict[str, Any]:
    return {"release_date": f"{day}T00:00:00.000Z", "type": type, "certification": "", **values}


def film(*entries: dict[str, Any], region: str = "ID", **values: Any) -> Film:
    found = told(*entries, region=region, **values)
    assert found is not None
    return found


def told(*entries: dict[str, Any], region: str = "ID", **values: Any) -> Film | None:
    dates = [{"iso_3166_1": "US", "release_dates": [entry("2025-12-25")]}]
    dates += [{"iso_3166_1": "ID", "release_dates": list(entries)}] if entries else []
    data = {"id": 7, "title": "Kuyank", "original_title": "Kuyank", "original_language": "id",
            "release_dates": {"results": dates}, **values}  # fmt: skip
    found = read(json.dumps(data).encode(), region)
    return found.film if found else None


def translated(language: str, country: str, title: str = "", overview: str = "") -> dict[str, Any]:
    return {"iso_639_1": language, "iso_3166_1": country, "data": {"title": title, "overview": overview}}


@pytest.fixture(params=["America/Los_Angeles", "Asia/Jakarta", "Pacific/Kiritimati"])
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_zone")
def test_the_day_is_the_one_that_is_written() -> None:
    assert [release.date for release in film(entry()).releases] == ["2026-02-05"]


def test_types_and_dates_of_the_country_alone() -> None:
    found = film(
        entry("2026-03-01", 4), entry("2026-02-05"), entry("2026-01-30", 1), entry("2026-02-05"), entry("2026-08-17")
    )
    assert [(release.date, release.type) for release in found.releases] == [
        ("2026-01-30", "premiere"), ("2026-02-05", "theatrical"), ("2026-03-01", "digital"), ("2026-08-17", "theatrical"),
    ]  # fmt: skip
    assert {release.region for release in found.releases} == {"ID"}
    assert [release.date for release in film(region="US").releases] == ["2025-12-25"]


def test_without_a_date_in_the_country_it_is_no_film_of_the_calendar() -> None:
    assert told() is None
    assert told(entry("2026-02-30")) is None
    assert told(entry("", 3)) is None
    assert told(entry(type=9)) is None


@pytest.mark.parametrize("flag", ["adult", "softcore", "video"])
def test_what_is_not_for_cinemas(flag: str) -> None:
    values: dict[str, Any] = {flag: True}
    assert told(entry(), **values) is None


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (entry(), "confirmed"),
        (entry(note="IMAX"), "confirmed"),
        (entry(note="Jakarta Film Week"), "tentative"),
        (entry("2026-01-01"), "tentative"),
    ],
    ids=["day", "imax", "festival", "new year"],
)
def test_what_lowers_the_trust_in_a_date(one: dict[str, Any], status: str) -> None:
    assert film(one).releases[0].status == status


def test_a_cancelled_film() -> None:
    assert film(entry(), status="Canceled").releases[0].status == "cancelled"


@pytest.mark.parametrize(("written", "rating"), [("SU", "SU"), ("13+", "13+"), ("R", None), ("D", "17+"), ("", None)])
def test_age_classes_are_the_countrys(written: str, rating: str | None) -> None:
    assert film(entry(), entry("2026-03-01", 4, certification=written)).rating == rating


def test_each_field_has_the_nearest_language() -> None:
    found = film(
        entry(), title="Le Film", original_title="Le Film", original_language="fr", overview="",
        translations={"translations": [
            translated("en", "GB", "The Movie", "British."), translated("en", "US", "", "American."), translated("id", "ID"),
        ]},
    )  # fmt: skip
    assert (found.title, found.original_title) == ("The Movie", "Le Film")
    assert found.synopsis is not None
    assert (found.synopsis.id, found.synopsis.en) == (None, "American.")
    found = film(
        entry(), title="Le Film", original_title="Le Film", original_language="fr", overview="",
        translations={"translations": [translated("id", "ID", "Filmnya"), translated("en", "US", "The Movie", "English.")]},
    )  # fmt: skip
    assert found.title == "Filmnya"  # though its synopsis is not there
    found = film(entry(), original_title="The Film", original_language="en", title="The Film")
    assert (found.title, found.original_title, found.synopsis) == ("The Film", None, None)


def test_people_once_each() -> None:
    found = film(
        entry(),
        credits={
            "cast": [{"name": "B", "order": 1, "character": ""}, {"name": "A", "order": 0, "character": "X"},
                     {"name": "A", "order": 2, "character": "Y"}, {"name": None, "order": None}],
            "crew": [{"name": "D", "job": "Director"}, {"name": "D", "job": "Screenplay"}, {"name": "D", "job": "Story"},
                     {"name": "E", "job": "Executive Producer"}, {"name": "P", "job": "Producer"}],
        },
    )  # fmt: skip
    assert [(credit.name, credit.role) for credit in found.cast] == [("A", "X"), ("B", None)]
    assert (found.directors, found.writers, found.producers) == (("D",), ("D",), ("P",))


def test_nothing_is_absent_in_every_way() -> None:
    found = film(
        entry(), runtime=0, homepage="", imdb_id=None, genres=[], origin_country=None, tagline=None, poster_path=None
    )
    assert (found.runtime, found.links) == (None, {"tmdb": "https://www.themoviedb.org/movie/7"})


def test_links_and_genres() -> None:
    videos = [
        {"key": "aaa", "site": "YouTube", "type": "Teaser", "official": True, "iso_639_1": "id"},
        {"key": "bbb", "site": "YouTube", "type": "Trailer", "official": True, "iso_639_1": "en"},
        {"key": "x&y", "site": "YouTube", "type": "Trailer", "official": True, "iso_639_1": "id"},
        {"key": "ccc", "site": "YouTube", "type": "Featurette", "official": True},
    ]
    found = film(
        entry(), videos={"results": videos}, external_ids={"imdb_id": "tt1234567", "wikidata_id": "Q5"},
        homepage="javascript:alert(1)", genres=[{"id": 878, "name": "Fiksi ilmiah"}, {"id": 1, "name": "?"}],
    )  # fmt: skip
    assert found.links == {
        "tmdb": "https://www.themoviedb.org/movie/7", "imdb": "https://www.imdb.com/title/tt1234567/",
        "wikidata": "https://www.wikidata.org/wiki/Q5", "trailer": "https://www.youtube.com/watch?v=bbb",
    }  # fmt: skip
    assert found.genres == ("science-fiction",)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"id": "x"}', b'{"id": 1, "credits": []}', b"<html>"])
def test_an_answer_of_another_form(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read(data, "ID")
