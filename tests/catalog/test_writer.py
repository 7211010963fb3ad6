from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.catalog.test_reader import FILMS, TEXT
from tests.conftest import DATA
from tui.base.errors import CatalogError
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.files import find
from tui.catalog.reading.reader import read
from tui.catalog.writing import page as writer
from tui.catalog.writing import rewrite
from tui.catalog.writing.layout import Layout
from tui.catalog.writing.plan import Edit, plan
from tui.catalog.writing.transaction import commit
from tui.films.film import Credit, Earlier, Film, News, Prose, Release

if TYPE_CHECKING:
    from collections.abc import Iterator

EN = Words("en")

# As people write: each film in another manner.
MESSY = """\
# Jadwal Film — the editors' own
films:

# the first one, mind the accent
- id: red-rooms   # never change
  title: 'Red Rooms'
  # the French one
  original_title:   "Les Chambres rouges"
  release: 2026-01-07 # said the distributor
  genres:
    - thriller # mostly
    # and
    - Courtroom
  runtime: 118
  cast:
    - name: Juliette Gariépy
      role: Kelly-Anne   # lead
    - {name: "Laurie Babin"}

    # not in the trailer
    -   name: Elisabeth Locas
        role: 'Francine'
  synopsis: >
    A text in two
    lines.

    # still the text
  # below the text


- {id: flow, title: Flow, releases: [{date: 2026-01-08, region: ID}], # flowing
   genres: [drama,   horror], cast: [{name: A}, {name: B, role: C}], links: {tmdb: "https://x.org/a?b#c"}}
-   id: wide
    title: Plain words
      over two lines
    releases:
    -   date: 2026-01-09
        type: theatrical # of course
        history:
        - {date: 2026-01-02, recorded: 2025-12-20}
        - date: "2026-01-03"
          source: 'it''s said'
    - type: digital
    directors: [
      One, # first
      Two
    ]
    countries: [ID]
    synopsis:
      # Indonesian first
      id: |
        Baris satu
        Baris dua
      en: "In quotes,
        over lines"
      # en is short
    distributor: 'Kino'
    # end of wide

# said nothing yet
- id: bare
  title: 1917
  releases: []   # soon
  cast: ~
  genres:
  poster: posters/a.jpg

news: # what else
  - title: "First: news"
    # of the first
  - {title: Second, url: "https://x.org"}
# the end
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "catalog"


def put(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def items(root: Path) -> Iterator[tuple[Film | News, str]]:
    for file in find(root):
        for item in read(file, lambda problem: None):
            yield item.value, file.name


def films(root: Path) -> dict[str, Film]:
    return {item.id: item for item, _ in items(root) if isinstance(item, Film)}


def order(root: Path, name: str) -> list[str]:
    return [item.id for item, file in items(root) if isinstance(item, Film) and file == name]


def edit(root: Path, id: str, **changes: Any) -> Edit:
    (film, name) = next((item, name) for item, name in items(root) if isinstance(item, Film) and item.id == id)
    return Edit(replace(film, **changes), film, name)


def written(root: Path, edits: list[Edit], news: list[News] | None = None) -> dict[str, str | None]:
    """What the files of the plan hold when it is carried out."""
    writes = plan(root, edits, news)
    for write in writes:
        assert write.before == (write.path.read_bytes() if write.path.exists() else None)
    commit(root, writes, None)
    return {
        write.path.relative_to(root).as_posix(): None if write.after is None else write.after.decode()
        for write in writes
    }


def new(id: str, date: str | None = None, **fields: Any) -> Edit:
    title = fields.pop("title", id)
    return Edit(Film(id=id, title=title, releases=(Release(date=date),) if date else (), **fields))


def assert_lines(before: str, after: str, gone: str, come: str) -> None:
    """These lines went and those came, and all else is as it was."""
    old, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((i for i, (a, b) in enumerate(zip(old, now, strict=False)) if a != b), min(len(old), len(now)))
    end = next((i for i, (a, b) in enumerate(zip(old[::-1], now[::-1], strict=False)) if a != b), 0)
    assert "".join(old[start : len(old) - end]) == gone
    assert "".join(now[start : len(now) - end]) == come


# a changed film

# In brackets and braces a comment has its place above, and the spaces are not kept.
NAMES = "    directors: [\n      One, # first\n      Two\n    ]\n"
FLOW = MESSY[MESSY.index("- {id: flow") : MESSY.index("-   id: wide")]
FLOWN = (
    "# flowing\n- {id: flow, title: Flow, releases: [{date: 2026-01-08, region: ID}], genres: [GENRES], "
    'cast: [{name: A}, {name: B, role: C}], links: {tmdb: "https://x.org/a?b#c"}}\n'
)


@pytest.mark.parametrize(
    ("id", "changes", "gone", "come"),
    [
        ("red-rooms", {"title": "It's: new"}, "  title: 'Red Rooms'\n", "  title: 'It''s: new'\n"),
        (
            "red-rooms",
            {"original_title": 'La "Rouge"'},
            '  original_title:   "Les Chambres rouges"\n',
            '  original_title: "La \\"Rouge\\""\n',
        ),
        (
            "red-rooms",
            {"releases": (Release(date="2026-02-01"),)},
            "  release: 2026-01-07 # said the distributor\n",
            "  release: 2026-02-01 # said the distributor\n",
        ),
        (
            "red-rooms",
            {"releases": (Release(date="2026-02-01", history=(Earlier(date="2026-01-07"),)),)},
            "  release: 2026-01-07 # said the distributor\n",
            """\
  releases: # said the distributor
  - date: 2026-02-01
    type: theatrical
    region: ID
    status: confirmed
    history:
    - {date: 2026-01-07}
