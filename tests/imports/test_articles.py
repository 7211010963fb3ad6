"""Pages as sites write them: articles, blocks, cards, tables; what is not surely a film is left out."""

from __future__ import annotations

import json
from contextlib import suppress
from time import process_time

import pytest

from tests.conftest import ROOT
from tui.base.words import Words
from tui.imports.sources.incoming import SourceError, Taken
from tui.imports.sources.page import kinds, page
from tui.imports.sources.registry import read

SHAPES = ROOT / "tests" / "samples" / "pages" / "shapes"
FILMS: dict[str, dict[str, str]] = json.loads((SHAPES / "films.json").read_text("utf-8"))
MOVED = """Jadwal Baru Film

1. Kidung Malam: 3 November 2025 mundur ke 8 Januari 2026
2. Laut Biru: 22 Januari 2026 maju ke 15 Januari 2026
- Titik Nadir
- Jadwal Awal: 5 Februari 2026
- Jadwal Baru: 12 Februari 2026
"""
TABLE = """| Release Date | Movie Title | Studio | Genre |
|---|---|---|---|
| January 9, 2026 | The Glass Harbor | Big | Drama |
| TBA | Nine Lanterns | Small | Comedy |
| January 35, 2026 | Second Shore | Small | Comedy |
"""


def dated(taken: Taken) -> dict[str, str | None]:
    return {one.film.title: one.film.releases[0].date if one.film.releases else None for one in taken.films}


def told(taken: Taken) -> str:
    return "\n".join(problem.text(Words("en")) for problem in taken.problems)


def shape(name: str) -> Taken:
    return page.read((SHAPES / f"{name}.txt").read_text("utf-8"), "p")


@pytest.mark.parametrize("name", FILMS)
def test_a_page_of_this_shape_is_read(name: str) -> None:
    assert dated(shape(name)) == FILMS[name]


def test_a_moved_date_is_the_new_one() -> None:
    first, second = MOVED.split("- ", 1)
    assert dated(page.read(first, "p")) == {"Kidung Malam": "2026-01-08", "Laut Biru": "2026-01-15"}
    assert dated(page.read("Perubahan Jadwal Film\n- " + second, "p")) == {"Titik Nadir": "2026-02-12"}


def test_a_table_with_a_header() -> None:
    taken = page.read(TABLE, "p")
    assert dated(taken) == {"The Glass Harbor": "2026-01-09", "Nine Lanterns": None}
    assert taken.films[0].film.genres == ("drama",)
    assert "p:5:1: “Second Shore” has no date: “January 35, 2026” is not in the calendar" in told(taken)


def test_a_date_without_a_year_is_rejected_with_the_reason_unless_one_is_given() -> None:
    text = "Kidung Malam\n8 Januari\nLaut Biru\n15 Januari\n"
    taken = page.read(text, "p")
    assert taken.films == []
    assert "p:2:1: “Kidung Malam”: the year of “8 Januari” is missing; add --year 2026" in told(taken)
    assert dated(page.read(text, "p", 2026)) == {"Kidung Malam": "2026-01-08", "Laut Biru": "2026-01-15"}


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("Jadwal Film Januari 2027\nSenin, 5 Januari 2026 | 10:00 WIB", "2027"),
        ("Film Januari 2028\n\nJanuari 2027", "2027"),
        ("Diperbarui 5 Januari 2027", "2027"),
    ],
)
def test_the_year_is_that_of_the_heading_then_the_title_then_the_byline(head: str, year: str) -> None:
    taken = page.read(f"{head}\n\nKidung Malam\n8 Januari\nLaut Biru\n15 Januari\n", "p", 2031)
    assert dated(taken) == {"Kidung Malam": f"{year}-01-08", "Laut Biru": f"{year}-01-15"}


def test_the_year_may_be_that_of_the_first_sentences() -> None:
    text = "Banyak film baru akan hadir di layar pada awal tahun 2027 nanti.\n\nKidung Malam\n8 Januari\n"
    assert dated(page.read(text, "p")) == {"Kidung Malam": "2027-01-08"}


def test_the_turn_of_a_year_is_told() -> None:
    turned = "“8 Januari” has no year; the page's dates cross the turn of the year, and 2026 was used"
    assert turned in told(shape("turn-of-the-year"))


def test_an_english_page_is_of_the_united_states_unless_it_speaks_of_indonesia() -> None:
    text = "This is the list of films that are coming to theaters.\n\nThe Glass Harbor (Jan. 9, 2026)\n"
    taken = page.read(text, "p")
    assert [release.region for release in taken.films[0].film.releases] == ["US"]
    assert "taken for the United States" in told(taken)
    home = page.read(text.replace("theaters", "theaters in Indonesia"), "p")
    assert [release.region for release in home.films[0].film.releases] == ["ID"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jadwal film Februari 2026", kinds.PLAIN),  # a label
        ("JADWAL FILM FEBRUARI", kinds.HEADING),
        ("7 Film Horor Tayang Bulan Ini", kinds.HEADING),
        ("The Super Mario Movie (Apr. 3, 2026)", kinds.PLAIN),
        ("Jakarta, 24 Desember 2025", kinds.BYLINE),
        ("Rabu, 24 Desember 2025 | 10:15 WIB", kinds.BYLINE),
        ("Diperbarui 24 Desember 2025", kinds.BYLINE),
        ("BACA JUGA: Lima Film Terlaris", kinds.NOISE_LINE),
        ("(abc/def)", kinds.NOISE_LINE),
        ("Horor | 98 menit | 17+", kinds.FACTS),
        ("Film ini mengisahkan seorang penjaga mercusuar.", kinds.PROSE),
        ("Kidung Malam", kinds.PLAIN),
        ("24 Desember 2025", kinds.PLAIN),
    ],
)
def test_what_a_line_is(text: str, kind: str) -> None:
    assert kinds.kind_of_line(text, top=True) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Rekomendasi Film Keluarga\n1. Kidung Malam\n2. Laut Biru\n3. Titik Nadir\n",
        "Kidung Malam tayang 5 Maret 2026 menurut sutradara, tetapi produser menyebut film itu rilis 7 Mei 2026.",
    ],
)
def test_what_is_not_surely_dated_is_no_film(text: str) -> None:
    with pytest.raises(SourceError):
        page.read(text, "p")


