"""What a shell is offered: through click for each shell, and in a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import get_completion_class

from tests.conftest import ROOT, filmtui
from tui.base.words import Words
from tui.cli.completion import SHELLS, VARIABLE
from tui.cli.localised import State
from tui.cli.main import group
from tui.exports.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def indexed(tmp_path: Path) -> Path:
    """The folder of an index that has been made."""
    assert filmtui("index").returncode == 0
    return tmp_path / "cache"


def offered(typed: str, shell: str = "zsh", language: str = "id") -> dict[str, str]:
    """Value -> help of what may follow, as click would give it to this shell."""
    kind = get_completion_class(shell)
    assert kind is not None
    *arguments, start = typed.split(" ")
    found = kind(group, {"obj": State(Words(language))}, "filmtui", VARIABLE).get_completions(arguments, start)
    return {item.value: item.help or "" for item in found}


def asked(typed: str, shell: str, env: dict[str, str] | None = None) -> str:
    """What the process prints to a shell that asks."""
    told = {"COMP_WORDS": f"filmtui {typed}", "COMP_CWORD": str(len(typed.split(" "))), VARIABLE: f"{shell}_complete"}
    done = filmtui(env=told | (env or {}))
    assert not done.stderr
    return done.stdout


def test_commands_and_options_have_their_help_in_the_language() -> None:
    assert offered("li") == {"list": "Tampilkan rilis menurut urutan tanggal."}
    assert offered("li", language="en") == {"list": "Show releases in calendar order."}
    assert set(offered("")) == set(group.commands)
    assert "\n" not in offered("completion")["completion"]
    assert offered("list --mo") == {"--month": "Hanya bulan itu, misalnya 2026-01."}
    assert offered("list --he") == {"--help": "Tampilkan bantuan ini."}


def test_what_the_catalog_has_is_offered(indexed: Path) -> None:
    assert offered("list --month 2026-0") == {"2026-01": "Januari 2026"}
    assert list(offered("--month ")) == ["2025-12", "2026-01"]
    assert offered("show k") == {"kuyank": "Kuyank"}
    assert "horor" in offered("list --genre ")
    assert "war" not in offered("list --genre ", language="en")  # none of its films has it
    assert set(offered("show ", "fish")) >= {"kuyank", "red-rooms", "greenland-migration"}


def test_values_that_are_the_same_everywhere_are_offered() -> None:
    assert offered("list --type t", language="en") == {"theatrical": "In cinemas", "tv": "Television"}
    assert list(offered("list --format ")) == list(FORMATS)
    assert list(offered("import --as ")) == ["page", "html", "ics", "csv"]
    assert list(offered("--lang ")) == ["id", "en"]
    assert list(offered("completion ")) == list(SHELLS)
    assert offered("list --genre fiksi") == {}
    assert offered("list --genre sci") == {"science-fiction": "fiksi ilmiah"}  # two words a shell would part


def test_completing_makes_no_index_and_reads_no_catalog(tmp_path: Path) -> None:
    for typed in ("show k", "list --month ", "--month 20"):
        assert offered(typed) == {}
    assert len(offered("list --genre ")) == 19
    assert not (tmp_path / "cache").exists()


def test_an_index_of_another_program_is_left_alone(indexed: Path) -> None:
    (index,) = indexed.glob("*.sqlite3")
    index.write_bytes(b"not a database" * 100)
    assert offered("show k") == {}
    assert index.read_bytes() == b"not a database" * 100


@pytest.mark.parametrize(
    "env",
    [
        {"COMP_CWORD": "none"},
        {"COMP_WORDS": "filmtui --today never show k", "COMP_CWORD": "4"},
        {VARIABLE: "tcsh_complete"},
        {VARIABLE: ""},
    ],
    ids=["a word that is no number", "an option of no form", "an unknown shell", "nothing asked"],
)
def test_what_fails_prints_nothing(indexed: Path, env: dict[str, str]) -> None:
    assert not asked("show k", "zsh", env).strip()


def test_each_shell_gets_its_form(indexed: Path) -> None:
    assert asked("show kuy", "bash") == "plain,kuyank\n"
    assert asked("show kuy", "zsh") == "plain\nkuyank\nKuyank\n"
    assert "kuyank" in asked("show kuy", "fish", {"COMP_CWORD": "kuy"})
    assert asked("--lang en list --genre horr", "bash") == "plain,horror\n"
    assert asked("check da", "bash").startswith("file,")


def test_the_script_of_each_shell_asks_the_program() -> None:
    for shell in SHELLS:
        done = filmtui("completion", shell)
        assert done.returncode == 0
        assert not done.stderr
        assert f"{VARIABLE}={shell}_complete" in done.stdout
    refused = filmtui("completion", "tcsh", "--lang", "en")
    assert refused.returncode == 2
    assert refused.stderr == "filmtui: “tcsh” is not one of bash, zsh, fish · see “filmtui --help”\n"
    assert "~/.bashrc" in filmtui("completion", "--help").stdout


BASH = shutil.which("bash")


@pytest.fixture
def on_path(tmp_path: Path) -> Path:
    """A folder in which the command is called filmtui."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "filmtui"
    command.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tui "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.mark.skipif(not BASH, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["show", "kuy"], ["kuyank"]),
        (["list", "--month", "2026"], ["2026-01"]),
        (["list", "--genre", "=", "hor"], ["horor"]),
        (["chan"], ["changes"]),
        (["show", "nobody"], []),
    ],
)
def test_a_real_bash_completes(indexed: Path, on_path: Path, typed: list[str], expected: list[str]) -> None:
    words = " ".join(f'"{word}"' for word in ["filmtui", *typed])
    script = f"""
        eval "$(filmtui completion bash)"
        complete -p filmtui >&2
        COMP_WORDS=({words}) COMP_CWORD={len(typed)}
        _filmtui_completion filmtui
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    env = {**os.environ, "PATH": f"{on_path}{os.pathsep}{os.environ['PATH']}"}
    assert BASH
    done = subprocess.run(
        [BASH, "--norc", "-c", script], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == expected
    assert done.stderr == "complete -o nosort -F _filmtui_completion filmtui\n"
