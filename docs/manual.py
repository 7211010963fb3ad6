"""Write the man pages, in English and Indonesian, from the help of the commands.

python docs/manual.py

What the help does not tell, the environment, comes from the table in docs/options.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.base.words import Words
from tui.cli.main import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
PAGES = {"en": "docs/filmtui.1", "id": "docs/filmtui.id.1"}

_OPTIONS = {"en": "docs/options.md", "id": "docs/options.id.md"}
_HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "ENVIRONMENT", "EXIT STATUS"),
    "id": ("NAMA", "RINGKASAN", "KETERANGAN", "OPSI", "PERINTAH", "LINGKUNGAN", "KODE KELUAR"),
}
_DESCRIPTION = {
    "en": "Without a command it opens the calendar; where input or output is not a terminal it prints the list.",
    "id": "Tanpa perintah, kalender dibuka; bila masukan atau keluaran bukan terminal, daftarnya dicetak.",
}
_EXIT = {
    "en": (("0", "Done."), ("1", "Something was wrong."), ("2", "Wrong usage."), ("130", "Interrupted.")),
    "id": (("0", "Selesai."), ("1", "Ada yang salah."), ("2", "Pemakaian salah."), ("130", "Dihentikan.")),
}


def escaped(text: str) -> str:
    """Text as roff prints it: no backslash, no hyphen that becomes a dash, no line that is a request."""
    safe = text.replace("\\", r"\e").replace("-", r"\-").replace("~", r"\(ti").replace("^", r"\(ha")
    return re.sub(r"(?m)^([.'])", r"\\&\1", safe)


def page(language: str) -> str:
    """The page in roff, for man(1)."""
    return "\n".join(_lines(Words(language))) + "\n"


def _lines(words: Words) -> Iterator[str]:
    language = words.language
    name, synopsis, description, options, commands, environment, status = _HEADINGS[language]
    about = words.gettext(group.help or "")
    yield from (r".\" made by docs/manual.py", '.TH FILMTUI 1 "" filmtui filmtui', f".SH {name}")
    yield rf"filmtui \- {escaped(about.rstrip('.'))}"
    yield f".SH {synopsis}"
    yield _usage("filmtui", [words.gettext("[OPTIONS]"), words.gettext("[COMMAND]")])
    yield from (f".SH {description}", escaped(about), escaped(_DESCRIPTION[language]))
    yield f".SH {options}"
    yield from _options(group.params, words)
    yield f".SH {commands}"
    shared = {param.opts[0] for param in group.params if isinstance(param, click.Option)}
    for command_name, command in group.commands.items():
        arguments = [words.gettext(argument.make_metavar(click.Context(command))) for argument in command.params
                     if isinstance(argument, click.Argument)]  # fmt: skip
        yield f".SS filmtui {escaped(command_name)}"
        yield _usage(f"filmtui {command_name}", [words.gettext("[OPTIONS]"), *arguments])
        for paragraph in words.gettext(command.help or "").split("\n\n"):
            yield from (".PP", escaped(paragraph))
        yield from _options((param for param in command.params if param.opts[0] not in shared), words)
    yield f".SH {environment}"
    text = (ROOT / _OPTIONS[language]).read_text("utf-8")
    for variable, means in re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", text, re.MULTILINE):
        yield from (".TP", rf"\fB{escaped(variable)}\fR", escaped(means.replace("`", "")))
    yield f".SH {status}"
    for code, means in _EXIT[language]:
        yield from (".TP", rf"\fB{code}\fR", escaped(means))


def _usage(command: str, rest: Iterable[str]) -> str:
    return rf"\fB{escaped(command)}\fR " + " ".join(rf"\fI{escaped(part)}\fR" for part in rest)


def _options(parameters: Iterable[click.Parameter], words: Words) -> Iterator[str]:
    for option in parameters:
        if isinstance(option, click.Option):
            value = "" if option.is_flag else rf" \fI{escaped(option.metavar or '')}\fR"
            yield from (".TP", rf"\fB{escaped(option.opts[0])}\fR{value}", escaped(words.gettext(option.help or "")))


if __name__ == "__main__":
    for language, name in PAGES.items():
        (ROOT / name).write_text(page(language), "utf-8", newline="\n")
