"""The search language: what a line means, what is said of it, and what is offered where nothing is found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SHIPPED, places
from tui.base.words import LANGUAGES, Words
from tui.films import holidays
from tui.films.dates import key_of
from tui.films.film import RATINGS, STATUSES, TYPES
from tui.films.terms import GENRES
from tui.library import moments
from tui.library.completion import completions
from tui.library.fields import NAMED, SEARCH_FIELDS, Context
from tui.library.instead import offers
from tui.library.library import Library
from tui.library.moments import Clock, Moment
from tui.library.search import understand, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


TODAY = date(2026, 1, 5)
_YEARS = {year: holidays.of_year(year) for year in range(2024, 2029)}


def context(language: str = "id", genres: tuple[str, ...] = (), today: date = TODAY) -> Context:
    return Context(Clock(today, Words(language), lambda year: _YEARS.get(year, [])), genres=lambda: genres)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The catalog that comes with the program: what one types is looked for in real films."""
    with Library(places(SHIPPED, tmp_path_factory.mktemp("cache"), today=TODAY)) as opened:
        opened.refresh()
        yield opened


def found(library: Library, line: str, language: str = "id") -> list[str]:
    selection = understand(line, context(language)).selection
    return [row.id for row in library.all_rows(library.view(selection))]


def labels(line: str, language: str = "id") -> list[str]:
    return [part.label for part in understand(line, context(language)).parts]


# the examples of the guide


@pytest.mark.parametrize("line", ["horor", "Horror", "genre:horor", "genre:horror", "GENRE:Horor", "genre:hor"])
def test_a_genre_is_found_by_its_name_in_either_language(shipped: Library, line: str) -> None:
    wanted = [row.id for row, film in shipped.entries(shipped.view()) if "horror" in film.genres]
    assert len(wanted) > 50
    assert set(wanted) <= set(found(shipped, line))


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("januari", lambda day: day.month == 1),
        ("january", lambda day: day.month == 1),
        ("bulan:jan", lambda day: day.month == 1),
        ("bulan:2026-01", lambda day: (day.year, day.month) == (2026, 1)),
        ("januari 2026", lambda day: (day.year, day.month) == (2026, 1)),
        ("year:2026", lambda day: day.year == 2026),
        ("-bulan:2026-01", lambda day: (day.year, day.month) != (2026, 1)),
        ("bulan:2026-Q1", lambda day: day.year == 2026 and day.month <= 3),
        ("waktu pekan", None),
        ("pekan ini", lambda day: date(2026, 1, 5) <= day <= date(2026, 1, 11)),
        ("next week", lambda day: date(2026, 1, 12) <= day <= date(2026, 1, 18)),
        ("dari:2026-02 sampai:2026-03", lambda day: day.year == 2026 and day.month in {2, 3}),
        ("-from:2026-02-01", lambda day: day < date(2026, 2, 1)),
        ("-to:2026-02", lambda day: day > date(2026, 2, 28)),
        ("lebaran 2026", lambda day: date(2026, 3, 13) <= day <= date(2026, 3, 31)),
        ("bulan:ini", lambda day: (day.year, day.month) == (2026, 1)),
        ("31 des", lambda day: (day.month, day.day) == (12, 31)),
    ],
)  # fmt: skip
def test_words_about_time_find_the_films_of_these_days(
    shipped: Library, line: str, days: Callable[[date], bool] | None
) -> None:
    rows = list(shipped.all_rows(shipped.view(understand(line, context()).selection)))
    if days is None:  # no moment: words, which need not be in any film
        assert not understand(line, context()).said
        return
    exact = {
        (row.id, row.ordinal) for row in shipped.all_rows(shipped.view()) if row.when.exact and days(row.when.exact)
    }
    titled = {(row.id, row.ordinal) for row in rows if row.when.exact and not days(row.when.exact)}
    assert exact
    assert exact <= {(row.id, row.ordinal) for row in rows}
    if ":" in line or " " in line:
        assert not titled


def test_fields_narrow_and_a_minus_takes_away(shipped: Library) -> None:
    both = found(shipped, "genre:horor -bulan:2026-01")
    films = {row.id: (row, film) for row, film in shipped.entries(shipped.view())}
    wanted = [
        id for id, (row, film) in films.items()
        if "horror" in film.genres and not (row.when.year == 2026 and row.when.month == 1)
    ]  # fmt: skip
    assert both
    assert set(both) == set(wanted)
    assert set(found(shipped, "-horor")).isdisjoint(found(shipped, "horor"))
    assert len(found(shipped, "-horor")) + len(found(shipped, "horor")) == shipped.view().total
    assert set(found(shipped, "usia:tanpa")) == {id for id, (_, film) in films.items() if film.rating is None}
    assert set(found(shipped, "negara:jepang")) == {id for id, (_, film) in films.items() if "JP" in film.countries}
    assert set(found(shipped, "genre:horor,laga")) == {
        id for id, (_, film) in films.items() if {"horror", "action"} & {*film.genres}
    }
    assert set(found(shipped, "genre:horor genre:laga")) == {
        id for id, (_, film) in films.items() if {"horror", "action"} <= {*film.genres}
    }


