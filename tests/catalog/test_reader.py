from __future__ import annotations

import tempfile
import tracemalloc
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.base.errors import CatalogError, Problem
from tui.base.text import clean
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.files import find
from tui.catalog.reading import depth, reader
from tui.catalog.writing.layout import Layout
from tui.films.film import RATINGS, STATUSES, TYPES, Credit, Earlier, Film, News, Prose, Release
from tui.films.terms import GENRES

ID, EN = Words("id"), Words("en")
BEFORE = "films:\n- id: before\n  title: Before\n"
AFTER = "- id: after\n  title: After\n"
BAD = "- id: bad\n  title: Bad\n"


def write(root: Path, content: str | bytes, name: str = "a.yaml") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def titled(item: Film | News) -> str:
    return item.title if isinstance(item, Film) else item.title.best("id")


def items(root: Path) -> list[Film | News]:
    return [item.value for file in find(root) for item in reader.read(file, lambda problem: None)]


def films(root: Path) -> list[Film]:
    return [item for item in items(root) if isinstance(item, Film)]


def ids(root: Path) -> list[str]:
    return [film.id for film in films(root)]


def met(root: Path) -> list[Problem]:
    """The problems as the reader itself meets them, in its order."""
    problems: list[Problem] = []
    for file in find(root):
        list(reader.read(file, problems.append))
    return problems


def only_film(root: Path, fields: str) -> Film:
    write(root, f"films:\n- id: a\n  title: A\n{fields}")
    assert [problem.text(EN) for problem in check(root)] == []
    (film,) = films(root)
    return film


def assert_one_problem(root: Path, at: str, english: str, indonesian: str) -> None:
    """One problem, at this path:line:col, that says in both languages what to write."""
    (problem,) = check(root)
    for words, text in ((EN, english), (ID, indonesian)):
        assert problem.text(words).startswith(f"{at}: ")
        assert text in problem.text(words)
    assert met(root) == [problem]


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: without libyaml PyYAML's own does the work."""
    if request.param == "python":
        monkeypatch.setattr(depth, "LOADER", depth.PythonLoader)


# what is read


WHOLE = """\
# A catalog
films:
- id: greenland-migration
  title: "Greenland: Migration"
  original_title: "Greenland 2: Migration"
  releases:
  - date: 2026-01-07
    type: premiere
    region: US
    status: tentative
    source: tix.id
    history:
    - {date: 2026-Q1, recorded: 2025-12-20, source: tix.id}
    - {date: 2026-01-14}
  - {}
  genres: [action, thriller]
  runtime: 98
  rating: "13+"
  countries: [US, NO]
  languages: [en, zh-Hant]
  directors: [Ric Roman Waugh]
  writers: [Chris Sparling, Mitchell LaFortune]
  producers: [Gerard Butler]
  companies: [STX]
  distributor: CBI Pictures
  cast:
  - {name: Gerard Butler, role: John Garrity}
  - name: Morena Baccarin
  synopsis: {id: Lima tahun, en: Five years}
  links: {trailer: "https://example.org/a?b=1#c", tmdb: http://example.org}
  poster: posters/greenland.jpg
news:
- {title: Hari baru, date: 2025-12-20, url: https://example.org, films: [greenland-migration]}
- title: Lain
"""


@pytest.mark.usefixtures("parser")
def test_every_field_of_a_film_and_of_news_is_read(tmp_path: Path) -> None:
    root = write(tmp_path, WHOLE)
    assert list(check(root)) == []
    film, news, other = items(root)
    assert msgspec.to_builtins(film) == {
        "id": "greenland-migration",
        "title": "Greenland: Migration",
        "original_title": "Greenland 2: Migration",
        "releases": (
            {
                "date": "2026-01-07",
                "type": "premiere",
                "region": "US",
                "status": "tentative",
                "source": "tix.id",
                "history": (
                    {"date": "2026-Q1", "recorded": "2025-12-20", "source": "tix.id"},
                    {"date": "2026-01-14"},
                ),
            },
            {},
        ),
        "genres": ("action", "thriller"),
        "runtime": 98,
        "rating": "13+",
        "countries": ("US", "NO"),
        "languages": ("en", "zh-Hant"),
        "directors": ("Ric Roman Waugh",),
        "writers": ("Chris Sparling", "Mitchell LaFortune"),
        "producers": ("Gerard Butler",),
        "companies": ("STX",),
        "distributor": "CBI Pictures",
        "cast": ({"name": "Gerard Butler", "role": "John Garrity"}, {"name": "Morena Baccarin"}),
        "synopsis": {"id": "Lima tahun", "en": "Five years"},
        "links": {"trailer": "https://example.org/a?b=1#c", "tmdb": "http://example.org"},
        "poster": "posters/greenland.jpg",
    }
    assert msgspec.to_builtins(news) == {
        "title": {"plain": "Hari baru"},
        "date": "2025-12-20",
        "url": "https://example.org",
        "films": ("greenland-migration",),
    }
    assert other == News(title=Prose(plain="Lain"))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "title",
    ["NO", "yes", "1917", "12:30", "007", "010", "1e3", "0x1F", "~", "null", "true", "2026-01-07", "3.10", ".inf", "="],
)
def test_a_title_is_text_whatever_it_looks_like(tmp_path: Path, title: str) -> None:
    root = write(tmp_path, f"films:\n- id: a\n  title: {title}\n  directors: [{title}]\n")
    assert films(root) == [Film(id="a", title=title, directors=(title,))]
    assert list(check(root)) == []


