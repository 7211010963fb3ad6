"""Each source: what all of them keep to, and what each reads."""

from __future__ import annotations

import json
from contextlib import suppress
from time import process_time
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, filmtui
from tui.base.text import clean
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.writing.emit import block
from tui.exports.data import csv
from tui.films.film import RATINGS, STATUSES, TYPES, Credit, Film, Prose, Release
from tui.imports.sources.incoming import MOST_PROBLEMS, Incoming, SourceError, Taken
from tui.imports.sources.labels import LABELS, column
from tui.imports.sources.registry import read, recognise
from tui.imports.sources.values import (
    country,
    genres,
    links,
    minutes,
    rating,
    status_names,
    status_of,
    tongue,
    type_of,
    web,
)
from tui.index.entry import DATE_SHIFT
from tui.index.query import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = ROOT / "tests" / "samples" / "pages"
NUMBERED = " ".join(f"a{n}" for n in range(100_000))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


class Contract:
    """What every source keeps to."""

    kind: str
    good: tuple[str, ...]

    def test_it_is_recognised_and_read_alike_each_time(self) -> None:
        for name in self.good:
            data = (PAGES / name).read_bytes()
            assert recognise(data.decode(), name) == self.kind
            assert read(data, name) == read(data, "other.bin", self.kind) or self.kind != "page"
            assert read(data, name).films

    def test_lines_are_of_the_source(self) -> None:
        for name in self.good:
            data = (PAGES / name).read_bytes()
            taken = read(data, name)
            last = data.count(b"\n") + 1
            assert all(1 <= film.line <= last for film in taken.films)
            assert all(1 <= problem.line <= last for problem in taken.problems)

    @pytest.mark.parametrize(
        "data", [b"", b" \r\n", b"\xef\xbb\xbf", bytes(range(256)) * 9, b"%PDF-1.7 x", b"\x00" * 50]
    )
    def test_nothing_is_refused(self, data: bytes) -> None:
        with pytest.raises(SourceError):
            read(data, "x", self.kind)

    def test_a_terminal_is_not_touched(self) -> None:
        for name in self.good:
            data = (PAGES / name).read_text("utf-8").replace("Laut", "La\x1b]52;c;x\x07ut\u202e").encode()
            for film in read(data, name, self.kind).films:
                assert all(clean(text) == text for text in texts(msgspec.to_builtins(film.film)) if "\n" not in text)
                assert "\x1b" not in film.film.title

    def test_a_catalog_can_hold_what_is_taken(self, tmp_path: Path) -> None:
        for name in self.good:
            films = [found.film for found in read((PAGES / name).read_bytes(), name).films]
            named = [msgspec.structs.replace(film, id=f"film-{n}") for n, film in enumerate(films)]
            (tmp_path / "all.yaml").write_text("films:\n" + "\n".join(map(block, named)) + "\n", "utf-8")
            assert not list(check(tmp_path))

    def test_problems_name_the_source_and_can_be_printed(self) -> None:
        for name in self.good:
            for problem in read(
                (PAGES / name).read_bytes() + b"\n\x1b]0;x\x07,2026\n", "a\x1b[2Jb", self.kind
            ).problems:
                assert problem.path == clean("a\x1b[2Jb")
                assert clean(text := problem.message.text(Words())) == text


class TestPage(Contract):
    kind = "page"
    good = ("november.txt",)


