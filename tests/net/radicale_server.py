"""A real Radicale on this machine, in a thread, with faults that a test asks for."""

from __future__ import annotations

import io
import socket
import threading
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from tests.net.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

USER, PASSWORD = "budi", "rahasia-sekali"


class Call(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    """By their names in lower case."""


class Fault(NamedTuple):
    """What is answered instead."""

    status: int
    headers: dict[str, str] = {}  # noqa: RUF012 (of a tuple)
    body: bytes = b""


CUT = Fault(0)
"""The connection ends before the request is looked at."""
LOST = Fault(-1)
"""It is carried out, and the connection ends before the answer."""


class _Handler(BaseHTTPRequestHandler):
    server: RadicaleServer
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = Call(self.command, unquote(self.path), {name.lower(): value for name, value in self.headers.items()})
        with self.server.lock:
            self.server.calls.append(call)
            fault = self.server.fault(call)
        if fault is not None and fault is not LOST:
            return self._cut() if fault is CUT else self._send(fault.status, fault.headers, fault.body)
        status, headers, answer = self.server.run(call, self.path, body)
        if fault is LOST:
            return self._cut()
        if self.server.etagless and self.command == "PUT":
            headers.pop("ETag", None)
        return self._send(status, headers, answer)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class RadicaleServer(LoopbackServer):
    """`fault` says of each request whether something else is answered."""

    def __init__(self, folder: Path) -> None:
        import radicale.app
        import radicale.config

        super().__init__(_Handler)
        folder.mkdir(parents=True, exist_ok=True)
        users = folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n", "utf-8")
        configuration = radicale.config.load(())
        configuration.update({
            "auth": {"type": "htpasswd", "htpasswd_filename": str(users), "htpasswd_encryption": "plain", "delay": "0"},
            "storage": {"filesystem_folder": str(folder / "store"), "_filesystem_fsync": "False"},
            "logging": {"level": "critical"},
        }, privileged=True)  # fmt: skip
        self.app = radicale.app.Application(configuration)
        self.calls: list[Call] = []
        self.fault: Callable[[Call], Fault | None] = lambda call: None
        self.etagless = False
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @property
    def home(self) -> str:
        return f"{self.address}{USER}/"

    def writes(self) -> list[str]:
        """The requests that change something, since the last time that this was asked."""
        found = [
            f"{call.method} {call.path}" for call in self.calls if call.method not in {"PROPFIND", "REPORT", "GET"}
        ]
        self.calls.clear()
        return found

    def run(self, call: Call, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        environ = {
            "REQUEST_METHOD": call.method, "PATH_INFO": call.path.partition("?")[0], "SCRIPT_NAME": "", "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(self.server_address[1]), "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": call.headers.get("content-type", ""),
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
            **{"HTTP_" + name.upper().replace("-", "_"): value for name, value in call.headers.items()},
        }  # fmt: skip
        found: list[Any] = []
        answer = b"".join(self.app(environ, lambda status, headers, *_: found.extend((status, headers))))
        return int(found[0].split()[0]), dict(found[1]), answer

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        """As another client of the same user would, without a connection."""
        from base64 import b64encode

        login = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        call = Call(method, path, {"authorization": login, **{k.replace("_", "-"): v for k, v in headers.items()}})
        status, found, answer = self.run(call, path, body.encode())
        return status, found, answer.decode()

    def objects(self, calendar: str) -> dict[str, str]:
        """The objects of one of the user's calendars by their names."""
        names = [p.name for p in (self.store / calendar).glob("*.ics")]
        return {name: self.ask("GET", f"/{USER}/{calendar}/{name}")[2] for name in names}

    @property
    def store(self) -> Path:
        from pathlib import Path

        return Path(self.app.configuration.get("storage", "filesystem_folder")) / "collection-root" / USER
