"""The way to a CalDAV server: the library's client on a transport with our limits, and one line for what goes wrong.

caldav and niquests are an extra, and loaded with the first connection: they take a quarter of a second.
"""

from __future__ import annotations

import logging
import os
import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from tui.base.errors import FilmtuiError, message
from tui.base.extras import extra
from tui.base.servers import loopback
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.net import failures
from tui.net.addresses import proxy_of
from tui.net.failures import CancelledError, FetchError
from tui.net.manners import RETRIED, pause, retry_after, turn, user_agent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from urllib.parse import SplitResult

    from tui.net.client import Limits

LOGIN = N_("{source}: {host} does not take this user and password; many servers want an app password")
LOGIN_MISSING = N_("{source}: {host} asks for a user and a password; name the user by --user")
NOT_CALDAV = N_("{source}: no CalDAV is at this address of {host}; look for the CalDAV address in its help")
READ_ONLY = N_("{source}: this user may not write into the calendar (HTTP {status}); ask for that right")
NO_CALENDARS = N_("{source}: {host} lets no calendar be made (HTTP {status}); make one there, and give its address")
ELSEWHERE = N_("{source}: {host} leads on to {other}, where no password is sent; name that address if it is right")
FULL = N_("{source}: {host} has no room left for the calendar (HTTP {status})")

_READING = {"PROPFIND", "REPORT", "OPTIONS", "GET"}
"""What may be asked again without a thought where the answer got lost."""


class Received(NamedTuple):
    """An answer as the library takes it."""

    status_code: int
    reason: str
    headers: Any
    content: bytes
    url: str

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


class Transport:
    """Sends what the library asks for, one request at a time. It stands in for the library's session.

    Raises FetchError, CancelledError.
    """

    def __init__(self, source: str, url: str, limits: Limits, stop: Callable[[], bool]) -> None:
        """`url` is the user's own; the password goes to its host alone, and to hosts beside it."""
        _, niquests = _libraries()
        self._session = niquests.Session(disable_http3=True, revocation_configuration=None)
        self._session.trust_env = False  # neither .netrc's passwords nor another proxy than ours
        self.limits = limits
        self._source, self._stop = source, stop
        self._first = urlsplit(url)
        self.requests = 0
        """How many were sent."""

    def close(self) -> None:
        self._session.close()

    def request(self, method: str, url: str, **given: Any) -> Received:
        """As a session's: tried again where that is harmless, redirected on the same host only."""
        for _ in range(self.limits.redirects + 1):
            found = self._tried(method, url, given)
            target = found.headers.get("location")
            if found.status_code not in {301, 302, 303, 307, 308} or target is None:
                return found
            if method not in _READING:
                raise self._error(failures.WRONG, url, status=found.status_code)
            url = urljoin(url, target)
        raise self._error(failures.ENDLESS, url)

    def _tried(self, method: str, url: str, given: dict[str, Any]) -> Received:
        self._check_host(url)
        limits, wait = self.limits, 0.0
        host = urlsplit(url).hostname or ""
        for number in range(1, limits.tries + 1):
            pause(wait * random.uniform(1, 1.5), self._check)  # noqa: S311 (so that not all come back at once)
            wait = limits.pause * 2 ** (number - 1)
            last = number == limits.tries
            try:
                with turn(host):
                    found = self._once(method, url, given)
            except _LostError:
                if last or method not in _READING:
                    raise
                continue
            asked = retry_after(found.headers.get("retry-after"))
            busy = found.status_code == 429 or (found.status_code == 503 and asked is not None)
            if busy and (last or (asked or 0) > limits.patience):
                raise failures.busy(self._source, host, limits.patience if asked is None else asked)
            if last or found.status_code not in RETRIED or not (busy or method in _READING):
                return found
            wait = max(wait, asked or 0)
        raise AssertionError

    def _once(self, method: str, url: str, given: dict[str, Any]) -> Received:
        errors, host = _libraries()[1].exceptions, urlsplit(url).hostname or ""
        self._check()
        proxy = proxy_of(urlsplit(url).scheme, host)
        given = {**given, "proxies": {"all": proxy} if proxy else {}, "allow_redirects": False, "stream": True}
        self.requests += 1
        try:
            response = self._session.request(method, url, **given)
            try:
                body = self._body(response, url)
            finally:
                response.close()
            return Received(response.status_code or 0, response.reason or "", response.headers, body, url)
        except (errors.ConnectTimeout, errors.ReadTimeout):
            raise self._lost(failures.SILENT, url) from None
        except errors.ProxyError:
            raise self._error(failures.PROXY, url) from None
        except errors.SSLError as error:
            raise failures.of_system(self._source, host, error) from None
        except errors.ConnectionError as error:
            if "Connection aborted" in str(error) or "ProtocolError" in repr(error):
                raise self._lost(failures.BROKEN, url) from None
            raise failures.of_system(self._source, host, error) from None
        except (errors.RequestException, ValueError):
            raise self._lost(failures.BROKEN, url) from None

    def _body(self, response: Any, url: str) -> bytes:
        until = time.monotonic() + self.limits.whole
        found = bytearray()
        for part in response.iter_content(1 << 16):
            found += part
            if len(found) > self.limits.size:
                raise self._error(failures.TOO_LARGE, url, size=self.limits.size >> 20)
            if time.monotonic() > until:
                raise self._lost(failures.SILENT, url)
        return bytes(found)

    def _check(self) -> None:
        if self._stop():
            raise CancelledError(message(failures.CANCELLED, source=self._source))

    def _check_host(self, url: str) -> None:
        """The password goes along: the same scheme, host and port, or by https a host beside it."""
        asked, first = urlsplit(url), self._first
        if asked.scheme not in {"http", "https"} or not asked.hostname:
            raise self._error(failures.SCHEME, self._first.geturl(), address=quoted(url, 200))
        if asked.scheme == "http" and first.scheme == "https":
            raise self._error(failures.DOWNGRADE, first.geturl())
        if _end(asked) != _end(first) and not (asked.scheme == "https" and _beside(asked, first)):
            raise self._error(ELSEWHERE, first.geturl(), other=asked.hostname)

    def _error(self, text: str, url: str, **values: object) -> FetchError:
        return FetchError(self._told(text, url, values))

    def _lost(self, text: str, url: str) -> FetchError:
        return _LostError(self._told(text, url, {}))

    def _told(self, text: str, url: str, values: dict[str, object]) -> Any:
        values = {"host": urlsplit(url).hostname or "", **values}
        return message(text, source=self._source, **{name: clean(str(value)) for name, value in values.items()})


