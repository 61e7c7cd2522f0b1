"""The web for the link checker: names, addresses and pages, served from this machine.

DNS gives names addresses in public; connections to these end at local servers, over real HTTP. Whatever else is
connected to ends at ``trap``, which nobody should reach.
"""

import datetime as dt
import functools
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import httpcore
import trustme

from scripts.facts.links.connections import World
from scripts.facts.links.public import number_of
from scripts.facts.links.reach import LookUpError, NoHostError
from tests.outside.faults import Fault
from tests.outside.messages import Answer, Request
from tests.outside.server import Site
from tests.outside.wire import Wire

Reply = Answer | Fault
PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body><p>Text.</p></body></html>"


def page(title: str = "A page", status: int = 200, **headers: str) -> Answer:
    """An HTML page. Underscores in names of headers stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"} | named, PAGE.format(title).encode())


def to(address: str, status: int = 301, **headers: str) -> Answer:
    """A redirect."""
    return page("Moved", status, Location=address, **headers)


def raw(content: bytes) -> Fault:
    """Exactly these bytes, and the end of the connection."""

    def act(wire: Wire) -> None:
        wire.drop()
        wire.done()
        wire.write(content)

    return Fault("raw", act)


@dataclass(slots=True)
class Page:
    """What an address replies: one reply to each request in turn, the last for ever."""

    replies: list[Reply]
    head: list[Reply] = field(default_factory=list)  # where HEAD meets something else

    def next(self, method: str) -> Reply:
        replies = self.head if method == "HEAD" and self.head else self.replies
        return replies.pop(0) if len(replies) > 1 else replies[0]


@functools.cache
def _authority() -> trustme.CA:
    """Whom the checker trusts."""
    return trustme.CA()


class Web:
    """``with Web() as web`` starts and stops it. ``web.put(url, reply…)`` publishes a page."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.dns: dict[str, list[Any]] = {}  # by name: answers in turn, the last for ever; an exception is raised
        self.lookups: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.sites = {"http": Site("127.0.0.1", self._serve("http")), "https": Site("127.0.0.1", self._serve("https"))}
        self.trap = Site("127.0.0.1", lambda wire: wire.send(page("Trapped")))
        self.server_names: list[str] = []  # of TLS handshakes
        self.really_tls: set[str] = set()  # hosts that are asked for TLS and have none
        self.refusing: set[str] = set()  # addresses that refuse connections
        self._tls: dict[str, Site] = {}
        self._names: dict[str, str] = {}  # by address
        self._started: list[Site] = []

    def put(self, url: str, *replies: Reply, head: Sequence[Reply] = ()) -> None:
        self.pages[url] = Page(list(replies), list(head))
        self.name(urlsplit(url).hostname or "")

    def name(self, host: str) -> str:
        """Gives a name an address in public, which is returned."""
        for address, known in self._names.items():
            if known == host:
                return address
        address = f"93.184.{len(self._names) // 250}.{len(self._names) % 250 + 1}"
        self._names[address] = host
        self.dns.setdefault(host, [[address]])
        return address

    def certify(self, host: str, *, names: Sequence[str] = (), trusted: bool = True, expired: bool = False) -> None:
        """From now on a host speaks TLS, with a certificate of its own; everybody else only seems to."""
        authority = _authority() if trusted else trustme.CA()
        end = dt.datetime(2020, 1, 1, tzinfo=dt.UTC) if expired else None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*(names or [host]), not_after=end).configure_cert(context)
        context.sni_callback = lambda _socket, name, _context: self.server_names.append(name)
        self.name(host)
        self._tls[host] = self._start(Site("127.0.0.1", self._serve("https"), context))

    @property
    def requests(self) -> list[Request]:
        """All requests to hosts in public."""
        return [request for site in (*self.sites.values(), *self._tls.values()) for request in site.requests]

    def forget(self) -> None:
        """Forgets all requests."""
        for site in self._started:
            site.requests.clear()

    @property
    def asked(self) -> list[str]:
        """What was asked, in short: ``HEAD blog.example.com/a``."""
        found = sorted(self.requests, key=lambda request: request.at)
        return [f"{request.method} {request.headers['host']}{request.target}" for request in found]

    @property
    def world(self) -> World:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _authority().configure_trust(tls)
        return World(self.resolve, _Backend(self), tls)

    async def resolve(self, host: str) -> Sequence[str]:
        """What the machine's resolver would say. A number stands for itself."""
        self.lookups.append(host)
        if number_of(host):
            return [host]
        if host not in self.dns:
            raise NoHostError(host)
        answers = self.dns[host]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        found: list[str] = answer
        return found

    def port(self, address: str, port: int) -> int:
        """Where a connection ends."""
        self.dialled.append((address, port))
        if address not in self._names or port not in {80, 443}:
            return self.trap.port
        if port == 443 and self._names[address] in self._tls:
            return self._tls[self._names[address]].port
        return self.sites["https" if port == 443 else "http"].port

    def is_certified(self, address: str) -> bool:
        return self._names.get(address) in self._tls.keys() | self.really_tls

    def _serve(self, scheme: str) -> Any:
        def serve(wire: Wire) -> None:
            wire.compress = False
            request = wire.request
            known = self.pages.get(f"{scheme}://{request.headers.get('host')}{request.target}")
            reply = known.next(request.method) if known else page("Not Found", 404)
            wire.usual = lambda: page("Usual")
            if isinstance(reply, Fault):
                reply.act(wire)
            else:
                wire.send(reply)

        return serve

    def _start(self, site: Site) -> Site:
        site.start()
        self._started.append(site)
        return site

    def __enter__(self) -> Self:
        for site in (*self.sites.values(), self.trap):
            self._start(site)
        return self

    def __exit__(self, *_: object) -> None:
        for site in self._started:
            site.stop()

    @property
    def failures(self) -> list[str]:
        return [failure for site in self._started for failure in site.failures]


class _Backend(httpcore.AsyncNetworkBackend):
    """Leads connections to local servers."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        local = self._web.port(host, port)
        if host in self._web.refusing:
            raise httpcore.ConnectError(host)
        stream = await self._inner.connect_tcp("127.0.0.1", local, *rest, **named)
        return stream if self._web.is_certified(host) else Plain(stream)


class Plain(httpcore.AsyncNetworkStream):
    """A connection that has all of TLS except the cipher."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        return None if info == "ssl_object" else self._stream.get_extra_info(info)


def unknown(host: str) -> NoHostError:
    """DNS: no such name."""
    return NoHostError(host)


def unsure(host: str) -> LookUpError:
    """DNS: ask again later."""
    return LookUpError(host)


def webs() -> Iterator[Web]:
    """For a fixture: a started web, which nobody left for what is private."""
    with Web() as web:
        yield web
        assert web.failures == []
        assert (web.trap.connections, web.trap.requests) == (0, [])
