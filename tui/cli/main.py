"""The command and what it shows: the calendar, lists, a film, a catalog's problems. Heavy imports are in functions."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import click

from tui import __version__
from tui.base.errors import FilmtuiError, ValueRefusedError, message
from tui.base.words import N_, Words
from tui.cli import completion, following, serving, spans, stars
from tui.cli import importing as editor
from tui.cli.config import config
from tui.cli.exporting import export, formatted, need_output, options_for, print_listing
from tui.cli.localised import Group, Localised, Refused, State, complaint, everywhere, language_of, path_offers
from tui.cli.publishing import publish
from tui.cli.selecting import Asked, listed, selecting
from tui.cli.shared import MONTH, format_option, opened, progress_line, report, say_if_ended, write
from tui.cli.site import site
from tui.exports.formats import FORMATS


def main(arguments: list[str] | None = None) -> None:
    """Run the command with these arguments, else with the process's, and exit.

    Exit codes: 0 done, 1 something was wrong, 2 wrong usage, 130 interrupted. Errors are one line each.
    """
    given = sys.argv[1:] if arguments is None else arguments
    # streams that the caller has closed (>&-, <&-) are None: take the null device
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    words = Words(language_of(given))
    _utf8()
    if completion.VARIABLE in os.environ:
        sys.exit(completion.answer(group))
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = group.main(given, prog_name="filmtui", standalone_mode=False, obj=State(words))
    except click.UsageError as error:
        click.echo(f"filmtui: {complaint(error, words, group.commands)}", err=True)
        status = 2
    except click.exceptions.Abort:
        status = 130
    except FilmtuiError as error:
        click.echo(f"filmtui: {error.message.text(words)}", err=True)
        status = 1
    except BrokenPipeError:
        # whoever read the pipe has gone; without this, Python would report the same error again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        from tui.base.reasons import reason_of

        text = words.gettext("cannot go on: {why}").format(why=reason_of(error).text(words))
        click.echo(f"filmtui: {text}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def _utf8() -> None:
    """Write UTF-8, as the catalog is, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@click.group(cls=Group, invoke_without_command=True, help=N_("A release calendar of films for the terminal."))
@everywhere
@click.option("--month", type=MONTH, metavar="YYYY-MM", help=N_("Show that month only."))
@click.option("--fresh", is_flag=True, help=N_("Open the calendar without what was chosen the last time."))
@click.option("--read-only", is_flag=True, help=N_("Open the calendar to look at only: nothing is changed or kept."))
@click.option("--version", is_flag=True, help=N_("Show the version."))
@click.pass_context
def group(ctx: click.Context, month: int | None, fresh: bool, read_only: bool, version: bool) -> int:
    state = ctx.find_object(State)
    assert state is not None
    if version:
        click.echo(f"filmtui {__version__}")
        return 0
    if ctx.invoked_subcommand is not None:
        if read_only:
            raise Refused(ValueRefusedError(message(N_("--read-only is for the calendar, not for a command"))))
        if month is not None:
            ctx.meta["month"] = month
        return 0
    if not (sys.stdout.isatty() and sys.stdin.isatty()) and "TEXTUAL_DRIVER" not in os.environ:
        return _print_list(state, month)
    from tui.app.app import make

    state.tells = False
    settings = state.settings.for_reading() if read_only else state.settings
    return make(settings, month, fresh=fresh).open()


def _print_list(state: State, month: int | None) -> int:
    """The calendar from this month on, or one month of it, for who reads it through a pipe."""
    import msgspec

    from tui.exports.text import text
    from tui.films.dates import first_key, key_of, period_of

    with opened(state) as library:
        stars.say_what_moved(library, state)
        first = 0 if month else first_key(period_of(key_of(state.settings.places.today)))
        view = library.sound_view(msgspec.structs.replace(library.home, first=first), month)
        write(text(library.all_rows(view), dict(view.shown), state.words))
        if month is None:
            say_if_ended(library, state)
        report(library, state)
    return 0


@click.command("list", cls=Localised, help=N_("Show releases in calendar order."))
@everywhere
@selecting
@formatted
@click.pass_context
def list_(ctx: click.Context, asked: Asked, form: str | None, given: dict[str, Any]) -> int:
    state = ctx.find_object(State)
    assert state is not None
    chosen = FORMATS[form or "text"]
    options = options_for(chosen, given)
    need_output(chosen)
    with listed(ctx, state, asked, options) as listing:
        print_listing(listing, chosen)
        library = listing.library
        if listing.view.only is None and listing.view.selection == library.home:
            say_if_ended(library, state, aside=chosen.name != "text")
        return report(library, state)


