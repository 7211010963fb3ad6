"""Serves the calendar to browsers: the page, its files, and a process for each visitor.

Nothing of another host is in the page, and each answer says so to the browser. Visitors may only look; how many there
are at once is limited, as each costs a process.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import html
import json
import signal
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from tui.base.errors import FilmtuiError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.web.guest import Guest, size_of
from tui.web.hosts import may_connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.base.errors import Message
    from tui.base.words import Words

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),  # xterm.js makes styles as it goes
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SCHEMES = ("light", "dark")
_OWN = {"page.css": "text/css", "page.js": "text/javascript"}
_LAST_ANSWERS = 5.0
"""Seconds that a download has when the server is told to end."""
_MOST_SAID = 1 << 18
"""Bytes of one message of a browser: a pasted text."""


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """What is served, to whom."""

    command: list[str]
    """The program that each visitor gets, with its arguments."""
    host: str = "127.0.0.1"
    port: int = 8000
    """0 takes one that is free."""
    public_url: str = ""
    """Where visitors find it, if a proxy stands before it; without a path."""
    most: int = 20
    """Visitors at once."""
    follows_browser: bool = True
    """Whether light or dark is as the visitor's browser prefers; else as the settings say."""


class WebServer:
    """The server of one calendar. `app` is it for aiohttp."""

    def __init__(self, serving: Serving, words: Words) -> None:
        self._serving = serving
        self._words = words
        self._guests: dict[Guest, web.WebSocketResponse] = {}
        """A process is there for each, or was until a moment ago."""
        self._alone = asyncio.Event()
        self.app = web.Application()
        self.app.add_routes([
            web.get("/", self._index),
            web.get("/ws/{scheme}", self._socket),
            web.get("/download/{key}", self._download),
            web.get("/own/{name}", self._own),
            web.static("/static", str(files("textual_serve") / "static")),
        ])  # fmt: skip
        self.app.on_response_prepare.append(_with_headers)
        self.app.on_shutdown.append(self._close)

    @property
    def visitors(self) -> int:
        """How many there are."""
        return len(self._guests)

    @property
    def _full(self) -> bool:
        return self.visitors >= self._serving.most

    async def _index(self, _request: web.Request) -> web.Response:
        if self._full:
            return self._page("full.html", status=503, headers={"Retry-After": "60"})
        return self._page("page.html")

    def _page(self, name: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
        _ = self._words.gettext
        said = {
            "title": _("filmtui · release calendar of films"),
            "noscript": _("This page needs JavaScript: it shows a terminal."),
            "opening": _("The calendar is opening…"),
            "ended": _("The calendar has been closed."),
            "again": _("Open it again"),
            "retry": _("Try again"),
            "full": self._told_full,
        }
        filled = {key: html.escape(text) for key, text in said.items()}
        text = Template(_asset(name)).substitute(filled, language=self._words.language)
        fresh = {"Cache-Control": "no-store", **(headers or {})}
        return web.Response(text=text, content_type="text/html", status=status, headers=fresh)

    @property
    def _told_full(self) -> str:
        most = self._serving.most
        return self._words.ngettext(
            "{n} visitor is here already, and no more can be served. Please come back later.",
            "{n} visitors are here already, and no more can be served. Please come back later.", most,
        )  # fmt: skip

    async def _own(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _OWN:
            raise web.HTTPNotFound
        return web.Response(text=_asset(name), content_type=_OWN[name], charset="utf-8")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        for guest in [*self._guests]:
            with contextlib.suppress(KeyError):
                told = await guest.downloads.get_download_metadata(key)
                response = web.StreamResponse()
                charset = f"; charset={told.encoding}" if told.encoding else ""
                response.headers["Content-Type"] = told.mime_type + charset
                response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(told.file_name)}"
                response.headers["Cache-Control"] = "no-store"
                await response.prepare(request)
                async for chunk in guest.downloads.download(key):
                    await response.write(chunk)
                await response.write_eof()
                return response
        raise web.HTTPNotFound

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """A visitor comes: a process is there until the connection ends, from either side."""
        scheme = request.match_info["scheme"]
        serving = self._serving
        if scheme not in _SCHEMES:
            raise web.HTTPNotFound
        if not may_connect(request.headers.get("Origin"), request.host, serving.host, serving.public_url):
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_MOST_SAID)
        await socket.prepare(request)
        if self._full:
            await socket.send_bytes(f"\x1b[?25l\r\n {self._told_full}\r\n".encode())
            await socket.close()
            return socket
        guest = Guest(serving.command, socket, scheme if serving.follows_browser else "")
        self._guests[guest] = socket
        self._alone.clear()
        try:
            await guest.start(*size_of(request.query.get("width"), request.query.get("height")))
            await _pass_on(socket, guest)
        finally:
            try:
                await asyncio.shield(guest.stop())
            finally:
                del self._guests[guest]
                if not self._guests:
                    self._alone.set()
        return socket

    async def _close(self, _app: web.Application) -> None:
        """Let every visitor go, and wait until their processes have ended."""
        going = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in self._guests.values()]
        await asyncio.gather(*going, return_exceptions=True)
        if self._guests:
            await self._alone.wait()