class TestHtml(Contract):
    kind = "html"
    good = ("list.html", "movie.html", "micro.html", "showtimes.html", "items.html")

    def test_json_ld(self) -> None:
        taken = read((PAGES / "movie.html").read_bytes(), "movie.html")
        (found,) = taken.films
        assert found.film == Film(
            id="", title="Rumah di Ujung Jalan", original_title="The House at the End",
            releases=(Release(date="2026-11-05"),), genres=("horror", "drama"), runtime=118, rating="13+",
            languages=("id",), directors=("Rama Putra",),
            cast=(Credit(name="Sari Wulandari", role="Ratna"), Credit(name="Bagus Permana"), Credit(name="Dewi A.")),
            synopsis=Prose(id="Dua saudara pulang & menunggu."), links={"web": "https://example.org/rumah"},
        )  # fmt: skip
        assert len(taken.problems) == 1

    def test_microdata(self) -> None:
        (found,) = read((PAGES / "micro.html").read_bytes(), "micro.html").films
        assert found.film == Film(
            id="", title="1917", releases=(Release(date="2026-11-12"),), runtime=119, directors=("Sam Mendes",)
        )

    def test_a_page_without_data_is_read_as_it_is_seen(self) -> None:
        taken = read((PAGES / "list.html").read_bytes(), "list.html")
        assert [(film.film.title, film.film.releases[0].date) for film in taken.films] == [
            ("Laut Bercerita", "2026-11-19"), ("Kembang Api & Hujan", "2026-11-26"),
        ]  # fmt: skip

    def test_a_page_of_showtimes(self) -> None:
        taken = read((PAGES / "showtimes.html").read_bytes(), "showtimes.html")
        kembang, war, undated = taken.films
        assert kembang.film == Film(
            id="", title="Kembang Api & Hujan", releases=(Release(date="2026-12-03"),), genres=("comedy", "romance"),
            runtime=101, countries=("ID",), languages=("id",), directors=("Rama Putra",),
            synopsis=Prose(id="Satu malam.\nDua\nhati."),
            links={"imdb": "https://www.imdb.com/title/tt0000001/", "trailer": "https://www.youtube.com/embed/x",
                   "wikipedia": "https://id.wikipedia.org/wiki/Kembang_Api"},
        )  # fmt: skip
        assert (war.film.title, war.year) == ("1917", 2019)
        assert war.film.releases == (Release(date="2026-12-25"), Release(date="2026-12-18", region="US"))
        assert undated.film == Film(id="", title="Tanpa Hari")
        assert [film.line for film in taken.films] == [8, 17, 20]
        assert [(problem.line, problem.message.arguments) for problem in taken.problems] == [
            (8, {"value": "PG-13"}), (20, {"value": "segera"}),
        ]  # fmt: skip

    def test_a_film_says_of_its_release_more_than_a_screening(self) -> None:
        film = '{"@type":"Movie","name":"Laut","datePublished":"2026-11-19"}'
        shown = '{"@type":"ScreeningEvent","startDate":"2026-11-17","workPresented":{"@type":"Movie","name":"LAUT"}}'
        for told in (f"[{film},{shown}]", f"[{shown},{film}]"):
            (found,) = read(f"<script type='application/ld+json'>{told}</script>".encode(), "x").films
            assert found.film.releases == (Release(date="2026-11-19"),)

    def test_items_in_a_list(self) -> None:
        quiet, rain = read((PAGES / "items.html").read_bytes(), "items.html").films
        assert quiet.film == Film(
            id="", title="The Quiet Sea", releases=(Release(date="2026-11-19"),),
            cast=(Credit(name="Sari Wulandari", role="Biru"),), synopsis=Prose(en="A sea that says nothing."),
            links={"web": "https://example.org/a"},
        )  # fmt: skip
        assert rain.film == Film(
            id="", title="Second Rain", releases=(Release(date="2026-12"),), genres=("science-fiction",)
        )

    def test_lines_are_those_of_the_file_not_of_what_is_seen(self) -> None:
        page = (
            "<html><body><!--\n\n--><p>Laut Bercerita</p><p>19 November 2026</p><p>Hujan</p><p>35 Mei 2026</p>\n<p\n>"
        )
        page += "Kembang Api</p><p>26 November 2026</p>"
        taken = read(page.encode(), "x")
        assert [(film.film.title, film.line) for film in taken.films] == [("Laut Bercerita", 3), ("Kembang Api", 5)]
        assert [problem.line for problem in taken.problems] == [3]

    @pytest.mark.parametrize(
        "hidden", ["<script>x='<p>Palsu</p>'</script>", "<nav><a>Palsu</a></nav>", "<!-- <p>Palsu</p> -->",
                   "<svg><text>Palsu</text></svg>", "<p title='>Palsu' class=it's>"],
    )  # fmt: skip
    def test_what_is_not_seen_is_not_read(self, hidden: str) -> None:
        page = f"<html><h2>Jadwal Film</h2>{hidden}<p>Laut &lt;3</p><p>19 November 2026</p>"
        taken = read(page.encode(), "x")
        assert [film.film.title for film in taken.films] == ["Laut <3"]
        assert not taken.problems

    def test_a_menu_that_is_not_closed_hides_nothing(self) -> None:
        page = "<html><nav><a>Beranda</a><h2>Jadwal Film</h2><p>Laut</p><p>19 November 2026</p>"
        assert [film.film.title for film in read(page.encode(), "x").films] == ["Laut"]

    @pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script ", "<p x='", '<a "', "<nav>", "</", "<div></x>", "<div/>",
                                       "<svg><style>", "&amp;<b>"])  # fmt: skip
    def test_time_grows_with_the_length(self, piece: str) -> None:
        """Not with its square, which would be 64 times as much for eight times the length."""

        def took(times: int) -> float:
            page = ("<html><p itemscope itemtype='https://schema.org/Movie'>" + piece * times).encode()
            taken = []
            for _ in range(3):
                begun = process_time()
                with suppress(SourceError):
                    read(page, "x")
                taken.append(process_time() - begun)
            return min(taken)

        assert took(64_000) < 24 * took(8_000) + 0.05

    @pytest.mark.parametrize("piece", ["[],", '{"@type":1},', '{"@type":["Movie"]},', '{"actor":[[]]},'])
    def test_data_of_any_shape(self, piece: str) -> None:
        with pytest.raises(SourceError):
            read(f"<script type='application/ld+json'>[{piece * 50_000}[]]</script>".encode(), "x")

    @pytest.mark.parametrize("tag", ["div", "b", "p", "ul><li"])
    def test_a_page_is_read_as_deep_as_seconds_allow(self, tag: str) -> None:
        deep = f"<html><{tag}>" + f"<{tag}>" * 10_000
        page = deep + "<h2>Jadwal Film</h2><p>Laut Bercerita</p><p>19 November 2026</p>"
        (found,) = read(page.encode(), "deep.html").films
        assert found.film.title == "Laut Bercerita"

    def test_data_nested_without_bound(self) -> None:
        nested = '{"a":' * 20_000 + "1" + "}" * 20_000
        with pytest.raises(SourceError):
            read(f"<html><script type='application/ld+json'>{nested}</script></html>".encode(), "deep.html")

    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 100_000,
            '<br a==">' + "<div>" * 100_000 + '">',
            "<!-->" + "<div>" * 100_000 + "-->",
            "<!-->" * 1_000_000,
            "<div " + NUMBERED + ">",
            '<script><a b="</script><div ' + NUMBERED + ">",
            "<div " + NUMBERED.replace(" ", "='>' ") + ">",
            "".join(f"<body {NUMBERED[at : at + 5000]}>" for at in range(0, len(NUMBERED), 5000)),
            "<x" * 20_000 + "y" * 5_000_000,
            "<x" * 20_000 + ' a="' + "y" * 5_000_000,
        ],
        ids=[
            "deep", "deep behind a value", "deep behind a comment", "comments", "attributes",
            "attributes behind a script", "attributes with signs", "attributes of one element", "a long name",
            "a quote that is not closed",
        ],
    )  # fmt: skip
    def test_a_page_that_would_take_minutes_is_refused_at_once(self, page: str) -> None:
        """In less than ten times what a page of a tenth of that depth takes that is read."""
        begun = process_time()
        with suppress(SourceError):
            read(("<html>" + "<div>" * 10_000).encode(), "x")
        deep = process_time()
        with pytest.raises(SourceError) as caught:
            read(f"<html><p itemscope itemtype='https://schema.org/Movie'>{page}".encode(), "big.html")
        assert process_time() - deep < 10 * (deep - begun) + 0.05
        assert caught.value.message.text(Words("en")).startswith("big.html: too long for a film page;")

    def test_values_within_values_are_each_read_once(self) -> None:
        """Ten thousand properties within each other have the same text."""

        def took(times: int) -> float:
            page = (
                "<html><p itemscope itemtype='https://schema.org/Movie'>" + "<span itemprop=name>" * times + "x" * 10**6
            )
            begun = process_time()
            with suppress(SourceError):
                read(page.encode(), "x")
            return process_time() - begun

        assert min(took(16_000) for _ in range(3)) < 24 * took(2_000) + 0.05

    def test_elements_left_open_are_not_repeated(self) -> None:
        def took(times: int) -> float:
            page = "<html><p>" + "".join(f"<b id={n}>" for n in range(times)) + "<p>x" * times
            runs = []
            for _ in range(3):  # the quickest: others share the processor
                begun = process_time()
                with suppress(SourceError):
                    read(page.encode(), "x")
                runs.append(process_time() - begun)
            return min(runs)

        assert took(8_000) < 24 * took(1_000) + 0.05