def test_people_are_found_by_what_they_do(shipped: Library) -> None:
    films = {film.id: film for _, film in shipped.entries(shipped.view())}
    by = set(found(shipped, "sutradara:joko"))
    assert by
    assert by == {id for id, film in films.items() if any("joko" in n.lower().split() for n in film.directors)}
    cast = set(found(shipped, "cast:rio"))
    assert cast
    names = {id: " ".join(one.name for one in film.cast).lower().split() for id, film in films.items()}
    assert cast == {id for id, said in names.items() if any(word.startswith("rio") for word in said)}
    assert set(found(shipped, 'cast:"rio"')) == {id for id, said in names.items() if "rio" in said}


def test_quotes_ask_for_whole_words(shipped: Library) -> None:
    assert "the-housemaid" in found(shipped, "housem")
    assert "the-housemaid" not in found(shipped, '"housem"')
    assert "the-housemaid" in found(shipped, "“the housemaid”")
    assert "the-housemaid" not in found(shipped, '-"housemaid"')


# what is said of it


def test_what_was_understood_is_said_in_the_users_language() -> None:
    assert labels("rio dewanto genre:horor -bulan:2026-01") == [
        "“rio dewanto”", "genre: Horor", "kecuali bulan: Januari 2026"
    ]  # fmt: skip
    assert labels("horor lebaran", "en") == ["genre: Horror", "when: Lebaran"]
    assert understand("rio", context()).said == ""
    assert understand("rio horor", context()).said == "genre: Horor"


@pytest.mark.parametrize("line", ["foo:bar", "genre:zzz", "usia:99", "bulan:2026-13", "dari:kapan", "http://x.y", "a:"])
def test_what_is_no_known_field_or_value_is_words(line: str) -> None:
    understood = understand(line, context())
    assert not understood.said
    assert understood.selection.words


@pytest.mark.parametrize("line", ["", "  ", "-", '"', "genre:", "-genre:", 'genre:""', "bulan:,", "--", '-"'])
def test_what_is_not_yet_finished_narrows_nothing(line: str) -> None:
    understood = understand(line, context())
    assert understood.selection == understand("", context()).selection
    assert not understood.parts


def test_a_genre_of_the_catalog_alone_is_known() -> None:
    assert not understand("genre:sinetron", context()).said
    known = understand("genre:sinetron", context(genres=("Sinetron", "horror")))
    assert known.parts[0].values == ("Sinetron",)


def test_holidays_that_are_not_worked_out_are_told() -> None:
    unknown = Context(Clock(TODAY, Words("id"), lambda _: None))
    assert understand("lebaran 2030", unknown).lacking >= {2030}
    assert understand("lebaran", unknown).lacking == {2025, 2026, 2027}
    assert understand("horor januari", unknown).lacking == frozenset()


PIECES = st.sampled_from(
    [*NAMED, *(f"{name}:" for name in NAMED), "horor", "januari", "lebaran", "2026", "pekan", "ini", '"', "-", ",", ":",
     " ", "“", "17+", "25", "des", "2026-01", "2026-Q1", "joko", "NOT", "*", "¶away", "tanpa", "US", "é", "\x00", "日"]
)  # fmt: skip
LINES = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=9).map(" ".join))


@given(line=LINES, today=st.dates(), language=st.sampled_from(LANGUAGES))
def test_anything_that_is_typed_is_a_search(shipped: Library, line: str, today: date, language: str) -> None:
    known = context(language, today=today)
    understood = understand(line, known)
    view = shipped.view(understood.selection)
    assert len(list(shipped.all_rows(view))) == view.total
    assert shipped.glimpse(understood.selection, key_of(today)).total <= max(200, view.total)
    ends = [0, *(end for part in understood.parts for end in (part.start, part.end))]
    assert ends == sorted(ends)
    assert ends[-1] <= len(line)
    assert understood == understand(line, known)


@given(line=LINES)
def test_a_line_less_a_part_is_a_search_that_narrows_less(shipped: Library, line: str) -> None:
    understood = understand(line, context())
    if understood.parts:
        assert not understand(understood.without(*understood.parts), context()).parts
        rows = {row.place for row in shipped.all_rows(shipped.view(understood.selection))}
        for part in understood.parts:
            if part.field not in {"type", "region"} and part.field:
                less = understand(understood.without(part), context())
                if len(less.parts) == len(understood.parts) - 1:
                    assert rows <= {row.place for row in shipped.all_rows(shipped.view(less.selection))}