@pytest.mark.parametrize("date", ["2026-01-07", "2026-01", "2026-Q1", "2026"])
def test_release_is_short_for_one_confirmed_opening_in_indonesian_cinemas(tmp_path: Path, date: str) -> None:
    film = only_film(tmp_path, f"  release: {date}\n")
    assert film.releases == (Release(date=date, type="theatrical", region="ID", status="confirmed"),)


def test_a_release_without_a_date_is_not_announced(tmp_path: Path) -> None:
    film = only_film(tmp_path, "  releases:\n  - type: digital\n")
    assert film.releases == (Release(date=None, type="digital"),)


@pytest.mark.parametrize("nothing", ["", " ~", " # later"])
def test_a_field_with_nothing_in_it_is_as_if_left_out(tmp_path: Path, nothing: str) -> None:
    fields = ["release", "runtime", "rating", "genres", "cast", "synopsis", "links", "poster", "distributor"]
    assert only_film(tmp_path, "".join(f"  {name}:{nothing}\n" for name in fields)) == Film(id="a", title="A")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Action", "action"), ("science fiction", "science-fiction"), ("Sci-Fi", "science-fiction"), ("Wayang", "Wayang")],
)
def test_a_genre_of_tmdb_has_one_name_and_another_stays(tmp_path: Path, written: str, name: str) -> None:
    assert only_film(tmp_path, f"  genres: [{written}]\n").genres == (name,)


def test_a_synopsis_can_be_one_text_of_several_lines(tmp_path: Path) -> None:
    film = only_film(tmp_path, "  synopsis: |\n    satu\n\n    dua\n")
    assert film.synopsis == Prose(plain="satu\n\ndua")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "content",
    [
        "films:\n  - id: a\n    title: A\n",
        "---\nfilms:\n- {id: a, title: A}\n",
        '{"films": [{"id": "a", "title": "A"}]}',
        "news: []\nfilms:\n- ? id\n  : a\n  title: >-\n    A\n",
        "films:\n-\n  id: a\n  title: 'A'\n...\n",
    ],
)
def test_the_ways_to_write_yaml_give_the_same_film(tmp_path: Path, content: str) -> None:
    root = write(tmp_path, content)
    assert films(root) == [Film(id="a", title="A")]
    assert list(check(root)) == []


@pytest.mark.parametrize("content", ["films:\n", "films: []\n", "films: ~\nnews:\n"])
def test_a_catalog_without_films_is_no_problem(tmp_path: Path, content: str) -> None:
    root = write(tmp_path, content)
    assert items(root) == []
    assert list(check(root)) == []


def test_an_item_knows_where_it_begins(tmp_path: Path) -> None:
    root = write(tmp_path, f"# first\n{BEFORE}\n# a note\n{AFTER}news:\n  - title: News\n")
    (file,) = find(root)
    places = [(titled(item.value), item.line, item.column) for item in reader.read(file, lambda problem: None)]
    assert places == [("Before", 3, 3), ("After", 7, 3), ("News", 10, 5)]


