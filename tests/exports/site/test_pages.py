"""Every page of a site: strict HTML, links that lead somewhere, readable without eyes; and what stands on it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import DATA, LEBARAN
from tests.exports.site.checking import check_page, main_of, parsed, text_of
from tests.exports.site.making import HOSTILE, everything, make
from tui.app.themes import DARK, LIGHT
from tui.base.words import Words
from tui.exports.markup import characters, stylesheet
from tui.films.dates import UNDATED
from tui.index.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://example.org/film/"
HARMLESS = " ".join(characters(HOSTILE).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a catalog with one of everything."""
    folder = tmp_path_factory.mktemp("site")
    told: list[str] = []
    make(folder / "out", everything(folder / "catalog"), folder, told=told)
    assert told == []
    return folder / "out"


@pytest.mark.parametrize("url", ["", URL], ids=["nowhere", "somewhere"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_strict_html_whose_links_lead_somewhere(language: str, url: str, tmp_path: Path) -> None:
    root = tmp_path / "out"
    make(root, everything(tmp_path / "catalog"), tmp_path, language=language, url=url)
    pages = sorted(root.rglob("*.html"))
    assert len(pages) == 2 * (9 + 5 + 5 + 3)  # films, periods, genres, front, genres, changes
    for page in pages:
        check_page(root, page, url)


@pytest.mark.parametrize("catalog", [DATA, LEBARAN], ids=["sample", "lebaran"])
def test_so_are_those_of_real_films(catalog: Path, tmp_path: Path) -> None:
    make(tmp_path / "out", catalog, tmp_path, today=date(2026, 3, 16))
    pages = sorted((tmp_path / "out").rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        check_page(tmp_path / "out", page)


def test_so_is_a_site_without_films(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "kosong.yaml").write_text("films: []\n", "utf-8")
    make(tmp_path / "out", tmp_path / "catalog", tmp_path)
    for page in sorted((tmp_path / "out").rglob("*.html")):
        check_page(tmp_path / "out", page)


@pytest.mark.skipif(not shutil.which("tidy"), reason="tidy is not installed")
def test_another_validator_finds_nothing_either(site: Path) -> None:
    for page in sorted(site.rglob("*.html")):
        done = subprocess.run(["tidy", "-e", "-q", page], capture_output=True, encoding="utf-8", check=False)
        assert not [line for line in done.stderr.splitlines() if 'proprietary attribute "aria-' not in line], page


# what stands on them


def test_a_film_has_all_that_is_known_of_it(site: Path) -> None:
    text = main_of((site / "films/bergeser.html").read_bytes())
    for part in (
        "Yang Bergeser", "The One That Moves", "Horor, Drama Keluarga · 98 menit · 13+", "Kamis, 25 Desember 2025",
        "halaman-halaman tidak sepakat", "bergeser dari 18 Des 2025 (tercatat 20 Des 2025)", "bergeser dari 11 Des 2025",
        "pada hari Natal", "Only in English.", "Tokoh Satu", "Dirinya", "Seorang Sutradara", "Rumah & Anak",
        "Jumat, 12 Desember 2025 · Bioskop · Amerika Serikat", "Maret 2026 · Digital · Indonesia", "Trailer", "Kabar",
        "https://example.org/jadwal?a=1&b=2", "not endorsed",
    ):  # fmt: skip
        assert part in text, part
    english = main_of((site / "en/films/bergeser.html").read_bytes())
    for part in ("Horror, Drama Keluarga · 98 minutes", "Thursday, 25 December 2025", "the pages disagree", "News"):
        assert part in english, part


def test_tmdbs_notice_stands_wherever_its_dates_do(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    given = "films:\n- {id: a, title: A, releases: [{date: 2026-01-07, source: TMDB}]}\n"
    for source, times in (("TMDB", 1), ("tix", 0)):
        make(tmp_path / "out", catalog(a=given.replace("TMDB", source)), tmp_path)
        for page in (tmp_path / "out").rglob("*.html"):
            assert page.read_text("utf-8").count("not endorsed") == times, page


def test_a_text_in_another_language_says_so(site: Path) -> None:
    page = parsed((site / "films/bergeser.html").read_bytes())
    assert {text_of(e): e.get("lang") for e in page.iter("p") if e.get("lang")} == {
        "The One That Moves": "en",
        "Only in English.": "en",
        next(text_of(e) for e in page.iter("p") if "TMDB APIs" in text_of(e)): "en",
    }
    own = parsed((site / "en/films/bergeser.html").read_bytes())
    assert not [e for e in own.iter("p") if e.get("lang") not in {None, "en"}]


def test_what_is_called_off_is_struck_and_says_so(site: Path) -> None:
    page = parsed((site / "months/2025-12.html").read_bytes())
    assert [text_of(e) for e in page.iter("s")] == ["Yang Batal"] * 2  # in the table, in the list
    assert text_of(page).count("Yang Batal Horor (batal)") == 1
    assert text_of(page).count("Yang Ditunda (ditunda)") == 2


def test_dates_are_for_programs_too(site: Path) -> None:
    page = parsed((site / "months/2025-12.html").read_bytes())
    moments = [moment.get("datetime") for moment in page.iter("time")]
    assert [m for m in moments if moments.count(m) > 1][:2] == ["2025-12-24", "2025-12-25"]
    assert parsed((site / "films/bulan.html").read_bytes()).find(".//main//time[@datetime='2026-01']") is not None
    assert parsed((site / "films/triwulan.html").read_bytes()).find(".//main//time") is None


def test_what_has_no_day_stands_behind_the_days_and_in_no_table(site: Path) -> None:
    page = parsed((site / "months/2026-01.html").read_bytes())
    (table,) = page.iter("table")
    assert "Hanya Bulannya" not in text_of(table)
    assert "Januari 2026, tanggal belum pasti Hanya Bulannya" in text_of(page)
    for name, film in (("2026-q2", "Triwulannya"), ("2027", "Tahunnya"), ("undated", "Entah Kapan")):
        assert film in main_of((site / f"months/{name}.html").read_bytes())


def test_the_front_tells_of_the_week_of_what_is_next_and_of_the_month(site: Path) -> None:
    text = main_of((site / "index.html").read_bytes())
    assert text.startswith("3 film baru pekan ini 22–28 Desember 2025 Nama Terlarang di Windows Rab 24 Des Baris satu.")
    assert "Berikutnya Rabu, 31 Desember 2025 Yang Ditunda (ditunda)" in text
    assert "2025 Desember 4" in text
    assert "2026 Januari 2 Triwulan II 1" in text
    assert "— Belum ada tanggal 1" in text


def test_the_front_says_where_the_catalog_ends(tmp_path: Path) -> None:
    make(tmp_path / "out", DATA, tmp_path, today=date(2026, 8, 1))
    text = main_of((tmp_path / "out/index.html").read_bytes())
    assert "Katalog berakhir pada 29 Januari 2026; tidak ada lagi yang akan datang." in text
    assert "Januari 2026, pekan demi pekan" in text


def test_the_language_switch_leads_to_the_same_page(site: Path) -> None:
    for path, other in (
        ("films/con_1143da2bc54c.html", "../en/films/con_1143da2bc54c.html"),
        ("en/genres.html", "../genres.html"),
    ):
        page = parsed((site / path).read_bytes())
        (link,) = [e for e in page.iter("a") if e.get("hreflang")]
        assert link.get("href") == other
        assert link.get("lang") == ("id" if path.startswith("en/") else "en")


def test_the_page_one_is_on_is_marked(site: Path) -> None:
    for path, name in (("index.html", "Kalender Film"), ("genres.html", "Genre"), ("changes.html", "Perubahan")):
        page = parsed((site / path).read_bytes())
        assert [text_of(e) for e in page.iter("a") if e.get("aria-current") == "page"] == [name]


def test_a_genre_has_its_films_and_its_calendar(site: Path) -> None:
    page = (site / "genres/horror.html").read_bytes()
    text = main_of(page)
    assert text.startswith("Horor 2 film · Kalender (ICS) Desember 2025 Kamis, 25 Desember Yang Bergeser Horor")
    assert b'type="text/calendar" title="Horor" href="../genres/horror.ics"' in page


def test_texts_from_elsewhere_stay_texts(site: Path) -> None:
    page = parsed((site / "films/jahat.html").read_bytes())
    assert text_of(next(page.iter("h1"))) == HARMLESS
    assert [script.get("type") for script in page.iter("script")] == ["application/ld+json"]
    assert len(list(page.iter("title"))) == 1
    written = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", name) for name in written)
    assert not [name for name in written if ".." in name]


def test_what_search_engines_read_is_a_movie_of_schema_org(site: Path) -> None:
    def movie(path: str) -> dict[str, object]:
        (script,) = parsed((site / path).read_bytes()).iter("script")
        found = json.loads("".join(script.itertext()))
        assert isinstance(found, dict)
        return found

    found = movie("films/bergeser.html")
    events = found.pop("releasedEvent")
    assert found == {
        "@context": "https://schema.org", "@type": "Movie", "name": "Yang Bergeser",
        "alternateName": "The One That Moves", "datePublished": "2025-12-25", "genre": ["Horor", "Drama Keluarga"],
        "duration": "PT98M", "contentRating": "13+", "inLanguage": ["en"],
        "countryOfOrigin": [{"@type": "Country", "name": "Indonesia"}, {"@type": "Country", "name": "Amerika Serikat"}],
        "director": [{"@type": "Person", "name": "Seorang Sutradara"}],
        "actor": [{"@type": "Person", "name": "Tokoh Satu"}, {"@type": "Person", "name": "Tokoh Dua"}],
        "productionCompany": [{"@type": "Organization", "name": "Rumah & Anak"}],
        "description": "Only in English.", "sameAs": ["https://example.org/t?x=<y>&z"],
    }  # fmt: skip
    assert isinstance(events, list)
    assert [(event["startDate"], event["location"]["identifier"]) for event in events] == [
        ("2025-12-25", "ID"), ("2025-12-12", "US"), ("2026-03", "ID"),
    ]  # fmt: skip
    assert "datePublished" not in movie("films/batal.html")
    assert "releasedEvent" not in movie("films/triwulan.html")
    assert movie("films/jahat.html")["name"] == characters(HOSTILE.strip())


# the look


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_texts_can_be_read_on_their_grounds_in_light_dark_and_on_paper() -> None:
    blocks = re.findall(r":root \{(.*?)\}", stylesheet(), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        colours = _colours(block)
        for ground in ("ground", "panel"):
            for text in ("text", "muted", "accent", "warning"):
                assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_the_pages_have_the_colours_of_the_calendar() -> None:
    light, dark, _paper = (_colours(block) for block in re.findall(r":root \{(.*?)\}", stylesheet(), re.DOTALL))
    for colours, theme in ((light, LIGHT), (dark, DARK)):
        named = {"ground": theme.background, "panel": theme.surface, "text": theme.foreground, "accent": theme.accent,
                 "warning": theme.warning, "muted": theme.variables["muted"], "rule": theme.variables["faint"]}  # fmt: skip
        assert colours == named


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|@font-face", stylesheet())


# other selections


def test_a_site_of_one_month_has_that_month(tmp_path: Path) -> None:
    make(tmp_path / "out", everything(tmp_path / "catalog"), tmp_path, only=20251232)
    assert [path.stem for path in (tmp_path / "out/months").iterdir()] == ["2025-12"]
    assert {path.stem for path in (tmp_path / "out/films").iterdir()} == {
        "batal",
        "bergeser",
        "con_1143da2bc54c",
        "ditunda",
    }


def test_a_site_of_a_genre_has_its_films_with_the_genres_of_those(tmp_path: Path) -> None:
    selection = Selection(genres=frozenset({"horror"}), last=UNDATED)
    make(tmp_path / "out", everything(tmp_path / "catalog"), tmp_path, selection=selection)
    assert {path.stem for path in (tmp_path / "out/films").iterdir()} == {"batal", "bergeser"}
    assert "Yang Batal" not in main_of((tmp_path / "out/genres/drama-keluarga_7b3d0a191ee0.html").read_bytes())
    for page in sorted((tmp_path / "out").rglob("*.html")):
        check_page(tmp_path / "out", page)


def test_every_word_of_the_pages_has_two_languages() -> None:
    words = Words("id")
    for name in ("Film calendar", "Subscribe", "What moved", "To the content", "{month}, week by week"):
        assert words.gettext(name) != name
