"""The connection to a calendar server: a real Radicale, with what goes wrong on the way."""

from __future__ import annotations

import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from shutil import which
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.net.radicale_server import CUT, LOST, PASSWORD, USER, Call, Fault, RadicaleServer
from tests.net.server import Reply, Server
from tui.base.errors import ValueRefusedError
from tui.base.servers import calendar_server
from tui.base.words import Words
from tui.net import calendars
from tui.net.calendars import CalendarServer, RefusedError
from tui.net.client import Limits
from tui.net.dav import Transport
from tui.net.failures import CancelledError, FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMITS = Limits(connect=2, read=1, whole=2, size=1 << 20, pause=0.001, patience=0.05)
EVENT = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@filmtui\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART;VALUE=DATE:20260107\r\nSUMMARY:Kuyank\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def opened() -> Iterator[Callable[..., CalendarServer]]:
    made: list[CalendarServer] = []

    def build(url: str, user: str = USER, password: str = PASSWORD, **more: object) -> CalendarServer:
        made.append(CalendarServer(url, user, password, limits=LIMITS, **more))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for server in made:
        server.__exit__()


def why(error: pytest.ExceptionInfo[FetchError], language: str = "en") -> str:
    return error.value.message.text(Words(language))


# calendars


def test_a_calendar_is_made_for_events_alone_with_its_name_and_colour(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    server = opened(radicale.address)
    assert server.find("Rilis film") is None
    made = server.make("Rilis film", "#008080")
    assert made.url == f"{radicale.home}filmtui-rilis-film/"
    props = (radicale.store / "filmtui-rilis-film" / ".Radicale.props").read_text("utf-8")
    for part in ('"VEVENT"', "Rilis film", "#008080ff"):
        assert part in props
    assert "VTODO" not in props


@pytest.mark.parametrize("path", ["", f"{USER}/", f"{USER}/filmtui-bioskop/"])
def test_it_is_found_by_the_address_of_the_server_the_user_or_itself(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], path: str
) -> None:
    first = opened(radicale.address)
    first.find("Bioskop")
    first.make("Bioskop", "#008080")
    found = opened(radicale.address + path).find("Bioskop")
    assert found is not None
    assert found.url == f"{radicale.home}filmtui-bioskop/"
    assert found.name == "Bioskop"


@pytest.mark.parametrize("name", ["Film & Serial / 2026", "映画", "..", "é" * 40])
def test_any_name_finds_its_calendar_again_also_once_it_is_renamed(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], name: str
) -> None:
    server = opened(radicale.address)
    server.find(name)
    made = server.make(name, "#008080")
    assert opened(radicale.address).find(name).url == made.url  # type: ignore[union-attr]
    body = '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Lain</d:displayname></d:prop></d:set></d:propertyupdate>'
    assert radicale.ask("PROPPATCH", made.url.removeprefix(radicale.address.rstrip("/")), body)[0] == 207
    again = opened(radicale.address).find(name)
    assert again is not None
    assert (again.url, again.name) == (made.url, "Lain")


