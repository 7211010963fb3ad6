"""The command config, and what the settings file makes of the other commands."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, filmtui

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_it_shows_what_holds_and_where_from(file: Path) -> None:
    assert filmtui("config", "--path").stdout == f"{file}\n"
    lines = filmtui("config").stdout.splitlines()
    assert lines[0].endswith("· belum ada; filmtui config --edit membuatnya")
    assert ["language", "id", "bawaan"] in [line.split() for line in lines]
    file.write_text('language = "en"\nregion = "us"\n[keys]\nnext = ["d", "j"]\n')
    lines = filmtui("config", env={"FILMTUI_THEME": "light"}).stdout.splitlines()
    words = [line.split() for line in lines]
    assert ["language", "en", "file"] in words
    assert ["theme", "light", "FILMTUI_THEME"] in words
    assert ["region", "US", "file"] in words
    assert ["keys", "next", "=", "d", "j"] in words
    found = json.loads(filmtui("config", "--format", "json", "--lang", "id").stdout)
    assert found["file"] == str(file)
    assert found["there"] is True
    assert found["settings"]["language"] == {"value": "id", "from": "option"}
    assert found["settings"]["first_day"] == {"value": "monday", "from": "default"}
    assert found["keys"] == {"next": ["d", "j"]}
    assert found["problems"] == []


def test_the_language_of_help_and_errors_is_the_files(file: Path) -> None:
    file.write_text('language = "en"\n')
    assert "Show releases in calendar order." in filmtui("list", "--help").stdout
    assert "unknown option --foo" in filmtui("list", "--foo").stderr
    assert "Tampilkan" in filmtui("list", "--help", "--lang", "id").stdout


def test_what_is_wrong_is_told_once_and_ends_nothing(file: Path) -> None:
    file.write_text('language = "en"\nregionn = "US"\n')
    for command in (("list",), ("week",), ("check",), ("show", "red-rooms"), ("index",)):
        done = filmtui(*command)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count(":2:1: unknown setting “regionn”; did you mean region?\n") == 1
    done = filmtui("config")
    assert "regionn" in done.stdout
    assert "regionn" not in done.stderr


def test_the_region_is_that_of_the_lists(file: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a=films(
            film("home", "Di Sini", "2026-01-07"),
            film("there", "Di Sana", releases="[{date: 2026-01-08, region: US}]"),
        )
    )
    file.write_text(f'region = "us"\ncatalog = "{root}"\n')
    env = {"FILMTUI_CATALOG": "", "FILMTUI_TODAY": "2026-01-05"}
    assert filmtui("list", env=env).stdout.splitlines()[1:] == ["  Kam  8  Di Sana"]
    assert "Di Sini" in filmtui("list", "--region", "ID", env=env).stdout
    assert "Di Sana" in filmtui(env=env).stdout
    week = json.loads(filmtui("week", "--format", "json", env=env).stdout)
    assert [row["id"] for row in week["films"]] == ["there"]
    assert week["holidays"] == []  # Indonesia's are no others'


def test_weeks_begin_on_the_day_that_is_set(file: Path) -> None:
    def span(day: str) -> tuple[str, str]:
        found = json.loads(filmtui("week", "--date", day, "--format", "json").stdout)
        return found["first"], found["last"]

    assert span("2026-01-04") == ("2025-12-29", "2026-01-04")
    file.write_text('first_day = "sunday"\n')
    assert span("2026-01-04") == ("2026-01-04", "2026-01-10")
    assert span("2026-01-10") == ("2026-01-04", "2026-01-10")


def test_edit_makes_the_file_and_opens_it(file: Path, tmp_path: Path) -> None:
    script = "import sys, pathlib; p = pathlib.Path(sys.argv[1]); p.write_text('theme_ = 1\\n' + p.read_text())"
    (tmp_path / "an editor.py").write_text(script)
    editor = shlex.join([sys.executable, str(tmp_path / "an editor.py")])
    done = filmtui("config", "--edit", "--lang", "en", env={"VISUAL": editor, "EDITOR": "false"})
    assert done.returncode == 0, done.stderr
    assert file.read_text("utf-8").splitlines()[:2] == [
        "theme_ = 1", "# Settings of filmtui. Take away the # in front of what is to hold.",
    ]  # fmt: skip
    assert ":1:1: unknown setting “theme_”; did you mean theme?" in done.stderr


@pytest.mark.parametrize(
    ("editor", "told"),
    [("", "no editor is known"), ("no-such-editor", "cannot be started"), ("'", "no editor is known")],
)
def test_an_editor_that_is_none_is_told_in_a_line(editor: str, told: str) -> None:
    done = filmtui("config", "--edit", "--lang", "en", env={"VISUAL": editor, "EDITOR": ""})
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