class TestIcs(Contract):
    kind = "ics"
    good = ("feed.ics", "radarr.ics")

    def test_radarr(self) -> None:
        laut, hujan = read((PAGES / "radarr.ics").read_bytes(), "radarr.ics").films
        assert laut.film == Film(
            id="", title="Laut Bercerita", companies=("Studio Laut",),
            releases=(Release(date="2026-11-19"), Release(date="2027-03-10", type="physical", status="tentative")),
            synopsis=Prose(plain="Seorang nelayan pulang, dan laut tidak lagi mengenalnya. Ia menunggu."),
        )  # fmt: skip
        assert hujan.film == Film(
            id="hujan-desember", title="Hujan Desember", releases=(Release(date="2026-12-02", type="limited"),),
            genres=("comedy",), links={"trakt": "https://trakt.tv/movies/hujan-desember-2026"},
        )  # fmt: skip
        assert hujan.year == 2026

    @pytest.mark.parametrize(
        "event",
        ["SUMMARY:A\nSUMMARY:B\nDTSTART:20261119\nDTSTART:20261120", "SUMMARY:A\nDTSTART;TZID=Nowhere/X:20261119T233000",
         "SUMMARY:A\nDTSTART;VALUE=DATE:20261119\nRRULE:FREQ=SECONDLY;INTERVAL=0", "SUMMARY:A\x0c\u2028\nDTSTART:20261119",
         "SUMMARY:A\nDTSTART:20261119\nBEGIN:X\nBEGIN:VEVENT2\nEND:X\nEND:VEVENT2\nEND:Y"],
    )  # fmt: skip
    def test_odd_events(self, event: str) -> None:
        (found,) = read(f"BEGIN:VCALENDAR\nNAME:Film\nBEGIN:VEVENT\n{event}\nEND:VEVENT".encode(), "x").films
        assert found.film == Film(id="", title="A", releases=(Release(date="2026-11-19"),))

    def test_no_more_events_than_a_feed_has(self) -> None:
        event = "BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20261119\nEND:VEVENT\n"
        taken = read(("BEGIN:VCALENDAR\nNAME:Film\n" + event * 5_001).encode(), "x")
        assert [problem.line for problem in taken.problems] == [3 + 4 * 5_000]
        taken = read(("BEGIN:VCALENDAR\nNAME:Film\n" + event.replace("A", "A" * 300_000) + event).encode(), "x")
        assert (len(taken.films), [problem.line for problem in taken.problems]) == (1, [3])

    def test_events(self) -> None:
        taken = read((PAGES / "feed.ics").read_bytes(), "feed.ics")
        laut, war = taken.films
        assert laut.film.title == "Laut Bercerita"
        assert laut.film.releases == (
            Release(date="2026-11-19"), Release(date="2027-03-01", type="digital", status="tentative"),
        )  # fmt: skip
        assert laut.film.links == {"web": "https://example.org/laut"}
        assert war.film.releases == (Release(date="2026-11-12", status="cancelled"),)
        assert [problem.line for problem in taken.problems] == [16, 27]


