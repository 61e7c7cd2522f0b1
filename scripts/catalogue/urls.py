"""What makes an address fit to be published: https, public, without credentials or tracking."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, urlsplit

MAX_LENGTH = 400
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986, section 2
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test", ".invalid", ".onion")


def fault(url: str, *, fragment: bool) -> str | None:
    """What is wrong with a URL, as the predicate of a sentence with its remedy; None if nothing is."""
    if len(url) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters. Link a shorter address"
    if not _ALLOWED.fullmatch(url):
        return "has a space or another character that no URL may have. Percent-encode it"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is not a URL. Copy the address from a browser"
    if parts.scheme != "https" or not parts.netloc:
        return "does not start with `https://`. Give the https address of the page"
    if port is not None or parts.netloc.endswith(":"):
        return "has a port. Link a public address without one"
    return _host_fault(parts) or _tail_fault(url, parts.query, fragment=fragment)


def _host_fault(parts: SplitResult) -> str | None:
    if "@" in parts.netloc:
        return "has credentials before the `@`. Remove them"
    host = parts.hostname or ""
    if host.endswith(PRIVATE_SUFFIXES) or host == "localhost":
        return "leads to a private or local host. Link a public page"
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        return "leads to a bare IP address. Link a public host by its name"
    if not _HOST.fullmatch(host):
        return "has no public host name. Copy the address from a browser"
    return None


def _tail_fault(url: str, query: str, *, fragment: bool) -> str | None:
    if any(key.casefold().startswith("utm_") for key, _ in parse_qsl(query, keep_blank_values=True)):
        return "has `utm_` tracking parameters. Remove them"
    if "#" in url and not fragment:
        return "has a fragment (`#…`). Link the page itself"
    return None