""",
        ),
        ("red-rooms", {"runtime": 98}, "  runtime: 118\n", "  runtime: 98\n"),
        ("red-rooms", {"runtime": None}, "  runtime: 118\n", ""),
        ("red-rooms", {"rating": "13+"}, "", '  rating: "13+"\n'),
        ("red-rooms", {"genres": ("thriller", "Courtroom", "drama")}, "", "    - drama\n"),
        ("red-rooms", {"genres": ("NO", "thriller", "Courtroom")}, "", '    - "NO"\n'),
        (
            "red-rooms",
            {"genres": ("Courtroom",)},
            "    - thriller # mostly\n",
            "",
        ),
        (
            "red-rooms",
            {"synopsis": Prose(plain="Short.")},
            "  synopsis: >\n    A text in two\n    lines.\n\n    # still the text\n",
            "  synopsis: >-\n    Short.\n",
        ),
        ("flow", {"genres": ("drama",)}, FLOW, FLOWN.replace("GENRES", "drama")),
        (
            "wide",
            {"title": "One"},
            "    title: Plain words\n      over two lines\n",
            "    title: One\n",
        ),
        ("wide", {"directors": ("One", "Two", "Three")}, NAMES, "    # first\n    directors: [One, Two, Three]\n"),
        ("flow", {"genres": ("drama", "war", "horror")}, FLOW, FLOWN.replace("GENRES", "drama, war, horror")),
        ("wide", {"directors": ("Two",)}, NAMES, "    # first\n    directors: [Two]\n"),
        ("wide", {"countries": ("ID", "NO")}, "    countries: [ID]\n", '    countries: [ID, "NO"]\n'),
        ("wide", {"distributor": None}, "    distributor: 'Kino'\n", ""),
        ("bare", {"title": "NO"}, "  title: 1917\n", '  title: "NO"\n'),
        ("bare", {"genres": ("drama",)}, "  genres:\n", "  genres: [drama]\n"),
        ("bare", {"cast": (Credit(name="A"),)}, "  cast: ~\n", "  cast:\n  - {name: A}\n"),
        (
            "bare",
            {"releases": (Release(date="2026-05"),)},
            "  releases: []   # soon\n",
            "  releases:   # soon\n  - date: 2026-05\n    type: theatrical\n    region: ID\n    status: confirmed\n",
        ),
        ("bare", {"poster": None}, "  poster: posters/a.jpg\n", ""),
        (
            "bare",
            {"links": {"no": "https://x.org"}},
            "",
            '  links:\n    "no": https://x.org\n',
        ),
    ],
)
@pytest.mark.parametrize("break_", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_only_the_lines_of_a_change_change(
    root: Path, id: str, changes: dict[str, Any], gone: str, come: str, break_: str
) -> None:
    before = MESSY.replace("\n", break_)
    put(root, {"films.yaml": before})
    change = edit(root, id, **changes)
    after = written(root, [change])["films.yaml"]
    assert after is not None
    assert films(root)[id] == change.film
    assert_lines(before, after, gone.replace("\n", break_), come.replace("\n", break_))


def test_what_is_inside_a_list_changes_by_itself(root: Path) -> None:
    put(root, {"films.yaml": MESSY})
    wide = films(root)["wide"]
    moved = replace(
        wide.releases[0],
        date="2026-02-09",
        status="postponed",
        history=(*wide.releases[0].history, Earlier(date="2026-01-09", recorded=dt.date(2025, 12, 24), source="a, b")),
    )
    after = written(root, [edit(root, "wide", releases=(moved, wide.releases[1], Release(region="US")))])["films.yaml"]
    assert after == MESSY.replace(
        "    -   date: 2026-01-09\n        type: theatrical # of course\n",
        "    -   date: 2026-02-09\n        type: theatrical # of course\n        status: postponed\n",
    ).replace(
        "          source: 'it''s said'\n    - type: digital\n",
        "          source: 'it''s said'\n"
        '        - {date: 2026-01-09, recorded: 2025-12-24, source: "a, b"}\n'
        "    - type: digital\n    -   type: theatrical\n        region: US\n",
    )


def test_a_comment_below_a_text_does_not_become_its_last_line(root: Path) -> None:
    put(root, {"films.yaml": MESSY})
    after = written(root, [edit(root, "wide", synopsis=Prose(plain="Satu\nDua"))])["films.yaml"]
    start, end = MESSY.index("    synopsis:\n      # Indo"), MESSY.index("      # en is short")
    assert after == f'{MESSY[:start]}    # Indonesian first\n    synopsis: "Satu\\nDua"\n{MESSY[end:]}'


def test_people_keep_their_lines(root: Path) -> None:
    put(root, {"films.yaml": MESSY})
    cast = (Credit(name="Juliette Gariépy", role="K"), Credit(name="Laurie Babin", role="Clementine"), Credit(name="Z"))
    after = written(root, [edit(root, "red-rooms", cast=cast)])["films.yaml"]
    assert after == MESSY.replace("role: Kelly-Anne", "role: K").replace(
        '- {name: "Laurie Babin"}\n', '- {name: "Laurie Babin", role: Clementine}\n    - name: Z\n'
    ).replace("    -   name: Elisabeth Locas\n        role: 'Francine'\n", "")


def test_the_quotes_in_brackets_and_braces_are_kept(root: Path) -> None:
    text = "films:\n- id: a\n  title: A\n  writers: ['One', \"Two\"] # w\n  links: {'x': 'https://x.org'}\n"
    put(root, {"a.yaml": text})
    links = {"x": "https://x.org/1", "y": "https://y.org"}
    after = written(root, [edit(root, "a", writers=("One", "Two", "Three"), links=links)])["a.yaml"]
    assert after == text.replace('"Two"]', '"Two", Three]').replace(
        "'https://x.org'}", "'https://x.org/1', y: \"https://y.org\"}"
    )


@pytest.mark.parametrize("way", ["film", "anew"])
def test_no_comment_of_a_film_is_lost_in_any_way_of_writing_it(
    root: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "WAYS", (way,))
    put(root, {"a.yaml": MESSY})
    was = films(root)
    genres, cast = ("Courtroom",), was["red-rooms"].cast[:1]
    after = written(root, [edit(root, "red-rooms", genres=genres, cast=cast, runtime=None, original_title=None)])
    for comment in (
        "never change",
        "the French one",
        "said the distributor",
        "mostly",
        "and",
        "lead",
        "not in the trailer",
    ):
        assert f"# {comment}\n" in (after["a.yaml"] or "")
    assert films(root) == was | {
        "red-rooms": replace(was["red-rooms"], genres=genres, cast=cast, runtime=None, original_title=None)
    }


def test_what_stands_as_the_program_writes_it_is_changed_without_ruamel(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call costs milliseconds, and most films of a large import stand so."""
    monkeypatch.setattr(rewrite, "round_trip", None)
    film = Film(id="a", title="A: b", releases=(Release(date="2026-01-07"),), synopsis=Prose(id="Satu."), rating="13+")
    written(root, [Edit(film)])
    earlier = (Earlier(date="2026-01-07", recorded=dt.date(2025, 12, 24)),)
    changes = {
        "title": "A: c",
        "releases": (Release(date="2026-01-14", history=earlier),),
        "synopsis": Prose(id="Dua.", en="Two."),
        "rating": "17+",
        "cast": (Credit(name="X"),),
    }
    written(root, [edit(root, "a", **changes)])
    assert films(root)["a"] == replace(film, **changes)