def test_a_calendar_of_that_name_that_somebody_made_is_taken(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    body = (
        '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
        "<d:displayname>Bioskop</d:displayname><c:supported-calendar-component-set>{comp}"
        "</c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>"
    )
    radicale.ask("PROPFIND", f"/{USER}/")
    radicale.ask("MKCALENDAR", f"/{USER}/tugas/", body.format(comp='<c:comp name="VTODO"/>'))
    assert opened(radicale.address).find("bioskop") is None  # a list of tasks takes no events
    radicale.ask("MKCALENDAR", f"/{USER}/own/", body.format(comp='<c:comp name="VEVENT"/>'))
    found = opened(radicale.address).find("bioskop")
    assert found is not None
    assert found.url == f"{radicale.home}own/"


def test_the_address_may_be_behind_the_well_known_one(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    def fault(call: Call) -> Fault | None:
        if call.path == "/":
            return Fault(404)
        return Fault(301, {"Location": f"/{USER}/"}) if call.path == "/.well-known/caldav" else None

    radicale.fault = fault
    assert opened(radicale.address).find("Bioskop") is None
    assert any(call.path == f"/{USER}/" and "authorization" in call.headers for call in radicale.calls)


# objects


def test_objects_are_written_read_and_deleted_only_as_they_were(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    server = opened(radicale.address)
    server.find("Bioskop")
    calendar = server.make("Bioskop", "#008080")
    href, etag = calendar.create("a@filmtui", EVENT)
    assert calendar.etags() == {href: etag}
    with pytest.raises(RefusedError) as error:
        calendar.create("a@filmtui", EVENT)
    assert why(error) == "it was changed there in between; the next publish looks again"
    newer = calendar.update(href, etag, EVENT.replace(b"Kuyank", b"Kuyank 2"))
    assert newer != etag
    with pytest.raises(RefusedError):
        calendar.update(href, etag, EVENT)
    with pytest.raises(RefusedError):
        calendar.delete(href, etag)
    (found,) = calendar.read([href, "/not/there.ics"])
    assert "Kuyank 2" in found.text
    assert (found.href, found.etag) == (href, newer)
    calendar.delete(href, newer)
    calendar.delete(href, newer)
    assert calendar.etags() == {}


def test_another_event_with_the_uid_is_told(radicale: RadicaleServer, opened: Callable[..., CalendarServer]) -> None:
    server = opened(radicale.address)
    server.find("Bioskop")
    calendar = server.make("Bioskop", "#008080")
    radicale.ask("PUT", f"/{USER}/filmtui-bioskop/theirs.ics", EVENT.decode(), content_type="text/calendar")
    with pytest.raises(RefusedError) as error:
        calendar.create("a@filmtui", EVENT)
    assert why(error) == "another event there has its UID"


def test_a_large_calendar_is_read_in_a_few_requests(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendars, "_AT_ONCE", 10)
    server = opened(radicale.address)
    server.find("Bioskop")
    calendar = server.make("Bioskop", "#008080")
    for number in range(25):
        calendar.create(f"a{number}@filmtui", EVENT.replace(b"a@", f"a{number}@".encode()))
    before = server.requests
    assert len(list(calendar.read(calendar.etags()))) == 25
    assert server.requests - before == 1 + 3


# what goes wrong


FAULTS = {
    "wrong password": (Fault(401, {"WWW-Authenticate": 'Basic realm="x"'}), "does not take this user and password"),
    "forbidden": (Fault(403), "may not write into the calendar (HTTP 403)"),
    "nothing there": (Fault(404), "no CalDAV is at this address"),
    "a web page": (Fault(200, {"Content-Type": "text/html"}, b"<html><p>Hi</html>"), "no CalDAV is at this address"),
    "damaged": (Fault(207, {"Content-Type": "text/xml"}, b"<a><b>"), "no CalDAV is at this address"),
    "out of order": (Fault(500), "is out of order (HTTP 500)"),
    "asked too often": (Fault(429, {"Retry-After": "600"}), "is asked too often; try again in 10 minutes"),
    "down for a while": (Fault(503, {"Retry-After": "120"}), "is asked too often; try again in 2 minutes"),
    "cut": (CUT, "breaks off or is damaged"),
    "elsewhere": (Fault(302, {"Location": "https://example.org/dav/"}), "leads on to example.org, where no password"),
    "in a circle": (Fault(302, {"Location": "/"}), "leads on from address to address"),
    "too large": (Fault(207, {"Content-Type": "text/xml"}, b"<a>" + b" " * (2 << 20) + b"</a>"), "has more than 1 MB"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_goes_wrong_is_one_line(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], name: str
) -> None:
    fault, told = FAULTS[name]
    radicale.fault = lambda call: fault
    with pytest.raises(FetchError) as error:
        opened(radicale.address).find("Bioskop")
    assert told in why(error)
    assert why(error, "id") != why(error)
    assert PASSWORD not in why(error)
    assert len(radicale.calls) < 12


def test_without_a_user_it_is_said_how_to_name_one(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    with pytest.raises(FetchError) as error:
        opened(radicale.address, "", "").find("Bioskop")
    assert "name the user by --user" in why(error)


def test_a_server_that_is_busy_for_a_moment_is_waited_for(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    busy = [Fault(429, {"Retry-After": "0"}), Fault(503, {"Retry-After": "0"})]
    radicale.fault = lambda call: busy.pop() if busy else None
    assert opened(radicale.address).find("Bioskop") is None


def test_a_question_that_got_lost_is_asked_again_but_a_writing_is_not(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    cuts = [CUT]
    radicale.fault = lambda call: cuts.pop() if cuts else None
    server = opened(radicale.address)
    assert server.find("Bioskop") is None
    calendar = server.make("Bioskop", "#008080")
    radicale.calls.clear()
    cuts = [LOST]
    with pytest.raises(FetchError) as error:
        calendar.create("a@filmtui", EVENT)
    assert "breaks off" in why(error)
    assert len(radicale.calls) == 1
    assert len(calendar.etags()) == 1


def test_a_server_that_lets_no_calendar_be_made(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    radicale.fault = lambda call: Fault(403) if call.method.startswith("MK") else None
    server = opened(radicale.address)
    server.find("Bioskop")
    with pytest.raises(FetchError) as error:
        server.make("Bioskop", "#008080")
    assert "lets no calendar be made (HTTP 403)" in why(error)


def test_a_calendar_without_colours_is_made_all_the_same(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer]
) -> None:
    radicale.fault = lambda call: Fault(403) if call.method == "PROPPATCH" else None
    server = opened(radicale.address)
    server.find("Bioskop")
    assert server.make("Bioskop", "#008080").name == "Bioskop"


@pytest.mark.parametrize(("status", "whole"), [(400, False), (413, False), (409, False), (507, True), (403, True)])
def test_a_refusal_is_of_one_object_or_of_the_whole(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], status: int, whole: bool
) -> None:
    server = opened(radicale.address)
    server.find("Bioskop")
    calendar = server.make("Bioskop", "#008080")
    radicale.fault = lambda call: Fault(status)
    with pytest.raises(FetchError) as error:
        calendar.create("a@filmtui", EVENT)
    assert isinstance(error.value, RefusedError) is not whole
    assert str(status) in why(error)


def test_a_silent_server_is_left(opened: Callable[..., CalendarServer]) -> None:
    with Server(lambda asked: Reply()) as silent:
        silent.RequestHandlerClass = _Silent
        with pytest.raises(FetchError) as error:
            opened(silent.address + "/").find("Bioskop")
    assert "answers too slowly" in why(error)


class _Silent(BaseHTTPRequestHandler):
    def do_PROPFIND(self) -> None:
        threading.Event().wait(5)


def test_nobody_listens_and_nobody_is_known(opened: Callable[..., CalendarServer]) -> None:
    with pytest.raises(FetchError) as error:
        opened("http://127.0.0.1:9/").find("Bioskop")
    assert "refuses the connection" in why(error)


def test_it_can_be_stopped(radicale: RadicaleServer, opened: Callable[..., CalendarServer]) -> None:
    with pytest.raises(CancelledError):
        opened(radicale.address, stop=lambda: True).find("Bioskop")
    assert not radicale.calls


def test_nothing_is_said_beside_the_lines(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], capfd: pytest.CaptureFixture[str]
) -> None:
    """The library warns of what it finds odd; the calendar's screen would show it."""
    capfd.readouterr()
    radicale.fault = lambda call: Fault(207, {"Content-Type": "text/html"}, b"<multistatus/>")
    with pytest.raises(FetchError):
        opened(radicale.address).find("Bioskop")
    assert capfd.readouterr() == ("", "")


def test_the_program_introduces_itself_and_is_let_in_by_no_netrc(
    radicale: RadicaleServer, opened: Callable[..., CalendarServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n", "ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    with pytest.raises(FetchError):
        opened(radicale.address, "", "").find("Bioskop")
    assert all(call.headers["user-agent"].startswith("filmtui/") for call in radicale.calls)
    assert not any("authorization" in call.headers for call in radicale.calls)


@pytest.mark.skipif(which("openssl") is None, reason="openssl is not installed")
def test_a_certificate_is_checked(
    opened: Callable[..., CalendarServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = HTTPServer(("127.0.0.1", 0), _Denying)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        url = f"https://127.0.0.1:{server.server_address[1]}/"
        with pytest.raises(FetchError) as error:
            opened(url).find("Bioskop")
        assert "the certificate of 127.0.0.1 is not valid" in why(error)
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))  # of a server with its own authority
        with pytest.raises(FetchError) as error:
            opened(url).find("Bioskop")
        assert "does not take this user and password" in why(error)
    finally:
        server.shutdown()
        server.server_close()


class _Denying(BaseHTTPRequestHandler):
    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Digest(BaseHTTPRequestHandler):
    """Takes a digest of the password, and never the password."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[str]] = []

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        given = self.headers.get("Authorization", "")
        self.seen.append(given)
        self.send_response(403 if given.startswith('Digest username="budi"') else 401)
        self.send_header("WWW-Authenticate", 'Digest realm="x", nonce="abc", qop="auth", algorithm=MD5')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_server_may_ask_for_a_digest_of_the_password(opened: Callable[..., CalendarServer]) -> None:
    _Digest.seen.clear()
    with HTTPServer(("127.0.0.1", 0), _Digest) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        calendars_of = opened(f"http://127.0.0.1:{server.server_address[1]}/")
        with pytest.raises(FetchError) as error:
            calendars_of.find("Bioskop")
        calendars_of.__exit__()
        server.shutdown()
    assert "HTTP 403" in why(error)
    assert _Digest.seen[0] == ""
    assert not any("Basic" in one or PASSWORD in one for one in _Digest.seen)


# hosts


HOSTS = {
    "the same": ("https://caldav.example.org/a/", "https://caldav.example.org/b/", ""),
    "beside": ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com:443/1/", ""),
    "from http to https": ("http://127.0.0.1:8/", "https://127.0.0.1/", "leads on to 127.0.0.1"),
    "another": ("https://caldav.example.org/", "https://caldav.example.com/", "leads on to caldav.example.com"),
    "above": ("https://caldav.example.org/", "https://example.org/", "leads on to example.org"),
    "another port": ("http://127.0.0.1:8/", "http://127.0.0.1:9/", "leads on to 127.0.0.1"),
    "without https": ("https://caldav.example.org/", "http://caldav.example.org/", "leads from https"),
    "a file": ("https://caldav.example.org/", "file:///etc/passwd", "only http:// and https://"),
    "of a country": ("https://a.org/", "https://b.org/", "leads on to b.org"),
}


@pytest.mark.parametrize("name", HOSTS)
def test_the_password_goes_to_the_host_that_was_named_and_those_beside_it(name: str) -> None:
    first, asked, told = HOSTS[name]
    transport = Transport("publish", first, LIMITS, lambda: True)
    with pytest.raises((FetchError, CancelledError)) as error:
        transport.request("PROPFIND", asked)
    transport.close()
    assert told in error.value.message.text(Words("en"))
    assert isinstance(error.value, CancelledError) is (told == "")


# addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://cloud.example.org/remote.php/dav/",
        "http://127.0.0.1:5232/",
        "http://localhost/",
        "http://[::1]:5232/budi/",
    ],
)
def test_an_address_of_a_server(url: str) -> None:
    assert calendar_server(url) == url


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("cloud.example.org", "is no address of a calendar server"),
        ("ftp://cloud.example.org/", "is no address of a calendar server"),
        ("https:///dav", "is no address of a calendar server"),
        ("https://a b/", "is no address of a calendar server"),
        ("https://[::1/", "is no address of a calendar server"),
        ("https://host:port/", "is no address of a calendar server"),
        ("https://budi:rahasia@cloud.example.org/", "has a user or a password in it"),
        ("https://budi@cloud.example.org/", "has a user or a password in it"),
        ("ftp://budi:rahasia@cloud.example.org/", "is no address of a calendar server"),
        ("http://cloud.example.org/", "without https the password can be read on the way"),
        ("http://192.168.1.4:5232/", "without https the password can be read on the way"),
        ("http://localhost.example.org/", "without https the password can be read on the way"),
    ],
)
def test_an_address_that_is_refused(url: str, told: str) -> None:
    with pytest.raises(ValueRefusedError) as error:
        calendar_server(url)
    text = error.value.message.text(Words("en"))
    assert told in text
    assert "rahasia" not in text


def test_without_https_on_request() -> None:
    assert calendar_server("http://192.168.1.4:5232/", insecure=True) == "http://192.168.1.4:5232/"
