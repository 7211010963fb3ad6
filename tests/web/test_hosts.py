"""Whose pages may open a calendar that is served."""

from __future__ import annotations

import pytest

from tui.base.errors import ValueRefusedError
from tui.base.servers import loopback
from tui.web.hosts import may_connect, public_url

HERE, PUBLIC = "127.0.0.1", "https://film.example.org"


@pytest.mark.parametrize(
    ("origin", "host", "listening", "public"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", HERE, ""),
        ("http://localhost:8000", "LOCALHOST:8000", HERE, ""),
        ("http://[::1]:8000", "[::1]:8000", "::1", ""),
        ("http://rumah.lan:8000", "rumah.lan:8000", "192.168.1.5", ""),
        ("https://film.example.org", "127.0.0.1:8000", HERE, PUBLIC),  # a proxy that names the host it asks
        ("https://film.example.org", "film.example.org", HERE, PUBLIC),
        (None, "127.0.0.1:8000", HERE, ""),  # no browser
    ],
)
def test_a_page_of_the_calendar_may(origin: str | None, host: str, listening: str, public: str) -> None:
    assert may_connect(origin, host, listening, public)


@pytest.mark.parametrize(
    ("origin", "host", "listening", "public"),
    [
        ("https://evil.example", "127.0.0.1:8000", HERE, ""),
        ("http://evil.example:8000", "evil.example:8000", HERE, ""),  # its name leads to this machine
        ("http://evil.example:8000", "evil.example:8000", HERE, PUBLIC),
        ("null", "127.0.0.1:8000", HERE, ""),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", HERE, ""),
        ("http://film.example.org", "127.0.0.1:8000", HERE, PUBLIC),
        ("https://evil.example", "192.168.1.5:8000", "0.0.0.0", ""),
        ("http://[", "[", HERE, ""),
    ],
)
def test_a_page_of_another_host_may_not(origin: str, host: str, listening: str, public: str) -> None:
    assert not may_connect(origin, host, listening, public)


def test_this_machine_is_known_by_all_its_names() -> None:
    assert all(map(loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "Localhost.")))
    assert not any(map(loopback, ("0.0.0.0", "::", "192.168.1.5", "localhost.example", "", "1")))


def test_the_public_address_is_a_host_alone() -> None:
    assert public_url("https://film.example.org/") == public_url(PUBLIC) == PUBLIC
    assert public_url("http://rumah.lan:8080") == "http://rumah.lan:8080"


@pytest.mark.parametrize(
    "value",
    ["", "film.example.org", "ftp://a.b", "https://", "https://a.b/kalender", "https://a.b/?q", "https://u:p@a.b",
     "https://a.b:x", "https://[", "https://a.b:99999"],
)  # fmt: skip
def test_any_other_public_address_is_refused(value: str) -> None:
    with pytest.raises(ValueRefusedError):
        public_url(value)
