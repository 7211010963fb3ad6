"""What programs read of a site: Atom, calendars, JSON, sitemaps."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import icalendar
import pytest

from tests.conftest import film, films
from tests.exports.site.making import everything, make
from tui.index.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL = "https://example.org/film/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feeds")
    make(folder / "out", everything(folder / "catalog"), folder, url=URL)
    return folder / "out"


def text(element: ET.Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None
    assert found.text
    return found.text


@pytest.mark.parametrize("path", ["changes.xml", "en/changes.xml"])
def test_a_feed_has_what_atom_asks_for(site: Path, path: str) -> None:
    feed = ET.fromstring((site / path).read_bytes())
    assert feed.tag == ATOM + "feed"
    assert text(feed, "id") == URL + path
    assert text(feed, "title")
    author = feed.find(f"{ATOM}author/{ATOM}name")
    assert author is not None
    assert author.text == "filmtui"
    links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
    assert links == {"alternate": URL + path.replace(".xml", ".html"), "self": URL + path}
    entries = feed.findall(ATOM + "entry")
    assert [text(entry, "updated") for entry in entries] == ["2025-12-20T00:00:00Z", "2025-12-01T00:00:00Z"]
    assert text(feed, "updated") == "2025-12-20T00:00:00Z"
    ids = [text(entry, "id") for entry in entries]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert text(entry, "title")
        link = entry.find(ATOM + "link")
        assert link is not None
        address = str(link.get("href"))
        assert (site / address.removeprefix(URL)).is_file()
    assert [text(entry, "title").partition(" (")[0] for entry in entries] == (
        [
            "Yang Bergeser mundur dari 18 Desember ke 25 Desember 2025",
            "Yang Bergeser mundur dari 11 Desember ke 18 Desember 2025",
        ]
        if path == "changes.xml"
        else [
            "Yang Bergeser moves back from 18 December to 25 December 2025",
            "Yang Bergeser moves back from 11 December to 18 December 2025",
        ]
    )


def test_an_entry_keeps_its_id_when_others_come(catalog: Callable[..., Path], tmp_path: Path) -> None:
    def entries() -> dict[str, str]:
        feed = ET.fromstring((tmp_path / "out/changes.xml").read_bytes())
        return {text(entry, "id"): text(entry, "updated") for entry in feed.findall(ATOM + "entry")}

    def at(day: int, *days: str) -> None:
        folder = catalog(satu=films(*(film(f"film-{n}", None, when) for n, when in enumerate(days))))
        make(tmp_path / "out", folder, tmp_path, today=date(2026, 1, day))

    at(1, "2026-02-05")
    first = (tmp_path / "out/changes.xml").read_bytes()
    at(2, "2026-02-05")
    assert (tmp_path / "out/changes.xml").read_bytes() == first
    at(3, "2026-02-12")
    moved = entries()
    assert list(moved.values()) == ["2026-01-03T00:00:00Z"]
    at(4, "2026-02-12", "2026-03-05")
    assert set(entries().values()) == {"2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"}
    assert moved.items() <= entries().items()
    at(5, "2026-02-12")  # taken out
    told = (tmp_path / "out/changes.html").read_text("utf-8")
    assert "film-1 tidak ada lagi di jadwal (5 Maret 2026)." in told
    assert moved.items() <= entries().items()


def test_without_an_address_a_feed_leads_on_by_relative_ones(tmp_path: Path) -> None:
    make(tmp_path / "out", everything(tmp_path / "catalog"), tmp_path)
    feed = ET.fromstring((tmp_path / "out/en/changes.xml").read_bytes())
    links = [str(link.get("href")) for link in feed.iter(ATOM + "link")]
    assert links == ["changes.html", "changes.xml", "films/bergeser.html", "films/bergeser.html"]
    assert text(feed, "id").startswith("urn:uuid:")


def test_calendars_have_the_releases_and_the_genres_theirs(site: Path) -> None:
    def events(path: str) -> dict[str, str]:
        calendar = icalendar.Calendar.from_ical((site / path).read_bytes())
        return {str(e["UID"]): str(e["SUMMARY"]) for e in calendar.walk("VEVENT")}

    everyone = events("calendar.ics")
    assert {uid.partition(".")[0] for uid in everyone} == {"bergeser", "con", "batal", "ditunda", "jahat"}
    assert events("en/calendar.ics").keys() == everyone.keys()
    assert events("genres/horror.ics").items() <= everyone.items()
    assert {uid.partition(".")[0] for uid in events("genres/horror.ics")} == {"bergeser", "batal"}
    assert (
        b"SOURCE;VALUE=URI:https://example.org/film/genres/horror.ics\r\n" in (site / "genres/horror.ics").read_bytes()
    )
    assert b"X-WR-CALNAME:Film calendar: Horror\r\n" in (site / "en/genres/horror.ics").read_bytes()


def test_the_data_are_those_of_list_and_show(site: Path) -> None:
    index = json.loads((site / "data/index.json").read_bytes())
    assert index["languages"] == ["id", "en"]
    assert [(month["month"], month["releases"]) for month in index["months"]] == [
        ("2025-12", 4), ("2026-01", 2), ("2026-Q2", 1), ("2027", 1), (None, 1),
    ]  # fmt: skip
    records = {
        record["id"]: record
        for month in index["months"]
        for record in json.loads((site / "data" / month["data"]).read_bytes())
    }
    assert len(records) == 9
    assert (records["bergeser"]["date"], records["bergeser"]["runtime"]) == ("2025-12-25", 98)
    for genre in index["genres"]:
        assert (site / "data" / genre["calendar"]).is_file()
    whole = json.loads((site / "data/films/bergeser.json").read_bytes())
    assert [release["date"] for release in whole["releases"]] == ["2025-12-25", "2025-12-12", "2026-03"]


def test_a_sitemap_has_every_page(site: Path) -> None:
    index = ET.fromstring((site / "sitemap.xml").read_bytes())
    found = []
    for place in index.iter(MAP + "loc"):
        part = ET.fromstring((site / str(place.text).removeprefix(URL)).read_bytes())
        found += [str(loc.text).removeprefix(URL) for loc in part.iter(MAP + "loc")]
    assert sorted(found) == sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert (site / "robots.txt").read_text("utf-8").splitlines()[-1] == f"Sitemap: {URL}sitemap.xml"


def test_without_an_address_there_is_none(tmp_path: Path) -> None:
    make(tmp_path / "out", everything(tmp_path / "catalog"), tmp_path)
    assert not (tmp_path / "out/sitemap.xml").exists()
    assert not [
        path for path in (tmp_path / "out").rglob("*") if path.is_file() and b"example.org/film" in path.read_bytes()
    ]


def test_a_site_of_a_genre_tells_what_moved_in_it(catalog: Callable[..., Path], tmp_path: Path) -> None:
    both = "".join(
        f"- {{id: {genre}, title: {genre}, genres: [{genre}], releases: [{{date: 2026-02-05, "
        "history: [{date: 2026-01-08, recorded: 2025-12-20}]}]}\n"
        for genre in ("horror", "drama")
    )
    folder = catalog(a=f"films:\n{both}", b="films: []\n")
    make(tmp_path / "out", folder, tmp_path, selection=Selection(genres=frozenset({"horror"})))
    told = (tmp_path / "out/changes.html").read_text("utf-8")
    assert "horror</a> mundur dari 8 Januari ke 5 Februari 2026" in told
    assert "drama" not in told