class TestTable(Contract):
    kind = "csv"
    good = ("table.csv", "list.tsv")

    def test_a_sheet_in_english(self) -> None:
        taken = read((PAGES / "list.tsv").read_bytes(), "list.tsv")
        assert taken.films[0].film == Film(
            id="", title="The Quiet Sea", original_title="Laut Bercerita", runtime=118, rating="17+",
            releases=(Release(date="2026-11-19", status="tentative"),), countries=("US", "ID"),
            languages=("en", "id"), links={"tmdb": "https://www.themoviedb.org/movie/1"},
        )  # fmt: skip
        assert [(film.film.id, film.film.title, film.film.releases) for film in taken.films[1:]] == [
            ("", "Second Rain", (Release(date="2026-12-24", type="digital", region="US"),)),
            ("wrong-day", "Wrong Day", (Release(date="2026-11-19"),)),
            ("", "TBA Film", ()),
            ("", "After It", (Release(date="2026-11-27"),)),
        ]
        assert [problem.line for problem in taken.problems] == [4, 4, 4, 4, 4, 5, 6, 8]

    def test_line_ends_within_cells(self) -> None:
        table = 'judul,sinopsis,tanggal\r\nLaut,"satu\r\n\r\ndua\u2028",2026-11-19\r\nHujan,x\x0cy,2026-11-26\r\n'
        laut, hujan = read(table.encode(), "x").films
        assert laut.film.synopsis == Prose(plain="satu\n\ndua")
        assert (hujan.line, hujan.film.releases) == (5, (Release(date="2026-11-26"),))

    def test_what_is_wrong_is_told_for_some_and_counted_for_the_rest(self) -> None:
        taken = read(("judul,tanggal\n" + "Laut,besok\n" * (MOST_PROBLEMS + 30)).encode(), "x")
        assert len(taken.problems) == MOST_PROBLEMS + 1
        assert taken.problems[-1].message.arguments == {"count": "30"}

    def test_a_menu_is_no_table(self) -> None:
        assert recognise("Film | Jadwal | Genre\nLaut Bercerita | 19 November 2026", "x") == "page"
        assert recognise("Film, Jadwal\nLaut Bercerita\n19 November 2026", "x") == "page"

    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_a_heading_above_the_header(self, mark: str) -> None:
        table = f"Daftar kami\n\nJudul{mark}Tgl tayang\nLaut{mark}19 Nov 2026\n"
        (found,) = read(table.encode(), "x.csv", "csv").films
        assert (found.line, found.film.releases) == (4, (Release(date="2026-11-19"),))

    def test_rows(self) -> None:
        taken = read((PAGES / "table.csv").read_bytes(), "table.csv")
        laut, short, quoted = taken.films
        assert laut.film == Film(
            id="", title="Laut Bercerita", releases=(Release(date="2026-11-19"),), genres=("drama", "history"),
            runtime=118, rating="17+", synopsis=Prose(plain="Kisah laut."),
            cast=(Credit(name="Sari Wulandari", role="Biru"), Credit(name="Bagus Permana")),
        )  # fmt: skip
        assert short.film.title == "Kurang"
        assert quoted.film.title == "Kembang; Api"
        assert quoted.film.releases == (Release(date="2026-11-26", type="limited"),)
        assert [problem.line for problem in taken.problems] == [3, 4, 5]

    def test_what_list_writes_comes_back(self) -> None:
        exported = filmtui("list", "--format", "csv").stdout
        taken = read(exported.encode(), "list.csv")
        assert len(taken.films) == 15
        assert not taken.problems
        (found,) = [film.film for film in taken.films if film.film.id == "greenland-migration"]
        assert found.cast[0] == Credit(name="Gerard Butler", role="John Garrity")
        assert found.runtime == 98


