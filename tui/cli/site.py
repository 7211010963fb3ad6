"""The command site: a folder of pages, feeds and data for any web server."""

from __future__ import annotations

import click

from tui.base.words import N_
from tui.cli.localised import Localised, Read, State, everywhere, path_offers
from tui.cli.selecting import Asked, listed, selecting
from tui.cli.shared import report


def _address(value: str) -> str:
    from tui.base.servers import site_address

    return site_address(value)


@click.command(cls=Localised, help=N_("Write a folder of pages and feeds for any web server; only what has changed."))
@everywhere
@click.argument("folder", metavar="FOLDER", shell_complete=path_offers)
@selecting
@click.option(
    "--url",
    type=Read("https://example.org/films/", _address),
    default="",
    metavar="URL",
    help=N_("Where the site will be found; for a sitemap and addresses in full."),
)
@click.option("--name", default="", metavar="NAME", help=N_("What the site and its calendars are called."))
@click.option("--force", is_flag=True, help=N_("Also into a folder of other things; no file of theirs is replaced."))
@click.pass_context
def site(ctx: click.Context, folder: str, asked: Asked, url: str, name: str, force: bool) -> int:  # fmt: skip
    from functools import partial

    from tui.exports.formats import FORMATS
    from tui.exports.listing import Options
    from tui.exports.saving import saved
    from tui.exports.site.site import save_site
    from tui.user.places import place

    state = ctx.find_object(State)
    assert state is not None
    options = Options(source_url=url, calendar_name=name)
    with listed(ctx, state, asked, options) as listing:
        if state.behind:  # films that are not read yet would be taken from the site
            return 1
        form = FORMATS["site"]._replace(folder=partial(save_site, force=force))
        path = place(folder)
        click.echo(f"filmtui: {saved(listing, form, path)}", err=True)
        return report(listing.library, state)
