"""What the documents say is what the program does."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, filmtui, only_pinned
from tui import __version__
from tui.app.commands import COMMANDS
from tui.app.keys import key_name
from tui.catalog.files import LARGEST
from tui.cli.main import group
from tui.films import film

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
}
README, INDONESIAN = DOCUMENTS["README.md"], DOCUMENTS["README.id.md"]
GUIDE = DOCUMENTS["docs/architecture.md"]
TRANSLATED = {name.replace(".id.md", ".md"): name for name in DOCUMENTS if name.endswith(".id.md")}
TABLES: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "tables.py"))
MANUAL: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "manual.py"))
SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "tui").rglob("*.py")}


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def spans(text: str) -> list[str]:
    """Inline code outside of the tables that are made."""
    written = re.sub(r"(?s)<!-- made by .*?<!-- end -->|^```.*?^```$", "", text, flags=re.MULTILINE)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", written)]


def links(text: str) -> list[str]:
    """The files that a text links to, without those of other sites."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.partition("#")[0] for target in targets if "://" not in target]


# tables that are made


@pytest.mark.parametrize("page", TABLES["PAGES"])
def test_the_tables_are_those_of_the_code(page: str) -> None:
    assert "<!-- made by docs/tables.py:" in DOCUMENTS[page]
    assert TABLES["made"](page, DOCUMENTS[page]) == DOCUMENTS[page], "run just tables"


def test_every_table_has_its_page() -> None:
    made = {name for text in DOCUMENTS.values() for name in re.findall(r"made by docs/tables\.py: (\w+) -->", text)}
    assert made == set(TABLES["TABLES"])
    assert {name for name, text in DOCUMENTS.items() if "<!-- made by docs/tables.py:" in text} == set(TABLES["PAGES"])


@pytest.mark.parametrize("language", MANUAL["PAGES"])
def test_the_man_pages_are_those_of_the_help(language: str) -> None:
    made = MANUAL["page"](language)
    assert made == (ROOT / MANUAL["PAGES"][language]).read_text("utf-8"), "run just tables"
    assert all(f"\n.SS filmtui {name}\n" in made for name in group.commands)


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff")
@pytest.mark.parametrize("language", MANUAL["PAGES"])
def test_a_man_page_is_sound(language: str) -> None:
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-cbou", ROOT / MANUAL["PAGES"][language]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert not done.stderr
    assert "filmtui list" in done.stdout
    assert "FILMTUI_CATALOG" in done.stdout


def test_the_tables_of_keys_name_every_key_once() -> None:
    page = DOCUMENTS["docs/keys.md"].partition("<!-- end -->")[0]
    made = page.partition("<!-- made by")[2]
    keys = [key for command in COMMANDS for key in command.keys]
    assert re.findall(r"`(\S+)`", made) == [key_name(key) for key in keys]


def test_every_module_stands_in_the_guide_with_what_it_is_for() -> None:
    table = GUIDE.partition("made by docs/tables.py: modules -->")[2].partition("<!-- end -->")[0]
    rows = re.findall(r"^\| \**`(\S+)`\** \| (.*) \|$", table, re.MULTILINE)
    modules = [name.rpartition("/")[2] for name in SOURCES if not name.endswith("__init__.py")]
    assert sorted(name for name, _ in rows if not name.endswith("/")) == sorted(modules)
    assert all(purpose.strip("* ") for _, purpose in rows)


# the two languages


def test_the_readmes_have_the_same_commands_keys_and_links() -> None:
    assert blocks(INDONESIAN) == blocks(README)
    assert ["Space" if span == "Spasi" else span for span in spans(INDONESIAN)] == spans(README)
    twins = [TRANSLATED.get(link, link) for link in links(README) if not link.startswith("README")]
    assert [link for link in links(INDONESIAN) if not link.startswith("README")] == twins