# texts with what parts cells, lists and roles elsewhere, but “; ” and “ as ”, by which an export parts them
words = (
    st.text("aB é0,()-='\"/|:#\t+@", min_size=1, max_size=12)
    .map(clean)
    .filter(lambda text: text and not text.startswith("'") and not text.endswith(";"))
)
several = st.lists(words, max_size=3, unique=True).map(tuple)
openings = st.builds(
    Release, date=st.sampled_from(["2026-11-19", "2026-11", "2026-Q4", "2026"]), type=st.sampled_from(TYPES),
    region=st.sampled_from(["ID", "US", "MY"]), status=st.sampled_from(STATUSES), source=words | st.none(),
)  # fmt: skip
listed = st.builds(
    Film, id=st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True), title=words, original_title=words | st.none(),
    releases=st.lists(openings, max_size=3).map(tuple), genres=st.lists(st.sampled_from(["drama", "tv-movie", "Coming, of Age"]), unique=True).map(tuple),
    runtime=st.integers(1, 9999) | st.none(), rating=st.sampled_from(RATINGS) | st.none(),
    countries=st.just(("ID", "US")), languages=st.just(("id", "zh-Hant")), directors=several, writers=several,
    producers=several, companies=several, distributor=words | st.none(),
    cast=st.lists(st.builds(Credit, name=words, role=words | st.none()), max_size=3, unique_by=repr).map(tuple),
    synopsis=st.none() | st.builds(Prose, id=words, en=words | st.none()),
)  # fmt: skip


