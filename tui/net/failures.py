"""Why nothing was fetched, in a sentence that names the source and says what to do."""

from __future__ import annotations

import errno
import math
from typing import TYPE_CHECKING

from tui.base.errors import FilmtuiError, message
from tui.base.text import clean
from tui.base.words import N_

if TYPE_CHECKING:
    from tui.base.errors import Message


class FetchError(FilmtuiError):
    """Nothing could be fetched; its message names the source and says what to do."""

    def __init__(self, text: Message, status: int = 0, body: bytes = b"") -> None:
        """`status` and `body` are those of the answer, where there was one."""
        super().__init__(text)
        self.status, self.body = status, body


class CancelledError(FilmtuiError):
    """Whoever asked does not want the answer any more."""


OFFLINE = N_("{source}: {host} is not found; check the address and the connection to the internet")
UNREACHABLE = N_("{source}: {host} cannot be reached; check the address, the connection and the proxy")
REFUSED = N_("{source}: {host} refuses the connection; check the address and its port")
UNTRUSTED = N_("{source}: the certificate of {host} is not valid, so nothing is read from it; check the address")
SILENT = N_("{source}: {host} answers too slowly; try again later")
BROKEN = N_("{source}: the answer of {host} breaks off or is damaged; try again later")
PROXY = N_("{source}: the proxy lets nothing through to {host}; check HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
TOO_LARGE = N_("{source}: the answer of {host} has more than {size} MB; name an address with less")
ENCODED = N_("{source}: {host} sends what cannot be unpacked; name another address")
ENDLESS = N_("{source}: {host} leads on from address to address; name the last one")
DOWNGRADE = N_("{source}: {host} leads from https to an address without it; name an https address")
SCHEME = N_("{source}: only http:// and https:// are followed, not “{address}”; name such an address")
PRIVATE = N_("{source}: {host} is on this machine or in its own network; add --allow-private if that is meant")
DENIED = N_("{source}: {host} refuses to answer (HTTP {status}); check whether it may be followed")
GONE = N_("{source}: nothing is at this address of {host} any more (HTTP {status}); unfollow it or name another")
MISSING = N_("{source}: nothing is at this address of {host} (HTTP {status}); check the address")
WRONG = N_("{source}: {host} does not take the question (HTTP {status}); check the address")
DOWN = N_("{source}: {host} is out of order (HTTP {status}); try again later")
BUSY = N_("{source}: {host} is asked too often; try again in {wait}")
CANCELLED = N_("{source}: cancelled; nothing was changed")

_STATUSES = {401: DENIED, 403: DENIED, 404: MISSING, 410: GONE, 407: PROXY}


def of_status(source: str, host: str, status: int, body: bytes) -> FetchError:
    text = _STATUSES.get(status, DOWN if status >= 500 else WRONG)
    return FetchError(message(text, source=source, host=clean(host), status=status), status, body)


def busy(source: str, host: str, seconds: float) -> FetchError:
    """The host wants to be left alone for so long."""
    count = math.ceil(seconds / 60) if seconds > 90 else max(1, math.ceil(seconds))
    wait = message(N_("{count} minutes") if seconds > 90 else N_("{count} seconds"), count=count)
    return FetchError(message(BUSY, source=source, host=clean(host), wait=wait), 429)


def of_system(source: str, host: str, error: BaseException) -> FetchError:
    """Of an error while connecting, whose causes tell what it was."""
    import socket
    import ssl

    text, one = UNREACHABLE, error
    for _ in range(8):
        if isinstance(one, socket.gaierror):
            text = OFFLINE
        elif isinstance(one, ssl.SSLCertVerificationError):
            text = UNTRUSTED
        elif isinstance(one, OSError) and one.errno == errno.ECONNREFUSED:
            text = REFUSED
        following = one.__cause__ or one.__context__
        if following is None or text is not UNREACHABLE:
            break
        one = following
    return FetchError(message(text, source=source, host=clean(host)))