@pytest.mark.parametrize("english", TRANSLATED)
def test_a_page_and_its_translation_are_of_one_shape(english: str) -> None:
    """They link to each other at the top, have as many headings and rows, and name the same things."""
    one, other = DOCUMENTS[english], DOCUMENTS[TRANSLATED[english]]
    assert f"[Bahasa Indonesia]({Path(TRANSLATED[english]).name})" in one.splitlines()[2]
    assert f"[English]({Path(english).name})" in other.splitlines()[2]
    for pattern in ("^#+ ", r"^\| "):
        assert len(re.findall(pattern, one, re.MULTILINE)) == len(re.findall(pattern, other, re.MULTILINE))
    assert {"Space" if span == "Spasi" else span for span in spans(other)} == set(spans(one))


# what is written by hand


def test_the_readme_has_ten_keys_of_the_program() -> None:
    rows = re.findall(r"^\| (`.*`) \|", README, re.MULTILINE)
    assert len(rows) == 10
    known = {key_name(key) for command in COMMANDS for key in command.keys}
    assert {key for row in rows for key in re.findall(r"`(\S+)`", row)} <= known


@pytest.mark.parametrize("name", ["docs/files.md", "docs/files.id.md"])
def test_the_format_that_is_shown_is_a_catalog(name: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENTS[name], re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, "utf-8")
    done = filmtui("check", str(path))
    assert done.returncode == 0
    assert all(": peringatan: tanpa " in line for line in done.stdout.splitlines())
    for kind in (film.Film, film.Release, film.Earlier, film.Credit, film.News):
        assert all(re.search(rf"\b{field}:", example) for field in kind.__struct_fields__), kind
    assert all(value in example for value in (*film.TYPES, *film.STATUSES, *film.RATINGS))


@pytest.mark.parametrize(("name", "group"), [("docs/files.md", ","), ("docs/files.id.md", ".")])
def test_the_limits_are_those_of_the_code(name: str, group: str) -> None:
    limits = (film.LONGEST_TEXT, film.LONGEST_ADDRESS, film.LONGEST_LINK, film.LONGEST_ID, film.LONGEST_NAME,
              film.MOST_ENTRIES, film.MOST_SHARED)  # fmt: skip
    for limit in limits:
        assert f" {limit:,} ".replace(",", group) in DOCUMENTS[name]
    assert f"| {LARGEST >> 30} GiB |" in DOCUMENTS[name]


@pytest.mark.parametrize("name", ["docs/options.md", "docs/options.id.md"])
def test_every_field_of_the_output_and_every_variable_stands_in_the_options(name: str) -> None:
    told = set(spans(DOCUMENTS[name]))
    fields = {*film.Film.__struct_fields__, *film.Release.__struct_fields__} - {"releases"}
    assert fields <= told
    read = {variable for source in SOURCES.values() for variable in re.findall(r"\bFILMTUI_[A-Z_]+\b", source)}
    assert {span for span in told if span.startswith("FILMTUI_")} == read


def test_no_link_is_dead() -> None:
    for name, text in DOCUMENTS.items():
        for link in links(text):
            assert (ROOT / name).parent.joinpath(link).exists(), f"{name}: {link}"


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{__version__}]" in DOCUMENTS["CHANGELOG.md"]


@only_pinned("textual", "rich")
def test_the_pictures_are_of_this_screen(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "picture.py", tmp_path], check=True, timeout=240, cwd=ROOT)
    for picture in tmp_path.iterdir():
        assert picture.read_text("utf-8") == (ROOT / "docs" / picture.name).read_text("utf-8"), "run just pictures"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (ROOT / "docs").glob("*.svg")}
    assert all(f"(docs/{path.name})" in README for path in tmp_path.iterdir())


# the commands that set it up