async def listen(serving: Serving, words: Words, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end (SIGINT, SIGTERM, SIGHUP); the visitors' processes end with it.

    `ready` is told the address once it can be visited. Raises NotListeningError.
    """
    server = WebServer(serving, words)
    runner = web.AppRunner(server.app, access_log=None, shutdown_timeout=_LAST_ANSWERS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, serving.host, serving.port).start()
        except (OSError, UnicodeError) as error:  # a name that is no name of a host
            raise NotListeningError(_why(error, serving)) from None
        end, loop = asyncio.Event(), asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C cancels this
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(name, end.set)
        host = f"[{serving.host}]" if ":" in serving.host else serving.host
        ready(serving.public_url or f"http://{host}:{runner.addresses[0][1]}")
        await end.wait()
    finally:
        await runner.cleanup()


class NotListeningError(FilmtuiError):
    """The address cannot be listened at."""


def _why(error: Exception, serving: Serving) -> Message:
    number = error.errno if isinstance(error, OSError) else None
    where = {"host": clean(serving.host)[:80], "port": serving.port}
    if number == errno.EADDRINUSE:
        return message(N_("port {port} is taken by another program; name a free one with --port"), **where)
    if number == errno.EACCES:
        return message(N_("port {port} is only for the administrator; name one from 1024 on with --port"), **where)
    # negative: no address is known for the name
    if number == errno.EADDRNOTAVAIL or (number or 0) < 0 or isinstance(error, UnicodeError):
        return message(N_("this machine has no address “{host}”; name one that it has with --host"), **where)
    why = reason_of(error) if isinstance(error, OSError) else clean(str(error))
    return message(N_("cannot listen at {host}, port {port}: {why}"), **where, why=why)


async def _pass_on(socket: web.WebSocketResponse, guest: Guest) -> None:
    """What the browser says to the process, until it says nothing more. What is of no known form is passed over."""
    async for said in socket:
        if said.type is not WSMsgType.TEXT:
            continue
        try:
            kind, *rest = json.loads(said.data)
        except (ValueError, TypeError):
            continue
        match kind, rest:
            case "stdin", [str(text)] if typed := text.encode("utf-8", "ignore"):  # nothing would end Textual's reading
                await guest.send_bytes(typed)
            case "resize", [{"width": int(width), "height": int(height)}]:
                await guest.set_terminal_size(*size_of(width, height))
            case "ping", [when]:
                await socket.send_json(["pong", when])
            case "blur", []:
                await guest.blur()
            case "focus", []:
                await guest.focus()


async def _with_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers.pop("Server", None)


def _asset(name: str) -> str:
    """A file that lies beside this module."""
    return (files("tui.web") / name).read_text("utf-8")
