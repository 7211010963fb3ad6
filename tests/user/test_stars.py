"""The file of stars: read whatever people write, changed a line at a time, and never overwritten where it is broken."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tui.base.errors import ValueRefusedError
from tui.base.text import clean
from tui.base.words import Words
from tui.user import watchlist
from tui.user.places import stars_file
from tui.user.settings import settings
from tui.user.starring import put, take
from tui.user.watchlist import LARGEST_STARS, LONGEST_NOTE, Star, note_of, parsed, read_stars, written

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = Words("en")
DAY = date(2026, 1, 5)
IDS = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
NOTES = st.text(max_size=40)
STARS = st.builds(Star, IDS, NOTES, st.none() | st.dates())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "starred.yaml"


def ids(path: Path) -> list[str]:
    return [star.id for star in read_stars(path).stars]


def told(path: Path) -> list[str]:
    return [problem.text(ENGLISH) for problem in read_stars(path).problems]


# where it is


def test_it_is_beside_the_users_catalog_or_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings().places.starred == tmp_path / "share" / "filmtui" / "starred.yaml"
    monkeypatch.setenv("FILMTUI_STARS", str(tmp_path / "here" / ".." / "mine.yaml"))
    assert stars_file() == settings().places.starred == tmp_path / "mine.yaml"


# reading


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("", []),
        ("# nothing yet\n", []),
        ("- kuyank\n- shelter\n", [Star("kuyank"), Star("shelter")]),
        ("- kuyank", [Star("kuyank")]),
        ("- Kuyank # with Rina\n", [Star("kuyank")]),
        ("[kuyank, shelter]", [Star("kuyank"), Star("shelter")]),
        ("- kuyank: with Rina\n", [Star("kuyank", "with Rina")]),
        ("- id: kuyank\n  note: |\n    with\n    Rina\n", [Star("kuyank", "with Rina")]),
        ("- {id: kuyank, since: 2026-01-05, seat: 4F}\n", [Star("kuyank", since=DAY)]),
        ('- {id: kuyank, note: "a \\"b\\" c", since: 2026-01-05}\n', [Star("kuyank", 'a "b" c', DAY)]),
        ("- 1917\n- {id: 2012, note: 2013}\n- null\n", [Star("1917"), Star("2012", "2013"), Star("null")]),
        ("- kuyank\r\n- shelter\r\n", [Star("kuyank"), Star("shelter")]),
        ("\ufeff- kuyank\n", [Star("kuyank")]),
        ("- kuyank\n- {id: kuyank, note: Rina, since: 2026-01-05}\n- kuyank\n", [Star("kuyank", "Rina", DAY)]),
        ("- {id: kuyank, note: ~, since: 2026-01-05}\n", [Star("kuyank", since=DAY)]),
        ("- {id: kuyank, note: '\\e[31mred \u202e'}\n", [Star("kuyank", "\\e[31mred ‹U+202E›")]),
    ],
    ids=range(16),
)
def test_whatever_people_write_is_understood(file: Path, text: str, stars: list[Star]) -> None:
    file.write_text(text, "utf-8", newline="")
    assert read_stars(file) == watchlist.Watchlist(tuple(stars))


@pytest.mark.parametrize(
    ("text", "problems", "left"),
    [
        ("- kuyank\n- X Y\n- shelter\n", ["starred.yaml:2:3: “x y” is not an id"], ["kuyank", "shelter"]),
        ("- [a]\n- kuyank\n", ["starred.yaml:1:3: write a film's id, such as - kuyank"], ["kuyank"]),
        ("- {id: kuyank, since: soon}\n", ["starred.yaml:1:23: not a day; write 2026-01-07"], ["kuyank"]),
        ("- {id: kuyank, note: [a]}\n", ["starred.yaml:1:22: a note is one text"], ["kuyank"]),
        ("- {note: a, since: 2026-01-05}\n- b\n", ["starred.yaml:1:3: write a film's id"], ["b"]),
        ("- {id: kuyank, since: 2026-02-31}\n", ["starred.yaml:1:23: not a day"], ["kuyank"]),
    ],
    ids=range(6),
)
def test_what_is_wrong_is_told_with_its_place_and_the_rest_holds(
    file: Path, text: str, problems: list[str], left: list[str]
) -> None:
    file.write_text(text, "utf-8")
    assert ids(file) == left
    assert len(told(file)) == len(problems)
    assert all(one.startswith(start) for one, start in zip(told(file), problems, strict=True))


BROKEN: dict[str, tuple[bytes, str]] = {
    "no YAML": (b"- kuyank\n- {id: [\n", "this is not YAML; write a film a line, such as - kuyank"),
    "no list": (b"kuyank: true\nshelter: true\n", "1:1: write a list of films, one a line"),
    "git": (b"- a\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> x\n", ":2:1: two versions stand here side by side"),
    "no UTF-8": (b"- kuyank\n- \xff\n", "not UTF-8; save it as UTF-8"),
    "deep": (b"- " + b"[" * 5000, "this is not YAML"),
    "large": (b"#" * (LARGEST_STARS + 1), "too large for a list of stars"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_line_and_is_never_written(file: Path, name: str) -> None:
    content, why = BROKEN[name]
    file.write_bytes(content)
    (problem,) = told(file)
    assert why in problem
    assert ids(file) == []
    for change in (partial(put, file, Star("shelter")), partial(take, file, ["kuyank"])):
        with pytest.raises(ValueRefusedError) as raised:
            change()
        assert "nothing is written into it" in raised.value.message.text(ENGLISH)
        assert "\n" not in raised.value.message.text(ENGLISH)
    assert file.read_bytes() == content
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_what_is_no_file_is_told(file: Path) -> None:
    file.mkdir()
    assert len(told(file)) == 1
    pipe = file.parent / "pipe.yaml"
    os.mkfifo(pipe)
    assert len(told(pipe)) == 1  # and did not wait for who writes into it


def test_the_copies_that_a_sync_leaves_are_named(file: Path) -> None:
    file.write_text("- kuyank\n", "utf-8")
    names = ["starred (Rina's conflicted copy 2026-01-05).yaml", "starred.sync-conflict-20260105-120000-ABCDEFG.yaml"]
    for name in (*names, "starred.yaml.bak", "conflict.yaml"):
        (file.parent / name).write_text("- shelter\n", "utf-8")
    assert ids(file) == ["kuyank"]
    assert [one.partition(":")[0] for one in told(file)] == names
    put(file, Star("alas"))  # which they do not hinder
    assert ids(file) == ["alas", "kuyank"]


@given(st.lists(STARS, max_size=8))
def test_lines_of_the_own_form_say_the_same_to_both_readers(stars: list[Star]) -> None:
    text = "".join(f"- {written(as_kept(star))}\n" for star in stars)
    composed = watchlist._composed(text, "x")
    plain = watchlist._plain(text)
    assert not composed.broken
    assert not composed.problems
    assert [entry.star for entry in composed.entries] == [as_kept(star) for star in stars]
    if plain is not None:
        assert [entry[:3] for entry in plain] == [entry[:3] for entry in composed.entries]


@given(st.text(alphabet=st.sampled_from('-{}: ,"\\#\n idnotesc012~[]é\u200d'), max_size=60))
def test_the_quick_reader_never_says_what_yaml_does_not(text: str) -> None:
    plain = watchlist._plain(text)
    if plain is not None:
        composed = watchlist._composed(text, "x")
        assert not composed.broken
        assert [entry.star for entry in plain] == [entry.star for entry in composed.entries]


@given(st.text(max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    found = parsed(text, "x")
    assert found.broken is None or not found.stars
    assert all(clean(problem.text(ENGLISH)) == problem.text(ENGLISH) for problem in found.problems)


def as_kept(star: Star) -> Star:
    return Star(star.id, note_of(star.note), star.since)


# writing


@given(st.lists(st.tuples(STARS, st.booleans()), max_size=10))
def test_what_is_put_is_there_and_what_is_taken_is_not(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Star, bool]]
) -> None:
    path = tmp_path_factory.mktemp("stars") / "starred.yaml"
    wanted: dict[str, Star] = {}
    for one_star, there in steps:
        star = as_kept(one_star)
        if there:
            put(path, star)
            known = wanted.get(star.id, star)
            wanted[star.id] = Star(star.id, star.note or known.note, known.since)
        else:
            take(path, [star.id])
            wanted.pop(star.id, None)
        assert {one.id: one for one in read_stars(path).stars} == wanted
    if path.exists():
        lines = path.read_text("utf-8").splitlines()
        assert lines == [f"- {written(wanted[id])}" for id in sorted(wanted)]
        assert len(yaml.safe_load(path.read_text("utf-8")) or []) == len(wanted)


MINE = """\
# Films of the club.

