"""Asks one address and follows its redirects by hand: bounded in time, bytes and hops."""

import asyncio
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

import httpcore

from scripts.facts.http import asked_wait
from scripts.facts.links.connections import Connections
from scripts.facts.links.public import OddAddressError, following, host_of
from scripts.facts.links.reach import LookUpError, NoHostError, PrivateError
from scripts.facts.links.traces import Hop, Page, Sort, Trace, Trouble
from scripts.facts.links.turns import ClosedError, Turns

MOST_HOPS = 10
MOST_BYTES = 256 * 1024  # of a body, on the wire and unpacked; titles stand far before
REDIRECTS = {301, 302, 303, 307, 308}
LIMITING = {429, 503}
UNNAMED_WAIT = 30.0  # seconds after a 429 that names no time
_TEXTS = ("text/", "application/xhtml", "application/xml", "application/json")


@dataclass(slots=True)
class Asker:
    """Asks, when it is a host's turn. ``timeout`` bounds one request, from DNS to the last byte."""

    connections: Connections
    turns: Turns
    user_agent: str
    clock: Callable[[], float]
    timeout: float = 20.0
    max_wait: float = 60.0

    async def trace(self, method: str, url: str) -> Trace:
        """The way from an address to its end. Raises ClosedError."""
        hops: list[Hop] = []
        seen = {url}
        cookies = False
        here = url
        while True:
            end = await self._in_turn(method, here)
            if isinstance(end, Trouble) or end.status not in REDIRECTS or "location" not in end.headers:
                return Trace(method, url, tuple(hops), end, cookies)
            cookies = cookies or "set-cookie" in end.headers
            trouble: Trouble | None = None
            try:
                hops.append(Hop(end.status, following(here, end.headers["location"])))
                here = urldefrag(hops[-1].to).url
            except OddAddressError as error:
                trouble = Trouble(Sort.ODD, str(error))
            if not trouble and here in seen:
                trouble = Trouble(Sort.CIRCLE)
            if not trouble and len(hops) > MOST_HOPS:
                trouble = Trouble(Sort.TOO_MANY)
            if trouble:
                return Trace(method, url, tuple(hops), trouble, cookies)
            seen.add(here)

    async def _in_turn(self, method: str, url: str) -> Page | Trouble:
        host = host_of(url)
        try:
            async with self.turns.of(host):
                end = await self.exchange(method, url)
                self.turns.note(host, end)
                if isinstance(end, Page) and end.status in LIMITING:
                    self._heed(host, end)
                return end
        except ClosedError as closed:
            if closed.trouble is None:
                raise
            return closed.trouble

    def _heed(self, host: str, page: Page) -> None:
        """A limit: waits as it asks, within bounds, and otherwise leaves the host in peace."""
        wait = asked_wait(page.headers, self.clock())
        if wait is None:
            wait = UNNAMED_WAIT if page.status == 429 else 0.0
        if wait > self.max_wait:
            self.turns.close(host)
        else:
            self.turns.rest(host, wait)

    async def exchange(self, method: str, url: str) -> Page | Trouble:
        """One request and its answer. Never raises for what the other side does."""
        page: list[Page] = []
        try:
            async with asyncio.timeout(self.timeout):
                return await self._exchange(method, url, page)
        except TimeoutError:
            trouble = Trouble(Sort.SILENCE, f"within {self.timeout:g} s")
        except NoHostError:
            trouble = Trouble(Sort.NO_HOST)
        except LookUpError:
            trouble = Trouble(Sort.LOOKUP)
        except PrivateError:
            trouble = Trouble(Sort.PRIVATE)
        except httpcore.ProtocolError:
            trouble = Trouble(Sort.BROKEN)
        except (httpcore.NetworkError, httpcore.TimeoutException, OSError) as error:
            trouble = _unconnected(error)
        return page[0] if page else trouble  # a page whose body fails has answered all the same

    async def _exchange(self, method: str, url: str, page: list[Page]) -> Page:
        """``page`` learns the head of the answer, for the case that the body fails."""
        async with self.connections.stream(method, _target(url), self._headers()) as response:
            headers = _headers_of(response)
            page.append(Page(response.status, headers))
            if method == "HEAD":
                await response.aread()  # nothing, to its end, so that the connection can be used again
                return page[0]
            if response.status in REDIRECTS:
                return page[0]
            body, whole = await _body(response)
            return Page(response.status, headers, _text(body, headers), len(body), whole)

    def _headers(self) -> list[tuple[str, str]]:
        return [
            ("User-Agent", self.user_agent),
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", "identity"),
        ]


def _target(url: str) -> httpcore.URL:
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return httpcore.URL(scheme=parts.scheme, host=host_of(url), port=parts.port, target=path)


def _headers_of(response: httpcore.Response) -> Mapping[str, str]:
    """Text as its sender most likely meant it: RFC 9110 leaves all but ASCII open."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        found.setdefault(name.decode("ascii").lower(), text)
    return found


async def _body(response: httpcore.Response) -> tuple[bytes, bool]:
    """The first bytes of a body, and whether these are all."""
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return bytes(body[:MOST_BYTES]), False
    return bytes(body), True


def _text(body: bytes, headers: Mapping[str, str]) -> str | None:
    kind, _, rest = headers.get("content-type", "text/html").partition(";")
    if not kind.strip().casefold().startswith(_TEXTS):
        return None
    unpacked = _unpacked(body, headers.get("content-encoding", "").strip().casefold())
    charset = rest.casefold().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return None if unpacked is None else unpacked.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):  # a charset that nobody knows, or one that is no charset of text
        return None if unpacked is None else unpacked.decode("utf-8", "replace")


def _unpacked(body: bytes, encoding: str) -> bytes | None:
    """Unpacks what we did not ask for and get all the same; no more of it than of any body."""
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        return None
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(body, MOST_BYTES)
    except zlib.error:
        return None


def _unconnected(error: Exception) -> Trouble:
    cause = error if isinstance(error, ssl.SSLError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Trouble(Sort.TLS, f"its certificate does not hold: {cause.verify_message}")
    if isinstance(cause, ssl.SSLError):
        return Trouble(Sort.TLS)
    return Trouble(Sort.CONNECTION)
