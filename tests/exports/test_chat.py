"""Messages for WhatsApp: read as WhatsApp reads its marks, whatever stands in a title."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import filmtui
from tests.exports.listings import listing_of, written
from tui.base.text import clean
from tui.base.words import Words
from tui.exports.chat import LONGEST, film_message, messages, unmarked, whatsapp
from tui.films.film import Film, Release
from tui.index.query import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

WORDS = Words("en")
MARK = r"(?<![^\W_]){0}(?=\S)([^{0}\n]*[^{0}\s]){0}(?![^\W_])"
"""How WhatsApp finds what is marked: between two signs in one line, not beside a letter or a digit, no space inside."""
TITLES = st.text(st.sampled_from("*_~`ab -.(*)1>"), min_size=1, max_size=12) | st.text(min_size=1, max_size=30)


def entry(title: str, day: str | None = "2026-01-07", n: int = 0, **fields: object) -> tuple[Row, Film]:
    release = Release(date=day, source=fields.pop("source", None), status=fields.pop("status", "confirmed"))  # type: ignore[arg-type]
    film = Film(id=f"f{n}", title=title, releases=(release,), **fields)  # type: ignore[arg-type]
    return Row(release.when.key << 36, film.id, 0, title, release.type, release.region, release.status), film


def monday(day: date) -> date:
    return day - timedelta(day.weekday())


def parts_of(entries: Iterable[tuple[Row, Film]], heading: str = "") -> list[str]:
    return list(messages(entries, WORDS, monday, heading))


def marked(text: str, mark: str) -> list[str]:
    return re.findall(MARK.format(re.escape(mark)), text)


def test_a_message_as_it_reads() -> None:
    found = parts_of([
        entry("Greenland: Migration", genres=("action", "thriller"), runtime=98, rating="13+", links={"TMDB": "https://x.id/a"}),
        entry("Send Help", "2026-01-08", source="21cineplex.com, copy of June"),
        entry("Later", "2026-02", status="tentative"),
    ], "January 2026")  # fmt: skip
    assert found == ["""\
*January 2026*

*Wednesday, 7 January 2026*
- *Greenland: Migration* (98 minutes, 13+) — _action, thriller_
  https://x.id/a

*Thursday, 8 January 2026*
- *Send Help*

*February 2026*
- *Later* (tentative)

Source: 21cineplex.com
"""]  # fmt: skip


def test_one_film_as_it_reads() -> None:
    row, film = entry(
        "A", genres=("horror",), runtime=90, original_title="1. B", source="x; y", links={"w": "https://x.id"}
    )
    assert film_message(row, film, WORDS) == """\
*A*
_1. B_
Wednesday, 7 January 2026
_Horror_ · 90 minutes
https://x.id
Source: x
"""  # fmt: skip


@given(st.lists(TITLES.map(clean).filter(bool), min_size=1, max_size=5))
def test_no_title_breaks_the_marks(titles: list[str]) -> None:
    entries = [entry(title, genres=(title,), source=title, links={"w": f"https://x.id/{title}"}) for title in titles]
    (text,) = parts_of(entries)
    assert marked(text, "*") == ["Wednesday, 7 January 2026", *map(unmarked, titles)]
    genres = [unmarked(title).lower() for title in titles]
    assert [found for found in marked(text, "_") if found in genres] == genres
    assert len(marked(text, "_")) == len(titles)
    assert not marked(text, "~")
    assert "`" not in text
    for row, film in entries:
        first, *_ = film_message(row, film, WORDS).splitlines()
        assert first == f"*{unmarked(film.title)}*"


@given(TITLES.map(clean).filter(bool))
def test_a_title_without_marks_stays_as_it_is(title: str) -> None:
    bare = re.sub(r"[*_~`]", "", title)
    assert unmarked(bare) == bare
    assert len(unmarked(title)) == len(title)


def test_a_link_is_of_the_web_and_breaks_nothing() -> None:
    bad = {"js": "javascript:alert(1)", "wiki": "https://x.id/_A_(film)*b*/Pola_Film~"}
    (text,) = parts_of([entry("A", links=bad)])
    assert "javascript" not in text
    assert "https://x.id/%5FA%5F(film)%2Ab%2A/Pola_Film%7E" in text
    (text,) = parts_of([entry("A", links={"w": "https://x.id/" + "a" * 1000})])
    assert "https" not in text


def test_parts_are_short_and_parted_between_weeks() -> None:
    first = date(2026, 1, 5)
    entries = [
        entry(f"Film {n} dengan judul yang agak panjang", (first + timedelta(n // 10)).isoformat(), n)
        for n in range(700)
    ]
    found = parts_of(entries)
    assert len(found) > 5
    assert max(map(len, found)) <= LONGEST
    assert sum(part.count("\n- *") for part in found) == 700
    assert all(part.startswith("*") for part in found)
    many = [entry(f"Film {n} dengan judul yang agak panjang", n=n) for n in range(300)]  # of one day
    found = parts_of(many, "Heading")
    assert max(map(len, found)) <= LONGEST
    assert sum(part.count("\n- *") for part in found) == 300
    assert [part.splitlines()[0] for part in found[1:]] == ["*Wednesday, 7 January 2026*"] * (len(found) - 1)
    short = [entry(f"Film {n:03}", (first + timedelta(7 * n)).isoformat(), n) for n in range(200)]
    weeks = parts_of(short)
    assert min(map(len, weeks[:-1])) > LONGEST - 100  # as many weeks as fit


def test_no_more_sources_than_one_reads() -> None:
    (text,) = parts_of([entry(f"F{n}", n=n, source=f"s{n}") for n in range(9)])
    assert text.endswith("Source: s0, s1, s2, …\n")


def test_of_a_listing(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        text = written(listing, "whatsapp").decode()
        assert text.count("\n- *") == 15
        assert text.startswith("*Rabu, 24 Desember 2025*\n- *")
        assert list(whatsapp([], listing.words, listing.library.week_start)) == ["Tidak ada film."]


def test_the_week_as_a_message(catalog: Callable[..., Path]) -> None:
    done = filmtui("week", "--date", "2026-01-07", "--format", "whatsapp")
    assert done.stdout.startswith(
        "*3 film baru · 5–11 Januari 2026*\n\n*Rabu, 7 Januari 2026*\n- *Greenland: Migration*"
    )
    assert done.stdout.count("\n- *") == 3
    assert done.stdout.endswith("thinkmovies\n") or "Sumber: " in done.stdout.splitlines()[-1]
    done = filmtui("week", "--date", "2027-01-07", "--format", "whatsapp")
    assert done.stdout == "*Tidak ada film baru · 4–10 Januari 2027*\n"