class _LostError(FetchError):
    """An answer did not come, or not whole: another try may do."""


def _end(url: SplitResult) -> tuple[str, str | None, int]:
    return url.scheme, url.hostname, url.port or (443 if url.scheme == "https" else 80)


def _beside(one: SplitResult, other: SplitResult) -> bool:
    """p42-caldav.icloud.com beside caldav.icloud.com: large servers name another host for each user."""
    names = [(url.hostname or "").partition(".")[2] for url in (one, other)]
    return names[0] == names[1] and "." in names[0] and not loopback(one.hostname or "")


def client(url: str, user: str, password: str, transport: Transport) -> Any:
    """The library's client on this transport. An empty user asks without one."""
    caldav, _ = _libraries()
    for name in ("caldav", "niquests", "urllib3_future"):  # what they have to say goes over the screen otherwise
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
    made = caldav.DAVClient(
        url, username=user or None, password=password if user else None, enable_rfc6764=False,
        headers={"User-Agent": user_agent("niquests")}, ssl_verify_cert=os.environ.get("SSL_CERT_FILE") or True,
        timeout=(transport.limits.connect, transport.limits.read), rate_limit_handle=False,
    )  # fmt: skip
    made.session.close()
    made.session = transport
    return made


@contextmanager
def told(source: str, url: str, *, login: bool = True) -> Iterator[None]:
    """The library's errors as ours. `login`: whether a user was named. Raises FetchError."""
    error = _libraries()[0].lib.error
    host = clean(urlsplit(url).hostname or "")
    try:
        yield
    except FilmtuiError:
        raise
    except error.AuthorizationError as found:
        status = found.status or 401
        text = (LOGIN if login else LOGIN_MISSING) if status == 401 else READ_ONLY
        raise FetchError(message(text, source=source, host=host, status=status), status) from None
    except error.NotFoundError:
        raise FetchError(message(failures.MISSING, source=source, host=host, status=404), 404) from None
    except (error.DAVError, SyntaxError, NotImplementedError, ValueError, AttributeError, AssertionError):
        # of the library and its XML, where an answer is not what CalDAV says
        raise FetchError(message(NOT_CALDAV, source=source, host=host)) from None


def _libraries() -> tuple[Any, Any]:
    """Caldav and niquests. Raises ExtraMissingError."""
    extra("caldav", "caldav")
    extra("niquests", "caldav")
    import caldav.lib.error
    import niquests.exceptions

    return caldav, niquests