CHANGES = st.sets(st.sampled_from(Film.__struct_fields__[1:]), min_size=1, max_size=4)
STEMS = ("red-rooms", "flow", "wide", "bare")


BETWEEN_FIELDS = {
    "red-rooms": ("# the French one", "# below the text"),
    "flow": ("# flowing",),
    "wide": ("# end of wide",),
    "bare": (),
}


def _last(node: Any) -> Any:
    """The node that its text ends with: to YAML a block ends where the next token begins."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node


def _spaced(text: str) -> str:
    """With one space behind each comma, as in brackets that were written again."""
    return re.sub(r",\s+", ", ", text)


@given(st.sampled_from(STEMS), FILMS, CHANGES, st.booleans())
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
def test_any_change_leaves_the_rest_to_the_byte(id: str, other: Film, changed: set[str], crlf: bool) -> None:
    """Other films, news and comments around them, and the fields of the film itself that did not change."""
    before = MESSY.replace("\n", "\r\n") if crlf else MESSY
    with tempfile.TemporaryDirectory() as folder:
        root = put(Path(folder), {"films.yaml": before})
        change = edit(root, id, **{name: getattr(other, name) for name in changed})
        was = films(root)
        after = written(root, [change]).get("films.yaml", before)
        assert after is not None
        assert films(root) == was | {id: change.film}
        assert plan(root, [Edit(change.film, change.film, "films.yaml")]) == []
    if crlf:
        assert not re.search(r"(?<!\r)\n", after)
    assert all(comment in after for comment in BETWEEN_FIELDS[id])
    layout = Layout("", before.encode())
    for part, stem in zip(layout.parts["films"], STEMS, strict=True):
        if stem != id:
            assert before[part.dash : part.end] in after
            continue
        assert after.startswith(before[: part.dash])
        assert after.endswith(before[part.end :])
        column = layout.column(part.dash)
        (node,) = yaml.compose(" " * column + before[part.dash : part.end], yaml.BaseLoader).value  # type: ignore[union-attr]
        for key, value in node.value:
            name = "releases" if key.value == "release" else key.value
            if getattr(was[id], name) == getattr(change.film, name):
                start, end = (part.dash - column + mark.index for mark in (key.start_mark, _last(value).end_mark))
                kept = before[start:end].rstrip()
                assert kept in after if id != "flow" else _spaced(kept) in _spaced(after)


@given(FILMS, FILMS, CHANGES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
def test_any_film_is_read_back(first: Film, other: Film, changed: set[str]) -> None:
    """Written anew, changed in part, and back again."""
    second = replace(first, **{name: getattr(other, name) for name in changed})
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "films.yaml"
        for before, film in ((None, first), (first, second), (second, first)):
            commit(root, plan(root, [Edit(film, before, root.name if before else None)]), None)
            assert [problem.text(EN) for problem in check(root)] == []
            assert films(root) == {film.id: film}


LONG = st.lists(TEXT, min_size=10, max_size=60).map(" ".join)


@given(LONG, st.lists(LONG | st.just(""), min_size=1, max_size=4).map("\n".join).map(str.strip))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
def test_any_synopsis_is_read_back(folded: str, literal: str) -> None:
    assume(literal)
    film = Film(id="a", title="A", synopsis=Prose(id=folded, en=literal))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (name,) = written(root, [Edit(film)])
        assert films(root) == {"a": film}
        assert name == "unscheduled.yaml"


def test_a_film_whose_form_cannot_be_cut_into_is_written_anew(root: Path) -> None:
    """By ruamel.yaml, comments kept; the films around it stay to the byte."""
    before = "films:\n- ? id\n  : odd\n  title: Odd # why\n  ? runtime\n  : 98\n- id: b\n  title: 'B'\n"
    put(root, {"a.yaml": before})
    after = written(root, [edit(root, "odd", runtime=None, cast=(Credit(name="A: B"),), rating="13+")])["a.yaml"]
    assert after is not None
    assert films(root)["odd"] == Film(id="odd", title="Odd", cast=(Credit(name="A: B"),), rating="13+")
    assert after.endswith("- id: b\n  title: 'B'\n")
    assert "# why" in after


@pytest.mark.parametrize("id", STEMS[:1] + STEMS[2:])
def test_ruamel_alone_gives_the_same_film(root: Path, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "WAYS", ("film", "anew"))
    put(root, {"a.yaml": MESSY.replace("\n", "\r\n")})
    film = Film(
        id=id, title="NO", releases=(Release(date="2026"),), genres=("a: b",), synopsis=Prose(id="x\n\ny", en="z")
    )
    after = written(root, [Edit(film, films(root)[id], "a.yaml")])["a.yaml"]
    assert after is not None
    assert films(root)[id] == film
    assert not re.search(r"(?<!\r)\n", after)


def test_mark_and_line_ends_are_kept(root: Path) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        for end in (b"", b"\r\n", b"\r\n\r\n"):
            content = mark + b"films:\r\n- id: a\r\n  title: A" + end
            put(root, {"2026-01.yaml": content})
            (write,) = plan(root, [edit(root, "a", title="B"), new("b", "2026-01-02")])
            assert write.after is not None
            assert write.after.startswith(mark + b"films:\r\n- id: b\r\n")
            assert write.after.endswith(b"  title: B" + end)
            assert b"\n" not in write.after.replace(b"\r\n", b"")


# new films


def test_a_new_film_looks_like_the_shipped_ones(root: Path) -> None:
    """The shipped catalog written anew is the shipped catalog, but for words about what goes without saying."""
    for name in ("2025-12.yaml", "2026-01.yaml", "unscheduled.yaml"):
        shipped = [item for item, file in items(DATA) if file == name and isinstance(item, Film)]
        after = written(root, [Edit(film) for film in shipped])[name]
        assert after is not None
        expected = (DATA / name).read_text("utf-8").split("\nnews:")[0]
        tidy = [re.sub(r"(?m)^    status: confirmed\n|^films:\n", "", text).strip() for text in (after, expected)]
        assert sorted(tidy[0].split("\n\n")) == sorted(tidy[1].split("\n\n"))


@pytest.mark.parametrize(
    ("releases", "name"),
    [
        ((Release(date="2026-01-07"),), "2026-01.yaml"),
        ((Release(date="2026-01"),), "2026-01.yaml"),
        ((Release(date="2026-Q1"),), "2026.yaml"),
        ((Release(date="2026"),), "2026.yaml"),
        ((Release(),), "unscheduled.yaml"),
        ((), "unscheduled.yaml"),
        ((Release(date="2025-11-01", region="US"), Release(date="2026-01-07")), "2026-01.yaml"),
        ((Release(date="2025-11-01", type="digital"), Release(date="2025-12-01", region="US")), "2025-11.yaml"),
        ((Release(date="2026-03-01"), Release(date="2026-02-01", type="premiere")), "2026-02.yaml"),
    ],
)
def test_the_file_of_a_new_film(root: Path, releases: tuple[Release, ...], name: str) -> None:
    assert list(written(root, [Edit(Film(id="a", title="A", releases=releases))])) == [name]


def test_the_place_of_a_new_film(root: Path) -> None:
    held = "films:\n# one\n- id: d7\n  title: B\n  release: 2026-01-07\n\n# two\n- id: d9\n  title: B\n  release: 2026-01-09\n  # of two\n\n- id: d8\n  title: B\n  release: 2026-01-08\n"
    put(root, {"2026-01.yaml": held})
    after = written(
        root,
        [
            new("last", "2026-01"),
            new("e8", "2026-01-08", title="É"),
            new("a8", "2026-01-08", title="a"),
            new("first", "2026-01-01"),
            new("z7", "2026-01-07", title="C"),
        ],
    )["2026-01.yaml"]
    assert order(root, "2026-01.yaml") == ["first", "d7", "z7", "a8", "d9", "d8", "e8", "last"]
    assert after is not None
    for kept in held.split("\n\n"):
        assert kept.removeprefix("films:\n").rstrip() in after
    assert after.startswith("films:\n- id: first\n")
    assert "confirmed\n\n# one\n- id: d7" in after
    assert "  # of two\n\n- id: d8" in after


@pytest.mark.parametrize(
    ("held", "start"),
    [
        ("", "films:\n- id: a\n"),
        ("# mine\n", "# mine\nfilms:\n- id: a\n"),
        ("films:\n", "films:\n- id: a\n"),
        ("films: [] # none\nnews: []\n", "films: # none\n- id: a\n"),
        ("films: ~\n", "films:\n- id: a\n"),
        ("news:\n- title: N\n", "news:\n- title: N\n\nfilms:\n- id: a\n"),
        ("news:\n- title: N", "news:\n- title: N\n\nfilms:\n- id: a\n"),
        (
            "films:\n  - id: z\n    title: Z\n",
            "films:\n  - id: a\n    title: a\n    releases:\n      - date: 2026-01-02\n",
        ),
        ("films:\n- id: z\n  title: [\n", None),
        ("films: [{id: z, title: Z}]\n", "films: [{id: a, title: a, releases: [{date: 2026-01-02, type: theatrical"),
    ],
)
def test_a_new_film_in_a_file_of_any_form(root: Path, held: str, start: str | None) -> None:
    put(root, {"2026-01.yaml": held})
    if start is None:
        with pytest.raises(CatalogError, match="filmtui check"):
            plan(root, [new("a", "2026-01-02")])
        return
    after = written(root, [new("a", "2026-01-02")])["2026-01.yaml"]
    assert after is not None
    assert after.startswith(start)
    assert "a" in films(root)
    assert after.endswith("\n") == (held.endswith("\n") or not held)


def test_a_file_without_empty_lines_stays_so(root: Path) -> None:
    put(root, {"2026-01.yaml": "films:\n- id: a\n  title: A\n- id: b\n  title: B\n"})
    after = written(root, [new("c")]) and written(root, [new("d", "2026-01-02")])["2026-01.yaml"]
    assert after is not None
    assert "\n\n" not in after


def test_an_id_twice_is_refused(root: Path) -> None:
    put(root, {"unscheduled.yaml": "films:\n- id: a\n  title: A\n"})
    with pytest.raises(CatalogError, match="already"):
        plan(root, [new("a")])
    with pytest.raises(CatalogError, match="already"):
        plan(root, [new("b"), new("b")])


def test_a_broken_file_takes_edits_beside_what_is_broken(root: Path) -> None:
    broken = '- id: bad\n  title: "no end\n'
    held = f"films:\n- id: a\n  title: A # a\n{broken}# c\n- id: c\n  title: C # c\n"
    put(root, {"2026-01.yaml": held})
    after = written(root, [edit(root, "a", title="AA"), edit(root, "c", title="CC"), new("d", "2026-01-02")])
    assert after["2026-01.yaml"] is not None
    assert broken in after["2026-01.yaml"]
    assert {film.title for film in films(root).values()} == {"AA", "CC", "d"}


# films that move


@pytest.mark.parametrize("break_", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_comments_above_a_film_go_with_it(root: Path, break_: str) -> None:
    held = "films:\n- id: a\n  title: A\n  release: 2026-01-02\n\n# of b\n# too\n- id: b\n  title: B\n  release: 2026-01-03\n"
    put(root, {"2026-01.yaml": held.replace("\n", break_)})
    after = written(root, [edit(root, "b", releases=(Release(date="2026-02-04"),))])
    assert after == {
        "2026-01.yaml": held.split("\n# of b", maxsplit=1)[0].replace("\n", break_),
        "2026-02.yaml": "films:\n# of b\n# too\n- id: b\n  title: B\n  release: 2026-02-04\n",
    }


def test_a_film_whose_month_changed_moves_with_its_comments(root: Path) -> None:
    put(
        root,
        {
            "2026-01.yaml": "films:\n- id: a\n  title: A\n  release: 2026-01-02\n\n# about b\n# again\n- id: b # it\n  title: 'B'\n  release: 2026-01-03\n  # end of b\n\n# about c\n- id: c\n  title: C\n  release: 2026-01-04\n",
            "2026-02.yaml": "films:\n  - id: d\n    title: D\n    release: 2026-02-03\n",
        },
    )
    after = written(root, [edit(root, "b", releases=(Release(date="2026-02-04"),))])
    assert after == {
        "2026-01.yaml": "films:\n- id: a\n  title: A\n  release: 2026-01-02\n\n# about c\n- id: c\n  title: C\n  release: 2026-01-04\n",
        "2026-02.yaml": "films:\n  - id: d\n    title: D\n    release: 2026-02-03\n\n  # about b\n  # again\n  - id: b # it\n    title: 'B'\n    release: 2026-02-04\n    # end of b\n",
    }


def test_the_last_films_of_a_file_take_it_along(root: Path) -> None:
    put(
        root,
        {
            "2026-01.yaml": "films:\n- id: a\n  title: A\n  release: 2026-01-02\n\n- id: b\n  title: B\n  release: 2026-01-02\n",
            "unscheduled.yaml": "films:\n- id: c\n  title: C\n\nnews:\n- title: N\n",
        },
    )
    later = (Release(date="2026-02-04"),)
    edits = [edit(root, id, releases=later) for id in "abc"]
    assert sorted(written(root, edits)) == ["2026-01.yaml", "2026-02.yaml", "unscheduled.yaml"]
    assert not (root / "2026-01.yaml").exists()
    assert (root / "unscheduled.yaml").read_text() == "films:\nnews:\n- title: N\n"
    assert order(root, "2026-02.yaml") == ["a", "b", "c"]
    assert [problem.text(EN) for problem in check(root)] == []


@pytest.mark.parametrize("name", ["mine.yaml", "2026-01-mine.yaml", "deep/films.yaml"])
def test_a_film_stays_in_a_file_of_another_name(root: Path, name: str) -> None:
    put(root, {name: "films:\n- id: a\n  title: A\n  release: 2026-01-02\n"})
    assert list(written(root, [edit(root, "a", releases=(Release(date="2026-02-04"),))])) == [name]


def test_a_film_moves_within_its_folder(root: Path) -> None:
    """Its poster is beside it."""
    put(root, {"x/2026-01.yml": "films:\n- id: a\n  title: A\n  release: 2026-01-02\n", "x/2026-02.yml": "films:\n"})
    assert sorted(written(root, [edit(root, "a", releases=(Release(date="2026-02-04"),))])) == [
        "x/2026-01.yml",
        "x/2026-02.yml",
    ]


def test_a_catalog_of_one_file_holds_all(tmp_path: Path) -> None:
    for there in (False, True):
        root = tmp_path / f"{there}.yaml"
        if there:
            root.write_text("films:\n- id: a\n  title: A\n  release: 2026-01-02\n")
        moved = [edit(root, "a", releases=(Release(date="2027"),))] if there else []
        (write,) = plan(
            root, [*moved, new("b", "2030-01-01")], [News(title=Prose(plain="N"), date=dt.date(2026, 1, 1))]
        )
        assert write.path == root
        commit(root, [write], None)
        assert order(root, root.name) == (["a", "b"] if there else ["b"])


MONTHS = [None, "2025-12-24", "2026-01-05", "2026-01-20", "2026-01", "2026-02-03", "2026-Q1"]


@given(st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
def test_any_edits_together_give_the_films_wanted(data: st.DataObject) -> None:
    """Films of the shipped catalog moved about, others added: nothing lost, nothing twice, no new problem."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "catalog"
        shutil.copytree(DATA, root)
        for turn in range(2):
            was = films(root)
            chosen = data.draw(st.lists(st.sampled_from(sorted(was)), unique=True, max_size=8))
            edits = []
            for id in chosen:
                date = data.draw(st.sampled_from(MONTHS))
                edits.append(edit(root, id, releases=(Release(date=date), *was[id].releases[1:])))
            dates = data.draw(st.lists(st.sampled_from(MONTHS), max_size=3))
            edits += [new(f"new-{turn}-{number}", date) for number, date in enumerate(dates)]
            written(root, edits)
            assert films(root) == was | {one.film.id: one.film for one in edits if one.film}
            assert [problem.text(EN) for problem in check(root)] == []