def test_two_days_between_which_nothing_decides_are_told() -> None:
    two = "2. Laut Biru\nFilm ini tayang pada 5 Maret 2026.\nFilm ini tayang pada 12 Maret 2026.\n"
    taken = page.read("1. Kidung Malam\nFilm ini tayang pada 5 Maret 2026.\n" + two, "p")
    assert dated(taken) == {"Kidung Malam": "2026-03-05"}
    assert "“Laut Biru” has two dates, 2026-03-05 and 2026-03-12" in told(taken)


@pytest.mark.parametrize("piece", ["1. Kidung\n", "8 Januari\n", "Kidung (8 Januari)\n", "Film ini tayang 8 Januari 2026 ke bioskop.\n",
                                   "a: 8 Januari 2026 ke ", "| a | 8 Januari 2026 |\n", "*a* _b_ ("])  # fmt: skip
def test_time_grows_with_the_length(piece: str) -> None:
    def took(times: int) -> float:
        spent = []
        for _ in range(2):
            begun = process_time()
            with suppress(SourceError):
                page.read("Jadwal Film 2026\n" + piece * times, "p")
            spent.append(process_time() - begun)
        return min(spent)

    assert took(8_000) < 24 * took(1_000) + 0.1


def html(body: str, head: str = "") -> dict[str, str | None]:
    menu = "<header>Bioskop Kota</header><nav><a>Beranda</a></nav>"
    return dated(read(f"<!doctype html><html><head>{head}</head><body>{menu}{body}</body></html>".encode(), "p.html"))


def test_html_is_called_by_its_heading_or_title_not_by_the_site() -> None:
    rest = "<div>Tayang 8 Januari 2026</div><div>Genre: Horor</div><div>Sinopsis</div><p>Seorang penyanyi pulang.</p>"
    site = "<title>Kidung Malam | Bioskop Kota</title><meta property='og:site_name' content='Bioskop Kota'>"
    for body, head in [
        (f"<h1>Kidung Malam</h1>{rest}", ""),
        (rest, site),
        (rest, "<title>Bioskop</title><meta property='og:title' content='Kidung Malam'>"),
    ]:
        assert html(body, head) == {"Kidung Malam": "2026-01-08"}


def test_html_articles_and_cards() -> None:
    assert html(
        "<article><h1>2 Film Tayang Januari 2026</h1><p>Banyak film baru akan tayang bulan ini di kota.</p>"
        "<h2>1. Kidung Malam</h2><p>Film ini mengisahkan penyanyi. Tayang 8 Januari di bioskop.</p>"
        "<h2>2. Laut Biru</h2><p>Film ini rilis pada 15 Januari.</p></article>"
        "<aside><p>Artis Menikah</p><p>28 Desember 2025</p></aside>"
    ) == {"Kidung Malam": "2026-01-08", "Laut Biru": "2026-01-15"}
    card = (
        "<div><h3>{}</h3><span>Horor</span> | <span>98 menit</span> | <span>17+</span><p>{}</p><a>Beli Tiket</a></div>"
    )
    assert html("<h2>Segera Tayang</h2>" + card.format("Kidung Malam", "8 Januari 2026") + card.format(
        "Laut Biru", "15 Januari 2026")) == {"Kidung Malam": "2026-01-08", "Laut Biru": "2026-01-15"}  # fmt: skip


NOTES = {
    "minutes": "Meeting notes\nMonday, January 12, 2026\n\nPresent: Ana, Budi\nNext steps\n- Send the invoice\n",
    "notulen": "Catatan rapat\nSenin, 12 Januari 2026\n\nHadir: Ana, Budi\nLangkah berikutnya\n- Kirim faktur\n",
    "diary": "Buku harian\n\n12 Januari 2026\n\nHari ini hujan deras sepanjang hari dan saya tetap di rumah.\n",
    "deadline": "Tugas kuliah\nBab satu\nDikumpulkan – 12 Januari 2026\nBab dua\n",
    "program": "Release notes\nJanuary 12, 2026\nThis release mends the printer.\n",
}


@pytest.mark.parametrize("name", NOTES)
def test_one_date_in_notes_is_not_surely_a_film(name: str) -> None:
    taken = page.read(NOTES[name], "p")
    assert taken.films == []
    assert len(taken.problems) == 1
    assert ": not surely a film: nothing else here speaks of films" in told(taken)


@pytest.mark.parametrize(
    "evidence",
    ["", "\nSinopsis\nAda kebun.\n", "\nDrama\n", "\n98 menit\n", "\nHoror | 98 menit | 17+\n", "\nSegera di bioskop\n",
     "\nSutradara: Ana\n", "\nTonton trailer\n", "\nKidung Malam\n8 Januari 2026\n"],
)  # fmt: skip
def test_one_title_with_its_date_is_a_film_by_itself_or_where_more_speaks_of_films(evidence: str) -> None:
    assert dated(page.read(f"Kebun\n7 Januari 2026\n{evidence}", "p"))["Kebun"] == "2026-01-07"


def test_a_date_line_that_says_release_speaks_of_films() -> None:
    assert dated(page.read("Kebun\nMulai tayang 7 Januari 2026\nKebun Ana\n", "p")) == {"Kebun": "2026-01-07"}
