"""Which film an incoming one is, and what becomes of the two."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.text import fold
from tui.films.film import Credit, Earlier, Film, Held, News, Prose, Release
from tui.films.pairs import paired
from tui.films.titles import loose
from tui.imports.combine import combine
from tui.imports.merge import Merge
from tui.imports.sources.incoming import Incoming, Taken
from tui.index.lookup import Saying
from tui.library.ledger import compare

if TYPE_CHECKING:
    from tui.imports.changeset import ChangeSet

TODAY = date(2025, 12, 24)


class Catalog:
    """Films in memory, asked as a Library is."""

    def __init__(self, *films: Film) -> None:
        self.films = films

    def holder(self, id: str) -> Held | None:
        return next((Held(film=film, file="f.yaml") for film in self.films if film.id == id), None)

    def linked(self, url: str) -> list[Held]:
        return [Held(film=film, file="f.yaml") for film in self.films if url in film.links.values()]

    def titled(self, title: str) -> list[Held]:
        return [
            Held(film=film, file="f.yaml")
            for film in self.films
            if loose(title) in map(loose, (film.title, film.original_title or ""))
        ]

    def opening(self, first: int, last: int) -> list[tuple[str, str]]:
        return [(f.id, f.title) for f in self.films if any(first <= r.when.key <= last for r in f.releases)]

    def said(self, id: str) -> list[Saying]:
        return [Saying("f.yaml", film) for film in self.films if film.id == id]


def film(title: str, when: str | None = None, **fields: object) -> Film:
    releases = (Release(date=when),) if when else ()
    return Film(**{"id": "", "title": title, "releases": releases} | fields)  # type: ignore[arg-type]


def merged(known: list[Film], *told: Film, year: int | None = None) -> ChangeSet:
    merge = Merge(Catalog(*known), TODAY)
    merge.add(Taken([Incoming(film=one, line=n, year=year) for n, one in enumerate(told, 1)]), "page.txt")
    return merge.result()


def kinds(found: ChangeSet) -> list[str]:
    return [change.kind for change in found.changes]


KUYANK = film("Kuyank", "2026-01-29", id="kuyank")


def test_what_is_not_known_is_new_with_an_id_and_its_source() -> None:
    (change,) = merged([], film("Comic 8: Santet K4bin3t", "2025-12-24")).changes
    assert change.kind == "new"
    assert change.film.id == "comic-8-santet-k4bin3t"
    assert change.film.releases == (Release(date="2025-12-24", source="page.txt"),)


def test_ids_are_unique_and_readable() -> None:
    known = [film("Anaconda", "1997-04-11", id="anaconda")]
    found = merged(known, film("Anaconda", "2025-12-24"), film("Ünïque", "2026-01-01"), film("???", "2026-01-01"))
    assert [change.kind for change in found.changes] == ["new", "new", "uncertain"]
    told = merged(known, film("Anaconda", "2025-12-24"), year=2025).changes[0]
    assert (told.kind, told.film.id) == ("uncertain", "")
    assert [change.film.id for change in found.changes[:2]] == ["unique", "film"]


@pytest.mark.parametrize(
    "title",
    ["Kuyank", "KUYANK", " kuyank!", "Kuyänk"],
)
def test_one_title_in_other_letters_is_one_film(title: str) -> None:
    assert kinds(merged([KUYANK], film(title, "2026-01-29"))) == ["unchanged"]


@pytest.mark.parametrize(
    ("known", "told"), [("Santet K4bin3t", "SANTET K4BIN3T"), ("Santet Kabinet", "Santet K4bin3t")]
)
def test_digits_for_letters(known: str, told: str) -> None:
    assert kinds(merged([film(known, "2025-12-24", id="s")], film(told, "2025-12-24"))) == ["unchanged"]


@pytest.mark.parametrize(
    ("known", "told", "expected"),
    [
        (film("Musuh Dalam Selimut", "2026-01-08", id="m"), film("Musuh Dlm Selimut", "2026-01-08"), "uncertain"),
        (film("Musuh Dalam Selimut", "2026-01-08", id="m"), film("Musuh Dalam Selimot", "2026-08-08"), "new"),
        (film("Agak Laen", "2025-11-27", id="a"), film("Agak Laen 2", "2025-11-27"), "new"),
        (film("Danur II", "2025-11-27", id="a"), film("Danur III", "2025-11-27"), "new"),
        (film("Kuyank", "2026-01-29", id="k"), film("Kuyank", "2027-01-29"), "uncertain"),
        (film("Kuyank", None, id="k"), film("Kuyank", "2027-01-29"), "moved"),
        (film("Rumah", "2026-01-29", id="k"), film("Sekolah", "2026-01-29"), "new"),
    ],
)
def test_never_two_into_one_silently(known: Film, told: Film, expected: str) -> None:
    if expected == "moved":
        known = Film(id="k", title="Kuyank", releases=(Release(),))
    assert kinds(merged([known], told)) == [expected]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(day: str) -> None:
    assert kinds(merged([film("Kuyank", day)], film("Kuyank", day))) == ["unchanged"]


def test_two_films_of_one_title_are_asked_about() -> None:
    known = [film("Rumah", "2026-01-08", id="a"), film("Rumah", "2026-02-08", id="b")]
    (change,) = merged(known, film("Rumah", "2026-01-08")).changes
    assert change.kind == "uncertain"
    assert [held.film.id for held in change.candidates] == ["a", "b"]


def test_id_before_link_before_title() -> None:
    known = [film("A", "2026-01-08", id="a", links={"x": "https://a"}), film("B", "2026-01-08", id="b")]
    assert merged(known, film("B", "2026-01-08", id="a")).changes[0].before == known[0]
    assert merged(known, film("B", "2026-01-08", links={"y": "https://a"})).changes[0].before == known[0]
    assert merged(known, film("B", "2026-01-08", links={"y": "https://b"})).changes[0].before == known[1]


def test_a_moved_date_leaves_the_old_one_in_the_history() -> None:
    known = film("M", id="m", releases=(Release(date="2026-01-14", source="old", status="tentative"),))
    (change,) = merged([known], film("M", "2026-01-21")).changes
    assert change.kind == "moved"
    assert change.film.releases == (
        Release(date="2026-01-21", source="page.txt", status="tentative",
                history=(Earlier(date="2026-01-14", recorded=TODAY, source="old"),)),
    )  # fmt: skip
    assert change.moves[0].later


@pytest.mark.parametrize("told", [None, "2026-01", "2026-Q1", "2026", "2026-01-14"])
def test_less_is_no_move(told: str | None) -> None:
    known = film("M", "2026-01-14", id="m")
    assert kinds(merged([known], Film(id="", title="M", releases=(Release(date=told),)))) == ["unchanged"]


def test_nothing_known_is_overwritten() -> None:
    known = film("M", "2026-01-14", id="m", runtime=98, cast=(Credit(name="A"), Credit(name="B", role="b")),
                 synopsis=Prose(id="isi"), links={"web": "https://a"})  # fmt: skip
    told = film("m", None, runtime=99, genres=("drama",), cast=(Credit(name="a", role="x"), Credit(name="C")),
                synopsis=Prose(id="lain", en="other"), links={"web": "https://b", "x": "https://c"})  # fmt: skip
    (change,) = merged([known], told).changes
    assert change.kind == "completed"
    assert change.fields == ("genres", "cast", "synopsis", "links")
    assert change.film.runtime == 98
    assert change.film.cast == (Credit(name="A", role="x"), Credit(name="B", role="b"))
    assert change.film.synopsis == Prose(id="isi", en="other")
    assert change.film.links == {"web": "https://a", "x": "https://c"}
    assert change.film.releases == known.releases


def test_a_release_elsewhere_is_added() -> None:
    (change,) = merged(
        [KUYANK], Film(id="", title="Kuyank", releases=(Release(date="2026-02-01", region="MY"),))
    ).changes
    assert [release.region for release in change.film.releases] == ["ID", "MY"]
    assert change.fields == ("releases",)


def test_one_film_twice_in_a_source_is_one() -> None:
    found = merged([], film("Kuyank", "2026-01-29"), film("KUYANK", None, runtime=90))
    assert kinds(found) == ["new"]
    assert found.changes[0].film.runtime == 90


@pytest.mark.parametrize(
    ("told", "kind", "now", "source", "earlier"),
    [
        (["2026-01-30", "2026-01-29"], "unchanged", "2026-01-29", None, []),
        (["2026-01-30", "2026-02-05"], "moved", "2026-02-05", "2", ["2026-01-29"]),
    ],
)
def test_sources_that_differ_leave_no_date_behind_that_never_was(
    told: list[str], kind: str, now: str, source: str | None, earlier: list[str]
) -> None:
    merge = Merge(Catalog(KUYANK), TODAY)
    for number, when in enumerate(told, 1):
        merge.add(Taken([Incoming(film=film("Kuyank", when))]), str(number))
    (change,) = merge.result().changes
    (release,) = change.film.releases
    assert (change.kind, release.date, release.source) == (kind, now, source)
    assert [one.date for one in release.history] == earlier
    assert len(change.moves) == len(earlier)


def test_what_puts_off_most_of_what_it_meets_is_doubtful() -> None:
    known = [film(f"Film {word}", "2026-01-08", id=word) for word in ("satu", "dua", "tiga", "empat", "lima", "enam")]
    later = [film(f"Film {word}", "2026-01-15") for word in ("satu", "dua", "tiga")]
    assert merged(known, *later).doubtful
    same = [film(f"Film {word}", "2026-01-08") for word in ("empat", "lima", "enam")]
    assert not merged(known, *later, *same).doubtful
    assert merged(known, *later, *same[:2]).doubtful
    assert not merged(known, *later[:2]).doubtful


def test_news_is_taken_once() -> None:
    merge = Merge(Catalog(), TODAY, [News(title=Prose(plain="Lama"))])
    merge.add(
        Taken(news=[News(title=Prose(plain="lama")), News(title=Prose(plain="Baru")), News(title=Prose(plain="BARU"))]),
        "p",
    )
    assert [item.title.plain for item in merge.result().news] == ["Baru"]


def test_an_uncertain_film_is_settled_either_way() -> None:
    known = [film("Rumah", "2026-01-08", id="a"), film("Rumah", "2026-02-08", id="b")]
    for which, kind in ((1, "moved"), (None, "new")):
        merge = Merge(Catalog(*known), TODAY)
        merge.add(Taken([Incoming(film=film("Rumah", "2026-01-08"))]), "p")
        (asked,) = merge.result().changes
        settled = merge.settle(asked, asked.candidates[which] if which is not None else None)
        assert settled.kind == kind
        assert merge.result().changes == (settled,)


DATES = st.lists(
    st.sampled_from([None, "2026", "2026-Q1", "2026-01", "2025-12-31", "2026-01-07", "2026-06-01"]), max_size=4
)


def releases(dates: list[str | None], type: str = "theatrical") -> tuple[Release, ...]:
    return tuple(Release(date=when, type=type) for when in dates)


def test_a_date_on_both_sides_is_no_move() -> None:
    known = film("M", id="m", releases=releases(["2026-01-07", "2026-06-01"]))
    told = film("M", releases=releases(["2026-12-31", "2026-01-07"]))
    (change,) = merged([known], told).changes
    assert [(move.was.date, move.now.date) for move in change.moves] == [("2026-06-01", "2026-12-31")]
    assert [release.date for release in change.film.releases] == ["2026-01-07", "2026-12-31"]
    assert change.film.releases[0] == known.releases[0]
    (entry,) = compare(known, change.film, TODAY)
    assert (entry.kind, entry.was, entry.date) == ("moved", "2026-06-01", "2026-12-31")


def test_the_nearest_dates_are_one_release() -> None:
    known = releases(["2025-12-20", "2026-11-20", "2026-06-01"])
    assert paired(known, releases(["2026-06-08", "2026", "2025-12-31"])) == [2, 1, 0]
    assert paired(known, releases(["2026-07-01"], "digital")) == [None]


def test_an_opening_beside_the_known_premiere_is_another_release() -> None:
    known = film("M", id="m", releases=releases(["2026-01-01"], "premiere"))
    told = film("M", releases=known.releases + releases(["2026-01-08"]))
    (change,) = merged([known], told).changes
    assert (change.moves, change.film.releases[:1]) == ((), known.releases)
    assert [(r.date, r.type) for r in change.film.releases[1:]] == [("2026-01-08", "theatrical")]
    moved = merged([known], film("M", "2026-01-08")).changes[0]
    assert [(r.date, r.type) for r in moved.film.releases] == [("2026-01-08", "premiere")]


@given(DATES, DATES)
def test_what_both_have_never_moves_and_as_little_as_can_be(known: list[str | None], told: list[str | None]) -> None:
    one, other = (film("M", id="m", releases=releases(dates)) for dates in (known, told))
    pairs = paired(one.releases, other.releases)
    met = [number for number in pairs if number is not None]
    assert len(set(met)) == len(met) == min(len(known), len(told))
    moves = [(known[number], when) for number, when in zip(pairs, told, strict=True) if number is not None]
    moves = [(was, now) for was, now in moves if was != now]
    both = Counter(known) & Counter(told)
    assert len(moves) == min(len(known), len(told)) - both.total()
    gone, come = Counter(known) - both, Counter(told) - both
    assert not Counter(was for was, _ in moves) - gone
    assert not Counter(now for _, now in moves) - come
    if known and told:
        entries = [entry for entry in compare(one, other, TODAY) if entry.kind == "moved"]
        assert sorted(map(str, moves)) == sorted(str((entry.was, entry.date)) for entry in entries)
        combined, _, _ = combine(one, other, TODAY, "p")
        assert combine(combined, other, TODAY, "p") == (combined, (), ())


def test_many_releases_are_paired_soon() -> None:
    known = releases([f"{year}-01-01" for year in range(1000, 4000)])
    told = releases([f"{year}-01-02" for year in range(1000, 4000)])
    assert paired(known, told) == list(range(3000))


FILMS = st.builds(
    film,
    st.text("abcdefghi 12", min_size=3, max_size=12).filter(str.strip),
    st.sampled_from([None, "2026", "2026-01", "2026-Q1", "2026-01-08", "2026-01-15"]),
    runtime=st.sampled_from([None, 90]),
    cast=st.sampled_from([(), (Credit(name="A"),), (Credit(name="A", role="r"),)]),
)


@given(FILMS, FILMS)
def test_a_second_time_changes_nothing(known: Film, told: Film) -> None:
    once, _, _ = combine(known, told, TODAY, "p")
    twice, moves, fields = combine(once, told, TODAY, "p")
    assert (twice, moves, fields) == (once, (), ())


@given(st.lists(FILMS, max_size=6))
def test_each_incoming_film_is_in_one_change(told: list[Film]) -> None:
    found = merged([], *told)
    assert len({change.film.id for change in found.changes if change.kind == "new"}) == len(found.of("new"))
    titles = {fold(change.film.title) for change in found.changes}
    assert titles <= {fold(one.title) for one in told}
    again = Merge(Catalog(*(c.film for c in found.of("new"))), TODAY)
    again.add(Taken([Incoming(film=c.film) for c in found.of("new")]), "page.txt")
    assert again.result().empty


def test_a_digit_for_a_letter_may_be_the_number_of_a_part() -> None:
    first, fourth = film("Get Married", "2007-10-11", id="get-married"), film("GET M4RRIED", "2013-08-08")
    assert kinds(merged([first], fourth)) == ["new"]
    assert kinds(merged([first], film("GET M4RRIED", "2007-10-12"))) == ["uncertain"]
    assert kinds(merged([film("Santet Kabinet", "2025-12-24", id="a")], film("S4ntet K4bin3t", "2025-12-24"))) == [
        "unchanged"
    ]


def test_a_catalog_is_asked_once_for_each_month_and_a_title_is_compared_with_few() -> None:
    asked: list[int] = []

    class Counting(Catalog):
        def opening(self, first: int, last: int) -> list[tuple[str, str]]:
            asked.append(first)
            return super().opening(first, last)

    merge = Merge(Counting(), TODAY)
    merge.add(Taken([Incoming(film(f"Kidung {word} Malam", "2026-01-08")) for word in map(_word, range(400))]), "p")
    assert len(asked) == len(set(asked)) <= 5
    assert len(merge.result().of("new")) + len(merge.result().of("uncertain")) == 400


def _word(number: int) -> str:
    """Another word for each number, none spelled nearly like the next."""
    return "".join("bdfgjklmpr"[int(digit)] + "aiueoaiueo"[int(digit)] for digit in f"{number * 7919 % 100_003:05}")
