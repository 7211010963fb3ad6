from __future__ import annotations

import string
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tui.base.text import clean, fold
from tui.base.words import Words
from tui.films.film import Credit, News, Prose, Release
from tui.imports.sources import written
from tui.imports.sources.incoming import MOST_PROBLEMS, SourceError
from tui.imports.sources.page import dated as dated_lines
from tui.imports.sources.page import kinds, listing, page
from tui.imports.sources.page import lines as page_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.imports.sources.incoming import Taken

PAGES = ROOT / "tests" / "samples" / "pages"
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]


def of(name: str) -> Taken:
    return page.read((PAGES / f"{name}.txt").read_text("utf-8"), f"{name}.txt")


def dated(taken: Taken) -> list[tuple[str, str | None]]:
    """Titles and dates; a film has one release at most."""
    assert all(len(incoming.film.releases) <= 1 for incoming in taken.films)
    return [
        (incoming.film.title, incoming.film.releases[0].date if incoming.film.releases else None)
        for incoming in taken.films
    ]


def problems(taken: Taken) -> list[str]:
    return [problem.text(Words("en")) for problem in taken.problems]


# dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("07 Januari 2026", "2026-01-07"),
        ("7 Jan 2026", "2026-01-07"),
        ("Rabu, 7 Januari 2026", "2026-01-07"),
        ("Rab, 7 Jan. 2026", "2026-01-07"),
        ("Jum'at 9 Januari 2026", "2026-01-09"),
        ("Jum’at, 9 Januari 2026", "2026-01-09"),
        ("AHAD, 11 JANUARI 2026", "2026-01-11"),
        ("Rabu (7/1/2026)", "2026-01-07"),
        ("7 Januari 2026 (Rabu)", "2026-01-07"),
        ("24 DESEMBER 2025", "2025-12-24"),
        ("7 Agt 2026", "2026-08-07"),
        ("7 Ags 2026", "2026-08-07"),
        ("7 Agust 2026", "2026-08-07"),
        ("7 Pebruari 2026", "2026-02-07"),
        ("7 Nopember 2026", "2026-11-07"),
        ("January 7, 2026", "2026-01-07"),
        ("Wednesday, January 7th, 2026", "2026-01-07"),
        ("7th January 2026", "2026-01-07"),
        ("7th of January, 2026", "2026-01-07"),
        ("7 Janauri 2026", "2026-01-07"),
        ("7 Desmber 2026", "2026-12-07"),
        ("7 Arpil 2026", "2026-04-07"),
        ("2026-01-07", "2026-01-07"),
        ("07/01/2026", "2026-01-07"),
        ("7.1.2026", "2026-01-07"),
        ("07-01-2026", "2026-01-07"),
        ("29 Februari 2028", "2028-02-29"),
        ("7\N{NO-BREAK SPACE}Januari\N{NO-BREAK SPACE}2026", "2026-01-07"),
        ("7\N{THIN SPACE}Jan\N{THIN SPACE}2026", "2026-01-07"),
        ("Januari 2026", "2026-01"),
        ("2026-01", "2026-01"),
        ("2026-Q1", "2026-Q1"),
        ("Q4 2026", "2026-Q4"),
        ("Kuartal IV 2026", "2026-Q4"),
        ("Kuartal ke-2 2026", "2026-Q2"),
        ("2026", "2026"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, value: str) -> None:
    found = written.parse(f" {text} ")
    assert found is not None
    assert (found.date, found.start, found.end, found.fits) == (value, 1, len(text) + 1, True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "17 Agustus", "28 Years 2026", "7 Match 2026", "7 Market 2026", "7 Julia 2026", "Apollo 13 1995"),
        *("30 Februari 2026", "7 Januari 3026", "13/25/2026", "2026-02-30", "2026-13", "1899", "2200", "12026"),
        *("7 Januari 2026 Kuyank", "112 Januari 2026", "1.7.1.2026", "٧ Januari 2026"),
    ],
)
def test_what_is_not_a_date_is_not_taken_for_one(text: str) -> None:
    assert written.parse(text) is None


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("29 Januari 2026Berita Lainnya", ["29 Januari 2026"]),
        ("Tanah Seberang29 Januari 2026", ["29 Januari 2026"]),
        ("24 Des 2025 – 7 Jan 2026", ["24 Des 2025", "7 Jan 2026"]),
        ("tayang Kamis, 8 Januari 2026.", ["Kamis, 8 Januari 2026"]),
        ("31 April 2026 dan 1 Mei 2026", ["1 Mei 2026"]),
        ("30 Februari 2026", []),
        ("Malam Jumat 15 Januari 2026", ["15 Januari 2026"]),
        ("Rumah 2026", []),
        ("12 Mei - 2026-01-07", ["2026-01-07"]),
        ("Q1 - 2026-01-07", ["2026-01-07"]),
    ],
)
def test_dates_are_found_where_they_stand(text: str, dates: list[str]) -> None:
    assert [text[found.start : found.end] for found in written.find(text)] == dates