# horror
- shelter   # with Rina
- id: kuyank
  note: >
    both
    parts
  seat: 4F
# the rest
- {id: mercy, row: 7}
"""


def test_what_people_wrote_stays(file: Path) -> None:
    file.write_text(MINE, "utf-8")
    put(file, Star("alas-roban", since=DAY))
    assert file.read_text("utf-8") == MINE.replace("- shelter", "- {id: alas-roban, since: 2026-01-05}\n- shelter")
    take(file, ["alas-roban"])
    assert file.read_text("utf-8") == MINE
    put(file, Star("shelter", "row 4"))
    put(file, Star("kuyank", "one part"))
    put(file, Star("mercy", "\u00e9"))
    assert file.read_text("utf-8") == MINE.replace("- shelter ", '- {id: shelter, note: "row 4"} ').replace(
        ">\n    both\n    parts\n", '"one part"\n'
    ).replace("mercy,", 'mercy, note: "é",')
    take(file, ["kuyank", "mercy"])
    assert "# the rest" in file.read_text("utf-8")
    assert ids(file) == ["shelter"]


def test_a_star_keeps_its_note_unless_another_is_given(file: Path) -> None:
    put(file, Star("kuyank", "with Rina", DAY))
    put(file, Star("kuyank", since=date(2027, 1, 1)))
    assert read_stars(file).stars == (Star("kuyank", "with Rina", DAY),)
    put(file, Star("kuyank"), renote=True)
    assert read_stars(file).stars == (Star("kuyank", "", DAY),)
    put(file, Star("kuyank", "x" * 2 * LONGEST_NOTE))
    assert len(read_stars(file).stars[0].note) == LONGEST_NOTE


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[shelter, kuyank]\n", "- {id: kuyank}\n- {id: mercy}\n- {id: shelter}\n"),
        ("  - kuyank\n  - shelter\n", "  - kuyank\n  - {id: mercy}\n  - shelter\n"),
        ("- kuyank\r\n- shelter\r\n", "- kuyank\r\n- {id: mercy}\r\n- shelter\r\n"),
        ("---\n- kuyank\n...\n", "---\n- kuyank\n- {id: mercy}\n...\n"),
        ("- kuyank", "- kuyank\n- {id: mercy}\n"),
        ("# none\n", "# none\n- {id: mercy}\n"),
    ],
    ids=range(6),
)
def test_layouts_of_other_hands(file: Path, text: str, after: str) -> None:
    file.write_text(text, "utf-8", newline="")
    put(file, Star("mercy"))
    got = file.read_bytes().decode()
    assert sorted(got.splitlines()) == sorted(after.splitlines())
    assert ("\r\n" in got) is ("\r\n" in after)
    take(file, ["mercy"])
    assert ids(file) == [star.id for star in parsed(text.replace("\r\n", "\n"), "").stars]


def test_a_layout_that_cannot_be_kept_is_refused(file: Path) -> None:
    file.write_text("[kuyank, # mine\n shelter]\n", "utf-8")
    with pytest.raises(ValueRefusedError) as raised:
        put(file, Star("mercy"))
    assert "laid out in a way of its own" in raised.value.message.text(ENGLISH)
    assert file.read_text("utf-8") == "[kuyank, # mine\n shelter]\n"


def test_a_link_stays_one_and_permissions_stay(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "sync" / "mine.yaml"
    real.parent.mkdir()
    real.write_text("- shelter\n", "utf-8")
    real.chmod(0o640)
    file.symlink_to(real)
    put(file, Star("kuyank"))
    assert file.is_symlink()
    assert real.read_text("utf-8") == "- {id: kuyank}\n- shelter\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_nothing_is_written_where_nothing_changes(file: Path) -> None:
    put(file, Star("kuyank"))
    before = file.stat()
    put(file, Star("kuyank"))
    take(file, ["shelter"])
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_several_processes_lose_nothing(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.user.starring import put, take; from tui.user.watchlist import Star\n"
        "path, name = Path(sys.argv[1]), sys.argv[2]\n"
        "for n in range(20):\n"
        "    put(path, Star(f'{name}-{n}'))\n"
        "    n % 2 and take(path, [f'{name}-{n}'])\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file), name], cwd=ROOT) for name in "abc"]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert ids(file) == sorted(f"{name}-{n}" for name in "abc" for n in range(0, 20, 2))


def test_a_disk_that_refuses_leaves_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(file, Star("kuyank"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space"):
        put(file, Star("shelter"))
    assert ids(file) == ["kuyank"]


def test_a_plain_file_is_read_without_yaml(file: Path) -> None:
    """It is read before the calendar's first picture."""
    put(file, Star("kuyank", "with Rina", DAY))
    code = (
        "import sys; from pathlib import Path; from tui.user.watchlist import read_stars\n"
        "assert read_stars(Path(sys.argv[1])).stars; print('yaml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_it_merges_in_git(tmp_path: Path) -> None:
    """Two machines star different films: no conflict, and both stars."""

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
            cwd=tmp_path, check=True, capture_output=True, timeout=60,
        )  # fmt: skip

    file = tmp_path / "starred.yaml"
    git("init", "-q", "-b", "main")
    for id in ("alas-roban", "kuyank", "mercy", "primate", "shelter"):
        put(file, Star(id, since=DAY))
    git("add", ".")
    git("commit", "-qm", "a")
    git("checkout", "-qb", "other")
    put(file, Star("avatar", since=DAY))
    git("commit", "-qam", "b")
    git("checkout", "-q", "main")
    put(file, Star("send-help", since=DAY))
    take(file, ["mercy"])
    git("commit", "-qam", "c")
    git("merge", "-q", "other")
    assert ids(file) == ["alas-roban", "avatar", "kuyank", "primate", "send-help", "shelter"]
