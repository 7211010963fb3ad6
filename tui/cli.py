"""The command. Thin: every heavy import is inside its subcommand, none of them loads the screen."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui import __version__
from tui.errors import FilmtuiError, message
from tui.i18n import LANGUAGES, N_, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.dates import ReleaseDate
    from tui.index.build import Progress
    from tui.library import Library, Selection
    from tui.settings import Settings

_GLOBAL = ("catalog", "lang", "today")


def main(arguments: list[str] | None = None) -> None:
    """The entry point: 0 done, 1 something was wrong, 2 wrong usage; never a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    words = Words(_language(given))
    _utf8()
    try:
        status = group.main(given, prog_name="filmtui", standalone_mode=False, obj=_State(words))
    except click.UsageError as error:
        _complain(_usage(error, words))
        status = 2
    except click.exceptions.Abort:
        status = 130
    except FilmtuiError as error:
        _complain(error.message.said(words))
        status = 1
    except BrokenPipeError:
        # the reader of a pipe has gone; nothing is left to say, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def _utf8() -> None:
    """Under LANG=C too the output is UTF-8, as the catalog is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _language(arguments: list[str]) -> str:
    """The language of help and complaints, known before the arguments are understood."""
    wanted = os.environ.get("FILMTUI_LANG", "id")
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else "id"


def _complain(said: str) -> None:
    click.echo(f"filmtui: {said}", err=True)


class _State:
    """What the global options say, wherever they stand."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.given: dict[str, str] = {}

    @property
    def settings(self) -> Settings:
        from tui.settings import settings

        try:
            return settings(self.given.get("catalog"), self.given.get("lang"), self.given.get("today"))
        except FilmtuiError as error:
            raise _Refused(error) from None


class _Refused(click.UsageError):
    """A value that is not of its option's form, in the user's words."""

    def __init__(self, error: FilmtuiError) -> None:
        super().__init__("")
        self.said = error.message


# click's own words, in two languages


def _usage(error: click.UsageError, words: Words) -> str:
    _ = words.gettext
    from tui.text import clean

    match error:
        case _Refused():
            said = error.said.said(words)
        case click.NoSuchOption():
            said = _("unknown option {name}").format(name=clean(error.option_name))
            if error.possibilities:
                said += _("; did you mean {near}?").format(near=error.possibilities[0])
        case click.MissingParameter():
            said = _("{name} is missing").format(name=error.param.human_readable_name if error.param else "")
        case click.BadOptionUsage():
            said = _("option {name} needs a value").format(name=clean(error.option_name))
        case _ if "unexpected extra" in error.message:
            what = error.message.partition("(")[2].rpartition(")")[0]
            said = _("wrong usage: {what} is too much").format(what=clean(what))
        case _ if "no such command" in error.message.lower():
            name = error.message.partition("'")[2].rpartition("'")[0] or error.message
            said = _("unknown command “{name}”; there are {commands}").format(
                name=clean(name), commands=", ".join(group.commands)
            )
        case _:
            said = _("wrong usage: {what}").format(what=clean(error.message))
    return said + " · " + _("“filmtui --help” tells more")