@given(
    values=st.one_of(
        *(st.tuples(st.just(kind), st.lists(st.sampled_from(sorted(known)), min_size=1, unique=True)) for kind, known in
          {"genre": GENRES, "rating": {*RATINGS, ""}, "status": STATUSES, "type": TYPES, "country": {"US", "ID", "KR"},
           "region": {"US"}}.items())
    ),
    language=st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_what_the_program_writes_is_understood_as_it_was_meant(values: tuple[str, list[str]], language: str) -> None:
    kind, wanted = values
    field = next(field for field in SEARCH_FIELDS if field.kind == kind)
    (part,) = understand(write(field, wanted, context(language)), context(language)).parts
    assert part.field == kind
    assert sorted(part.values) == sorted(wanted)


# moments


def moment(text: str, language: str = "id", today: date = TODAY) -> Moment | None:
    found = moments.read(text.split(), context(language, today=today).clock, set())
    return found[1] if found and found[0] == len(text.split()) else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hari ini", 2026_01_05, 2026_01_05),
        ("besok", 2026_01_06, 2026_01_06),
        ("yesterday", 2026_01_04, 2026_01_04),
        ("minggu depan", 2026_01_12, 2026_01_18),
        ("bulan lalu", 2025_12_00, 2025_12_32),
        ("next month", 2026_02_00, 2026_02_32),
        ("tahun ini", 2026_01_00, 2026_12_99),
        ("2026-02-03", 2026_02_03, 2026_02_03),
        ("25 desember 2026", 2026_12_25, 2026_12_25),
        ("dec 25", 2025_12_25, 2027_12_25),
        ("idul fitri 2026", 2026_03_14, 2026_03_31),
        ("eid al-fitr 2026", 2026_03_14, 2026_03_31),
        ("natal 2026", 2026_12_18, 2027_01_04),
        ("nyepi 2026", 2026_03_16, 2026_03_22),
        ("libur sekolah 2026", 2026_06_22, 2026_07_12),
    ],
)
def test_moments(text: str, first: int, last: int) -> None:
    read = moment(text)
    assert read
    assert (read.first, read.last) == (first, last)


@pytest.mark.parametrize("text", ["ma", "30 februari 2026", "lebaran 1850", "rio", "12", "9999", "pekan", "april mop"])
def test_no_moments(text: str) -> None:
    assert moment(text) is None


def test_at_the_ends_of_the_calendar_nothing_fails() -> None:
    for today in (date.min, date.max):
        for text in (*moments.phrases(), "lebaran", "25 des", "januari"):
            understand(text, context(today=today))


# what is offered


def instead(library: Library, line: str) -> list[tuple[str, str, str]]:
    understood = understand(line, context())
    assert not library.view(understood.selection).total
    return [(offer.label, offer.line, offer.note) for offer in offers(library, understood, context())]


def test_the_nearest_spelling_is_offered(shipped: Library) -> None:
    assert instead(shipped, "hosmaid") == [("Maksud Anda “housemaid”?", "housemaid", "1 film")]
    assert instead(shipped, "januri")[0][1] == "januari"
    assert instead(shipped, "lebran")[0][1] == "lebaran"
    for wrong in ("qhousemaid", "qousemaid", "ousemaid", "ohusemaid"):  # also where it is the first letter
        assert instead(shipped, wrong)[0][1] == "housemaid"
    assert instead(shipped, "sutradara:jko")[0][1] == "sutradara:joko"
    assert instead(shipped, '"hosmaid"')[0][1] == '"housemaid"'
    assert instead(shipped, "xqzwvkj") == []


def test_less_is_offered_and_months_that_have_some(shipped: Library) -> None:
    assert ("Desember 2025", "housemaid bulan:2025-12", "1 film") in instead(shipped, "housemaid januari")
    assert any(line == "genre:horor" for _, line, _ in instead(shipped, "genre:horor usia:su"))


@pytest.mark.parametrize(
    "line", ["hosmaid", "hosmaid horor", "usia:su genre:horor", "housemaid januari", "horrro jann"]
)
def test_each_offer_finds_something(shipped: Library, line: str) -> None:
    for _, other, _ in instead(shipped, line):
        assert found(shipped, other)


def test_nothing_is_offered_that_has_no_film(library: Library, catalog: Callable[..., object]) -> None:
    """A word that has lost its films stays in the table of words."""
    assert instead(library, "kuyankk")[0][1] == "kuyank"
    db = library._index.database.connection
    db.execute("INSERT INTO word VALUES ('zyxwvuts')")
    assert instead(library, "zyxwvutt") == []


# completion


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("gen", "genre:"),
        ("genre:ho", "genre:horor"),
        ("genre:horor,la", "genre:horor,laga"),
        ("rio -sut", "rio -sutradara:"),
        ("bulan:ja", "bulan:januari"),
        ("usia:1", "usia:13+"),
        ("status:ba", "status:batal"),
        ("negara:jep", "negara:jepang"),
        ("genre:fik", 'genre:"fiksi ilmiah"'),
        ("hor", "horor"),
        ("leb", "lebaran"),
    ],
)
def test_fields_and_values_are_completed(line: str, first: str) -> None:
    assert completions(line, context())[0] == first


@pytest.mark.parametrize("line", ["", "genre:horor", "zzz", "sutradara:jo", "rio ", '"gen'])
def test_nothing_is_completed_where_nothing_is_known(line: str) -> None:
    assert completions(line, context()) == []


@given(line=LINES, language=st.sampled_from(LANGUAGES))
def test_what_is_completed_begins_as_it_was_typed(line: str, language: str) -> None:
    for whole in completions(line, context(language)):
        assert whole.lower().replace('"', "").startswith(line.lower().replace('"', ""))