# news


def test_news_go_to_their_month_or_to_the_first_film(root: Path) -> None:
    put(root, {"2026-01.yaml": MESSY, "2025-12.yaml": "films:\n- id: x\n  title: X\n"})
    news = [
        News(title=Prose(plain="Here: it is"), films=("flow",)),
        News(title=Prose(plain="Second"), url="https://x.org"),
        News(title=Prose(plain="December"), date=dt.date(2025, 12, 20)),
        News(title=Prose(plain="December"), date=dt.date(2025, 12, 20)),
    ]
    after = written(root, [edit(root, "flow", runtime=98)], news)
    assert after["2026-01.yaml"] == MESSY.replace(
        FLOW, FLOWN.replace("[GENRES]", "[drama, horror], runtime: 98")
    ).replace(
        '  - {title: Second, url: "https://x.org"}\n',
        '  - {title: Second, url: "https://x.org"}\n  - title: "Here: it is"\n    films: [flow]\n',
    )
    assert after["2025-12.yaml"] == "films:\n- id: x\n  title: X\n\nnews:\n- title: December\n  date: 2025-12-20\n"
    assert plan(root, [], [news[2]]) == []


def test_news_alone(root: Path) -> None:
    assert written(root, [], [News(title=Prose(plain="N"))]) == {"unscheduled.yaml": "news:\n- title: N\n"}
    assert written(root, [new("a")])["unscheduled.yaml"] == ("news:\n- title: N\n\nfilms:\n- id: a\n  title: a\n")