class _Localised(click.Command):
    """Help in the user's language: texts are message ids until they are printed."""

    def _words(self, ctx: click.Context) -> Words:
        state = ctx.find_object(_State)
        return state.words if state else Words()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        words = self._words(ctx)
        pieces = pieces.replace("[OPTIONS]", words.gettext("[OPTIONS]"))
        pieces = pieces.replace("[COMMAND] [ARGS]...", words.gettext("[COMMAND]"))
        formatter.write_usage(ctx.command_path, pieces, prefix=words.gettext("Usage:") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._words(ctx).gettext(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = self._words(ctx)
        records = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                help = getattr(parameter, "help", "") or ""
                said = N_("Show this help.") if "--help" in parameter.opts else help
                records.append((record[0], words.gettext(said)))
        if records:
            with formatter.section(words.gettext("Options")):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            with formatter.section(words.gettext("Commands")):
                formatter.write_dl([(name, words.gettext(c.help or "")) for name, c in self.commands.items()])


class _Group(_Localised, click.Group):
    command_class = _Localised


def _store(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and param.name:
        ctx.find_root().obj.given[param.name] = value


def _lang(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        try:
            Words(value)
        except FilmtuiError as error:
            raise _Refused(error) from None
        _store(ctx, param, value)


def everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """The global options, which stand before or after the subcommand alike."""
    for name, help, callback in (
        ("today", N_("The day taken for today, as 2026-01-07."), _store),
        ("lang", N_("Language: id or en."), _lang),
        ("catalog", N_("The catalog: a YAML file or a directory of them."), _store),
    ):
        option = click.option(
            f"--{name}", help=help, expose_value=False, callback=callback,
            metavar={"catalog": "PATH", "lang": "id|en", "today": "YYYY-MM-DD"}[name],
        )  # fmt: skip
        command = option(command)
    return command


class _Read(click.ParamType):  # type: ignore[type-arg]
    """An option's value, read by a function that raises FilmtuiError."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self._read(value) if isinstance(value, str) else value
        except FilmtuiError as error:
            raise _Refused(error) from None


def _period(value: str) -> int:
    from tui.dates import parse_period

    return parse_period(value)


def _date(value: str) -> ReleaseDate:
    from tui.dates import parse
    from tui.errors import ValueRefusedError

    known = parse(value)
    if known.year is None:
        raise ValueRefusedError(message(N_("“{value}” is not a day; write 2026-01-07"), value=value))
    return known


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            from tui.errors import ValueRefusedError
            from tui.text import clean

            raise ValueRefusedError(
                message(
                    N_("“{value}” is not one of {choices}"),
                    value=clean(value)[:40],
                    choices=", ".join(choices),
                ),
            )
        return value

    return read


MONTH = _Read("2026-01", _period)
DATE = _Read("2026-01-07", _date)


@contextmanager
def _library(state: _State, *, tell: bool = True) -> Iterator[Library]:
    """The catalog, its index up to date. Raises CatalogError."""
    from tui.library import Library

    settings = state.settings
    with Library(settings.catalog, settings.cache) as library:
        progress = _progress(state.words) if tell and sys.stderr.isatty() else None
        library.refresh(progress)
        if progress:
            click.echo("\r\033[K", err=True, nl=False)
        yield library


def _progress(words: Words) -> Callable[[Any], None]:

    def tell(progress: Progress) -> None:
        if progress.seconds > 0.5:
            said = words.gettext("{films} films, file {file} of {files}, {rate}/s").format(
                films=words.number(progress.films),
                file=words.number(min(progress.files + 1, progress.of_files)),
                files=words.number(progress.of_files),
                rate=words.number(round(progress.films / progress.seconds)),
            )
            click.echo(f"\r\033[K{said}", err=True, nl=False)

    return tell


def _report(library: Library, words: Words) -> int:
    """Each problem of the catalog on standard error; 1 if there was one."""
    problems = library.problems()
    for problem in problems:
        click.echo(problem.said(words), err=True)
    return 1 if problems else 0


@click.group(cls=_Group, invoke_without_command=True, help=N_("A release calendar of films for the terminal."))
@everywhere
@click.option("--month", type=MONTH, metavar="YYYY-MM", help=N_("Show this month only."))
@click.option("--version", is_flag=True, help=N_("Show the version."))
@click.pass_context
def group(ctx: click.Context, month: int | None, version: bool) -> int:
    state = ctx.find_object(_State)
    assert state is not None
    if version:
        click.echo(f"filmtui {__version__}")
        return 0
    if ctx.invoked_subcommand is not None:
        if month is not None:
            ctx.meta["month"] = month
        return 0
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        return _print_list(state, month)
    settings = state.settings
    from tui.app import make

    make(settings, month).run()
    return 0


def _print_list(state: _State, month: int | None) -> int:
    from tui import exports
    from tui.library import Selection

    with _library(state) as library:
        view = library.view(Selection(), month)
        _write(exports.text(library.all_rows(view), dict(view.shown), state.words))
        _report(library, state.words)
    return 0


def _write(lines: Iterable[str]) -> None:
    sys.stdout.flush()
    out = sys.stdout.buffer
    for line in lines:
        out.write(line.encode("utf-8", errors="replace") + b"\n")
    out.flush()


@group.command("list", help=N_("Print releases in calendar order."))
@everywhere
@click.option("--month", type=MONTH, metavar="YYYY-MM", help=N_("This month only."))
@click.option("--from", "first", type=DATE, metavar="DATE", help=N_("From this date on."))
@click.option("--to", "last", type=DATE, metavar="DATE", help=N_("Up to this date."))
@click.option("--search", default="", metavar="TEXT", help=N_("Words in title, people or synopsis."))
@click.option("--genre", multiple=True, metavar="GENRE", help=N_("This genre; may be given again."))
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help=N_("Release type: premiere, limited, theatrical, digital, physical or tv; may be given again."),
)
@click.option("--region", default="ID", metavar="XX", help=N_("Country of the release, two letters; ID if not given."))
@click.option("--format", "form", type=_Read("format", _one_of("text", "json", "csv", "markdown")), default="text",
              metavar="text|json|csv|markdown", help=N_("How to print it; text if not given."))  # fmt: skip
@click.pass_context
def list_(
    ctx: click.Context, month: int | None, first: ReleaseDate | None, last: ReleaseDate | None, search: str,
    genre: tuple[str, ...], types: tuple[str, ...], region: str, form: str,
) -> int:  # fmt: skip
    from tui import exports

    state = ctx.find_object(_State)
    assert state is not None
    selection = _selection(state.words, first, last, search, genre, types, region)
    month = month if month is not None else ctx.find_root().meta.get("month")
    with _library(state) as library:
        view = library.view(selection, month)
        match form:
            case "json":
                _write(exports.json(library.entries(view)))
            case "csv":
                _write(exports.csv(library.entries(view)))
            case "markdown":
                _write(exports.markdown(library.all_rows(view), state.words))
            case _:
                _write(exports.text(library.all_rows(view), dict(view.shown), state.words))
        return _report(library, state.words)


def _selection(
    words: Words, first: ReleaseDate | None, last: ReleaseDate | None, search: str,
    genres: tuple[str, ...], types: tuple[str, ...], region: str,
) -> Selection:  # fmt: skip
    from tui.catalog.fields import region as read_region
    from tui.catalog.film import TYPES
    from tui.dates import UNDATED, first_key
    from tui.library import Selection

    try:
        return Selection(
            search=search,
            genres=frozenset(map(words.genre_called, genres)),
            types=frozenset(map(_one_of(*TYPES), types)),
            region=read_region(region.upper()),
            first=first_key(first.key) if first else 0,
            last=last.key if last else UNDATED,
        )
    except FilmtuiError as error:
        raise _Refused(error) from None


@group.command(help=N_("Print one film."))
@everywhere
@click.argument("id", metavar="ID")
@click.option("--format", "form", type=_Read("format", _one_of("text", "json")), default="text",
              metavar="text|json", help=N_("How to print it; text if not given."))  # fmt: skip
@click.pass_context
def show(ctx: click.Context, id: str, form: str) -> int:
    from tui import exports

    state = ctx.find_object(_State)
    assert state is not None
    with _library(state) as library:
        film = library.film(id)
        if form == "json":
            _write([exports.film_json(film)])
        else:
            _write(exports.film_text(film, library.news_of(id), state.words, state.settings.today))
        return _report(library, state.words)


@group.command(help=N_("Check a catalog: file:line:column: what is wrong."))
@everywhere
@click.argument("path", required=False, metavar="[PATH]")
@click.pass_context
def check(ctx: click.Context, path: str | None) -> int:
    from tui.catalog.check import check as problems

    state = ctx.find_object(_State)
    assert state is not None
    if path is not None:
        state.given["catalog"] = path
    words = state.words
    found, films = 0, 0

    def count() -> None:
        nonlocal films
        films += 1

    for problem in problems(state.settings.catalog, count):
        click.echo(problem.said(words))
        found += 1
    said = words.ngettext("{n} film", "{n} films", films)
    wrong = words.ngettext("{n} problem", "{n} problems", found) if found else words.gettext("no problems")
    click.echo(f"{said}, {wrong}", err=True)
    return 1 if found else 0


@group.command(help=N_("Bring the index up to date with the catalog."))
@everywhere
@click.option("--rebuild", is_flag=True, help=N_("Make it anew."))
@click.pass_context
def index(ctx: click.Context, rebuild: bool) -> int:
    from tui.library import Library

    state = ctx.find_object(_State)
    assert state is not None
    words = state.words
    settings = state.settings
    with Library(settings.catalog, settings.cache) as library:
        if rebuild:
            library.discard()
        progress = _progress(words) if sys.stderr.isatty() else None
        changes = library.refresh(progress)
        if progress:
            click.echo("\r\033[K", err=True, nl=False)
        films, _wrong = library.sizes()
        read = words.ngettext("{n} file read", "{n} files read", changes.files)
        total = words.ngettext("{n} film in the index", "{n} films in the index", films)
        click.echo(f"{read}, {total}")
        return _report(library, words)
