from __future__ import annotations

import socket
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.server import Reply, Server
from tui.base.words import LANGUAGES, Words
from tui.net import addresses
from tui.net.addresses import open_address
from tui.net.client import Client, Limits
from tui.net.failures import CancelledError, FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT = Limits(connect=0.5, read=0.5, whole=0.4, size=4096, pause=0.001, patience=0.2)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def client(tmp_path: Path, *, named: bool = True, allow_private: bool = True, limits: Limits = SHORT) -> Client:
    return Client("klub", tmp_path / "net", limits=limits, named=named, allow_private=allow_private)


def fails(tmp_path: Path, url: str, *, allow_private: bool = True) -> str:
    """The line of what goes wrong, in English; there is one in both languages that names the source."""
    with client(tmp_path, allow_private=allow_private) as asking, pytest.raises(FetchError) as error:
        asking.get(url)
    for language in LANGUAGES:
        told = error.value.message.text(Words(language))
        assert told.startswith("klub: ")
        assert "\n" not in told
        assert "{" not in told
    return error.value.message.text(Words("en"))


def test_it_says_who_it_is_and_takes_gzip(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(b"kuyank " * 50, type="text/calendar; charset=utf-8", packed=True)
    with client(tmp_path) as asking:
        answer = asking.get(server.address + "/feed?a=1", {"b": "2 3"})
    assert (answer.body, answer.type, answer.fresh) == (b"kuyank " * 50, "text/calendar", True)
    (asked,) = server.asked
    assert asked.path == "/feed"
    assert asked.query == {"a": "1", "b": "2 3"}
    assert asked.headers["user-agent"].startswith("filmtui/")
    assert asked.headers["accept-encoding"] == "gzip"
    assert asked.headers["host"] == server.address.removeprefix("http://")


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"ETag": 'W/"a"', "Last-Modified": "Wed, 07 Jan 2026 00:00:00 GMT"}, {"if-none-match": 'W/"a"'}),
        ({"Last-Modified": "Wed, 07 Jan 2026 00:00:00 GMT"}, {"if-modified-since": "Wed, 07 Jan 2026 00:00:00 GMT"}),
        ({}, {}),
    ],
    ids=["etag", "day", "neither"],
)
def test_what_is_kept_is_asked_for_only_if_it_has_changed(
    server: Server, tmp_path: Path, headers: dict[str, str], sent: dict[str, str]
) -> None:
    server.answer = lambda asked: Reply(b"one", headers=headers)
    with client(tmp_path) as asking:
        assert asking.get(server.address).fresh
    if "ETag" not in headers and headers:
        server.replies = [Reply(status=304)]
    with client(tmp_path) as asking:
        answer = asking.get(server.address)
    assert (answer.body, answer.fresh) == (b"one", False)
    conditions = {name: value for name, value in server.asked[1].headers.items() if name.startswith("if-")}
    assert conditions == sent


def test_an_address_that_is_kept_is_not_another(server: Server, tmp_path: Path) -> None:
    with client(tmp_path) as asking:
        asking.get(server.address, {"page": "1"})
        asking.get(server.address, {"page": "2"}, keep=False)
    assert len(list((tmp_path / "net").glob("*.answer"))) == 1