def test_a_stated_weekday_is_kept_and_compared() -> None:
    right, wrong = written.parse("Rabu, 7 Januari 2026"), written.parse("Kamis, 7 Januari 2026")
    assert right is not None
    assert wrong is not None
    assert (right.weekday, right.fits) == (2, True)
    assert (wrong.weekday, wrong.fits, wrong.date) == (3, False, "2026-01-07")


def test_a_date_outside_the_calendar_is_named() -> None:
    assert written.impossible("Tayang 30 Februari 2026 saja") == "30 Februari 2026"
    assert written.impossible("Tayang 28 Februari 2026") is None


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["", "{day}, ", "{day} "]))
def test_every_day_is_read_from_every_form(day: date, front: str) -> None:
    month = MONTHS[day.month - 1]
    for form in (f"{day.day} {month} {day.year}", f"{day.day:02} {month.upper()} {day.year}", f"{day:%d/%m/%Y}"):
        found = written.parse(front.format(day=DAYS[day.weekday()]) + form)
        assert found is not None
        assert (found.date, found.fits) == (day.isoformat(), True)
        assert found.weekday == (day.weekday() if front else None)


@given(
    st.lists(
        st.sampled_from([*string.digits, *" -/.,()\n", "Januari", "Q", "Rabu", "Mei", "th", "2026", "٣"]), max_size=30
    ).map("".join)
)
def test_found_dates_stand_apart_and_are_in_the_calendar(text: str) -> None:
    at = 0
    for found in written.find(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end
        if found.exact:
            date.fromisoformat(found.date)
    written.parse(text)
    written.impossible(text)


# pages


def test_a_film_page_with_a_list_and_a_headline() -> None:
    taken = of("detail")
    assert dated(taken) == [
        ("Mercusuar Terakhir", None),
        ("Kebun di Atas Awan", "2025-12-24"),
        ("Lintang: Janji Sang Penenun", "2025-12-24"),
        ("Robot 9 Petualang: Misi R4hasia", "2025-12-31"),
        ("Senja (2025)", "2026-01-07"),
        ("Tanah Seberang", "2026-01-15"),
    ]
    assert [incoming.line for incoming in taken.films] == [1, 7, 9, 11, 13, 15]
    assert [incoming.year for incoming in taken.films] == [None, None, None, None, 2025, None]
    head = taken.films[0].film
    assert (head.cast, head.releases) == ((), ())
    assert head.synopsis == Prose(
        plain="Rara-Ayu, penjaga mercusuar di ujung pulau, menerima surat tanpa nama setiap malam purnama. "
        "Ia yakin pengirimnya seseorang dari masa kecilnya.\n"
        "Suatu pagi lampu menara padam. Rara-Ayu turun ke teluk pada 7 Januari 2026 dan menemukan perahu kosong, "
        "lalu sebuah peta yang digambar pra- dan pascabadai."
    )
    assert taken.news == [
        News(title=Prose(plain="5 Film Keluarga yang Layak Ditunggu di Tahun 2026, dari Kebun hingga Samudra"))
    ]
    assert taken.problems == []
    release = taken.films[1].film.releases[0]
    assert (release.type, release.region, release.status, taken.films[1].film.id) == (
        "theatrical",
        "ID",
        "confirmed",
        "",
    )


def test_dates_above_several_titles() -> None:
    taken = of("dates-first")
    assert dated(taken) == [
        ("Kebun di Atas Awan", "2026-01-07"),
        ("Perahu Kertas Basah", "2026-01-07"),
        ("1917", "2026-01-08"),
        ("17 Agustus", "2026-01-08"),
        ("28 Tahun Kemudian", "2026-01-09"),
        ("Malam Minggu Terakhir", "2026-01-11"),
    ]
    assert taken.problems == []


def test_title_and_date_on_one_line() -> None:
    taken = of("one-line")
    assert dated(taken) == [
        ("Kebun di Atas Awan", "2025-12-24"),
        ("Perahu Kertas Basah", "2025-12-31"),
        ("2012", "2026-01-07"),
        ("Hari ke-7: Pulang", "2026-01-08"),
        ("Lagu Buat Ibu", "2026-01-15"),
        ("Tragedi 12 Mei 1998", "2026-01-21"),
        ("Malam Jumat: Kembali", "2026-01-22"),
        ("Jalan Pulang", "2026-01-29"),
    ]
    assert taken.news == [
        News(title=Prose(plain="Bioskop Kota Lama Buka Lagi"), date=date(2025, 12, 20)),
        News(title=Prose(plain="Festival Film Pelajar Menerima 300 Judul"), url="https://contoh.example/festival"),
    ]
    assert taken.problems == []


@pytest.mark.parametrize(
    ("name", "films"),
    [
        (
            "table",
            [
                ("Kebun di Atas Awan", "2025-12-24"),
                ("1917", "2025-12-31"),
                ("17 Agustus 1945", "2026-01-07"),
                ("Perahu Kertas Basah", "2026-01-14"),
            ],
        ),
        (
            "pipes",
            [
                ("Kebun di Atas Awan", "2025-12-24"),
                ("1917", "2025-12-31"),
                ("31 Desember 1999", "2026-01-07"),
                ("Perahu Kertas Basah", "2026-02"),
            ],
        ),
    ],
)
def test_tables(name: str, films: list[tuple[str, str]]) -> None:
    taken = of(name)
    assert dated(taken) == films
    assert taken.problems == []


def test_month_headings_upper_case_and_misspelt_months() -> None:
    taken = of("months")
    assert dated(taken) == [
        ("KEBUN DI ATAS AWAN", "2025-12-24"),
        ("Perahu Kertas Basah", "2025-12-31"),
        ("2012", "2026-01-07"),
        ("17 Agustus 1945", "2026-01-08"),
        ("Lagu Buat Ibu", "2026-01-15"),
        ("Merdeka di Teluk", "2026-08-13"),
        ("Angin Nopember", "2026-11-05"),
        ("Sketsa Pebruari", "2027-02"),
    ]
    film = taken.films[4].film
    assert (film.rating, film.runtime, film.releases[0].status) == ("13+", 105, "tentative")
    assert taken.problems == []


def test_a_full_page_whose_film_also_stands_in_the_list() -> None:
    taken = of("full")
    assert dated(taken) == [
        ("The Lighthouse Orchard", "2026-01-08"),
        ("Paper Boats", "2026-02-04"),
        ("Winter Market", "2026-03"),
    ]
    film = taken.films[0].film
    assert film.original_title == "Kebun Mercusuar"
    assert film.releases == (Release(date="2026-01-08"),)
    assert (film.runtime, film.rating, film.genres) == (118, "13+", ("drama", "science-fiction", "adventure"))
    assert film.directors == ("Sari Dewanti",)
    assert film.writers == ("Bima Arta", "Sari Dewanti", "Lukman Hadi")
    assert film.producers == ("Tom Alder, Jr.", "Wina Kusuma")
    assert film.companies == ("Rumah Angin", "Studio Pasir")
    assert film.synopsis == Prose(
        plain="A gardener inherits a lighthouse that nobody has lit for thirty years, and finds an orchard growing up "
        "its stairs.\nOn the first night of the rains the lamp turns by itself."
    )
    assert film.cast == (
        Credit(name="Maya Lestari", role="Ibu Ratna"),
        Credit(name="Tom Alder", role="The Keeper"),
        Credit(name="Dan Surya", role="Pak Pos"),
        Credit(name="Wina Kusuma", role="Tari"),
        Credit(name="Galih Pratama", role="Anak Laut"),
        Credit(name="Rudi Hartanto"),
    )
    assert [item.title.plain for item in taken.news] == ["Ten Films That Were Shot on Islands"]
    assert taken.problems == []


def test_a_list_above_the_film() -> None:
    taken = of("sidebar")
    assert dated(taken) == [
        ("Lagu Buat Ibu", None),
        ("Kebun di Atas Awan", "2025-12-24"),
        ("Perahu Kertas Basah", "2025-12-31"),
    ]
    film = taken.films[0].film
    assert (film.runtime, film.rating) == (118, "SU")
    assert film.synopsis == Prose(
        id="Seorang penyiar radio menulis lagu untuk ibunya, lalu lupa nadanya tepat sebelum siaran.",
        en="A radio host writes a song for his mother and forgets the tune right before he goes on air.",
    )


def test_what_is_wrong_is_told_with_its_line() -> None:
    taken = of("wrong")
    assert dated(taken) == [("Kebun di Atas Awan", "2025-12-24"), ("Lagu Buat Ibu", "2026-01-07")]
    assert problems(taken) == [
        "wrong.txt:3:1: “Kebun di Atas Awan”: 2025-12-24 is not the weekday written beside it; the date was used, check which is right",
        "wrong.txt:5:1: “Perahu Kertas Basah” has no date: “30 Februari 2026” is not in the calendar; check the day and the month",
        "wrong.txt:8:1: “Jalan Pulang” has no date; write it behind the title or in the next line, such as 7 Januari 2026",
    ]


LIST = "Jadwal Film\nKebun\n7 Januari 2026\nPerahu\n8 Januari 2026\n"
PAIRS = [("Kebun", "2026-01-07"), ("Perahu", "2026-01-08")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (LIST, [2, 4]),
        ("\ufeff" + LIST, [2, 4]),
        (LIST.replace("\n", "\r\n"), [2, 4]),
        (LIST.replace("\n", "\r"), [2, 4]),
        (LIST.replace("\n", "\n\n"), [3, 7]),
        (LIST.replace(" ", "\N{NO-BREAK SPACE}"), [2, 4]),
        (LIST.replace("Ke", "\u200bKe\u2060"), [2, 4]),
        (LIST.replace("Jadwal Film", "SCHEDULE:"), [2, 4]),
        (LIST.replace("Jadwal Film", "Jadwal Film Bioskop Januari 2026"), [2, 4]),
        (LIST.replace("Jadwal Film\n", ""), [1, 3]),
        (LIST.replace("Jadwal Film", "Bioskop Kita\nBeranda\nJadwal Film"), [4, 6]),
        (LIST.replace("2026\nPerahu", "2026Perahu"), [2, 3]),
        (LIST.replace("8 Januari 2026", "8 Januari 2026Berita Lainnya"), [2, 4]),
        (LIST.replace("8 Januari 2026", "8 Januari 2026 Berita Lainnya"), [2, 4]),
        (LIST.replace("8 Januari 2026", "2026-01-08T10:00:00"), [2, 4]),
    ],
)
def test_how_a_page_was_copied_does_not_matter(text: str, lines: list[int]) -> None:
    taken = page.read(text, "p")
    assert dated(taken) == PAIRS
    assert [incoming.line for incoming in taken.films] == lines
    assert taken.problems == []
    assert taken.news == []


