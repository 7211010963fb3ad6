"""Each source: what all of them keep to, and what each reads."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, filmtui
from tui.catalog.film import Credit, Film, Release, Synopsis
from tui.sources import read, recognise
from tui.sources.incoming import Incoming, SourceError, Taken
from tui.sources.values import genres, minutes, rating
from tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ROOT / "tests" / "pages"


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


class TestPage(Contract):
    kind = "page"
    good = ("november.txt",)


class TestHtml(Contract):
    kind = "html"
    good = ("list.html", "movie.html", "micro.html")

    def test_json_ld(self) -> None:
        taken = read((PAGES / "movie.html").read_bytes(), "movie.html")
        (found,) = taken.films
        assert found.film == Film(
            id="", title="Rumah di Ujung Jalan", original_title="The House at the End",
            releases=(Release(date="2026-11-05"),), genres=("horror", "drama"), runtime=118, rating="13+",
            languages=("id",), directors=("Rama Putra",),
            cast=(Credit(name="Sari Wulandari", role="Ratna"), Credit(name="Bagus Permana"), Credit(name="Dewi A.")),
            synopsis=Synopsis(id="Dua saudara pulang & menunggu."), links={"web": "https://example.org/rumah"},
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

    @pytest.mark.parametrize("tag", ["div", "b", "p", "ul><li"])
    def test_nesting_without_bound(self, tag: str) -> None:
        deep = f"<html><{tag}>" + f"<{tag}>" * 100_000
        page = deep + "<h2>Jadwal Film</h2><p>Laut Bercerita</p><p>19 November 2026</p>"
        (found,) = read(page.encode(), "deep.html").films
        assert found.film.title == "Laut Bercerita"
        nested = '{"a":' * 20_000 + "1" + "}" * 20_000
        with pytest.raises(SourceError):
            read(f"<html><script type='application/ld+json'>{nested}</script></html>".encode(), "deep.html")


class TestIcs(Contract):
    kind = "ics"
    good = ("feed.ics",)

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
    good = ("table.csv",)

    def test_rows(self) -> None:
        taken = read((PAGES / "table.csv").read_bytes(), "table.csv")
        laut, short, quoted = taken.films
        assert laut.film == Film(
            id="", title="Laut Bercerita", releases=(Release(date="2026-11-19"),), genres=("drama", "history"),
            runtime=118, rating="17+", synopsis=Synopsis(plain="Kisah laut."),
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Judul,Tanggal\r\nJuliette Gariépy,19 November 2026\r\n"
    (found,) = read(text.encode(encoding), "t.csv").films
    assert found == Incoming(film=Film(id="", title="Juliette Gariépy", releases=(Release(date="2026-11-19"),)), line=2)


def test_too_much_is_refused_at_once() -> None:
    with pytest.raises(SourceError):
        read(b"Jadwal Film\n" * (2 << 20), "big.txt")


@pytest.mark.parametrize(
    ("said", "found"),
    [("PT1H58M", 118), ("1 jam 58 menit", 118), ("118 menit", 118), ("118", 118), ("1h 58m", 118), ("2 jam", 120),
     ("1:58", 118), ("lama", None), ("", None), ("0", None), ("99999", None)],
)  # fmt: skip
def test_minutes(said: str, found: int | None) -> None:
    assert minutes(said) == found


def test_ratings_and_genres_by_their_other_names() -> None:
    assert [rating(said) for said in ("R13+", "D 17+", "BO-SU", "21+", "x")] == ["13+", "17+", "SU", "21+", None]
    assert genres("Horor, Sci-Fi / Aneh") == ("horror", "science-fiction", "aneh")


def test_taken_is_empty_at_first() -> None:
    assert Taken() == Taken([], [], [])
