"""The command export, and the options by which a command says in which format a listing is written."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.cli.completion import among
from tui.cli.localised import Localised, Read, Refused, State, choice, everywhere, path_offers
from tui.cli.selecting import Asked, listed, selecting
from tui.cli.shared import report, say_if_ended, write_chunks
from tui.exports.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.exports.formats import Format
    from tui.exports.listing import Listing, Options

_LONGEST_ALARM = 28 * 24
"""Hours: Outlook takes no more than four weeks."""


def _hours(value: str) -> int:
    """How long before a day an alarm goes off, in hours. Raises ValueRefusedError."""
    found = re.fullmatch(r"([0-9]{1,3})([dh])", value.strip().lower())
    if not found or int(found[1]) * (24 if found[2] == "d" else 1) > _LONGEST_ALARM:
        told = N_("“{value}” is not a time before a day; write 15h or 1d, at most 28d")
        raise ValueRefusedError(message(told, value=quoted(value, 40)))
    return int(found[1]) * (24 if found[2] == "d" else 1)


def _feed_address(value: str) -> str:
    """Raises ValueRefusedError."""
    if not value or re.fullmatch(r"(?:https?|webcal)://[!-~]+", value):
        return value
    told = N_("“{value}” is not an address; write https://example.org/film.ics")
    raise ValueRefusedError(message(told, value=quoted(value, 60)))


ALARM = Read("1d", _hours)
"""An option whose value is how long before a day an alarm goes off; what it gives are hours."""

_CHOICES: tuple[Callable[..., Any], ...] = (
    click.option("--excel", is_flag=True, help=N_("csv: a table as Excel opens it by a double click.")),
    click.option("--partial", is_flag=True,
                 help=N_("ics, vdir: what has a month and no day stands on the month's first.")),
    click.option("--alarm", type=ALARM, metavar="TIME", help=N_(
                     "ics, vdir: an alarm so long before the day begins: 1d, or 15h for nine in the morning before."
                 )),
    click.option("--calendar-name", default="", metavar="NAME", help=N_("ics, vdir: what the calendar is called.")),
    click.option("--source-url", type=Read("https://example.org/film.ics", _feed_address), default="", metavar="URL",
                 help=N_("ics: where the feed will be found.")),
)  # fmt: skip
"""An option for each field of `Options`, of the same name."""


def formatted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --format and the options of formats; it takes them as `form`, a name or None, and `given`."""

    @wraps(command)
    def with_given(*args: Any, **others: Any) -> Any:
        from tui.exports.listing import Options

        given = {field.name: others.pop(field.name) for field in fields(Options)}
        return command(*args, given=given, **others)

    wrapped: Callable[..., Any] = with_given
    for option in reversed(_CHOICES):
        wrapped = option(wrapped)
    return click.option(
        "--format", "form", type=Read("format", choice(*FORMATS), among(*FORMATS)), metavar="|".join(FORMATS),
        help=N_("Output format; text by default."),
    )(wrapped)  # fmt: skip


def options_for(form: Format, given: dict[str, Any]) -> Options:
    """What the options of formats say. Raises Refused where one is given that the format does not heed."""
    from tui.exports.listing import Options

    usual = Options()
    for name, value in given.items():
        if value != getattr(usual, name) and name not in form.heeds:
            which = ", ".join(other.name for other in FORMATS.values() if name in other.heeds)
            told = N_("{option} is for {formats}, not for {format}")
            option = "--" + name.replace("_", "-")
            raise Refused(ValueRefusedError(message(told, option=option, formats=which, format=form.name)))
    return Options(**given)


def need_output(form: Format) -> None:
    """Raises Refused where the format cannot be written to standard output, or not to a terminal."""
    if form.chunks is None:
        told = N_("{format} writes a folder; name it with -o, as in: filmtui export --format {format} -o FOLDER")
    elif form.binary and sys.stdout.isatty():
        told = N_("{format} is nothing for a terminal; name a file with -o, or send it into a pipe")
    else:
        return
    raise Refused(ValueRefusedError(message(told, format=form.name)))


def print_listing(listing: Listing, form: Format) -> None:
    """Write a listing to standard output. Raises OSError, BrokenPipeError, IndexUnavailableError, ExtraMissingError."""
    assert form.chunks is not None
    write_chunks(form.chunks(listing))


def _form_of(form: str | None, output: str | None) -> Format:
    """The format that is asked for, else that of the file's suffix, else text. Raises Refused."""
    if form is not None:
        return FORMATS[form]
    if output is None:
        return FORMATS["text"]
    suffix = Path(output).suffix.lower().removeprefix(".")
    for known in FORMATS.values():
        if suffix and suffix == known.suffix:
            return known
    told = N_("“{name}” does not tell the format; end it with one of {suffixes}, or give --format")
    suffixes = " ".join(dict.fromkeys(f".{known.suffix}" for known in FORMATS.values() if known.suffix))
    raise Refused(ValueRefusedError(message(told, name=clean(Path(output).name), suffixes=suffixes)))


@click.command(cls=Localised, help=N_("Write releases to a file, or into a folder, in one of many formats."))
@everywhere
@selecting
@formatted
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=path_offers,
    help=N_("The file or folder to write; its suffix tells the format. Without it, standard output."),
)
@click.pass_context
def export(ctx: click.Context, asked: Asked, form: str | None, given: dict[str, Any], output: str | None) -> int:
    state = ctx.find_object(State)
    assert state is not None
    output = None if output == "-" else output
    chosen = _form_of(form, output)
    options = options_for(chosen, given)
    if output is None:
        need_output(chosen)
    with listed(ctx, state, asked, options) as listing:
        if output is None:
            print_listing(listing, chosen)
        else:
            _save(listing, chosen, output)
        if listing.view.only is None and listing.view.selection == listing.library.home:
            say_if_ended(listing.library, state, aside=output is not None or chosen.name != "text")
        return report(listing.library, state)


def _save(listing: Listing, form: Format, output: str) -> None:
    from tui.exports.saving import file_name, months_in, saved
    from tui.user.places import place

    path = place(output)
    if form.chunks is not None and (path.is_dir() or output.endswith("/")):
        path /= file_name(form, *months_in(listing.view))
    click.echo(f"filmtui: {saved(listing, form, path)}", err=True)