@given(st.lists(listed, min_size=1, max_size=3, unique_by=lambda film: film.id))
def test_an_exported_list_is_what_comes_back(films: list[Film]) -> None:
    rows = [
        (
            Row(
                release.when.key << DATE_SHIFT, film.id, n, film.title, release.type, release.region, release.status, ""
            ),
            film,
        )
        for film in films
        for n, release in enumerate(film.rows)
    ]
    taken = read("\r\n".join(csv(rows)).encode(), "list.csv")
    assert [found.film for found in taken.films] == films
    assert not taken.problems


GOOD = {"page": "november.txt", "html": "movie.html", "ics": "feed.ics", "csv": "table.csv"}


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_broken_pieces_are_told_or_refused(kind: str, data: st.DataObject) -> None:
    text = (PAGES / GOOD[kind]).read_text("utf-8")
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    pieces = st.sampled_from(["<", '"', ";", "\r\n", "BEGIN:VEVENT\n", "END:VCALENDAR\n", "2026", "Jadwal Film\n"])
    put = data.draw(st.text(max_size=12) | pieces)
    try:
        taken = read((text[:at] + put + text[at + length :]).encode("utf-8", "ignore"), "x", kind)
    except SourceError:
        return
    for film in taken.films:
        assert film.film.title.strip()
        assert all(clean(part) == part for one in texts(msgspec.to_builtins(film.film)) for part in one.split("\n"))


@given(st.sampled_from(sorted(GOOD)), st.binary(max_size=300))
def test_bytes_of_any_kind(kind: str, data: bytes) -> None:
    with suppress(SourceError):
        assert isinstance(read(data, "x", kind), Taken)


@pytest.mark.parametrize(
    ("start", "kind"),
    [("<!-- saved from url=(1)x -->\n<html>", "html"), ("\ufeff <!DOCTYPE html>", "html"), ("<3 Laut", "page"),
     ("begin:vcalendar\r\n", "ics"), ("Jadwal\n<script type=application/ld+json>{}", "html"), ("", "page"),
     ("Judul;Tanggal Rilis\nA;B", "csv"), ("sep=;\nTitle;Date\nA;B", "csv"), ("Judul film kami", "page")],
)  # fmt: skip
def test_kinds_by_their_content(start: str, kind: str) -> None:
    assert recognise(start, "x.txt") == kind


