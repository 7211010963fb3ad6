"""One visitor's calendar: a process that may only look, between its start and the end of the visitor's connection."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tui.base.servers import SECRETS, is_web

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from aiohttp import web

_PATIENCE = 3.0
"""Seconds that a process has to end when it is asked to, and again when it is told to."""
_WIDEST, _HIGHEST = 400, 200
"""Cells of a screen: what a visitor asks for costs memory here."""
_SETUP = 64
"""Bytes that no sequence has by which a terminal is set up, each in a packet of its own; a frame has more."""
_KEPT_BACK = (*SECRETS, "COLORFGBG", "NO_COLOR", "TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_THEME")
"""What of the environment is the owner's secret, or about the owner's terminal."""


class Size(NamedTuple):
    """Of a visitor's screen, in cells."""

    width: int
    height: int


def size_of(width: object, height: object) -> Size:
    """The size that a browser asks for, within bounds; 80 by 24 where it says nothing that is one."""
    try:
        asked = int(str(width)), int(str(height))
    except ValueError:
        asked = 80, 24
    return Size(min(max(asked[0], 1), _WIDEST), min(max(asked[1], 1), _HIGHEST))


class Guest(AppService):
    """The process of one visitor. Textual's own protocol, in pipes; see textual.drivers.web_driver."""

    def __init__(self, command: list[str], socket: web.WebSocketResponse, theme: str = "") -> None:
        """`command`: the program and its arguments; `theme`: the calendar's, where it is not the settings' own."""
        self.downloads = DownloadManager()
        super().__init__(
            "filmtui",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._leave,
            download_manager=self.downloads,
        )
        self._given = command
        self._socket = socket
        self._theme = theme
        self._shows = False
        self._asked: Size | None = None

    async def _leave(self) -> None:
        await self._socket.close()

    async def run(self) -> None:
        """Pass on what the process says; where it ends, be it before it has said anything, so does the connection."""
        try:
            await super().run()
        finally:
            await self._leave()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment = super()._build_environment(width, height)
        for name in _KEPT_BACK:
            environment.pop(name, None)
        package = str(Path(__file__).parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [package, environment.get("PYTHONPATH")]))
        if self._theme:
            environment["FILMTUI_THEME"] = self._theme
        return environment

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the program, without the shell that its class would start it by."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._given,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # Ctrl+C is for the server, which ends it
        )
        self._stdin = process.stdin
        return process

    async def on_data(self, payload: bytes) -> None:
        """What is to be shown. From the first frame on, the program has taken the size that it was started with."""
        if not self._shows and len(payload) > _SETUP:
            self._shows = True
            if self._asked:
                await super().set_terminal_size(*self._asked)
        await super().on_data(payload)

    async def set_terminal_size(self, width: int, height: int) -> None:
        """The browser's window has another size. A program that is told so while it starts may forget it again."""
        if self._shows:
            await super().set_terminal_size(width, height)
        else:
            self._asked = Size(width, height)

    async def on_meta(self, data: bytes) -> None:
        """What the program asks of the browser; of addresses it opens those of the web alone."""
        asked = json.loads(data)
        if asked.get("type") == "open_url" and not is_web(str(asked.get("url"))):
            return
        await super().on_meta(data)

    async def stop(self) -> None:
        """End the process, by force if it does not end by itself; then there is none."""
        process, task = self._process, self._task
        self._process = self._task = None
        if process is None:
            return
        await self.downloads.cancel_app_downloads(self.app_service_id)
        for tell in (self._ask_to_quit, process.terminate, process.kill):
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    tell()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), _PATIENCE)
        if task is not None:
            await task

    def _ask_to_quit(self) -> None:
        """Without waiting until it listens."""
        with contextlib.suppress(RuntimeError, OSError):  # the pipe is closed
            self.stdin.write(self.encode_packet(b"M", b'{"type": "quit"}'))
