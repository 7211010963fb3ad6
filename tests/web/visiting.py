"""A calendar that is served in this process, and a visitor without a browser."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, WSMsgType, web

from tui.base.words import Words
from tui.web.server import Serving, WebServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiohttp import ClientWebSocketResponse

CALENDAR = [sys.executable, "-P", "-m", "tui", "--read-only", "--fresh", "--today", "2025-12-24"]
_LOOKS = 6000
_ESCAPES = re.compile(r"\x1b\[[0-9;?<>$]*[a-zA-Z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")


async def eventually(true: Callable[[], object]) -> None:
    """Wait until this holds, of what cannot be waited for otherwise."""
    for _ in range(_LOOKS):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


class Served:
    """A server on a free port of this machine, and what visits it."""

    def __init__(self, server: WebServer, url: str, client: ClientSession) -> None:
        self.server, self.url, self.client = server, url, client

    async def get(self, path: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers."""
        async with self.client.get(self.url + path) as response:
            return response.status, await response.text(), dict(response.headers)

    @asynccontextmanager
    async def visit(self, *, width: int = 120, height: int = 36, **headers: str) -> AsyncIterator[Visitor]:
        address = f"{self.url}/ws/dark?width={width}&height={height}"
        async with self.client.ws_connect(address, headers=headers) as socket:
            yield Visitor(socket)

    async def alone(self) -> None:
        """Once no visitor's process is there any more."""
        await eventually(lambda: not self.server.visitors)

    async def process(self) -> asyncio.subprocess.Process:
        """The one visitor's, once it is there."""
        await eventually(lambda: any(guest._process for guest in self.server._guests))
        (guest,) = self.server._guests
        assert guest._process
        return guest._process


class Visitor:
    """What a browser says and is told."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.told = ""
        """All that was to be shown since the last key, without escape sequences."""

    async def press(self, keys: str) -> None:
        self.told = ""
        await self.say("stdin", keys)

    async def say(self, *message: Any) -> None:
        await self.socket.send_str(json.dumps(message))

    async def sees(self, text: str) -> None:
        """Wait until this text is shown."""
        async with asyncio.timeout(15):
            while text not in self.told:
                message = await self.socket.receive()
                assert message.type is WSMsgType.BINARY, (message, self.told)
                self.told += _ESCAPES.sub("", message.data.decode())

    async def asked(self) -> list[Any]:
        """The next thing that the browser is asked to do."""
        async with asyncio.timeout(15):
            while (message := await self.socket.receive()).type is not WSMsgType.TEXT:
                assert message.type is WSMsgType.BINARY, message
            found: list[Any] = json.loads(message.data)
            return found

    async def leaves(self) -> None:
        """Wait until the server ends the connection."""
        async with asyncio.timeout(15):
            while (message := await self.socket.receive()).type in {WSMsgType.BINARY, WSMsgType.TEXT}:
                if message.type is WSMsgType.BINARY:
                    self.told += _ESCAPES.sub("", message.data.decode())


@asynccontextmanager
async def served(command: list[str] | None = None, language: str = "id", **more: Any) -> AsyncIterator[Served]:
    server = WebServer(Serving(command=command or CALENDAR, **more), Words(language))
    runner = web.AppRunner(server.app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession() as client:
            yield Served(server, f"http://127.0.0.1:{runner.addresses[0][1]}", client)
    finally:
        await runner.cleanup()