# one wrong thing in a film


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("field", "place", "english", "indonesian"),
    [
        # fields
        ("diretors: [X]", "6:3", "unknown field “diretors”; did you mean “directors”?", "maksudnya “directors”?"),
        ("xyzzy: 1", "6:3", "unknown field “xyzzy”; leave it out", "bidang “xyzzy” tidak dikenal; hapuslah"),
        ("title: Again", "6:3", "“title” appears twice; keep one", "“title” tertulis dua kali; sisakan satu"),
        ("synopsis: {id: x, id: y}", "6:21", "“id” appears twice; keep one", "“id” tertulis dua kali; sisakan satu"),
        ("releases: [{dat: 2026}]", "6:15", "did you mean “date”?", "maksudnya “date”?"),
        ("? [a, b]\n  : c", "6:5", "a field's name is one word", "nama bidang harus satu kata"),
        # aliases and tags
        ("poster: *x", "6:11", "no anchors and aliases here; write the value out", "tuliskan nilainya"),
        ("runtime: !!int 98", "6:12", "no tags here; leave out “tag:yaml.org,2002:int”", "hapus “tag:yaml.org"),
        ("genres: !x [drama]", "6:11", "no tags here; leave out “!x”", "hapus “!x”"),
        ("synopsis: !!python/object:os.system {}", "6:13", "no tags here; leave out", "tag tidak dipakai di sini"),
        # dates
        ("release: 7 Januari 2026", "6:12", "write 2026-01-07, 2026-01, 2026-Q1 or 2026", "tulis 2026-01-07, 2026-01"),
        ("release: 2026-13", "6:12", "“2026-13” is not in the calendar; check the day", "periksa hari dan bulannya"),
        ("release: 2026-02-30", "6:12", "“2026-02-30” is not in the calendar", "“2026-02-30” tidak ada di kalender"),
        ("releases:\n  - date: 2026-Q5", "7:11", "“2026-Q5” is not a date; write", "“2026-Q5” bukan tanggal; tulis"),
        ("releases: [{history: [{date: 0000}]}]", "6:32", "“0000” is not a date", "“0000” bukan tanggal"),
        ("releases: [{history: [{recorded: 2026}]}]", "6:36", "is not a day; write 2026-01-07", "tulis 2026-01-07"),
        # choices
        ("releases: [{type: cinema}]", "6:21", "premiere, limited, theatrical, digital", "bukan salah satu dari premiere"),
        ("releases: [{status: maybe}]", "6:23", "confirmed, tentative, postponed, cancelled", "“maybe” bukan salah satu"),
        ("rating: R13+", "6:11", "“R13+” is not one of SU, 13+, 17+, 21+", "bukan salah satu dari SU, 13+, 17+, 21+"),
        # codes
        ("releases: [{region: id}]", "6:23", "“id” is not a country; write its two letters", "tulis dua hurufnya"),
        ("countries: [ID, Indonesia]", "6:19", "“Indonesia” is not a country; write its two", "tulis dua hurufnya"),
        ("countries: [ZZ]", "6:15", "“ZZ” is not a country", "“ZZ” bukan negara"),
        ("languages: [Indonesian]", "6:15", "“Indonesian” is not a language; write its code", "tulis kodenya"),
        ("languages: [en_US]", "6:15", "“en_US” is not a language; write its code", "tulis kodenya"),
        # numbers
        ("runtime: 98 menit", "6:12", "“98 menit” is not a number of minutes; write 98", "bukan jumlah menit; tulis 98"),
        ("runtime: 0", "6:12", "write 98", "tulis 98"),
        ("runtime: -5", "6:12", "write 98", "tulis 98"),
        ("runtime: ٩٨", "6:12", "write 98", "tulis 98"),
        ("runtime: 100000", "6:12", "write 98", "tulis 98"),
        # addresses
        ("links: {a: javascript:alert(1)}", "6:14", "is not a web address; begin it with https://", "awali dengan https://"),
        ("links: {a: file:///etc/passwd}", "6:14", "begin it with https://", "awali dengan https://"),
        ("links: {a: https://}", "6:14", "begin it with https://", "awali dengan https://"),
        ("links:\n    a: 'https://x y'", "7:8", "begin it with https://", "awali dengan https://"),
        ("poster: /etc/passwd", "6:11", "relative to this file; write posters/name.jpg", "tulis posters/nama.jpg"),
        ("poster: C:\\a.jpg", "6:11", "write posters/name.jpg", "tulis posters/nama.jpg"),
        ("poster: https://x.org/a.jpg", "6:11", "write posters/name.jpg", "tulis posters/nama.jpg"),
        # shapes
        ("directors: Joko Anwar", "6:14", "needs a list: in [brackets]", "harus berupa daftar: dalam [kurung siku]"),
        ("directors: {a: b}", "6:14", "needs a list", "harus berupa daftar"),
        ("directors: [[X]]", "6:15", "needs one value, not a list or fields", "harus satu nilai, bukan daftar"),
        ("runtime: [98]", "6:12", "needs one value", "harus satu nilai"),
        ("release: {date: 2026}", "6:12", "needs one value", "harus satu nilai"),
        ("cast: [Gerard Butler]", "6:10", "needs fields, such as “name: …”", "harus berisi bidang, misalnya “name: …”"),
        ("cast: [{role: John}]", "6:10", "“name” is missing", "“name” tidak ada"),
        ("releases: [2026-01-07]", "6:14", "needs fields, such as “date: …”", "harus berisi bidang, misalnya “date: …”"),
        ("synopsis: [x]", "6:13", "needs fields, such as “id: …”", "harus berisi bidang, misalnya “id: …”"),
        ("links: [https://x.org]", "6:10", "needs fields, such as “trailer: …”", "harus berisi bidang, misalnya “trailer: …”"),
        ("distributor: ''", "6:16", "empty; write a text or leave the field out", "kosong; isi dengan teks atau hapus bidang ini"),
        ("genres: [drama, ' ']", "6:19", "empty; write a text", "kosong; isi dengan teks"),
        ("cast: [[[[[[[[[x]]]]]]]]]", "6:16", "nested too deeply", "bersarang terlalu dalam"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_film_is_said_and_hides_no_other(
    tmp_path: Path, field: str, place: str, english: str, indonesian: str
) -> None:
    root = write(tmp_path, f"{BEFORE}{BAD}  {field}\n{AFTER}")
    assert_one_problem(root, f"a.yaml:{place}", english, indonesian)
    assert films(root) == [Film(id="before", title="Before"), Film(id="after", title="After")]


@pytest.mark.parametrize(
    ("item", "place", "english", "indonesian"),
    [
        ("- title: Bad", "4:3", "“id” is missing; each entry needs it", "“id” tidak ada; setiap entri memerlukannya"),
        ("- id: bad\n  title: ''", "5:10", "empty; write a text", "kosong; isi dengan teks"),
        ("- id: bad\n  title: [REC]", "5:10", "needs one value, not a list", "harus satu nilai, bukan daftar"),
        (
            "- id: Red Rooms\n  title: Bad",
            "4:7",
            "write small letters, digits and hyphens",
            "huruf kecil, angka, dan tanda",
        ),
        ("- id: é\n  title: Bad", "4:7", "“é” is not an id", "“é” bukan id"),
        ("- id: ~\n  title: Bad", "4:7", "“~” is not an id", "“~” bukan id"),
        ("- Kuyank", "4:3", "needs fields, such as “id: …”", "harus berisi bidang, misalnya “id: …”"),
        ("- [Kuyank]", "4:3", "needs fields", "harus berisi bidang"),
    ],
)
def test_a_film_needs_an_id_and_a_title(tmp_path: Path, item: str, place: str, english: str, indonesian: str) -> None:
    root = write(tmp_path, f"{BEFORE}{item}\n{AFTER}")
    assert_one_problem(root, f"a.yaml:{place}", english, indonesian)
    assert ids(root) == ["before", "after"]


@pytest.mark.parametrize("item", ["- id: bad", "- id: bad\n  title:", "- id: bad\n  title: #Alive"])
def test_a_film_needs_a_title_in_one_of_its_layers(tmp_path: Path, item: str) -> None:
    root = write(tmp_path, f"{BEFORE}{item}\n{AFTER}")
    (problem,) = check(root)
    assert problem.text(EN) == "a.yaml:4:3: “title” is missing; each entry needs it"
    assert "“title” tidak ada; setiap entri" in problem.text(ID)
    assert met(root) == []
    assert ids(root) == ["before", "bad", "after"]


def test_two_things_wrong_at_one_place_are_both_said(tmp_path: Path) -> None:
    root = write(tmp_path, f"{BEFORE}- {{}}\n{AFTER}")
    text = [problem.text(EN) for problem in check(root)]
    assert len(text) == 2
    assert all(line.startswith("a.yaml:4:3: ") for line in text)
    assert all(name in "".join(text) for name in ("“id” is missing", "“title” is missing"))
    assert ids(root) == ["before", "after"]


def test_each_wrong_field_of_a_film_is_said_in_the_order_of_its_lines(tmp_path: Path) -> None:
    wrong = "  runtime: x\n  releases:\n  - {date: 2026-13, type: y}\n  rating: z\n"
    root = write(tmp_path, f"{BEFORE}{BAD}{wrong}{AFTER}")
    places = [(problem.line, problem.column) for problem in check(root)]
    assert places == [(6, 12), (8, 12), (8, 27), (9, 11)]
    assert ids(root) == ["before", "after"]


def test_a_film_has_a_release_or_releases(tmp_path: Path) -> None:
    root = write(tmp_path, f"{BEFORE}{BAD}  releases:\n  - date: 2026\n  release: 2026\n{AFTER}")
    assert_one_problem(root, "a.yaml:8:3", "either “release” or “releases”; keep one", "pakailah salah satu")
    assert ids(root) == ["before", "after"]


@pytest.mark.parametrize(
    ("item", "place", "english", "indonesian"),
    [
        ("- date: 2026-01-07", "5:3", "“title” is missing", "“title” tidak ada"),
        ("- {title: N, date: 2026-01}", "5:20", "is not a day; write 2026-01-07", "tulis 2026-01-07"),
        ("- {title: N, url: javascript:x}", "5:19", "begin it with https://", "awali dengan https://"),
        ("- {title: N, films: [before, nope]}", "5:3", "names “nope”, and no film has that id", "menyebut “nope”"),
        ("- {title: N, link: x}", "5:14", "unknown field “link”", "bidang “link” tidak dikenal"),
    ],
)
def test_what_is_wrong_with_news_is_said_and_hides_no_other(
    tmp_path: Path, item: str, place: str, english: str, indonesian: str
) -> None:
    root = write(tmp_path, f"{BEFORE}news:\n{item}\n- title: Other\n")
    (problem,) = check(root)
    assert problem.text(EN).startswith(f"a.yaml:{place}: ")
    assert english in problem.text(EN)
    assert indonesian in problem.text(ID)
    assert Film(id="before", title="Before") in items(root)
    assert News(title=Prose(plain="Other")) in items(root)


# ids


def test_an_id_stands_once_in_a_file(tmp_path: Path) -> None:
    root = write(tmp_path, f"{BEFORE}{AFTER}- id: before\n  title: Twin\n")
    (problem,) = check(root)
    assert problem.text(EN) == "a.yaml:6:3: the id “before” is also in a.yaml; give each film its own"
    assert problem.text(ID) == "a.yaml:6:3: id “before” juga ada di a.yaml; beri tiap film id sendiri"


def test_an_id_stands_once_in_all_files(tmp_path: Path) -> None:
    write(tmp_path, BEFORE, "a.yaml")
    write(tmp_path, f"films:\n{AFTER}- id: before\n  title: Twin\n", "b/c.yaml")
    (problem,) = check(tmp_path)
    assert problem.text(EN) == "b/c.yaml:4:3: the id “before” is also in a.yaml; give each film its own"


def test_news_may_name_a_film_of_a_later_file(tmp_path: Path) -> None:
    write(tmp_path, "news:\n- {title: N, films: [before]}\n", "a.yaml")
    write(tmp_path, BEFORE, "b.yaml")
    assert list(check(tmp_path)) == []


# whole files


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("content", "place", "english", "indonesian"),
    [
        (b"", "1:1", "empty; begin it with “films:”", "kosong; awali dengan “films:”"),
        (b"# nothing\n", "1:1", "empty; begin it with “films:”", "kosong; awali dengan “films:”"),
        (b"- id: a\n", "1:1", "not a catalog; begin it with “films:”", "bukan katalog; awali dengan “films:”"),
        (b"Halo\n", "1:1", "not a catalog; begin it with “films:”", "bukan katalog; awali dengan “films:”"),
        (b"movies: []\n", "1:1", "unknown section “movies”; write films or news", "tulis films atau news"),
        (b"films: []\nfilms: []\n", "2:1", "put all under the first", "gabungkan ke yang pertama"),
        (b"films: {id: a}\n", "1:8", "needs a list; begin each item with “- ”", "awali tiap isi dengan “- ”"),
        ("films: []".encode("utf-16"), "1:1", "save the file as UTF-8", "simpan berkas sebagai UTF-8"),
        ("films: []".encode("utf-16-be"), "1:1", "save the file as UTF-8", "simpan berkas sebagai UTF-8"),
        (b"\xef\xbb\xbffilms: []\n", "1:1", "save the file as UTF-8 without BOM", "sebagai UTF-8 tanpa BOM"),
        (b"films: []\r\n", "1:1", "save the file with LF line ends", "simpan berkas dengan akhir baris LF"),
    ],
)
def test_a_file_that_is_no_catalog_is_told_how_to_become_one(
    tmp_path: Path, content: bytes, place: str, english: str, indonesian: str
) -> None:
    root = write(tmp_path, content)
    assert_one_problem(root, f"a.yaml:{place}", english, indonesian)
    assert items(root) == []


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_byte_order_mark_and_crlf_leave_the_films_readable(tmp_path: Path, start: bytes, end: bytes) -> None:
    content = (BEFORE + BAD + AFTER).encode().replace(b"\n", end)
    root = write(tmp_path, start + content)
    assert [(film.id, film.title) for film in films(root)] == [("before", "Before"), ("bad", "Bad"), ("after", "After")]
    assert len(list(check(root))) == (start != b"") + (end != b"\n")


@pytest.mark.parametrize(
    "markup", [b'<html><body class="x">: [</body>\n', b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7\n\xe2\xe3"]
)
def test_a_file_of_another_kind_is_a_problem_and_no_error(tmp_path: Path, markup: bytes) -> None:
    root = write(tmp_path, markup)
    write(tmp_path, BEFORE, "b.yaml")
    assert {problem.path for problem in check(root)} == {"a.yaml"}
    assert ids(root) == ["before"]


def test_all_files_of_all_directories_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/z.yml", "a/b/c.yaml", "c.yaml"):
        id = name.replace("/", "-").partition(".")[0]
        write(tmp_path, f"films:\n- {{id: {id}, title: T}}\n", name)
    assert ids(tmp_path) == ["a-b-c", "a-z", "b", "c"]
    assert [file.name for file in find(tmp_path)] == ["a/b/c.yaml", "a/z.yml", "b.yaml", "c.yaml"]


@pytest.mark.parametrize("name", [".a.yaml", ".git/a.yaml", "a.yaml~", "a.txt", "README.md", "a/.b.yaml.swp", "yaml"])
def test_hidden_and_other_files_are_not_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, BEFORE, "b.yaml")
    write(tmp_path, "not: [yaml", name)
    assert ids(tmp_path) == ["before"]
    assert list(check(tmp_path)) == []


def test_a_problem_names_its_file_from_the_catalog_on(tmp_path: Path) -> None:
    write(tmp_path, "Halo", "2026/01/a.yaml")
    assert [problem.path for problem in check(tmp_path)] == ["2026/01/a.yaml"]
    assert [problem.path for problem in check(tmp_path / "2026/01/a.yaml")] == ["a.yaml"]


def test_a_file_s_name_is_foreign_text_too(tmp_path: Path) -> None:
    write(tmp_path, "Halo", "a\x1b]0;x\x07\n\u202e.yaml")
    assert [problem.path for problem in check(tmp_path)] == ["a␛]0;x␇ ‹U+202E›.yaml"]


@pytest.mark.parametrize(
    ("name", "english", "indonesian"),
    [
        ("nope", "name a YAML file or a directory of them with --catalog", "sebutkan berkas atau direktori YAML"),
        (".", "no *.yaml file in this directory", "tidak ada berkas *.yaml di direktori ini"),
    ],
)
def test_where_no_catalog_is_one_is_asked_for(tmp_path: Path, name: str, english: str, indonesian: str) -> None:
    with pytest.raises(CatalogError) as caught:
        list(find(tmp_path / name))
    assert english in caught.value.message.text(EN)
    assert indonesian in caught.value.message.text(ID)
    with pytest.raises(CatalogError):
        list(check(tmp_path / name))


# where the YAML itself breaks

BROKEN = {
    "colon": ("- id: bad\n  title: Greenland: Migration\n  runtime: 98\n", "5:19", "put the text in quotes", "beri teks itu tanda kutip"),
    "double quote": ('- id: bad\n  title: "Open\n  runtime: 98\n', "5:10", "without its partner; close it", "tanpa pasangan; tutuplah"),
    "single quote": ("- id: bad\n  title: 'Open\n  runtime: 98\n", "5:10", "without its partner; close it", "tanpa pasangan; tutuplah"),
    "tab": ("- id: bad\n\ttitle: Open\n", "5:1", "a tab; indent with spaces", "tab; pakailah spasi"),
    "bracket": ("- id: bad\n  title: [REC\n  runtime: 98\n", "5:10", "a bracket without its partner; close it", "tanpa pasangan; tutuplah"),
    "bracket at the end": ("- id: bad\n  title: Bad\n  genres: [drama, horror\n", "6:11", "a bracket without", "tanda kurung tanpa"),
    "brace": ("- id: bad\n  title: Bad\n  cast:\n  - {name: X, role: Y\n", "7:5", "a bracket without", "tanda kurung tanpa"),
    "at sign": ("- id: bad\n  title: @home\n", "5:10", "put it in quotes", "beri tanda kutip"),
    "per cent": ("- id: bad\n  title: %home\n", "5:10", "put it in quotes", "beri tanda kutip"),
    "unknown alias": ("- id: bad\n  title: *batteries\n", "5:10", "no anchors and aliases here", "jangkar dan alias"),
    "raw escape": ("- id: bad\n  title: B\x1b[31m\n", "5:11", "a control character; leave it out", "karakter kendali; hapuslah"),
    "raw nul": ("- id: bad\n  title: B\0\n", "5:11", "a control character; leave it out", "karakter kendali; hapuslah"),
    "in the cast": ("- id: bad\n  title: Bad\n  cast:\n  - name: X: Y\n  - name: Z\n", "7:12", "put the text in quotes", "beri teks itu"),
    "behind a text": ("- id: bad\n  title: Bad\n  synopsis: |\n    - id: no\n    films:\n  poster: x: y\n", "9:12", "in quotes", "tanda kutip"),
}  # fmt: skip


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("item", "place", "english", "indonesian"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_said_at_its_place_and_hides_no_other_film(
    tmp_path: Path, item: str, place: str, english: str, indonesian: str
) -> None:
    more = "- id: more\n  title: 'More: and ''more'''\nnews:\n- title: News\n"
    root = write(tmp_path, BEFORE + item + AFTER + more)
    assert [titled(i) for i in items(root)] == ["Before", "After", "More: and 'more'", "News"]
    assert_one_problem(root, f"a.yaml:{place}", english, indonesian)


@pytest.mark.usefixtures("parser")
def test_bytes_that_are_not_utf_8_hide_no_other_film(tmp_path: Path) -> None:
    root = write(tmp_path, f"{BEFORE}{BAD}  poster: é\n{AFTER}".encode().replace("é".encode(), b"\xe9"))
    assert ids(root) == ["before", "after"]
    (problem,) = check(root)
    assert problem.line == 6
    assert "save the file as UTF-8" in problem.text(EN)
    assert "simpan berkas sebagai UTF-8" in problem.text(ID)


@pytest.mark.usefixtures("parser")
def test_a_first_and_a_last_film_can_be_broken_too(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        "films:\n- id: a\n  title: A: A\n- id: b\n  title: B\n- id: c\n  title: C: C\nnews:\n- title: N: N\n- title: O\n",
    )
    assert [titled(item) for item in items(root)] == ["B", "O"]
    assert [(problem.line, problem.column) for problem in check(root)] == [(3, 11), (7, 11), (9, 11)]


@pytest.mark.usefixtures("parser")
def test_films_indented_under_their_section_are_told_apart_too(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        "films:\n  - id: a\n    title: A\n  - id: b\n    title: B: B\n    cast:\n      - name: X\n  - id: c\n    title: C\n",
    )
    assert ids(root) == ["a", "c"]
    assert [(problem.line, problem.column) for problem in check(root)] == [(5, 13)]


def test_a_wrong_field_before_and_behind_broken_yaml_is_said_once(tmp_path: Path) -> None:
    wrong = "- id: x\n  title: X\n  runtime: x\n"
    root = write(tmp_path, f"films:\n{wrong}- id: bad\n  title: B: B\n{AFTER}{wrong}")
    assert [problem.line for problem in check(root)] == [4, 6, 11]
    assert ids(root) == ["after"]


@pytest.mark.parametrize("broken", ["Film: 500", "Fi\x1blm", '"Film'], ids=["colon", "escape", "quote"])
def test_in_a_long_file_only_the_broken_film_is_lost(tmp_path: Path, broken: str) -> None:
    # longer than what the parser reads at a time
    titles = [f"Film {number}" for number in range(1000)]
    titles[500] = broken
    root = write(tmp_path, "films:\n" + "".join(f"- id: f{n}\n  title: {title}\n" for n, title in enumerate(titles)))
    assert ids(root) == [f"f{n}" for n in range(1000) if n != 500]
    assert [problem.line for problem in check(root)] == [1003]


def test_a_film_before_a_broken_one_is_not_read_twice(tmp_path: Path) -> None:
    root = write(tmp_path, "films: [{id: a, title: A}, {id: b, title: B: B}]\n")
    assert ids(root) == ["a"]
    assert [problem.line for problem in check(root)] == [1]


def test_broken_brackets_over_several_lines_are_told_by_their_own_lines(tmp_path: Path) -> None:
    root = write(tmp_path, "films: [\n  {id: a, title: A},\n  {id: b, title: B: B},\n  {id: c, title: C}\n]\n")
    assert ids(root)[0] == "a"
    assert min(problem.line for problem in check(root)) == 3


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"], ids=ascii)
def test_a_line_is_what_an_editor_counts(tmp_path: Path, separator: str) -> None:
    # YAML takes these for line breaks, editors and git do not
    root = write(tmp_path, f'films:\n- id: a\n  title: "A{separator}B"\n- id: b\n  title: B\n  runtime: x\n')
    assert [problem.text(EN).split(": ")[0] for problem in check(root)] == ["a.yaml:6:12"]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"], ids=ascii)
def test_line_separators_before_a_broken_film_lose_no_film_and_no_problem(tmp_path: Path, separator: str) -> None:
    synopsis = separator.join("abcdefgh")
    root = write(
        tmp_path, f'{BEFORE}  synopsis: "{synopsis}"\n- id: bad\n  title: B: B\n{AFTER}- id: last\n  title: L\n'
    )
    assert ids(root) == ["before", "after", "last"]
    assert [(problem.line, problem.column) for problem in check(root)] == [(6, 11)]


def test_the_python_parser_gives_the_same_films_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (item, *_) in enumerate(BROKEN.values()):
        write(
            tmp_path,
            BEFORE.replace("before", f"b{number}") + item + AFTER.replace("after", f"a{number}"),
            f"{number}.yaml",
        )
    write(tmp_path, WHOLE, "whole.yaml")

    def result() -> tuple[list[Film | News], list[tuple[str, int]]]:
        return items(tmp_path), [(problem.path, problem.line) for problem in check(tmp_path)]

    with_c = result()
    monkeypatch.setattr(depth, "LOADER", depth.PythonLoader)
    assert result() == with_c
    assert len(with_c[0]) == 2 * len(BROKEN) + 3


# foreign text


@pytest.mark.usefixtures("parser")
def test_escape_sequences_and_bidi_controls_arrive_visible(tmp_path: Path) -> None:
    foreign = '"\\x1b]52;c;aGk=\\x07\\u202eA\\nB"'
    root = write(
        tmp_path,
        f"films:\n- id: a\n  title: {foreign}\n  directors: [{foreign}]\n  cast: [{{name: {foreign}}}]\n"
        f"  synopsis: {foreign}\n  links: {{{foreign}: https://example.org}}\nnews:\n- title: {foreign}\n",
    )
    shown = "␛]52;c;aGk=␇‹U+202E›A B"
    film, news = items(root)
    assert film == Film(
        id="a",
        title=shown,
        directors=(shown,),
        cast=(Credit(name=shown),),
        synopsis=Prose(plain=shown.replace("A B", "A\nB")),
        links={shown: "https://example.org"},
    )
    assert news == News(title=Prose(plain=shown))


FOREIGN = '"\\x1b]52;c;aGk=\\x07\\u202E\\n"'


@pytest.mark.parametrize(
    "field",
    [
        f"release: {FOREIGN}",
        f"releases: [{{date: {FOREIGN}}}]",
        f"releases: [{{type: {FOREIGN}}}]",
        f"releases: [{{status: {FOREIGN}}}]",
        f"releases: [{{region: {FOREIGN}}}]",
        f"releases: [{{history: [{{date: {FOREIGN}}}]}}]",
        f"releases: [{{history: [{{recorded: {FOREIGN}}}]}}]",
        f"runtime: {FOREIGN}",
        f"rating: {FOREIGN}",
        f"countries: [{FOREIGN}]",
        f"languages: [{FOREIGN}]",
        f"links: {{a: {FOREIGN}}}",
        'poster: "/\\x1b]0;x\\x07"',
        f"{FOREIGN}: x",
        f"{FOREIGN}: x\n  {FOREIGN}: y",
        "poster: !<\\x1b> x",
    ],
)
def test_a_problem_repeats_foreign_text_without_its_controls(tmp_path: Path, field: str) -> None:
    root = write(tmp_path, f"{BEFORE}{BAD}  {field}\n{AFTER}")
    problems = list(check(root))
    assert problems
    for problem in problems:
        for words in (ID, EN):
            assert problem.text(words).isprintable()


def test_a_section_s_name_is_repeated_without_its_controls(tmp_path: Path) -> None:
    root = write(tmp_path, f"{FOREIGN}: []\n{BEFORE}")
    (problem,) = check(root)
    assert problem.text(EN).isprintable()


# lazily


@pytest.mark.usefixtures("parser")
def test_a_film_is_there_before_a_broken_one_behind_it_is_met(tmp_path: Path) -> None:
    root = write(tmp_path, f"{BEFORE}{AFTER}- id: wrong\n  title: W\n  runtime: x\n- id: bad\n  title: B: B\n")
    (file,) = find(root)
    problems: list[Problem] = []
    reading = reader.read(file, problems.append)
    assert next(reading).value == Film(id="before", title="Before")
    assert problems == []
    assert [item.value.title for item in reading] == ["After"]
    assert [problem.line for problem in problems] == [8, 10]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        film = "- id: f{}\n  title: Film\n  directors: [Joko Anwar]\n  synopsis: " + "kata " * 40 + "\n"
        write(tmp_path, "films:\n" + "".join(film.format(n) for n in range(count)))
        (file,) = find(tmp_path)
        tracemalloc.start()
        try:
            assert sum(1 for _ in reader.read(file, lambda problem: None)) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(2000) < peak(200) + 100_000


NOT_A_CATALOG = "not a catalog; begin it with “films:” and a list of films"
TOO_DEEP = "nested too deeply; no field of a film needs that"
BOTH = ["before", "after"]
NESTED = {
    "title": (f"{BEFORE}{BAD}  cast: <>\n{AFTER}", "[", "6:16", TOO_DEEP, BOTH),
    "braces": (f"{BEFORE}- id: bad\n  title: <>\n{AFTER}", "{a: ", "5:38", TOO_DEEP, BOTH),
    "lines": (f"{BEFORE}- id: bad\n  title: <>\n{AFTER}", "[\n   ", "12:4", TOO_DEEP, BOTH),
    "key": (f"{BEFORE}- id: bad\n  ? <>\n{AFTER}", "[", "5:12", TOO_DEEP, BOTH),
    "film": (f"{BEFORE}- <>\n{AFTER}", "[", "4:11", TOO_DEEP, BOTH),
    "dashes": (f"{BEFORE}- <>x\n{AFTER}", "- ", "4:19", TOO_DEEP, BOTH),
    "behind a broken film": (f"films:\n- id: x: y\n- <>\n{AFTER}", "[", "3:11", TOO_DEEP, ["after"]),
    "films in brackets": ("films: [{id: before, title: Before}, <>", "[", "1:46", TOO_DEEP, ["before"]),
    "file": ("<>", "[", "1:1", NOT_A_CATALOG, []),
    "file of dashes": ("<>", "- ", "1:1", NOT_A_CATALOG, []),
    "section": (f"x: <>\n{BEFORE}{AFTER}", "[", "1:1", "unknown section “x”; write films or news", BOTH),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("count", [150, 50_000])
@pytest.mark.parametrize(("text", "nest", "at", "wording", "read"), NESTED.values(), ids=NESTED)
@pytest.mark.usefixtures("parser")
def test_nesting_of_any_depth_is_told_where_it_begins_before_it_costs_time(
    tmp_path: Path, text: str, nest: str, at: str, wording: str, read: list[str], count: int
) -> None:
    # newer PyYAML stops at a depth of its own, older takes time by the square
    content = text.replace("<>", nest * count)
    root = write(tmp_path, content)
    assert f"a.yaml:{at}: {wording}" in [problem.text(EN) for problem in check(root)]
    assert ids(root) == read
    assert len([part for part in Layout("", content.encode()).parts["films"] if part.value]) == len(
        read
    )  # where the writer looks


# whole films, written by PyYAML and read back

AWKWARD = st.sampled_from(
    [
        *"'\"#:-?*&!|>%@`[]{},~= \\/<.",
        "NO",
        "null",
        "007",
        ": ",
        " #",
        "- ",
        "’",
        "é",
        "е\u0301",
        "映",
        "👩\u200d🚀",
        "ی\u200c",
    ]
)
TEXT = (
    st.lists(AWKWARD | st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
    .map("".join)
    .filter(lambda text: clean(text) == text)
)
LINES = st.lists(TEXT, min_size=1, max_size=4).map("\n".join)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
    st.builds("{:04}-Q{}".format, st.integers(1, 9999), st.integers(1, 4)),
)
CODES = st.sampled_from(["ID", "US", "NO", "KR", "FR"])
EARLIER = st.builds(Earlier, date=st.none() | DATES, recorded=st.none() | st.dates(), source=st.none() | TEXT)
RELEASES = st.builds(
    Release,
    date=st.none() | DATES,
    type=st.sampled_from(TYPES),
    region=CODES,
    status=st.sampled_from(STATUSES),
    source=st.none() | TEXT,
    note=st.none() | st.builds(Prose, plain=TEXT) | st.builds(Prose, id=TEXT, en=st.none() | TEXT),
    history=st.lists(EARLIER, max_size=2).map(tuple),
)
SYNOPSES = st.builds(Prose, plain=LINES) | st.builds(Prose, id=st.none() | LINES, en=st.none() | LINES)
FILMS = st.builds(
    Film,
    id=st.text("abcxyz0189-", min_size=1, max_size=12),
    title=TEXT,
    original_title=st.none() | TEXT,
    releases=st.lists(RELEASES, max_size=3).map(tuple),
    genres=st.lists(st.sampled_from(sorted(GENRES)) | st.just("Wayang Kulit"), max_size=3).map(tuple),
    runtime=st.none() | st.integers(1, 9999),
    rating=st.none() | st.sampled_from(RATINGS),
    countries=st.lists(CODES, max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["id", "en", "no", "jv", "zh-Hant"]), max_size=3).map(tuple),
    directors=NAMES,
    writers=NAMES,
    producers=NAMES,
    companies=NAMES,
    distributor=st.none() | TEXT,
    cast=st.lists(st.builds(Credit, name=TEXT, role=st.none() | TEXT), max_size=3).map(tuple),
    synopsis=st.none() | SYNOPSES,
    links=st.dictionaries(
        TEXT, st.builds("https://example.org/{}".format, st.text("aé%?&=#:'\"", max_size=9)), max_size=2
    ),
    poster=st.none() | TEXT.map("posters/{}".format),
)


def as_catalog(film: Film) -> dict[str, Any]:
    written: dict[str, Any] = msgspec.to_builtins(film)
    if film.synopsis and film.synopsis.plain:
        written["synopsis"] = film.synopsis.plain
    for release, fields in zip(film.releases, written.get("releases", ()), strict=False):
        if release.note and release.note.plain:
            fields["note"] = release.note.plain
    return written


@given(
    st.lists(FILMS, min_size=1, max_size=3, unique_by=lambda film: film.id),
    st.fixed_dictionaries(
        {"allow_unicode": st.booleans(), "default_flow_style": st.booleans(), "width": st.integers(20, 200)}
    ),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
def test_films_are_read_back_as_they_were_written(wanted: list[Film], style: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write(
            Path(folder), yaml.safe_dump({"films": [as_catalog(film) for film in wanted]}, sort_keys=False, **style)
        )
        assert [problem.text(EN) for problem in check(root)] == []
        assert films(root) == wanted


@given(st.text(st.characters(exclude_categories=()), min_size=1))
@settings(deadline=None)
def test_any_title_at_all_is_read_clean_or_said_to_be_wrong(title: str) -> None:
    quoted = "".join(f"\\U{ord(character):08x}" for character in title)
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), f'{BEFORE}- id: a\n  title: "{quoted}"\n{AFTER}')
        before, *read, after = films(root)
        assert (before.id, after.id) == ("before", "after")
        assert [film.title for film in read] == ([] if list(check(root)) else [clean(title)])
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for film in read for c in film.title)


def test_a_broken_document_takes_no_other_along(tmp_path: Path) -> None:
    broken = "---\nfilms:\n- id: a\n  title: A\n- id: x\n  title: X: X\n- id: y\n  title: Y\n...\n"
    root = write(tmp_path, broken + "---\nfilms:\n- id: b\n  title: B\n")
    assert ids(root) == ["a", "y", "b"]
    assert [problem.line for problem in check(root)] == [6]
