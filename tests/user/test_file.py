"""The settings file: what it may say, and that whatever else it says is told with its place and ends nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, only_pinned
from tui.base.errors import ValueRefusedError
from tui.base.words import Words
from tui.user.file import LARGEST_SETTINGS, read
from tui.user.settings import DEFAULTS, VARIABLES, settings
from tui.user.themes import TEXTUAL_THEMES
from tui.user.writing import ABOUT, template, write_settings

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = Words("en")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "settings.toml"


def told(path: Path) -> list[str]:
    return [problem.text(ENGLISH).removeprefix(str(path)) for problem in read(path).problems]


def test_what_it_says_holds_below_the_environment_and_the_options(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (settings().language, set(settings().origins.values())) == ("id", {"default"})
    file.write_text('language = "en"\ntheme = "nord"\nregion = "us"\nfirst_day = "sunday"\ncatalog = "films"\n'
                    'tmdb_token = "eyJhbGciOi.eyJhdWQi.abc"\ncaldav_url = "https://cloud.example.org/"\n'
                    'caldav_user = "budi"\ncaldav_calendar = "Bioskop"\n')  # fmt: skip
    file.chmod(0o600)
    found = settings()
    assert (found.language, found.theme, found.region, found.first_day) == ("en", "nord", "US", 6)
    assert found.places.catalog == file.parent / "films"
    assert set(found.origins.values()) == {"file"}
    monkeypatch.setenv("FILMTUI_LANG", "id")
    monkeypatch.setenv("FILMTUI_REGION", "my")
    found = settings(catalog=str(file.parent / "other"))
    assert (found.language, found.region, found.places.catalog.name) == ("id", "MY", "other")
    assert found.origins == {
        "language": "FILMTUI_LANG", "theme": "file", "region": "FILMTUI_REGION", "first_day": "file", "catalog": "option",
        "tmdb_token": "file", "caldav_url": "file", "caldav_user": "file", "caldav_calendar": "file",
    }  # fmt: skip


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMTUI_FIRST_DAY", "tuesday")
    with pytest.raises(ValueRefusedError) as caught:
        settings()
    assert caught.value.message.text(ENGLISH) == "FILMTUI_FIRST_DAY: “tuesday” is not one of monday, sunday"


WRONG = {
    "an unknown name": ('\n  rregionn = "US"\n', ":2:3: unknown setting “rregionn”; did you mean region?"),
    "a name like none": ("xyz = 1", ":1:1: unknown setting “xyz”; there are language, theme,"),
    "another table": ("[colours]\nred = 1\nblue = 2\n", ":1:1: unknown setting “colours”"),
    "a dotted name": ("region.code = 3", ":1:1: unknown setting “region”"),
    "a wrong value": ('theme   = "nrod"', ":1:11: unknown theme “nrod”; did you mean nord?"),
    "a country": ('# mine\nregion = "Indonesia"', ":2:10: “INDONESIA” is not a country; write its two letters"),
    "a language": ('language = "fr"', ":1:12: unknown language “fr”; write id or en"),
    "a password": ('caldav_url = "https://me:x@example.org/"', ":1:14: the address has a user or a password in it"),
    "a number": ("language = 3", ':1:12: write a text in quotes, such as language = "…"'),
    "no text": ('catalog = ""', ":1:11: the catalog's path is empty"),
    "keys of a number": ("[keys]\nnext = 3", ":2:8: write a key or a list of keys"),
    "no keys": ("keys.next = []", ":1:13: write a key or a list of keys"),
    "an empty key": ('[keys]\nnext = ["n", ""]', ":2:8: write a key or a list of keys"),
    "keys that are no table": ('keys = "vi"', ":1:8: keys are a table"),
    "escape sequences": ('"re\\u001bgion" = 1', ":1:1: unknown setting “re␛gion”; did you mean region?"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_the_rest_holds(name: str, file: Path) -> None:
    text, expected = WRONG[name]
    file.write_text('first_day = "sunday"\n' + text, "utf-8")
    (problem,) = told(file)
    line = int(expected.split(":")[1]) + 1
    assert problem.startswith(f":{line}:" + expected.split(":", 2)[2])
    assert settings().first_day == 6
    assert "\x1b" not in problem


def test_statements_of_several_lines_have_their_first_lines_place(file: Path) -> None:
    file.write_bytes(b'[keys]\r\nnext = [\r\n  "n", # down\r\n  "j",\r\n]\r\n\r\nprevious = """p"""\r\n[more]\r\n')
    found = read(file)
    assert [(key.command, key.keys, key.line) for key in found.keys] == [
        ("next", ("n", "j"), 2), ("previous", ("p",), 7),
    ]  # fmt: skip
    assert [problem.line for problem in found.problems] == [8]
    file.write_text('keys = {next = "n", "previous" = ["p"]}')
    assert [(key.command, key.keys) for key in read(file).keys] == [("next", ("n",)), ("previous", ("p",))]


BROKEN = {
    "an open quote": (b'language = "en\n', ":1:15: this is not TOML"),
    "an open list": (b'[keys]\nnext = ["n"', ":2:1"),
    "a name twice": (b'theme = "nord"\ntheme = "dark"\n', ":2:15: this is not TOML"),
    "latin-1": (b'theme = "nord"\n# caf\xe9\n', ":2:1: the file is not UTF-8"),
    "nul": (b"\0", ":1:1: this is not TOML"),
    "too large": (b"#" * (LARGEST_SETTINGS + 1), ":1:1: too large"),
    "deep": (b"x = " + b"[" * 50_000, ":1:1: nested too deeply"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_warning_and_the_defaults_hold(name: str, file: Path) -> None:
    content, expected = BROKEN[name]
    file.write_bytes(content)
    (problem,) = told(file)
    assert problem.startswith(expected[:3])
    if ": " in expected:
        assert expected.rpartition(": ")[2] in problem
    assert set(settings().origins.values()) == {"default"}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_neither_a_folder_nor_a_pipe_is_waited_for(file: Path, tmp_path: Path) -> None:
    os.mkfifo(file)
    assert told(file) == [":1:1: not a file; the settings are one TOML file"]
    assert "a directory, not a file" in read(tmp_path).problems[0].text(ENGLISH)


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "settings.toml")
        file.write_text(text, "utf-8", newline="")
        found = read(file)
    assert set(found.values) <= set(VARIABLES)
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        assert len(found.problems) == 1


VALUES = st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.sampled_from(["en", "nord", "US", "sunday", "a'\"\\b"]))
LINES = ["# mine", "", 'region = "MY"  # why', "[keys]", 'next = ["n"]  # down', "# end", 'language = "id"']


@given(VALUES, st.permutations([*LINES[:3], LINES[6]]), st.booleans())
def test_writing_keeps_every_line_but_those_that_are_set(values: dict[str, str], head: list[str], keys: bool) -> None:
    import tempfile
    from pathlib import Path

    lines = [*head, *(LINES[3:6] if keys else [])]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "settings.toml")
        file.write_text("\n".join(lines) + "\n")
        write_settings(file, values, "")
        written = file.read_text("utf-8")
    before: dict[str, Any] = tomllib.loads("\n".join(lines))
    assert tomllib.loads(written) == {**before, **values}
    kept = [line for line in lines if line.partition(" =")[0] not in values]
    assert [line for line in written.splitlines() if line in kept and line] == [line for line in kept if line]
    if "region" in values:
        assert "# why" in written


def test_a_file_is_begun_with_what_holds_and_changes_nothing_until_it_is_edited(file: Path) -> None:
    made = template(ENGLISH, [("next", ("down", "j")), ("theme", ("T",))])
    assert tomllib.loads(made) == {"keys": {}}
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line else line for line in made.splitlines())
    known = {
        name: value
        for name, value in tomllib.loads(uncommented).items()
        if name not in {"keys", "catalog", "tmdb_token", "caldav_url", "caldav_user", "caldav_calendar"}
    }
    assert known == {name: value for name, value in DEFAULTS.items() if value}
    assert set(ABOUT) == set(DEFAULTS) == set(VARIABLES)
    write_settings(file, {"theme": "nord"}, made)
    assert file.read_text("utf-8") == made.replace('# theme = "auto"', 'theme = "nord"')


def test_a_broken_file_is_never_written(file: Path) -> None:
    file.write_text("theme = \n")
    with pytest.raises(ValueRefusedError) as caught:
        write_settings(file, {"theme": "nord"}, "")
    assert "is not TOML, so nothing is written into it" in caught.value.message.text(ENGLISH)
    assert file.read_text() == "theme = \n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_the_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "films.toml").write_text("# mine\n")
    (tmp_path / "dotfiles" / "films.toml").chmod(0o600)
    file.symlink_to(tmp_path / "dotfiles" / "films.toml")
    write_settings(file, {"theme": "nord"}, "")
    assert file.is_symlink()
    assert (tmp_path / "dotfiles" / "films.toml").read_text() == '# mine\ntheme = "nord"\n'
    assert (tmp_path / "dotfiles" / "films.toml").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "dotfiles").iterdir()) == ["films.toml"]


@only_pinned("textual")
def test_the_themes_are_textuals() -> None:
    from textual.theme import BUILTIN_THEMES

    assert {*TEXTUAL_THEMES, "ansi-dark", "ansi-light"} == set(BUILTIN_THEMES)


def loaded(file: Path) -> set[str]:
    code = "import sys, tui.user.settings; tui.user.settings.settings(); print(*sys.modules)"
    env = {**os.environ, "FILMTUI_CONFIG": str(file)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=env)
    return set(done.stdout.split())


def test_without_the_file_the_start_loads_nothing_for_it(file: Path) -> None:
    heavy = {"tomllib", "tomlkit", "difflib", "tui.user.file", "tui.user.themes", "tui.user.writing"}
    assert not loaded(file) & heavy
    file.write_text('language = "en"\n')
    assert loaded(file) & heavy == {"tomllib", "tui.user.file", "tui.user.themes"}


def test_a_token_is_a_secret(file: Path) -> None:
    """What the program writes is the user's alone, and a file that others can read is told."""
    token = "eyJhbGciOi.eyJhdWQi.abc_-123"
    write_settings(file, {"tmdb_token": token}, "")
    assert file.stat().st_mode & 0o777 == 0o600
    found = read(file)
    assert (found.values, found.problems) == ({"tmdb_token": token}, ())
    assert settings().tmdb_token == token
    file.chmod(0o644)
    (problem,) = read(file).problems
    assert "chmod 600" in problem.text(ENGLISH)
    file.write_text('tmdb_token = "a b\\r\\nX: y"\n')
    assert not read(file).values
