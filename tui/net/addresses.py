"""Which addresses of the network may be connected to where a user, or a page, has named the host."""

from __future__ import annotations

import ipaddress
import socket
from urllib.request import getproxies, proxy_bypass

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last 32 bits."""


def open_address(text: str) -> bool:
    """Whether an IP address is one of the public network: not this machine's, not the house's, no multicast."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the system's order, each once. Raises OSError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, "") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def proxy_of(scheme: str, host: str) -> str | None:
    """The proxy that the environment, or the system, names for this scheme and host."""
    proxies = getproxies()
    if not proxies or proxy_bypass(host):
        return None
    proxy = proxies.get(scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
