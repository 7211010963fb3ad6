"""A web server on this machine, with answers that a test has written, and faults."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.net.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Callable


class Asked(NamedTuple):
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    """By their names in lower case."""


class Reply(NamedTuple):
    body: bytes = b""
    status: int = 200
    type: str = "application/json"
    headers: dict[str, str] = {}  # noqa: RUF012 (of a tuple)
    packed: bool = False
    drip: float = 0
    """Seconds between two bytes."""
    cut: int = 0
    """Bytes that are promised and do not come."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet: else each answer waits 40 ms for the client's acknowledgement

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(parts.path, {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}, headers)
        with self.server.lock:
            self.server.asked.append(asked)
            reply = self.server.replies.pop(0) if self.server.replies else self.server.answer(asked)
        etag = reply.headers.get("ETag")
        if etag and headers.get("if-none-match") == etag:
            reply = Reply(status=304, headers={"ETag": etag})
        body = gzip.compress(reply.body) if reply.packed else reply.body
        self.send_response(reply.status)
        if reply.packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(body) + reply.cut))
        if reply.cut:
            self.close_connection = True
        self.end_headers()
        if reply.status == 304:
            return
        if not reply.drip:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(reply.drip)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(LoopbackServer):
    """`answer` says what to reply; `replies`, where there are any, are given first, one a request."""

    def __init__(self, answer: Callable[[Asked], Reply] = lambda asked: Reply(b"{}")) -> None:
        super().__init__(Handler)
        self.answer = answer
        self.replies: list[Reply] = []
        self.asked: list[Asked] = []
        self.lock = threading.Lock()
