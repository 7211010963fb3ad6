"""The one place that fetches: politely, within limits, and with one line for whatever goes wrong.

httpx2 is loaded with the first question: it takes some 70 ms.
"""

from __future__ import annotations

import random
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import msgspec

from tui.base.errors import message
from tui.base.text import clean, quoted
from tui.net import failures
from tui.net.addresses import open_address, proxy_of, resolved
from tui.net.failures import CancelledError, FetchError
from tui.net.kept import KeptAnswer, Shelf
from tui.net.manners import RETRIED, pause, retry_after, turn, user_agent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import httpx2


class Limits(msgspec.Struct, frozen=True):
    """How long and how much. Seconds and bytes."""

    connect: float = 5
    read: float = 20
    """Of silence."""
    whole: float = 120
    """Of one answer: a server that drips is left."""
    size: int = 10 << 20
    """Of an answer, unpacked."""
    redirects: int = 5
    tries: int = 3
    pause: float = 1
    """Before the second try; twice that before the third, each with up to half more."""
    patience: float = 60
    """Of waiting for a host that says when to come again; one that wants longer is left alone until then."""


class Answer(NamedTuple):
    body: bytes
    type: str
    """The media type that the server calls it: text/calendar."""
    fresh: bool
    """Whether it differs from what was kept of this address."""


