"""The command publish: the films that are selected as events of a calendar on a server, and so on phones."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tui.base.errors import FilmtuiError, ValueRefusedError, message
from tui.base.text import clean
from tui.base.words import N_
from tui.cli.exporting import ALARM
from tui.cli.localised import Localised, Refused, State, everywhere
from tui.cli.selecting import Asked, listed, selecting
from tui.cli.shared import format_option, report, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.base.words import Words
    from tui.exports.publishing.publishing import Outcome, Publishing

_HELP = N_("""\
Publish releases into a calendar on a CalDAV server, so that they stand on phones.

The calendar is made where there is none. What moves is moved there, what is not selected any more is deleted there.
Nothing that others put there is touched.

The password is that of FILMTUI_CALDAV_PASSWORD, else of the system's keyring, else it is asked for.""")  # fmt: skip

_FEW = 20
"""So many steps are told one by one."""


@click.command(cls=Localised, help=_HELP)
@everywhere
@click.argument("url", required=False, metavar="[URL]")
@selecting
@click.option("--user", metavar="NAME", help=N_("Your name on the server; that of the settings if not given."))
@click.option("--calendar", metavar="NAME", help=N_("The calendar's name; that of the settings if not given."))
@click.option("--partial", is_flag=True, help=N_("What has a month and no day stands on the month's first."))
@click.option("--alarm", type=ALARM, metavar="TIME",
              help=N_("An alarm so long before the day begins: 1d, or 15h for nine the morning before."))  # fmt: skip
@click.option("--dry-run", is_flag=True, help=N_("Show what would change without writing anything."))
@click.option("--overwrite", is_flag=True, help=N_("Bring back what was changed or deleted there."))
@click.option("--prune", is_flag=True, help=N_("Delete also what another filmtui published and is not selected here."))
@click.option("--insecure", is_flag=True, help=N_("Send the password without https."))
@click.option("--quiet", is_flag=True, help=N_("Write nothing but failures, as cron wants it."))
@format_option("text", "json")
@click.pass_context
def publish(
    ctx: click.Context, url: str | None, asked: Asked, user: str | None, calendar: str | None, partial: bool,
    alarm: int | None, dry_run: bool, overwrite: bool, prune: bool, insecure: bool, quiet: bool, form: str,
) -> int:  # fmt: skip
    from tui.exports.ics import calendar_name, events
    from tui.exports.listing import Options
    from tui.exports.publishing import telling
    from tui.exports.publishing.publishing import Publishing
    from tui.net.calendars import CalendarServer

    state = ctx.find_object(State)
    assert state is not None
    settings, words = state.settings, state.words
    if url is not None and "://" not in url and settings.caldav_url:
        asked = asked._replace(text=(url, *asked.text))
        url = None
    address = _address(url or settings.caldav_url, insecure=insecure)
    name = settings.caldav_user if user is None else user
    options = Options(partial=partial, alarm=alarm, calendar_name=calendar or settings.caldav_calendar)
    with (
        listed(ctx, state, asked, options, quiet=quiet) as listing,
        CalendarServer(address, name, _password(address, name, words) if name else "") as server,
    ):
        sound = report(listing.library, state) == 0
        # what has changed is noted once it is published
        wanted = events(replace(listing, revisions=None) if dry_run else listing)
        publishing = Publishing(
            server, settings.places.published, calendar_name(listing), named=bool(options.calendar_name)
        )
        publishing.prepare(wanted, overwrite=overwrite, prune=prune, sound=sound)
        outcome = None if dry_run else publishing.carry_out(_progress(words, quiet=quiet))
        failed = not sound or (outcome is not None and bool(outcome.failed or outcome.stopped or publishing.unnoted))
        if form == "json":
            write([json.dumps(telling.record(publishing, outcome, words), ensure_ascii=False, indent=2)])
        elif not quiet:
            _tell(publishing, outcome, words)
        if outcome is not None:
            for line in telling.failed_lines(publishing, outcome, words):
                click.echo(f"filmtui: {line}", err=True)
    return int(failed)


def _address(url: str, *, insecure: bool) -> str:
    """Raises Refused."""
    from tui.base.servers import calendar_server

    try:
        if not url:
            raise ValueRefusedError(message(N_("no calendar server is named; give its address, or set caldav_url")))
        return calendar_server(url, insecure=insecure)
    except FilmtuiError as error:
        raise Refused(error) from None


def _password(url: str, user: str, words: Words) -> str:
    """Raises Refused where it is not known and nobody can be asked, Abort where nobody answers."""
    from tui.base.servers import CALDAV_PASSWORD
    from tui.user.secret import known_password, service

    found = known_password(url, user)
    if found is not None:
        return found
    if not sys.stdin.isatty():
        told = N_("the password is not known; set {variable}, or keep it: keyring set {service} {user}")
        raise Refused(
            ValueRefusedError(message(told, variable=CALDAV_PASSWORD, service=service(url), user=clean(user)))
        )
    prompt = words.gettext("Password of {user}").format(user=clean(user))
    answer: str = click.prompt(prompt, hide_input=True, err=True)
    return answer


def _tell(publishing: Publishing, outcome: Outcome | None, words: Words) -> None:
    from tui.exports.publishing import telling

    steps = publishing.plan.steps if outcome is None else outcome.done
    if outcome is None or len(steps) <= _FEW:
        write(telling.step_line(step, words) for step in steps)
    write([telling.summary(publishing, steps, words)])
    for line in (*telling.over_lines(steps, words), *telling.kept_lines(publishing.news, words)):
        click.echo(f"filmtui: {line}", err=True)
    if outcome is None:
        click.echo(words.gettext("nothing was written (--dry-run)"))


def _progress(words: Words, *, quiet: bool) -> Callable[[int, int], None]:
    """What writes over one line of a terminal's standard error how far it is."""
    if quiet or not sys.stderr.isatty():
        return lambda done, of: None

    def tell(done: int, of: int) -> None:
        text = words.gettext("{done} of {total} written; Ctrl+C ends it, the next publish goes on from there")
        line = text.format(done=words.number(done), total=words.number(of)) if done < of else ""
        click.echo(f"\r\033[K{line}", err=True, nl=False)

    return tell
