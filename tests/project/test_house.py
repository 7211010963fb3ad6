"""How the house is held together: layers, start-up, types, lint, and nothing around text.clean."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, only_pinned

BIN = Path(sys.executable).parent

CHECKS = [
    (str(BIN / "ruff"), "check", "--no-cache", "tui", "tests", "benchmarks", "docs"),
    (str(BIN / "ruff"), "format", "--no-cache", "--check", "tui", "tests", "benchmarks", "docs"),
    (str(BIN / "codespell"),),
    (str(BIN / "lint-imports"), "--no-cache"),
    pytest.param(
        (str(BIN / "mypy"), "--no-error-summary"),
        marks=[
            pytest.mark.slow,
            only_pinned("mypy", "click", "icalendar", "msgspec", "pytest", "textual", "types-pyyaml"),
        ],
    ),  # what it finds changes with the types of these
]


@pytest.mark.parametrize("command", CHECKS, ids=lambda command: " ".join([Path(command[0]).name, *command[1:3]]))
def test_the_tools_have_nothing_to_say(command: tuple[str, ...]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_run_what_the_test_environment_has() -> None:
    hooks = [
        hook
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
        for hook in repo["hooks"]
    ]
    assert {hook["id"] for hook in hooks} == {"ruff", "ruff-format", "codespell", "check"}
    for hook in hooks:
        command, *rest = hook["entry"].split()
        assert command.startswith(".test/bin/")
        done = subprocess.run(
            [BIN / Path(command).name, *rest, *(["tui"] if hook.get("pass_filenames", True) else [])],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


PLANTED = {
    "imports/sources/values.py": ("import rich", "import sqlite3"),
    "imports/merge.py": ("import yaml",),
    "library/library.py": ("import click", "import textual.app"),
    "index/query.py": ("from ruamel.yaml import YAML",),
    "app/widgets/pane.py": ("import sqlite3",),
    "app/calendar/state.py": ("import textual.message", "import rich"),
    "app/calendar/wording.py": ("import textual.message",),
    "library/ledger.py": ("import tui.imports",),
    "catalog/files.py": ("import tomllib", "import tomlkit"),
    "films/film.py": ("import tui.catalog",),
    "imports/combine.py": ("import socket", "import httpx2"),
    "exports/text.py": ("import aiohttp", "import textual_serve"),
    "a_new_room.py": ("import sqlite3",),
}


def test_an_import_across_a_wall_is_seen(tmp_path: Path) -> None:
    """A contract may go stale as rooms are added; this plants what each forbids."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tui", tmp_path / "tui", ignore=shutil.ignore_patterns("__pycache__", "locale"))
    for name, imports in PLANTED.items():
        path = tmp_path / "tui" / name
        source = path.read_text("utf-8") if path.exists() else ""
        path.write_text(source + "".join(f"\n{line}\n" for line in imports), "utf-8")
    done = subprocess.run(
        [BIN / "lint-imports", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    for name, imports in PLANTED.items():
        module = "tui." + name.removesuffix(".py").replace("/", ".")
        for line in imports:
            package = line.split()[1] if "tui." in line else line.split()[1].partition(".")[0]
            assert f"{module} -> {package} (l." in done.stdout, line
    assert "- tui.a_new_room\n" in done.stdout  # has no layer yet


def named(path: Path) -> set[str]:
    """The classes and public constants of a module."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                found.add(name.strip("_"))
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name.isupper() and not name.startswith("_"):
                    found.add(name)
    return found


def test_each_class_and_constant_has_a_name_of_its_own() -> None:
    """In these rooms, of all: what is read in one module is not something else in another."""
    modules = {path: named(path) for top in ("tui", "benchmarks") for path in (ROOT / top).rglob("*.py")}
    for path, names in modules.items():
        if path.relative_to(ROOT).parts[:2] in {("tui", room) for room in ("base", "cli", "index", "library", "user")}:
            others = {name: other for other in modules if other != path for name in modules[other] & names}
            assert not others, path


def loaded(code: str) -> set[str]:
    code = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


LIST = """
from tui.cli.main import main
try:
    main(["list"])
except SystemExit as end:
    assert end.code == 0
"""


def test_the_list_loads_no_screen() -> None:
    modules = loaded(LIST)
    assert "tui.library.library" in modules
    assert not {name for name in modules if name.split(".")[0] in {"textual", "rich", "ruamel"}}


def test_a_warm_list_reads_no_yaml() -> None:
    loaded(LIST)
    # young files are compared by their content, but nothing is parsed
    assert "yaml" not in loaded(LIST)


def test_the_screen_loads_no_yaml_and_no_sheet_before_they_are_used() -> None:
    modules = loaded("import tui.app.app, tui.cli.main")
    assert not modules & {
        "yaml",
        "babel.dates",
        "tui.app.sheets.sheets",
        "tui.app.sheets.filters",
        "tui.app.widgets.search",
        "tui.library.search",
        "tui.library.instead",
        "holidays",
        "tui.app.sheets.settings",
        "tui.user.file",
        "tui.user.writing",
        "tui.web.server",
        "aiohttp",
        "textual_serve",
        "tomllib",
        "tomlkit",
        "rapidfuzz",
    }


FORBIDDEN = {"from_markup", "from_ansi", "render_markup"}


@pytest.mark.parametrize("path", sorted((ROOT / "tui").rglob("*.py")), ids=lambda path: path.name)
def test_foreign_text_never_becomes_markup(path: Path) -> None:
    """No markup is built, and the widgets that would read a string as markup are not used."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert node.attr not in FORBIDDEN
        if isinstance(node, ast.ImportFrom) and node.module == "textual.widgets":
            assert {alias.name for alias in node.names} <= {"Input"}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "notify":
            assert any(k.arg == "markup" and getattr(k.value, "value", 1) is False for k in node.keywords)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec"}
            assert node.func.id != "print"


def test_only_the_border_writes_to_the_terminal() -> None:
    for path in (ROOT / "tui").rglob("*.py"):
        room = path.relative_to(ROOT / "tui").as_posix()
        if room.startswith("cli/") or room in {"__main__.py", "index/workers.py"}:  # workers answer into a pipe
            continue
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            f"{n.value.id}.{n.attr}"
            for n in ast.walk(tree)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
        }
        assert not names & {"sys.stdout", "sys.stderr", "click.echo", "os.system", "locale.setlocale"}, path


def test_no_default_depends_on_the_zone_or_the_locale() -> None:
    for path in (ROOT / "tui").rglob("*.py"):
        source = path.read_text("utf-8")
        assert "setlocale" not in source
        assert "strptime" not in source
        assert "datetime.now" not in source


def test_no_module_is_longer_than_one_can_take_in() -> None:
    modules = [path for folder in ("tui", "benchmarks", "docs") for path in (ROOT / folder).rglob("*.py")]
    assert modules
    long = {str(path): count for path in modules if (count := len(path.read_text("utf-8").splitlines())) > 300}
    assert long == {}