class Client:
    """Fetches for one source, whose name stands in what goes wrong. To be closed; used by one thread at a time."""

    def __init__(
        self, source: str, cache: Path, stop: Callable[[], bool] = lambda: False, limits: Limits | None = None,
        *, named: bool = False, allow_private: bool = False,
    ) -> None:  # fmt: skip
        """`cache`: the folder of kept answers. `stop` is asked often; once it says so, CancelledError is raised.

        `named`: the addresses are a user's, so they may not lead into the own network unless `allow_private`.
        """
        self.source = clean(source)
        self._shelf, self._stop, self._limits = Shelf(cache), stop, limits or Limits()
        self._checked = named and not allow_private
        self._clients: dict[str | None, httpx2.Client] = {}
        self.requests = 0
        """How many were sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()

    def get(
        self, url: str, parameters: Mapping[str, str] | None = None, *, keep: bool = True,
        secret: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """The answer of this address, from what is kept where the server says that it holds.

        `keep` it for the next time. `secret` parameters and `headers` go to the first host alone, and are kept nowhere.
        Raises FetchError, CancelledError.
        """
        httpx2 = _library()
        try:
            address = httpx2.URL(url)
            address = address.copy_merge_params(dict(parameters)) if parameters else address
        except (httpx2.InvalidURL, ValueError, UnicodeError):
            raise self._error(failures.SCHEME, address=quoted(url, 200)) from None
        known = self._shelf.answer(str(address)) if keep else None
        with turn(address.host):
            response, body = self._tried(address, known, dict(secret or {}), dict(headers or {}))
        if response.status_code == 304 and known is not None:
            return Answer(known.body, known.type, fresh=False)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        if keep:
            self._shelf.keep(KeptAnswer(str(address), etag, modified, kind, body))
        return Answer(body, kind, fresh=known is None or known.body != body)

    # tries

    def _tried(
        self, address: httpx2.URL, known: KeptAnswer | None, secret: dict[str, str], headers: dict[str, str]
    ) -> tuple[httpx2.Response, bytes]:
        early = self._shelf.not_before(address.host) - time.time()
        if early > 0:
            raise failures.busy(self.source, address.host, early)
        limits = self._limits
        wait = 0.0
        failure = self._error(failures.SILENT, host=address.host)
        for number in range(limits.tries):
            pause(wait * random.uniform(1, 1.5), self._check)  # noqa: S311 (so that not all come back at once)
            wait = limits.pause * 2**number
            try:
                response, body = self._followed(address, known, secret, headers)
            except _FinalError:
                raise
            except FetchError as error:
                failure = error
                continue
            status = response.status_code
            if status in {200, 304}:
                return response, body
            failure = failures.of_status(self.source, address.host, status, body)
            if status not in RETRIED:
                raise failure
            asked = retry_after(response.headers.get("retry-after"))
            if status == 429:
                failure = failures.busy(self.source, address.host, limits.patience if asked is None else asked)
            if asked is not None:
                if asked > limits.patience:
                    self._shelf.wait_for(address.host, time.time() + asked)
                    raise failures.busy(self.source, address.host, asked)
                wait = asked
        raise failure

    def _check(self) -> None:
        if self._stop():
            raise CancelledError(message(failures.CANCELLED, source=self.source))

    # one try

    def _followed(
        self, address: httpx2.URL, known: KeptAnswer | None, secret: dict[str, str], headers: dict[str, str]
    ) -> tuple[httpx2.Response, bytes]:
        """The answer behind all redirects. Raises FetchError, CancelledError."""
        sent = {"User-Agent": user_agent(), "Accept-Encoding": "gzip", **(known.conditions if known else {})}
        first, url = address, address.copy_merge_params(secret) if secret else address
        for _ in range(self._limits.redirects + 1):
            own = headers if (url.scheme, url.host, url.port) == (first.scheme, first.host, first.port) else {}
            response, body = self._once(url, {**sent, **own})
            target = response.headers.get("location")
            if response.status_code not in {301, 302, 303, 307, 308} or target is None:
                return response, body
            onward = self._onward(url, target)
            if url.scheme == "https" and onward.scheme == "http":
                raise self._final(failures.DOWNGRADE, url)
            url = onward
        raise self._final(failures.ENDLESS, first)

    def _onward(self, url: httpx2.URL, target: str) -> httpx2.URL:
        httpx2 = _library()
        try:
            return url.join(target)
        except (httpx2.InvalidURL, ValueError, UnicodeError):
            raise self._final(failures.SCHEME, url, address=quoted(target, 200)) from None

    def _once(self, url: httpx2.URL, headers: dict[str, str]) -> tuple[httpx2.Response, bytes]:
        httpx2 = _library()
        self._check()
        if url.scheme not in {"http", "https"} or not url.host or "%" in url.host:
            raise self._final(failures.SCHEME, url, address=quoted(str(url), 200))
        proxy = proxy_of(url.scheme, url.host)
        to, host = self._checked_address(url, proxied=proxy is not None), url.host
        extensions = {"sni_hostname": host} if to != url else {}
        headers = {**headers, "Host": url.netloc.decode("ascii")}
        self.requests += 1
        try:
            client = self._client(proxy)
            with client.stream("GET", to, headers=headers, extensions=extensions) as response:
                return response, self._body(response, host)
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ReadTimeout, httpx2.WriteTimeout):
            raise self._error(failures.SILENT, host=host) from None
        except httpx2.ProxyError:
            raise self._final(failures.PROXY, url) from None
        except httpx2.ConnectError as error:
            raise failures.of_system(self.source, host, error) from None
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, ImportError, ValueError):
            # ImportError: of a SOCKS proxy, which needs a package of its own
            text = failures.BROKEN if proxy is None else failures.PROXY
            raise self._error(text, host=host) from None

    def _checked_address(self, url: httpx2.URL, *, proxied: bool) -> httpx2.URL:
        """The address with the host's IP address that was found to be public, so that no other is connected to."""
        if not self._checked:
            return url
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = resolved(url.host, port)
        except OSError as error:
            if proxied:  # the proxy may know it
                return url
            raise failures.of_system(self.source, url.host, error) from None
        if not all(map(open_address, found)):
            raise self._final(failures.PRIVATE, url)
        return url if proxied else url.copy_with(host=found[0])

    def _client(self, proxy: str | None) -> httpx2.Client:
        httpx2 = _library()
        if proxy not in self._clients:
            limits = self._limits
            self._clients[proxy] = httpx2.Client(
                proxy=proxy,
                trust_env=False,  # neither .netrc's passwords nor a proxy for what was checked
                verify=httpx2.create_ssl_context(),
                timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            )
        return self._clients[proxy]

    def _body(self, response: httpx2.Response, host: str) -> bytes:
        """Raises FetchError where it is too much, too slow, or packed in a way that was not asked for."""
        until = time.monotonic() + self._limits.whole
        found = bytearray()
        for part in self._unpacked(response, host):
            found += part
            if len(found) > self._limits.size:
                raise self._final(failures.TOO_LARGE, response.url, host=host, size=self._limits.size >> 20)
            if time.monotonic() > until:
                raise self._error(failures.SILENT, host=host)
            self._check()
        return bytes(found)

    def _unpacked(self, response: httpx2.Response, host: str) -> Iterator[bytes]:
        """Piece by piece, none of which can be larger than what is allowed of all."""
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if packed in {"identity", ""}:
            yield from response.iter_raw()
            return
        if packed not in {"gzip", "x-gzip"}:
            raise self._final(failures.ENCODED, response.url, host=host)
        unpacker = zlib.decompressobj(31)
        try:
            for part in response.iter_raw():
                yield unpacker.decompress(part, self._limits.size + 1)
        except zlib.error:
            raise self._final(failures.ENCODED, response.url, host=host) from None
        if not unpacker.eof and response.status_code == 200:
            raise self._error(failures.BROKEN, host=host)

    def _error(self, text: str, **values: object) -> FetchError:
        return FetchError(message(text, source=self.source, **{k: clean(str(v)) for k, v in values.items()}))

    def _final(self, text: str, url: httpx2.URL, **values: object) -> FetchError:
        values = {"host": url.host, **values}
        return _FinalError(message(text, source=self.source, **{k: clean(str(v)) for k, v in values.items()}))


class _FinalError(FetchError):
    """One that another try would only repeat."""


def _library() -> Any:
    import httpx2

    return httpx2
