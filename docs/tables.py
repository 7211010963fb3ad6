"""Write those tables of the documents that are made from the code: keys, commands with their options, modules.

python docs/tables.py

A table stands between <!-- made by docs/tables.py: NAME --> and <!-- end -->, the rest of a page is written by hand.
A page whose name ends in .id.md is in Indonesian.
"""

from __future__ import annotations

import ast
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.app.commands import COMMANDS, called
from tui.app.keys import key_name
from tui.base.words import Words
from tui.cli.main import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
PAGES = (
    "docs/architecture.md",
    "docs/exporting.md",
    "docs/exporting.id.md",
    "docs/keys.md",
    "docs/keys.id.md",
    "docs/options.md",
    "docs/options.id.md",
)

_TABLE = re.compile(r"(<!-- made by docs/tables\.py: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def keys(words: Words) -> Iterator[str]:
    """A table for each group of commands: all keys of a command, and its line of the help."""
    for heading, commands in groupby(COMMANDS, key=lambda command: command.group):
        yield from ("", f"## {words.gettext(heading)}", "")
        rows = (
            (" ".join(f"`{called(key_name(key), words)}`" for key in c.keys), words.gettext(c.help)) for c in commands
        )
        yield from _table(("key", "does") if words.language == "en" else ("tombol", "fungsi"), rows)
    yield ""


def options(words: Words) -> Iterator[str]:
    """The options that all commands have, then for each command its help, its usage and the options of its own."""
    everywhere = {option.opts[0]: option for option in group.params if option.opts[0] in _shared()}
    yield ""
    yield from _options(everywhere.values(), words)
    headings = {commands[0].name: heading for heading, commands in group.sections.items()}
    for name, command in (("", group), *group.commands.items()):
        if name in headings:
            yield from ("", f"## {words.gettext(headings[name])}")
        arguments = [
            words.gettext(argument.metavar or "") for argument in command.params if isinstance(argument, click.Argument)
        ]
        usage = " ".join(filter(None, ("filmtui", name, words.gettext("[OPTIONS]"), *arguments)))
        level = "###" if name else "##"
        yield from ("", f"{level} filmtui {name}".rstrip(), "", words.gettext(command.help or ""), "", f"`{usage}`")
        if own := [option for option in command.params if option.opts[0] not in everywhere]:
            yield ""
            yield from _options(own, words)
    yield ""


def _shared() -> set[str]:
    """The options that every command has."""
    every = ({option.opts[0] for option in command.params} for command in (group, *group.commands.values()))
    return set.intersection(*every)


def _options(parameters: Iterable[click.Parameter], words: Words) -> Iterator[str]:
    rows = []
    for option in parameters:
        if isinstance(option, click.Option):
            name = option.opts[0] if option.is_flag else f"{option.opts[0]} {option.metavar}"
            rows.append((f"`{name}`", words.gettext(option.help or "")))
    if rows:
        yield from _table(("option", "means") if words.language == "en" else ("opsi", "keterangan"), rows)


def formats(words: Words) -> Iterator[str]:
    """Each format with what it is, the suffix that tells it, and the options that it heeds."""
    from tui.exports.formats import FORMATS

    yield ""
    heads = ("format", "is", "suffix", "options") if words.language == "en" else ("format", "isi", "akhiran", "opsi")
    told: set[str] = set()
    rows = []
    for form in FORMATS.values():
        suffix = f"`.{form.suffix}`" if form.suffix and form.suffix not in told else ""
        told.add(form.suffix)
        heeds = " ".join(f"`--{name.replace('_', '-')}`" for name in form.heeds)
        rows.append((f"`{form.name}`", words.gettext(form.label), suffix, heeds))
    yield from _table(heads, rows)
    yield ""


def modules(_: Words) -> Iterator[str]:
    """Folder by folder, from the bottom to the top, each module with the first sentence of its docstring."""
    package = ROOT / "tui"
    yield ""
    rows = []
    for folder in _folders(package):
        name = folder.relative_to(package).as_posix() + "/"
        rows.append((f"**`{name}`**", f"**{_sentence(folder / '__init__.py')}**"))
        rows += [(f"`{path.name}`", _sentence(path)) for path in sorted(folder.glob("*.py")) if path.stem[0] != "_"]
    rows.append(("**`__main__.py`**", f"**{_sentence(package / '__main__.py')}**"))
    yield from _table(("module", "what it is for"), rows)
    yield ""


def _folders(package: Path) -> Iterator[Path]:
    """The rooms as the contract in pyproject.toml stacks them, the lowest first, each followed by those inside."""
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    for layer in reversed(contracts[0]["layers"]):
        for room in layer.split(" : "):
            found = (package / room).rglob("__init__.py")
            yield from sorted(path.parent for path in found)


def _sentence(module: Path) -> str:
    told = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    first = " ".join(told.partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) (?=[A-Z])", first)[0].rstrip(".")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |"


TABLES = {"keys": keys, "options": options, "formats": formats, "modules": modules}


def made(page: str, text: str) -> str:
    """The page's text with its tables as the code has them now."""
    words = Words("id" if page.endswith(".id.md") else "en")

    def table(match: re.Match[str]) -> str:
        return match[1] + "\n".join(TABLES[match[2]](words)) + "\n" + match[3]

    return _TABLE.sub(table, text)


if __name__ == "__main__":
    for page in PAGES:
        path = ROOT / page
        path.write_text(made(page, path.read_text("utf-8")), "utf-8", newline="\n")