def test_a_new_file_with_both(root: Path) -> None:
    after = written(root, [new("a")], [News(title=Prose(plain="N"), url="https://x.org/?a")])
    assert after == {"unscheduled.yaml": "films:\n- id: a\n  title: a\n\nnews:\n- title: N\n  url: https://x.org/?a\n"}


# what is refused


def test_a_film_that_is_not_as_it_was_read_is_refused(root: Path) -> None:
    put(root, {"a.yaml": MESSY})
    change = edit(root, "wide", title="W")
    put(root, {"a.yaml": MESSY.replace("'Kino'", "Kino 2")})
    with pytest.raises(CatalogError, match="changed while the import was running") as error:
        plan(root, [change])
    assert "a.yaml" in error.value.message.text(EN)
    put(root, {"a.yaml": MESSY.replace("id: wide", "id: other")})
    with pytest.raises(CatalogError, match="no longer there"):
        plan(root, [change])
    (root / "a.yaml").unlink()
    with pytest.raises(CatalogError, match="no longer there"):
        plan(root, [change])


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"- a\n", b"films: {a: b}\n", b"films:\n- [\n", b"{a: b}"])
def test_a_file_that_cannot_be_written_to(root: Path, content: bytes) -> None:
    put(root, {"2026-01.yaml": content})
    with pytest.raises(CatalogError, match="filmtui check"):
        plan(root, [new("a", "2026-01-02")])