def test_a_secret_is_sent_and_kept_nowhere(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(b"one")
    with client(tmp_path) as asking:
        asking.get(server.address, secret={"api_key": "s3cret"}, headers={"Authorization": "Bearer t0ken"})
    assert server.asked[0].query == {"api_key": "s3cret"}
    assert server.asked[0].headers["authorization"] == "Bearer t0ken"
    for path in (tmp_path / "net").iterdir():
        assert b"s3cret" not in path.read_bytes()
        assert b"t0ken" not in path.read_bytes()


def test_a_secret_does_not_go_to_another_host(server: Server, tmp_path: Path) -> None:
    with Server() as other, client(tmp_path) as asking:
        server.answer = lambda asked: Reply(status=302, headers={"Location": other.address})
        asking.get(server.address, headers={"Authorization": "Bearer t0ken"})
        assert "authorization" in server.asked[0].headers
        assert "authorization" not in other.asked[0].headers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_three_times(server: Server, tmp_path: Path, status: int) -> None:
    server.answer = lambda asked: Reply(b"<html>", status)
    assert fails(tmp_path, server.address)
    assert len(server.asked) == 3
    server.replies = [Reply(status=status), Reply(status=status), Reply(b"now")]
    with client(tmp_path) as asking:
        assert asking.get(server.address).body == b"now"


@pytest.mark.parametrize(
    ("status", "told"), [(400, "question"), (401, "refuses"), (403, "refuses"), (404, "check"), (410, "any more")]
)
def test_what_will_not_pass_is_tried_once(server: Server, tmp_path: Path, status: int, told: str) -> None:
    server.answer = lambda asked: Reply(b"{}", status)
    assert told in fails(tmp_path, server.address)
    assert len(server.asked) == 1


@pytest.mark.parametrize("wait", ["0", formatdate(0, usegmt=True), "soon"], ids=["seconds", "date", "nothing"])
def test_it_comes_again_when_it_is_asked_to(server: Server, tmp_path: Path, wait: str) -> None:
    server.replies = [Reply(status=429, headers={"Retry-After": wait}), Reply(b"now")]
    with client(tmp_path) as asking:
        assert asking.get(server.address).body == b"now"


@pytest.mark.parametrize("date", [False, True])
def test_a_host_that_wants_to_be_left_alone_is(server: Server, tmp_path: Path, *, date: bool) -> None:
    wait = formatdate(time.time() + 3600, usegmt=True) if date else "3600"
    server.answer = lambda asked: Reply(status=429, headers={"Retry-After": wait})
    assert "in 60 minutes" in fails(tmp_path, server.address)
    assert "minutes" in fails(tmp_path, server.address)
    assert len(server.asked) == 1


def test_a_bomb_is_not_unpacked(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(bytes(50 << 20), packed=True)
    with client(tmp_path, limits=Limits(pause=0.001)) as asking, pytest.raises(FetchError) as error:
        asking.get(server.address)
    assert "more than 10 MB" in error.value.message.text(Words("en"))
    assert len(server.asked) == 1


def test_what_is_packed_otherwise_is_refused(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(b"zz", headers={"Content-Encoding": "br"})
    assert "unpacked" in fails(tmp_path, server.address)
    server.answer = lambda asked: Reply(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "unpacked" in fails(tmp_path, server.address)


def test_an_answer_that_breaks_off(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(b"{", cut=9)
    assert "breaks off" in fails(tmp_path, server.address)
    assert len(server.asked) == 3


def test_a_server_that_drips_is_left(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(bytes(100), drip=0.05)
    assert "too slowly" in fails(tmp_path, server.address)


def test_redirects_have_an_end(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(status=302, headers={"Location": "/again"})
    assert "from address to address" in fails(tmp_path, server.address)
    assert len(server.asked) == 6
    server.replies = [*[Reply(status=301, headers={"Location": "/on"})] * 5, Reply(b"there")]
    with client(tmp_path) as asking:
        assert asking.get(server.address).body == b"there"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "javascript:1", "http://["])
def test_a_redirect_leads_to_the_web_alone(server: Server, tmp_path: Path, target: str) -> None:
    server.answer = lambda asked: Reply(status=302, headers={"Location": target})
    assert "only http" in fails(tmp_path, server.address)
    assert len(server.asked) == 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "", "klub.example", "http://", "http://[1", "gopher://a/"])
def test_an_address_is_one_of_the_web(tmp_path: Path, address: str) -> None:
    assert "only http" in fails(tmp_path, address)


def test_https_is_not_left(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told before anything is sent without it."""
    import httpx2

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(302, headers={"Location": server.address}, stream=httpx2.ByteStream(b""))

    asking = client(tmp_path)
    asking._clients[None] = httpx2.Client(transport=httpx2.MockTransport(answer))
    with asking, pytest.raises(FetchError) as error:
        asking.get("https://klub.example/")
    assert "leads from https" in error.value.message.text(Words("en"))
    assert not server.asked


def test_the_own_network_is_not_for_addresses_that_somebody_named(server: Server, tmp_path: Path) -> None:
    assert "--allow-private" in fails(tmp_path, server.address, allow_private=False)
    assert "--allow-private" in fails(tmp_path, server.address.replace("127.0.0.1", "localhost"), allow_private=False)
    assert not server.asked
    with client(tmp_path, named=False, allow_private=False) as asking:  # the program's own
        asking.get(server.address)


def test_a_redirect_into_the_own_network_is_not_followed(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked is connected to: the host is resolved once, whatever it is said to be the next time."""
    import httpx2

    public = ["93.184.216.34"]
    monkeypatch.setattr("tui.net.client.resolved", lambda host, port: public if host == "klub.example" else [host])
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append((request.url.host, request.headers["host"], request.extensions.get("sni_hostname")))
        return httpx2.Response(302, headers={"Location": server.address}, stream=httpx2.ByteStream(b""))

    asking = client(tmp_path, allow_private=False)
    asking._clients[None] = httpx2.Client(transport=httpx2.MockTransport(answer))
    with asking, pytest.raises(FetchError) as error:
        asking.get("http://klub.example/")
    assert "--allow-private" in error.value.message.text(Words("en"))
    assert seen == [("93.184.216.34", "klub.example", "klub.example")]
    assert not server.asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
     "ff02::1"],
)  # fmt: skip
def test_closed_addresses(address: str) -> None:
    assert not open_address(address)


@given(st.ip_addresses(v=4))
def test_an_address_in_another_form_is_as_open_as_it_is(address: object) -> None:
    assert open_address(f"::ffff:{address}") == open_address(str(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_open_addresses(address: str) -> None:
    assert open_address(address)


def test_a_host_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "nowhere")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    for allowed in (False, True):
        assert "is not found" in fails(tmp_path, "http://klub.example/", allow_private=allowed)


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refuses the connection" in fails(tmp_path, f"http://127.0.0.1:{port}/")


def test_a_proxy_is_asked_instead(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answer = lambda asked: Reply(b"by proxy")
    monkeypatch.setenv("http_proxy", server.address)
    with client(tmp_path) as asking:
        assert asking.get("http://klub.example/a").body == b"by proxy"
    assert server.asked[0].headers["host"] == "klub.example"
    monkeypatch.setenv("no_proxy", "klub.example")
    assert addresses.proxy_of("http", "klub.example") is None


def test_it_can_be_cancelled_in_the_middle(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(bytes(100), drip=0.02)
    asking = Client("klub", tmp_path, lambda: bool(server.asked), SHORT)
    with asking, pytest.raises(CancelledError):
        asking.get(server.address)
    assert len(server.asked) == 1


def test_a_host_is_asked_one_thing_at_a_time(server: Server, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    at_once, most = 0, 0

    def answer(asked: object) -> Reply:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        server.lock.release()  # as if it could answer several
        time.sleep(0.01)
        server.lock.acquire()
        at_once -= 1
        return Reply(b"x")

    server.answer = answer

    def ask(number: int) -> None:
        with client(tmp_path) as asking:
            asking.get(server.address, {"n": str(number)})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(8)))
    assert len(server.asked) == 8
    assert most == 1


def test_kept_answers_that_are_damaged_are_fetched_again(server: Server, tmp_path: Path) -> None:
    server.answer = lambda asked: Reply(b"one", headers={"ETag": '"a"'})
    with client(tmp_path) as asking:
        asking.get(server.address)
    for path in (tmp_path / "net").iterdir():
        path.write_bytes(b"\x93broken")
    with client(tmp_path) as asking:
        assert asking.get(server.address).fresh
