"""Who may be asked: hosts in public, by their name or number, at the two ports of the web."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

from scripts.catalogue.urls import PRIVATE_SUFFIXES

MAX_LENGTH = 2000
PORTS = {None, 80, 443}
# What Python's tables call global and we do not: ways around a check, and a cloud's door to its own machines.
_REFUSED = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # of protocols, RFC 6890; older Pythons know half of it
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "168.63.129.16/32",  # https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
        "2001::/32",  # Teredo, RFC 4380
        "2002::/16",  # 6to4, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")  # so neither IPv4-mapped addresses nor NAT64 (64:ff9b::/96), RFC 4291 and 6052
_UNRESERVED = "!#$%&'()*+,/:;=?@[]~"


class OddAddressError(ValueError):
    """No address to ask. The text is the end of a sentence."""


def is_public(address: str) -> bool:
    """Whether a network address is one that anybody on the Internet may ask."""
    try:
        number = ip_address(address)
    except ValueError:  # also with a scope: fe80::1%eth0
        return False
    if not number.is_global or number.is_multicast or number.is_reserved:
        return False
    if isinstance(number, IPv6Address) and (number.scope_id or number not in _GLOBAL_UNICAST):
        return False
    return not any(number in network for network in _REFUSED if network.version == number.version)


def following(url: str, location: str) -> str:
    """Where a redirect leads, absolute and fit to be sent. Raises OddAddressError."""
    if len(location) > MAX_LENGTH:
        raise OddAddressError("it is endless")
    if not location.isprintable():
        raise OddAddressError("it has control characters")
    try:
        return _written(urljoin(url, location.strip()))
    except ValueError as error:  # urllib's, idna's or ours
        raise OddAddressError(str(error) if isinstance(error, OddAddressError) else "it is no address") from None


def _written(url: str) -> str:
    """An address in ASCII: host names as DNS knows them, everything else percent-encoded."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise OddAddressError("it is no web address")
    if "@" in parts.netloc:
        raise OddAddressError("it holds credentials")
    if parts.port not in PORTS:
        raise OddAddressError("it has an unusual port")
    host = host_of(url)
    if is_local_name(host):
        raise OddAddressError("it is a private or local host")
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    netloc = shown if parts.port in {None, default} else f"{shown}:{parts.port}"
    tail = (quote(part, safe=_UNRESERVED) for part in (parts.path or "/", parts.query, parts.fragment))
    return urlunsplit((parts.scheme, netloc, *tail))


def host_of(url: str) -> str:
    """The host of an address, as DNS knows it. Raises ValueError."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if not host.isascii():
        return idna.encode(host, uts46=True).decode("ascii")
    return host


def is_local_name(host: str) -> bool:
    """Whether a name means something on this network only. Numbers are judged by ``is_public`` once resolved."""
    if number_of(host) is not None:
        return False
    odd_number = host.rpartition(".")[2][:1].isdigit()  # 127.1 and 0x7f.1 are numbers to some, and no names to DNS
    return odd_number or "." not in host or host.endswith(PRIVATE_SUFFIXES)


def number_of(host: str) -> IPv4Address | IPv6Address | None:
    """A host that is a network address already."""
    try:
        return ip_address(host)
    except ValueError:
        return None