def test_a_name_that_is_no_file(root: Path) -> None:
    (root / "2026-01.yaml").mkdir(parents=True)
    with pytest.raises(CatalogError, match="regular"):
        plan(root, [new("a", "2026-01-02")])
    with pytest.raises(CatalogError, match="not inside"):
        plan(root, [Edit(Film(id="a", title="A"), Film(id="a", title="B"), "../a.yaml")])


def test_what_no_file_can_say_is_refused(root: Path) -> None:
    with pytest.raises(CatalogError, match="forbidden characters"):
        plan(root, [Edit(Film(id="a", title="\x1b"))])
    with pytest.raises(CatalogError, match="forbidden characters"):
        plan(root, [Edit(Film(id="a", title="A", synopsis=Prose(plain="x", en="y")))])


@pytest.mark.parametrize(
    "note", [None, Prose(plain="pages: they disagree"), Prose(id="belum pasti", en="not certain"), Prose(en="x")]
)
@pytest.mark.parametrize("before", ["", "note: lama", "note: {id: lama, en: old}", "note:\n      id: lama"])
def test_a_note_is_written_and_read_back(root: Path, before: str, note: Prose | None) -> None:
    text = f"films:\n- id: a\n  title: A\n  releases:\n  - date: 2026-01-07  # said\n    {before}\n    source: tix\n"
    put(root, {"a.yaml": text})
    (release,) = films(root)["a"].releases
    releases = (msgspec.structs.replace(release, note=note),)
    wanted = edit(root, "a", releases=releases)
    for after in written(root, [wanted]).values():
        assert after
        assert "# said" in after
    assert films(root)["a"].releases == releases


def test_news_in_both_languages_is_written_and_read_back(root: Path) -> None:
    item = News(title=Prose(id="Kabar: baru", en="Fresh news"))
    (write,) = plan(root, [], [item])
    assert write.after
    put(root, {write.path.name: write.after.decode()})
    assert [value.value for file in find(root) for value in read(file, print) if isinstance(value.value, News)] == [
        item
    ]