def test_kinds_by_their_name() -> None:
    assert [recognise("x", name) for name in ("a.HTM", "b.ics", "c.tsv", "d", "e.txt")] == [
        "html", "ics", "csv", "page", "page",
    ]  # fmt: skip


def test_another_encoding_is_guessed_as_a_last_resort() -> None:
    text = "Judul,Tanggal\r\n" + "".join(f"Братья и сестры {n} Ѓќџ,19 November 2026\r\n" for n in range(40))
    found = read(text.encode("cp1251"), "t.csv").films
    assert found[0].film.title.startswith("Братья и сестры")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Judul,Tanggal\r\nJuliette Gariépy,19 November 2026\r\n"
    (found,) = read(text.encode(encoding), "t.csv").films
    assert found == Incoming(film=Film(id="", title="Juliette Gariépy", releases=(Release(date="2026-11-19"),)), line=2)


def test_too_much_is_refused_at_once() -> None:
    with pytest.raises(SourceError):
        read(b"Jadwal Film\n" * (2 << 20), "big.txt")


@pytest.mark.parametrize(
    ("text", "found"),
    [("PT1H58M", 118), ("1 jam 58 menit", 118), ("118 menit", 118), ("118", 118), ("1h 58m", 118), ("2 jam", 120),
     ("1:58", 118), ("lama", None), ("", None), ("0", None), ("99999", None)],
)  # fmt: skip
def test_minutes(text: str, found: int | None) -> None:
    assert minutes(text) == found


def test_ratings_and_genres_by_their_other_names() -> None:
    assert [rating(text) for text in ("R13+", "D 17+", "BO-SU", "21+", "x")] == ["13+", "17+", "SU", "21+", None]
    assert genres("Horor, Sci-Fi / Aneh") == ("horror", "science-fiction", "Aneh")


SAID = [
    *(
        ("genres", wording, ("science-fiction",))
        for wording in ("fiksi sains", "Fiksi Ilmiah", "Sci-Fi", "SCIENCE_FICTION")
    ),
    ("genres", "anak", ("family",)),
    ("genres", "Horor, Laga | Aksi", ("horror", "action")),
    ("genres", "Drama/Komedi", ("drama", "comedy")),
    ("genres", "Action & Adventure", ("action", "adventure")),
    ("genres", "Drama dan Percintaan", ("drama", "romance")),
    ("genres", "Jidaigeki", ("Jidaigeki",)),
    *(("rating", wording, "SU") for wording in ("SU", "BO-SU", "Semua Umur", "SU (Semua Umur)", "All Ages")),
    *(
        ("rating", wording, "13+")
        for wording in ("13+", "R13+", "R-13", "BO-R13", "Remaja", "LSF R", "R (Remaja)", "usia 13+")
    ),
    *(
        ("rating", wording, "17+")
        for wording in ("D17+", "D 17", "Dewasa", "D", "17 tahun ke atas", "17+ (LSF)", "LSF: 17+")
    ),
    *(("rating", wording, "21+") for wording in ("21+", "D21+", "21 years and over")),
    *(("rating", wording, None) for wording in ("R", "G", "PG-13", "NC-17", "18+", "entah")),
    *(
        ("runtime", wording, 118)
        for wording in ("1:58:30", "1:58", "01:58:30", "1 jam 58 menit", "1h 58m", "118 menit", "118")
    ),
    *(
        ("runtime", wording, 118)
        for wording in ("1 jam, 58 menit", "1 hour and 58 minutes", "118 min.", "118′", "PT1H58M")
    ),
    *(("runtime", wording, 120) for wording in ("2 jam", "2 hrs", "PT2H")),
    *(("runtime", wording, None) for wording in ("lama", "19:30", "1:75", "0", "2:")),
]


