"""click in two languages: usage, help and errors in the user's, and options that stand before or after a command."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from tui.base.errors import FilmtuiError
from tui.base.words import LANGUAGES, N_, Words
from tui.user.settings import DEFAULTS, first_language, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from tui.user.settings import Settings

    Offers = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def language_of(arguments: list[str]) -> str:
    """The language for help and errors, which is needed before click has parsed the arguments."""
    wanted = first_language()
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else DEFAULTS["language"]


class State:
    """The options that every command takes, and what the commands tell each other."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.given: dict[str, str] = {}
        self.behind = False
        """Whether the index could not be brought up to date, as another process was writing it."""
        self.tells = True
        """Whether what is wrong in the settings file is told on standard error; the calendar and `config` show it."""

    @cached_property
    def settings(self) -> Settings:
        """The settings with these options, resolved when they are first asked for. Raises Refused."""
        try:
            read = settings(self.given.get("catalog"), self.given.get("lang"), self.given.get("today"))
            Words(read.language)
        except FilmtuiError as error:
            raise Refused(error) from None
        if self.tells:
            kept = read.kept
            if kept.keys:
                from tui.app.commands import key_problems

                kept = key_problems(kept)
            for problem in kept.problems:
                click.echo(problem.text(self.words), err=True)
        return read


class Refused(click.UsageError):
    """The value of an option is not of its form; `text` says what would be right."""

    def __init__(self, error: FilmtuiError) -> None:
        super().__init__("")
        self.text = error.message


def complaint(error: click.UsageError, words: Words, commands: Iterable[str]) -> str:
    """A wrong call in one line of the user's language: what was wrong, and what would be right.

    click's own sentences are English; where it has no class for an error, its text says which one it is.
    """
    _ = words.gettext
    from tui.base.text import clean

    match error:
        case Refused():
            text = error.text.text(words)
        case click.NoSuchOption():
            text = _("unknown option {name}").format(name=clean(error.option_name))
            if error.possibilities:
                text += _("; did you mean {near}?").format(near=error.possibilities[0])
        case click.MissingParameter():
            text = _("{name} is missing").format(name=error.param.human_readable_name if error.param else "")
        case click.BadOptionUsage() if "does not take" in error.message:
            text = _("option {name} takes no value").format(name=clean(error.option_name))
        case click.BadOptionUsage():
            text = _("option {name} needs a value").format(name=clean(error.option_name))
        case _ if "unexpected extra" in error.message:
            what = error.message.partition("(")[2].rpartition(")")[0]
            text = _("unexpected argument {what}").format(what=clean(what))
        case _ if "no such command" in error.message.lower():
            from difflib import get_close_matches

            name = error.message.partition("'")[2].rpartition("'")[0] or error.message
            every = list(commands)
            if near := get_close_matches(name, every, 1):
                text = _("unknown command “{name}”; did you mean {near}?").format(name=clean(name), near=near[0])
            else:
                text = _("unknown command “{name}”; there are {commands}").format(
                    name=clean(name), commands=", ".join(every)
                )
        case _:
            text = _("wrong usage: {what}").format(what=clean(error.message))
    return text + " · " + _("see “filmtui --help”")


class Localised(click.Command):
    """A command whose help is in the user's language: its texts are message ids until they are printed."""

    def _words(self, ctx: click.Context) -> Words:
        state = ctx.find_object(State)
        return state.words if state else Words()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = self._words(ctx)
        options, *arguments = self.collect_usage_pieces(ctx)
        options = words.gettext("[OPTIONS]") if options == "[OPTIONS]" else options
        pieces = " ".join((options, *map(words.gettext, arguments)))
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
            if record is not None and isinstance(parameter, click.Option):
                text = N_("Show this help.") if "--help" in parameter.opts else parameter.help or ""
                records.append((record[0], words.gettext(text)))
        if records:
            with formatter.section(words.gettext("Options")):
                formatter.write_dl(records)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and options that begin so, with their help for shells that show it."""
        found = super().shell_complete(ctx, incomplete)
        words = self._words(ctx)
        commands = self.commands if isinstance(self, click.Group) else {}
        for item in found:
            if item.value in commands:
                item.help = short_help(commands[item.value], words)
            elif item.help:
                item.help = words.gettext(N_("Show this help.") if item.value == "--help" else item.help)
        return found


def short_help(command: click.Command, words: Words) -> str:
    """What a command does, in a sentence: the first paragraph of its help."""
    return words.gettext(command.help or "").partition("\n\n")[0]


class Group(Localised, click.Group):
    """A command with subcommands, of which the same holds."""

    command_class = Localised

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.sections: dict[str, tuple[click.Command, ...]] = {}
        """The commands under the heading that the help gives them, a message id, in its order."""

    def add_section(self, heading: str, *commands: click.Command) -> None:
        """Add commands that stand under this heading."""
        self.sections[heading] = commands
        for command in commands:
            self.add_command(command)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        words = self._words(ctx)
        column = max(len(name) for name in self.commands) + 2
        for heading, commands in self.sections.items():
            with formatter.section(words.gettext(heading)):
                rows = [(command.name or "", short_help(command, words)) for command in commands]
                formatter.write_dl([(f"{name:<{column - 2}}", help) for name, help in rows])


def _store(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and param.name:
        ctx.find_root().obj.given[param.name] = value


def _lang(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        try:
            Words(value)
        except FilmtuiError as error:
            raise Refused(error) from None
        _store(ctx, param, value)


def path_offers(_ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
    """The shell's own completion of files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(start, type="file")]


def _languages(_ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(language) for language in LANGUAGES if language.startswith(start)]


_EVERYWHERE = {"lang": _languages, "catalog": path_offers}


def everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that may stand before or after its name."""
    for name, help, callback in (
        ("today", N_("The date to treat as today, such as 2026-01-07."), _store),
        ("lang", N_("Language: id or en."), _lang),
        ("catalog", N_("The catalog: a YAML file or a directory of them."), _store),
    ):
        option = click.option(
            f"--{name}", help=help, expose_value=False, callback=callback, shell_complete=_EVERYWHERE.get(name),
            metavar={"catalog": "PATH", "lang": "id|en", "today": "YYYY-MM-DD"}[name],
        )  # fmt: skip
        command = option(command)
    return command


class Read(click.ParamType):  # type: ignore[type-arg]
    """The type of an option whose value is read by a function; its FilmtuiError becomes Refused."""

    def __init__(self, name: str, read: Callable[[str], Any], offers: Offers | None = None) -> None:
        """`offers`: what a shell completes it by, see completion.py."""
        self.name = name
        self._read = read
        self._offers = offers

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return self._offers(ctx, param, incomplete) if self._offers else []

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self._read(value) if isinstance(value, str) else value
        except FilmtuiError as error:
            raise Refused(error) from None


def choice(*choices: str) -> Callable[[str], str]:
    """A reader of an option that takes one of these. It raises ValueRefusedError."""

    def read(value: str) -> str:
        from tui.films import parsers

        return parsers.choice(choices)(value)

    return read
