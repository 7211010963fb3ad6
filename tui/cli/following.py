"""The commands follow, unfollow and sync."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from tui.base.words import N_
from tui.cli.completion import among, followed_names
from tui.cli.localised import Localised, Read, State, choice, everywhere
from tui.cli.shared import UNITS, format_option, write
from tui.user.settings import OPTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.base.words import Words
    from tui.catalog.sources import Followed

_KINDS = ("wikipedia", "tmdb", "url")


def _name(value: str) -> str:
    from tui.catalog.sources import name_of

    return name_of(value)


def _address(value: str) -> str:
    from tui.catalog.sources import address_of

    return address_of(value)


def _region(value: str) -> str:
    from tui.films.parsers import country

    return country(value.upper())


def _month(value: str) -> str:
    from tui.catalog.sources import month_of_span

    return month_of_span(value)


_FOLLOW = N_("""\
Follow a source, from which sync brings films.

wikipedia: the lists of Indonesian films in id.wikipedia.org; no key is needed.

tmdb: themoviedb.org, with a token of your own in FILMTUI_TMDB_TOKEN or the settings.

url: a calendar (ICS), a table (CSV), a catalog's file (YAML) or a page with data of films, at --address.""")


@click.command("follow", cls=Localised, help=_FOLLOW)
@everywhere
@click.argument("kind", type=Read("kind", choice(*_KINDS), among(*_KINDS)), metavar="wikipedia|tmdb|url")
@click.argument("name", required=False, type=Read("name", _name), metavar=N_("[NAME]"))
@click.option("--address", type=Read("address", _address), metavar="URL",
              help=N_("Where to ask; needed for url, and stands in for the kind's own otherwise."))  # fmt: skip
@click.option("--region", type=Read("region", _region), metavar="XX",
              help=N_("Country of the releases, two letters; that of the settings if not given."))  # fmt: skip
@click.option("--from", "first", type=Read("2026-01", _month), metavar="YYYY-MM",
              help=N_("From that month on; a month back if not given."))  # fmt: skip
@click.option("--to", "last", type=Read("2026-01", _month), metavar="YYYY-MM",
              help=N_("Up to that month; fourteen months ahead if not given."))  # fmt: skip
@click.option("--allow-private", is_flag=True, help=N_("The address may be on this machine or in its own network."))
@click.pass_obj
def follow(
    state: State, kind: str, name: str | None, address: str | None, region: str | None, first: str | None,
    last: str | None, allow_private: bool,
) -> int:  # fmt: skip
    from tui.catalog.sources import Followed
    from tui.imports.following import following

    settings = state.settings
    source = following.follow(
        settings.places,
        Followed(name=name or "", kind=kind, address=address, region=region or settings.region, first=first, last=last,
                 allow_private=allow_private),
    )  # fmt: skip
    told = state.words.gettext("{name} is followed; filmtui sync brings its films")
    click.echo(told.format(name=source.name))
    if kind == "tmdb" and not settings.tmdb_token:
        text = state.words.gettext("TMDB needs a token of your own: FILMTUI_TMDB_TOKEN, or tmdb_token in the settings")
        click.echo(f"filmtui: {text}", err=True)
    return 0


@click.command("unfollow", cls=Localised, help=N_("Follow a source no longer; its films are taken out."))
@everywhere
@click.argument("name", metavar=N_("NAME"), shell_complete=followed_names)
@click.pass_obj
def unfollow(state: State, name: str) -> int:
    from tui.imports.following import following

    following.unfollow(state.settings.places, name)
    click.echo(state.words.gettext("{name} is no longer followed").format(name=name))
    return 0


@click.command("sync", cls=Localised, help=N_("Bring the films of the sources that are followed."))
@everywhere
@click.argument("names", nargs=-1, metavar=N_("[NAME...]"), shell_complete=followed_names)
@click.option("--dry-run", is_flag=True, help=N_("Show what would change without saving anything."))
@click.option("--quiet", is_flag=True, help=N_("Write nothing but failures, as cron wants it."))
@click.option("--print-unit", "unit", type=Read("print-unit", choice(*UNITS), among(*UNITS)),
              metavar="systemd|launchd|cron", help=N_("Print what has it run daily, and do nothing else."))  # fmt: skip
@format_option("text", "json")
@click.pass_obj
def sync(state: State, names: tuple[str, ...], dry_run: bool, quiet: bool, unit: str | None, form: str) -> int:
    from tui.exports import syncs
    from tui.imports.following.sync import Sync, followed

    settings, words = state.settings, state.words
    if unit is not None:
        from tui.cli import units

        chosen = settings.origins["catalog"] == OPTION
        own = [*names, *(["--catalog", str(settings.places.catalog)] if chosen else [])]
        job = units.Job("filmtui-sync", ["sync", "--quiet", *own], range(6, 7), spread=True)
        write([units.unit(unit, job, words)])
        return 0
    sources, problems = followed(settings.places, names)
    for problem in problems:
        click.echo(problem.text(words), err=True)
    failed = bool(problems)
    if not sources and not quiet:
        text = words.gettext("nothing is followed yet; filmtui follow wikipedia is a beginning")
        click.echo(f"filmtui: {text}", err=True)
    found = []
    tell = _progress(words) if sys.stderr.isatty() and not quiet else None
    running = Sync(settings.places, settings.tmdb_token, dry_run=dry_run, tell=tell)
    for outcome in running.run(sources):
        if tell:
            click.echo("\r\033[K", err=True, nl=False)
        name = outcome.source.name
        found.append(syncs.synced(name, outcome.source.kind, outcome, words, outcome.requests, outcome.seconds))
        if outcome.failure is not None:
            click.echo(f"filmtui: {outcome.failure.text(words)}", err=True)
            failed = True
        elif form == "text" and not quiet:
            write([syncs.summary(name, outcome, words, outcome.requests, outcome.seconds)])
            write("  " + line for line in syncs.details(outcome, words))
        if not quiet:
            for problem in outcome.problems:
                click.echo(problem.text(words), err=True)
    if form == "json":
        write([json.dumps(found, ensure_ascii=False, indent=2)])
    elif dry_run and found and not quiet:
        click.echo(words.gettext("nothing was saved (--dry-run)"))
    if any(one["kind"] == "tmdb" for one in found) and not quiet:
        from tui.films.terms import TMDB_NOTICE

        click.echo(TMDB_NOTICE, err=True)
    return int(failed)


def _progress(words: Words) -> Callable[[Followed, int, int], None]:
    """What writes over one line of standard error how far a source is."""

    def tell(source: Followed, done: int, total: int) -> None:
        told = words.gettext("{name}: {done} of {total}, Ctrl+C ends it without a trace")
        text = told.format(name=source.name, done=words.number(done), total=words.number(total))
        click.echo(f"\r\033[K{text}", err=True, nl=False)

    return tell