@pytest.mark.parametrize("rest", ["Tentang kami\nHubungi kami\nKarier\n", "Masuk\n"])
@pytest.mark.parametrize("menu", ["", "Beranda\nMasuk\n"])
def test_a_menu_and_a_footer_do_not_shift_a_list(menu: str, rest: str) -> None:
    taken = page.read(menu + LIST.removeprefix("Jadwal Film\n") + rest, "p")
    assert dated(taken) == PAIRS
    assert len(taken.problems) == menu.count("\n") + rest.count("\n")


def test_a_headless_list_below_an_undated_line_keeps_its_order() -> None:
    taken = page.read("Pilihan kami\n\n7 Januari 2026\nKebun\n\n8 Januari 2026\nPerahu\n", "p")
    assert dated(taken) == PAIRS
    assert [problem.line for problem in taken.problems] == [1]


def test_a_film_may_be_called_like_a_label() -> None:
    assert dated(page.read("Jadwal Film\nDirector\n7 Januari 2026\nCast: The Movie\n8 Januari 2026\n", "p")) == [
        ("Director", "2026-01-07"),
        ("Cast: The Movie", "2026-01-08"),
    ]


def test_an_empty_section_leaves_nothing_behind() -> None:
    film = page.read("Kebun\nSinopsis\nPemeran\nSutradara\nDurasi\nGenre\nJadwal Film\n", "p").films[0].film
    assert film == page.read("Kebun\nSinopsis", "p").films[0].film
    assert (film.title, film.synopsis, film.cast, film.runtime) == ("Kebun", None, (), None)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        *(("Durasi: " + text, "runtime", 118) for text in ("1 jam 58 menit", "118 menit", "118", "1h 58m", "1:58")),
        ("Durasi: 2 jam", "runtime", 120),
        *(("Rating: " + text, "rating", "SU") for text in ("SU", "BO-SU", "Semua umur")),
        *(("Rating: " + text, "rating", "13+") for text in ("R13+", "R-13", "13+", "13 tahun ke atas", "LSF R")),
        *(("Klasifikasi usia: " + text, "rating", "17+") for text in ("D17+", "17+", "D", "17 tahun ke atas")),
        ("Klasifikasi usia: D21+", "rating", "21+"),
        ("Genre: Horor, Laga | Aksi", "genres", ("horror", "action")),
        ("Genre: Jidaigeki", "genres", ("Jidaigeki",)),
        ("Sutradara: Ana Putri dan Budi", "directors", ("Ana Putri dan Budi",)),
        ("Sutradara: Ana, Budi dan Citra", "directors", ("Ana", "Budi", "Citra")),
        ("Distributor: Layar Kita", "distributor", "Layar Kita"),
        ("Pemeran: Rara- Ayu sebagai Ibu- Dewi", "cast", (Credit(name="Rara-Ayu", role="Ibu-Dewi"),)),
        ("Pemeran\nAna\tIbu", "cast", (Credit(name="Ana", role="Ibu"),)),
        ("Pemeran: Ana (kakak, dokter), Budi", "cast", (Credit(name="Ana", role="kakak, dokter"), Credit(name="Budi"))),
        (
            "Pemeran: Ana sebagai Ibu dan Budi sebagai Ayah",
            "cast",
            (Credit(name="Ana", role="Ibu"), Credit(name="Budi", role="Ayah")),
        ),
        ("Tanggal tayang: Rabu, 7 Januari 2026", "releases", (Release(date="2026-01-07"),)),
        ("Tanggal rilis\n7 Januari 2026 (tentatif)", "releases", (Release(date="2026-01-07", status="tentative"),)),
        ("Sinopsis\nSatu-\ndua.", "synopsis", Prose(plain="Satu-dua.")),
        ("Sinopsis\nSatu.\n\nDua.", "synopsis", Prose(plain="Satu.\nDua.")),
    ],
)
def test_a_film_s_own_fields(line: str, field: str, value: object) -> None:
    taken = page.read(f"Kebun\nSinopsis\n{line}\n" if "Sinopsis" not in line else f"Kebun\n{line}\n", "p")
    assert getattr(taken.films[0].film, field) == value
    assert taken.problems == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Durasi: panjang sekali", "“panjang sekali” is not a length"),
        ("Rating: 7.5", "“7.5” is not an age class"),
        ("Tanggal rilis: nanti", "“nanti” is not a date"),
        ("Tanggal rilis: 31 April 2026", "“31 April 2026” is not in the calendar"),
        ("Tanggal rilis: Senin, 7 Januari 2026", "is not the weekday"),
        ("Durasi: 90\nDurasi: 91", "“Durasi” appears twice"),
        ("Pemeran\n" + "kata " * 40, "is too long for a name"),
        ("Tahun: 2024\nSesuatu", "“Sesuatu” was not understood"),
        ("Sinopsis: " + "kata " * 5000, "the synopsis was left out"),
        ("Jadwal Film\nPerahu\nGenre: Drama\n7 Januari 2026", "“Genre” stands inside a list"),
        ("Jadwal Film\n" + "kata " * 80, "is too long for a title"),
        ("Jadwal Film\nPerahu\n7 Januari 2026\n\n8 Januari 2026", "“8 Januari 2026” has no title"),
        (
            "Jadwal Film\nPerahu\n7 Januari 2026\nPERAHU\n8 Januari 2026",
            "appears twice, for 2026-01-07 and for 2026",
        ),
    ],
)
def test_what_is_left_out_is_told(line: str, told: str) -> None:
    taken = page.read(f"Kebun\nSinopsis\n{line}\n", "p")
    assert taken.films[0].film.title == "Kebun"
    assert len(taken.problems) == 1
    assert told in problems(taken)[0]


