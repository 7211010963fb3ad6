"""What servers have answered, kept by address so that they are asked only whether it has changed."""

from __future__ import annotations

import contextlib
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import replace_file

if TYPE_CHECKING:
    from pathlib import Path


class KeptAnswer(msgspec.Struct, frozen=True):
    """An answer with what asks for a newer one."""

    url: str
    etag: str
    """As the server wrote it, with W/ and quotes; empty without one."""
    modified: str
    """Its Last-Modified, verbatim; empty without one."""
    type: str
    body: bytes

    @property
    def conditions(self) -> dict[str, str]:
        """The headers by which only a newer answer is sent."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


class Shelf:
    """A folder of kept answers, all of which can be fetched again; what cannot be read or written is passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, url: str) -> KeptAnswer | None:
        try:
            known = msgspec.msgpack.decode(self._path(url).read_bytes(), type=KeptAnswer)
        except (OSError, msgspec.DecodeError):
            return None
        return known if known.url == url else None

    def keep(self, answer: KeptAnswer) -> None:
        self._write(self._path(answer.url), msgspec.msgpack.encode(answer))

    def not_before(self, host: str) -> float:
        """Since 1970, in seconds: when the host wants to be asked again; 0 if it has not said."""
        try:
            return float(self._wait(host).read_text("ascii"))
        except (OSError, ValueError):
            return 0.0

    def wait_for(self, host: str, until: float) -> None:
        self._write(self._wait(host), repr(until).encode())

    def _path(self, url: str) -> Path:
        return self._folder / f"{sha256(url.encode()).hexdigest()[:32]}.answer"

    def _wait(self, host: str) -> Path:
        return self._folder / f"{sha256(host.encode()).hexdigest()[:32]}.wait"

    def _write(self, path: Path, data: bytes) -> None:
        with contextlib.suppress(OSError):
            replace_file(path, data)