@click.command(cls=Localised, help=N_("Show one film."))
@everywhere
@click.argument("id", metavar="ID", shell_complete=completion.ids)
@click.option("--origin", is_flag=True, help=N_("Show which layer and file each field comes from."))
@format_option("text", "json")
@click.pass_context
def show(ctx: click.Context, id: str, origin: bool, form: str) -> int:
    from tui.exports import origins
    from tui.exports.data import film_json
    from tui.exports.text import film_text

    state = ctx.find_object(State)
    assert state is not None
    with opened(state) as library:
        if origin and (said := library.said(id)):
            write([origins.data(said)] if form == "json" else origins.text(said, state.words))
            return report(library, state)
        film = library.film(id)
        if form == "json":
            write([film_json(film)])
        else:
            write(film_text(film, library.news_of(id), state.words, state.settings.places.today))
        return report(library, state)


@click.command(cls=Localised, help=N_("Check a catalog; the result is file:line:column: problem."))
@everywhere
@click.argument("path", required=False, metavar="[PATH]", shell_complete=path_offers)
@click.option("--strict", is_flag=True, help=N_("Exit with 1 on warnings too."))
@click.option("--thin", is_flag=True, help=N_("First take out of your films what a lower layer says too."))
@format_option("text", "json", "github")
@click.pass_context
def check(ctx: click.Context, path: str | None, strict: bool, thin: bool, form: str) -> int:
    import json

    from tui.catalog.check import check as problems
    from tui.exports import problems as exports

    state = ctx.find_object(State)
    assert state is not None
    if path is not None:
        state.given["catalog"] = path
    words = state.words
    if thin:
        _thin(state)
    films = 0
    found = {"error": 0, "warning": 0}

    def count() -> None:
        nonlocal films
        films += 1

    records = []
    places = state.settings.places
    for problem in problems(places.catalog, count, places.today, places.shipped):
        found[problem.severity] += 1
        if form == "json":
            records.append(exports.record(problem, words))
        else:
            write([exports.github(problem, words) if form == "github" else exports.text(problem, words)])
    if form == "json":
        write([json.dumps(records, ensure_ascii=False, indent=2)])
    wrong = found["error"]
    text = [
        words.ngettext("{n} film", "{n} films", films),
        words.ngettext("{n} problem", "{n} problems", wrong) if wrong else words.gettext("no problems"),
    ]
    if found["warning"]:
        text.append(words.ngettext("{n} warning", "{n} warnings", found["warning"]))
    click.echo(", ".join(text), err=True)
    return 1 if wrong or (strict and found["warning"]) else 0


def _thin(state: State) -> None:
    from tui.imports.thinning import thin

    words = state.words
    films, news = thin(state.settings.places)
    if films:
        text = words.ngettext(
            "{n} film now says only what differs; “filmtui import --undo” takes that back",
            "{n} films now say only what differs; “filmtui import --undo” takes that back", films,
        )  # fmt: skip
        click.echo(text, err=True)
    if news:
        text = words.ngettext(
            "{n} news item that a lower layer tells too was taken out",
            "{n} news items that a lower layer tells too were taken out", news,
        )  # fmt: skip
        click.echo(text, err=True)
    if not films and not news:
        click.echo(words.gettext("no film says again all that a lower layer says"), err=True)


@click.command(cls=Localised, help=N_("Bring the index up to date with the catalog."))
@everywhere
@click.option("--rebuild", is_flag=True, help=N_("Rebuild it from scratch."))
@click.pass_context
def index(ctx: click.Context, rebuild: bool) -> int:
    from tui.library.library import Library

    state = ctx.find_object(State)
    assert state is not None
    words = state.words
    with Library(state.settings.places) as library:
        if rebuild:
            library.discard()
        progress = progress_line(words) if sys.stderr.isatty() else None
        changes = library.refresh(progress)
        if progress:
            click.echo("\r\033[K", err=True, nl=False)
        films, _wrong = library.sizes()
        read = words.ngettext("{n} file read", "{n} files read", changes.files)
        total = words.ngettext("{n} film in the index", "{n} films in the index", films)
        click.echo(f"{read}, {total}")
        return report(library, state)


group.add_section(N_("Calendar"), list_, spans.week, spans.month, spans.year, show, editor.changes)
group.add_section(N_("Your films"), stars.want, stars.unwant, stars.remind)
group.add_section(N_("Taken along, and shared"), export, publish, site, serving.serve)
group.add_section(N_("Catalog"), check, index, editor.import_, following.follow, following.unfollow, following.sync)
group.add_section(N_("Program"), config, completion.completion)