@pytest.mark.parametrize(("field", "wording", "found"), SAID)
def test_one_text_is_read_alike_from_every_source(field: str, wording: str, found: object) -> None:
    """And what is not understood is told."""
    label, name = {
        "genres": ("Genre", "genre"), "rating": ("Klasifikasi usia", "contentRating"), "runtime": ("Durasi", "duration")
    }[field]  # fmt: skip
    movie = json.dumps({"@type": "Movie", "name": "Laut", name: wording})
    sources = {
        "page": f"Laut\n{label}: {wording}\nSinopsis\nKisah laut.\n",
        "html": f'<html><script type="application/ld+json">{movie}</script></html>',
        "csv": f'judul,{label}\nLaut,"{wording}"\n',
    }
    if field == "genres":
        sources["ics"] = "\n".join([
            "BEGIN:VCALENDAR", "NAME:Film", "BEGIN:VEVENT", "SUMMARY:Laut", "DTSTART:20260108",
            "CATEGORIES:" + wording.replace(",", "\\,"), "END:VEVENT", "END:VCALENDAR",
        ])  # fmt: skip
    for kind, text in sources.items():
        taken = read(text.encode(), "x", kind)
        (film,) = taken.films
        known = found if kind != "ics" or found != ("Jidaigeki",) else ()  # what a calendar is filed under is no genre
        assert getattr(film.film, field) == known, kind
        assert bool(taken.problems) == (found is None), kind


@pytest.mark.parametrize("field", LABELS)
def test_a_label_of_a_page_is_a_column_of_a_table(field: str) -> None:
    assert {column(name) for name in LABELS[field].split(" / ")} == {field}
    assert column(LABELS[field].partition(" / ")[0].upper().replace(" ", "_")) == field


@pytest.mark.parametrize(
    ("wording", "status"), [(wording, status) for status, called in status_names().items() for wording in called]
)
def test_a_status_beside_a_date_is_that_of_a_column(wording: str, status: str) -> None:
    for kind, text in (
        ("page", f"Jadwal Film\nLaut – 7 Januari 2026 ({wording})\nHujan\n7 Januari 2026, {wording}\n"),
        ("csv", f"judul,tanggal,status\nLaut,7 Januari 2026,{wording}\n"),
    ):
        for found in read(text.encode(), "x", kind).films:
            assert found.film.releases == (Release(date="2026-01-07", status=status),), kind


def test_other_boards_classes_are_not_ours() -> None:
    assert [rating(text) for text in ("PG-13", "R", "G", "NC-17", "13+\x1b")] == [None] * 5


def test_names_of_types_statuses_countries_and_languages() -> None:
    types = ["Cinema Release", "(Digital Release)", "rilis terbatas", "Blu-ray", "Bioskop", "Televisi", "x", ""]
    assert list(map(type_of, types)) == [
        "theatrical", "digital", "limited", "physical", "theatrical", "tv", None, None
    ]  # fmt: skip
    assert list(map(status_of, ("TENTATIVE", "Ditunda", "batal", "?"))) == ["tentative", "postponed", "cancelled", None]
    assert list(map(country, ("id", "Jepang", "South Korea", "UK", "ZZ", "Asia"))) == [
        "ID",
        "JP",
        "KR",
        "GB",
        None,
        None,
    ]
    assert list(map(tongue, ("EN", "Bahasa Jawa", "Japanese", "zh-Hant", "xx", "?"))) == [
        "en", "jv", "ja", "zh-Hant", None, None,
    ]  # fmt: skip


def test_addresses() -> None:
    assert links(["https://youtu.be/x", "https://a.org", "https://a.org", "ftp://a.org", "https://b.org/?q"]) == {
        "trailer": "https://youtu.be/x", "web": "https://a.org", "web2": "https://b.org/?q",
    }  # fmt: skip
    refused = ("https:///x", "https://", "https://bank.example@evil.example/", "https://a.org/\u202e", "javascript:x")
    assert not any(map(web, refused))


def test_taken_is_empty_at_first() -> None:
    assert Taken() == Taken([], [], [])
