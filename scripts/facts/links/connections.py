"""Connections to hosts in public, kept for a while for the next request to the same host.

``httpcore`` has a pool; ours differs in that it costs the same for six hundred hosts as for one, and may, since a host
is asked one question at a time (``turns``).
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLContext
from typing import TypeAlias

import httpcore

from scripts.facts.links.reach import Public, Resolve

IDLE = 10.0  # seconds for which a connection is kept
MOST = 128  # connections that are kept at a time

Key: TypeAlias = tuple[bytes, bytes, int]


@dataclass(frozen=True, slots=True)
class World:
    """What lies between us and others. Tests put their own here; there is no other way to reach this machine."""

    resolve: Resolve
    backend: httpcore.AsyncNetworkBackend
    tls: SSLContext


class Connections:
    """``async with connections.stream(…) as response``; ``close`` ends what is kept."""

    def __init__(self, world: World) -> None:
        self._tls = world.tls
        self._backend = Public(world.resolve, world.backend)
        self._kept: OrderedDict[Key, httpcore.AsyncHTTPConnection] = OrderedDict()

    @asynccontextmanager
    async def stream(
        self, method: str, url: httpcore.URL, headers: Sequence[tuple[str, str]]
    ) -> AsyncIterator[httpcore.Response]:
        """The head of an answer, its body still to come. Raises what ``Public`` and httpcore raise."""
        origin = url.origin
        key = (origin.scheme, origin.host, origin.port)
        connection = self._kept.pop(key, None)
        if connection and (connection.has_expired() or not connection.is_available()):
            await connection.aclose()
            connection = None
        if connection is None:
            connection = httpcore.AsyncHTTPConnection(
                origin, ssl_context=self._tls, keepalive_expiry=IDLE, network_backend=self._backend
            )
        try:
            async with connection.stream(method, url, headers=headers, extensions={}) as response:
                yield response
        finally:
            await self._put_back(key, connection)

    async def _put_back(self, key: Key, connection: httpcore.AsyncHTTPConnection) -> None:
        if connection.is_idle() and not connection.has_expired():
            self._kept[key] = connection
        else:
            await connection.aclose()
        if len(self._kept) > MOST:
            await self._kept.popitem(last=False)[1].aclose()

    async def close(self) -> None:
        while self._kept:
            await self._kept.popitem()[1].aclose()


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[Connections]:
    """Connections that are closed in the end."""
    connections = Connections(world)
    try:
        yield connections
    finally:
        await connections.close()
