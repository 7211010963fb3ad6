"""Catalogs that keep a reader out, waiting or busy: each is told in one line, and costs little."""

from __future__ import annotations

import difflib
import errno
import os
import stat
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, filmtui, settled, shown
from tui.base.words import Words
from tui.catalog import files
from tui.catalog.check import check
from tui.catalog.files import File, find, open_regular
from tui.catalog.reading.reader import read
from tui.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

EN = Words("en")
NOT_A_FILE, A_FOLDER, TOO_LARGE = map(os.strerror, (errno.EINVAL, errno.EISDIR, errno.EFBIG))
GOOD = films(film("kuyank", "Kuyank", "2026-01-29"))


def told(root: Path) -> list[str]:
    return [problem.text(EN) for problem in check(root)]


def problems_of(file: File) -> list[str]:
    found: list[str] = []
    assert list(read(file, lambda problem: found.append(problem.text(EN)))) == []
    return found


# what may not be reached


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog in somebody else's directory. The superuser may look everywhere, so the system calls say no here."""
    room = tmp_path / "room"

    def refusing(call: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: object, *rest: object, **more: object) -> object:
            if isinstance(path, str | Path) and Path(path).is_relative_to(room) and Path(path) != room:
                raise PermissionError(13, os.strerror(13), str(path))
            return call(path, *rest, **more)

        return refuse

    room.mkdir()
    for name in ("stat", "lstat", "open", "scandir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    return room / "catalog"


@pytest.fixture(params=["locked", "too long"])
def unreachable(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A catalog's path, and what is said of it behind the path."""
    if request.param == "locked":
        return request.getfixturevalue("locked"), "no permission to read it; change its permissions"
    return tmp_path / ("x" * 300), "no such catalog (the name is too long); name a YAML file or a directory of them"


@pytest.mark.parametrize(
    "command", [["list", "--catalog"], ["check"], ["index", "--catalog"], ["show", "a", "--catalog"]]
)
def test_a_catalog_that_may_not_be_reached_is_told_in_one_line(
    unreachable: tuple[Path, str], command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    path, text = unreachable
    with pytest.raises(SystemExit) as end:
        main([*command, str(path), "--lang", "en"])
    assert end.value.code == 1
    assert capfd.readouterr() == ("", f"filmtui: {path}: {text}\n")


async def test_the_calendar_says_that_a_catalog_may_not_be_reached(app: Make, unreachable: tuple[Path, str]) -> None:
    path, text = unreachable
    async with app(path, language="en").run_test(size=(700, 30)) as pilot:
        await settled(pilot)
        assert f"{path}: {text}" in shown(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert f"{path}: {text}" in shown(pilot)


# what is no file to read


def test_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/null"), tmp_path):
        with pytest.raises(OSError, match=f"{NOT_A_FILE}|{A_FOLDER}"):
            open_regular(path)
    (tmp_path / "file").write_bytes(b"123")
    with open_regular(tmp_path / "file") as stream:
        assert stream.read() == b"123"


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (file,) = find(tmp_path)
    file.path.unlink()
    os.mkfifo(file.path)
    assert problems_of(file) == ["a.yaml:1:1: not a regular file; a catalog is made of text files"]


def test_a_file_that_has_nothing_to_give_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # as /proc/kmsg: a regular file by its stat, whose reading waits
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, "utf-8")
    reading, writing = os.pipe()
    opened = os.open
    monkeypatch.setattr(
        os,
        "open",
        lambda path, flags, *more: _pipe(reading, flags) if "b.yaml" in str(path) else opened(path, flags, *more),
    )
    monkeypatch.setattr(stat, "S_ISREG", lambda mode: True)
    assert told(tmp_path) == ["b.yaml:1:1: not a regular file; a catalog is made of text files"]
    os.close(writing)


def _pipe(reading: int, flags: int) -> int:
    again = os.dup(reading)
    os.set_blocking(again, not flags & os.O_NONBLOCK)
    return again


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="Linux has such a file, and shows it to the superuser")
def test_the_kernels_messages_are_no_catalog(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("/proc/kmsg")
    run = filmtui("list", "--catalog", str(tmp_path), "--lang", "en")
    (text,) = run.stderr.splitlines()
    assert text.startswith("a.yaml:1:1: ")
    assert run.returncode == 1


def test_a_file_beyond_measure_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    with (tmp_path / "b.yaml").open("wb") as stream:
        stream.truncate(files.LARGEST + 1)  # takes no room on the disk
    assert told(tmp_path) == ["b.yaml:1:1: larger than 1 GiB; divide its films among several files"]
    with pytest.raises(OSError, match=TOO_LARGE):
        open_regular(tmp_path / "a.yaml", 10)


def test_a_file_that_grows_beyond_measure_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 10)
    with open_regular(path, 100) as stream:
        path.write_bytes(b"x" * 1000)
        with pytest.raises(OSError, match=TOO_LARGE):
            stream.read()


# directories in directories


def test_directories_in_each_other_have_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    here = os.open(tmp_path, os.O_RDONLY)
    for depth in range(3000):
        os.mkdir("b", dir_fd=here)  # a path of them all would be longer than the system takes
        inner = os.open("b", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
        if depth == 49:
            os.close(os.open("b.yaml", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    (tmp_path / "c.yaml").write_text(GOOD.replace("kuyank", "c"), "utf-8")
    deep = "b/" * 50
    assert told(tmp_path) == [
        f"{deep}b/:1:1: more than 50 directories in each other; move it further up",
        f"{deep}b.yaml:1:1: empty; begin it with “films:”",
    ]
    run = filmtui("list", "--catalog", str(tmp_path))
    assert run.stdout.count("Kuyank") == 2
    assert len(run.stderr.splitlines()) == 2
    _remove(tmp_path / "b")


def _remove(folder: Path) -> None:
    """shutil.rmtree, and so pytest, goes down by recursion."""
    while (folder / "b").exists():
        inner = folder / "b"
        aside = folder.with_name("aside")
        inner.rename(aside)
        for path in (folder / "b.yaml",):
            path.unlink(missing_ok=True)
        folder.rmdir()
        aside.rename(folder)
    folder.rmdir()


def test_files_come_folder_by_folder_in_the_order_of_their_names(catalog: Callable[..., Path]) -> None:
    root = catalog(b=GOOD, a__b=GOOD, a__a__c=GOOD, c__a=GOOD, **{"a-b": GOOD})
    names = [file.name for file in find(root)]
    assert names == sorted(names, key=files.order)
    assert len(names) == 5


# what would cost much


def test_a_films_problems_end_at_twenty_and_a_files_at_a_thousand(catalog: Callable[..., Path]) -> None:
    wrong = "- id: a{}\n  title: A\n" + "".join(f"  feld{n}: x\n" for n in range(25))
    (*first, more) = told(catalog(a="films:\n" + wrong.format(1) + GOOD.removeprefix("films:\n")))
    found = told(catalog(a="films:\n" + wrong.format(1) + GOOD.removeprefix("films:\n")))
    assert found[0] == "a.yaml:2:1: more problems in this film: 5"
    assert len(found) == 21
    assert len(first) == 20
    assert "feld19" in more
    found = told(catalog(a="films:\n" + "".join(wrong.format(n) for n in range(100))))
    assert len(found) == 1001
    # 47 films with 21 lines each, and 13 lines of the next: of it and of the 52 others nothing else is told
    assert found[-1].endswith(f"more problems in this file, from here on: {12 + 52 * 25}")


@pytest.mark.parametrize("ending", ["", "  title: 'A\n", f"  cast: {'[' * 2000}\n"], ids=["whole", "broken", "deep"])
def test_problems_are_counted_once_though_a_broken_file_is_read_twice(
    catalog: Callable[..., Path], ending: str
) -> None:
    tags = "- id: a\n  genres:\n" + "  - !x y\n" * 30
    found = told(catalog(a=f"films:\n{tags}{ending}{GOOD.removeprefix('films:')}"))
    counted = [int(text.rpartition(" ")[2]) for text in found if "more problems in this film" in text]
    assert counted == [11 if "cast" in ending else 10]
    assert len(found) == 21


def test_what_is_near_is_only_looked_for_where_it_is_told(
    catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def near(name: str, *_: object) -> list[str]:
        asked.append(name)
        return []

    monkeypatch.setattr(difflib, "get_close_matches", near)
    told(catalog(a="films:\n- id: a\n  title: A\n" + "".join(f"  feld{n}: x\n" for n in range(9000))))
    assert len(asked) == 20


@pytest.mark.parametrize(
    ("field", "longest"),
    [("title: {}", 300), ("genres: [{}]", 300), ("cast: [{{name: {}}}]", 300), ("releases: [{{source: {}}}]", 300),
     ("synopsis: {}", 20_000), ("synopsis: {{en: {}}}", 20_000)],
)  # fmt: skip
def test_a_text_has_a_length(catalog: Callable[..., Path], field: str, longest: int) -> None:
    def read_with(count: int) -> list[str]:
        head = "" if field.startswith("title") else "  title: A\n"
        return told(catalog(a=f"films:\n- id: a\n{head}  {field.format('ﷺ' * count)}\n"))

    assert read_with(longest) == []
    (text,) = read_with(longest + 1)
    assert text.endswith(f"longer than {longest} characters; shorten it")


def test_ids_and_links_have_a_length(catalog: Callable[..., Path]) -> None:
    long = "x" * 5000
    links = f"{{{'x' * 200}: 'https://a.example', b: 'https://{long}'}}"
    found = told(catalog(a=f"films:\n- id: {long}\n  title: A\n  links: {links}\n"))
    assert [text.rpartition(": ")[2] for text in found] == [
        f"longer than {count} characters; shorten it" for count in (200, 100, 2000)
    ]


@pytest.mark.parametrize(
    ("field", "count", "most"),
    [("cast: [{}]", 1001, 1000), ("genres: [{}]", 51, 50), ("cast: [{}]", 20_000, 1000)],
)
def test_a_list_has_an_end(catalog: Callable[..., Path], field: str, count: int, most: int) -> None:
    items = ", ".join("{name: x}" if "cast" in field else f"g{n}" for n in range(count))
    root = catalog(a=f"films:\n- id: a\n  title: A\n  {field.format(items)}\n" + GOOD.removeprefix("films:\n"))
    (text,) = told(root)
    assert text.endswith(f"more than {most} entries; leave some out")
    assert [item.value.title for file in find(root) for item in read(file, lambda _: None)] == ["Kuyank"]


@pytest.mark.parametrize("text", ["  synopsis: {}", "  feld: x\n{}", "  cast: [{}]", "  x: |\n    {}"])
def test_a_film_has_an_end(catalog: Callable[..., Path], text: str) -> None:
    long = "".join(f"  feld{n}: x\n" for n in range(80_000)) if "feld" in text else "x, " * 400_000
    root = catalog(a=f"{GOOD}- id: a\n  title: A\n{text.format(long)}\n- id: c\n  title: C: C\n- id: b\n  title: B\n")
    wording = told(root)
    assert wording[0] == "a.yaml:5:1: longer than 1000000 characters; shorten it"
    assert len(wording) == 2  # the broken one is told, and where it stands
    assert [item.value.title for file in find(root) for item in read(file, lambda _: None)] == ["Kuyank", "B"]


def test_a_film_in_brackets_has_an_end(catalog: Callable[..., Path]) -> None:
    (text,) = told(catalog(a="films: [{id: b, title: B}, {id: a, title: A, genres: [" + "x, " * 400_000 + "]}]\n"))
    assert text == "a.yaml:1:1: longer than 1000000 characters; shorten it"


def test_many_films_of_one_id_cost_no_time_by_the_square(catalog: Callable[..., Path]) -> None:
    def seconds(count: int) -> float:
        root = catalog(a="films:\n" + "- {id: a, title: A}\n" * count)
        begun = time.process_time()
        assert len(list(check(root, advise=date(2026, 1, 1)))) == count - 1
        return time.process_time() - begun

    seconds(100)  # what is loaded at the first time
    assert seconds(40_000) < 10 * seconds(10_000)  # by the square it would be 16 times