def test_the_commands_of_the_documents_are_those_that_are_run() -> None:
    """The test command stands in four places, of which .ci/run takes the README's; those of the words in two."""
    (command,) = re.findall(r"^python3 -m venv .*pytest$", README, re.MULTILINE)
    assert command in DOCUMENTS["CONTRIBUTING.md"]
    just = (ROOT / "justfile").read_text("utf-8")
    assert command.removesuffix(" && .test/bin/pytest") in just
    (words,) = blocks(DOCUMENTS["docs/words.md"])
    recipe = just.partition("\nwords: _test\n")[2].partition("\n\n")[0]
    run = recipe.replace("{{ bin }}/", "").replace(" -q", "")
    assert [line.strip() for line in run.splitlines()] == words.splitlines()


@pytest.mark.slow
def test_the_readmes_command_opens_the_calendar(tmp_path: Path) -> None:
    """As it stands there. The tests use no network: what pip would fetch is lent by the environment that runs them."""
    (command,) = re.findall(r"^python3 -m venv .*filmtui$", README, re.MULTILINE)
    for name in ("tui", "data", "docs", "pyproject.toml", "README.md", "LICENSE", "constraints.txt"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (lent,) = {path for path in sys.path if path.endswith("site-packages")}
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    env |= {
        "FILMTUI_TODAY": "2025-12-24",
        "PYTHONPATH": lent,
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
    }
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "JANUARI 2026" in done.stdout  # without a terminal the calendar is a list


# the guide


def imports() -> dict[str, set[str]]:
    """Room -> the rooms that its modules import at run time."""
    found: dict[str, set[str]] = {}
    for name, source in SOURCES.items():
        room = name.split("/")[1].removesuffix(".py")
        tree = ast.parse(source)
        typed = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.ImportFrom)
                and id(node) not in typed
                and (node.module or "").split(".")[0] == "tui"
            ):
                module = f"{node.module}.{node.names[0].name}".split(".")[1]
                if (ROOT / "tui" / module).is_dir() and module != room:
                    found.setdefault(room, set()).add(module)
    return found


def reached(arrows: dict[str, set[str]], rooms: Iterable[str]) -> set[str]:
    found = set(rooms)
    while more := {to for room in found for to in arrows.get(room, ())} - found:
        found |= more
    return found


def test_the_drawing_is_of_these_folders_and_imports() -> None:
    (drawing,) = re.findall(r"```mermaid\n(.*?)```", GUIDE, re.DOTALL)
    arrows: dict[str, set[str]] = {}
    for room, to in re.findall(r'^ +(\w+)(?:\[".*?"\])? --> (\w+)$', drawing, re.MULTILINE):
        arrows.setdefault("__main__" if room == "main" else room, set()).add(to)
    actual = imports()
    for room, tos in arrows.items():
        assert tos <= actual[room], f"{room} no longer imports {tos - actual[room]}"
    for room, tos in actual.items():
        assert tos <= reached(arrows, arrows[room]), f"no arrow for {room} -> {tos - reached(arrows, arrows[room])}"
    for folder in (ROOT / "tui").rglob("*/"):
        if (folder / "__init__.py").exists():
            assert f"{folder.name}/" in drawing, folder


EXAMPLES = {"exports/rss.py", "imports/sources/cinema.py", "app/calendar/shelf.py", "budget"}
"""What the guide says how to add: once one of them is there, it needs another example."""
FOREIGN = {"set_keymap", "NO", "1917"}
"""A library's name, and texts that stand in catalogs."""


def test_the_guide_names_only_what_there_is() -> None:
    texts = [*SOURCES.values(), (ROOT / "pyproject.toml").read_text("utf-8"), (ROOT / "justfile").read_text("utf-8")]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    folders = [ROOT, ROOT / "benchmarks", ROOT / "tui", *(ROOT / "tui").rglob("*/")]
    for name in spans(GUIDE):
        if re.fullmatch(r"[\w./]+\.(py|tcss|toml)|[\w./]+/", name):
            assert any((folder / name).exists() for folder in folders) == (name not in EXAMPLES), name
        elif re.fullmatch(r"\w+(\.\w+)*(\(.*\))?", name) and name not in FOREIGN:
            assert (set(re.findall(r"\w+", name.partition("(")[0])) <= words) == (name not in EXAMPLES), name
