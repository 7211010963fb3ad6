"""The command serve."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_
from tui.cli.localised import Localised, Read, State, everywhere
from tui.cli.shared import opened, report

if TYPE_CHECKING:
    from collections.abc import Callable

_PORT, _MOST = 8000, 20
_PROGRAM = (sys.executable, "-P", "-m", "tui", "--read-only", "--fresh")
"""What each visitor gets. -P: this program, not a folder called tui where one happens to be."""


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most:
            return int(value)
        wrong = N_("“{value}” is no number from {least} to {most}")
        raise ValueRefusedError(message(wrong, value=value[:40], least=least, most=most))

    return read


def _public_url(value: str) -> str:
    from tui.web.hosts import public_url

    return public_url(value)


def _host(value: str) -> str:
    if not value.strip():  # aiohttp would take it for all addresses
        raise ValueRefusedError(message(N_("the address to listen at is empty; name one such as 127.0.0.1")))
    return value.strip()


_HELP = N_("""\
Show the calendar in browsers, to look at only.

It is to be had on this machine alone unless --host names an address that others reach. It asks for no password: see \
the guide for a proxy that does. Ctrl+C ends it.""")


@click.command("serve", cls=Localised, help=_HELP)
@everywhere
@click.option("--port", type=Read("port", _number(0, 65535)), default=_PORT, metavar="N",
              help=N_("The port; 8000 if not given, 0 takes a free one."))  # fmt: skip
@click.option("--host", type=Read("host", _host), default="127.0.0.1", metavar="ADDRESS",
              help=N_("The address to listen at; this machine alone if not given."))  # fmt: skip
@click.option("--public-url", type=Read("url", _public_url), metavar="URL",
              help=N_("Where visitors find it, behind a proxy."))  # fmt: skip
@click.option("--visitors", type=Read("visitors", _number(1, 1000)), default=_MOST, metavar="N",
              help=N_("How many may look at once; 20 if not given."))  # fmt: skip
@click.pass_obj
def serve(state: State, port: int, host: str, public_url: str | None, visitors: int) -> int:
    import asyncio

    from tui.base.extras import extra

    for package in ("aiohttp", "textual_serve"):
        extra(package, "web")
    from tui.base.servers import loopback
    from tui.base.text import clean
    from tui.web.server import Serving, listen

    words = state.words
    with opened(state) as library:  # so that no visitor waits until the catalog is read
        report(library, state)
    if not loopback(host):
        text = words.gettext("whoever reaches {host} can look at this calendar; no password is asked for")
        click.echo(f"filmtui: {text.format(host=clean(host)[:80])}", err=True)
    serving = Serving(
        command=[*_PROGRAM, *(f"--{name}={value}" for name, value in state.given.items())],
        host=host,
        port=port,
        public_url=public_url or "",
        most=visitors,
        follows_browser=state.settings.theme == "auto",
    )

    def ready(url: str) -> None:
        click.echo(words.gettext("{url} shows the calendar · Ctrl+C ends it").format(url=url))

    asyncio.run(listen(serving, words, ready))
    return 0