def test_fields_without_a_title_are_told() -> None:
    taken = page.read("Sinopsis\nSeorang penjaga.\nJadwal Film\nKebun\n7 Januari 2026\n", "p")
    assert dated(taken) == PAIRS[:1]
    assert "no title above “Sinopsis”" in problems(taken)[0]


# nothing in it, or too much


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \r\n\t\n", "\u200b"])
def test_an_empty_page(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        page.read(text, "kosong.txt")
    assert caught.value.message.text(Words("en")) == "kosong.txt: empty; copy the page's text into it"


@pytest.mark.parametrize("text", ["Halo dunia", "Jadwal Film", "Sinopsis", "satu\ndua\ntiga", "\x00\x01PNG\x02" * 50])
def test_a_page_without_a_film(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        page.read(text, "p\x1b[31m.txt")
    assert caught.value.message.text(Words("en")).startswith("p␛[31m.txt: no film;")


@pytest.mark.parametrize("text", ["x" * (page.LONGEST_PAGE + 1), "x\n" * (page_lines.MOST_LINES + 1)])
def test_a_text_that_is_no_page_is_turned_away_at_once(text: str) -> None:
    with pytest.raises(SourceError, match="too long"):
        page.read(text, "p")


def test_problems_are_counted_where_they_are_too_many() -> None:
    taken = page.read(LIST + "Tanpa tanggal\n" * 1000, "p")
    assert dated(taken) == PAIRS
    assert len(taken.problems) == MOST_PROBLEMS + 1
    assert "800 more lines" in problems(taken)[-1]


# for all pages

TITLE = st.lists(
    st.text([*"ABCDEfghijklmnopqrstuvwxyzé0123456789"], min_size=1, max_size=8), min_size=1, max_size=4
).map(" ".join)


def sensible(title: str) -> bool:
    """Neither a date, a label nor what cinemas print below a title."""
    return not (
        written.find(f"1 {title} 1 Mei 2026")[1:]
        or written.find(title)
        or written.impossible(f"{title} 2026")
        or page_lines.kind_of(title)
        or kinds.kind_of_line(title, top=True) != kinds.PLAIN
        or kinds.is_byline(f"{title} - 1 Januari 2025", top=True)  # By Anna: with a day it is who wrote the page
        or dated_lines.PREFIX.search(title)
        or fold(title) in page_lines.NOISE
        or listing.is_column(title)
        or any(part.lower() in written._DAYS_BY_NAME for part in title.split())
    )


FILMS = st.lists(
    st.tuples(TITLE.filter(sensible), st.dates(date(2025, 1, 1), date(2027, 12, 31))),
    min_size=1,
    max_size=6,
    unique_by=lambda film: fold(film[0]),
)


def long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def numbered(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def stated(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {long(day)}"


def upper(day: date) -> str:
    return long(day).upper()


SHAPES: dict[str, Callable[[str, str, int], str]] = {
    "title, date": lambda title, day, at: f"{title}\n{day}\n",
    "date, title": lambda title, day, at: f"{day}\n{title}\n",
    "apart": lambda title, day, at: f"{title}\n{day}\n\n",
    "dash": lambda title, day, at: f"{title} – {day}\n",
    "hyphen": lambda title, day, at: f"- {title} - {day}\n",
    "tab": lambda title, day, at: f"{title}\t{day}\n",
    "pipe": lambda title, day, at: f"| {title} | {day} |\n",
    "brackets": lambda title, day, at: f"{title} ({day})\n",
    "date and colon": lambda title, day, at: f"{day}: {title}\n",
    "date in brackets": lambda title, day, at: f"[{day}] {title}\n",
    "numbers": lambda title, day, at: f"{at}. {title} — {day}\n",
    "numbers, two lines": lambda title, day, at: f"{at}) {title}\n{day}\n",
    "bullets": lambda title, day, at: f"• {title}\n  {day}\n",
    "verb": lambda title, day, at: f"{title}\nTayang: {day}\n",
}


@pytest.mark.parametrize("shape", SHAPES)
@given(films=FILMS, form=st.sampled_from([long, numbered, stated, upper, date.isoformat]), head=st.booleans())
@example(films=[("1917", date(2026, 1, 7)), ("17 Agustus", date(2026, 1, 8))], form=long, head=False)
@example(films=[("2012", date(2026, 1, 7)), ("28 Years Later", date(2026, 1, 8))], form=stated, head=True)
@example(films=[("300", date(2026, 1, 7))], form=numbered, head=False)
def test_a_list_in_any_shape_is_given_back(
    shape: str, films: list[tuple[str, date]], form: Callable[[date], str], head: bool
) -> None:
    listed = "".join(SHAPES[shape](title, form(day), at) for at, (title, day) in enumerate(films, 1))
    taken = page.read(("Jadwal Film\n" if head else "") + listed, "p")
    assert dated(taken) == [(title, day.isoformat()) for title, day in films]
    assert taken.problems == []


@given(films=FILMS)
def test_films_below_their_day_are_given_back(films: list[tuple[str, date]]) -> None:
    days = sorted({day for _, day in films})
    grouped = {day: [title for title, own in films if own == day] for day in days}
    text = "".join(f"{stated(day)}\n" + "".join(f"{title}\n" for title in titles) for day, titles in grouped.items())
    assume(not any(title.isdigit() and len(title) == 4 for title, _ in films))
    assert dated(page.read(text, "p")) == [(title, day.isoformat()) for day in days for title in grouped[day]]


PIECES = st.sampled_from([
    *("Jadwal Film", "Sinopsis", "Synopsis:", "Pemeran", "Cast: ", "Berita Lainnya", "Genre: ", "Durasi\n", "Rating: "),
    *("7 Januari 2026", "30 Februari 2026", "Kamis, ", "2012", "1917", "31/12/2025", "Mei 2026", "Tayang: ", "R13+"),
    *("\n", "\n\n", "\r\n", "\t", " | ", " - ", "(", ")", " sebagai ", ", ", "- ", "1. ", "2. ", "• ", "…", "118 menit"),
    *("\x1b]52;c;aGk=\x07", "\u202e", "\x85", "\u2028", "\ufeff", "\u200b", "\xa0", "\udcff", "\x00", "́", "🎬", "Kebun"),
])  # fmt: skip


def texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for item in pair for text in texts(item)]
        case list() | tuple():
            return [text for item in value for text in texts(item)]
    return []


@given(st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join))
@example("Kebun\n|Drama,\nSinopsis")
@example("Kebun\nSinopsis\n\x1b]52;c;aGk=\x07\nPemeran\n\u202eAna sebagai \x9b31m")
@pytest.mark.slow
def test_any_text_is_read_or_refused_and_what_comes_out_is_clean(text: str) -> None:
    try:
        taken = page.read(text, "p\x1b")
    except SourceError as error:
        error.message.text(Words("id"))
        return
    assert taken.films or taken.news or taken.problems
    for value in texts(msgspec.to_builtins([taken.films, taken.news])):
        assert value == clean(value, lines="\n" in value)
    for incoming in taken.films:
        assert incoming.film.title
        assert "\n" not in incoming.film.title
        assert all(release.when.key for release in incoming.film.releases)
        assert 1 <= incoming.line <= text.count("\n") + text.count("\r") + 1
    for problem in taken.problems:
        wording = problem.text(Words("id"))
        assert wording == clean(wording)
