"""Connects to hosts in public and to nobody else.

A name is resolved here, once for each connection; every address that it has must be public; and the connection goes to
an address that was looked at, not to the name, so that no second answer of DNS can lead elsewhere. TLS and ``Host``
keep the name. Proxies of the machine are not used: they would resolve the name again.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import httpcore

from scripts.facts.links.public import is_public, number_of

MOST_ADDRESSES = 4
CONNECT = 5.0  # seconds for one of several addresses of a host
LOOKUPS = 32  # look-ups at a time

Resolve: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
Options: TypeAlias = Iterable[httpcore.SOCKET_OPTION]


class PrivateError(Exception):
    """The name leads to somebody who is not in public."""


class NoHostError(Exception):
    """DNS says that there is no such name."""


class LookUpError(Exception):
    """DNS says nothing, for now."""


class Public(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses, through ``inner``."""

    def __init__(self, resolve: Resolve, inner: httpcore.AsyncNetworkBackend) -> None:
        self._resolve = resolve
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the library's signature
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises PrivateError, NoHostError, LookUpError and what httpcore raises."""
        addresses = await self._resolve(host)
        if not addresses:
            raise NoHostError(host)
        if not all(is_public(address) for address in addresses):
            raise PrivateError(host)
        error: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses[:MOST_ADDRESSES]:
            limit = min(timeout or CONNECT, CONNECT) if len(addresses) > 1 else timeout
            try:
                return await self._inner.connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(host)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def resolver() -> Resolve:
    """Asks the machine's resolver. The final dot keeps it from trying the name within domains of its own."""
    threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="dns")

    async def resolve(host: str) -> Sequence[str]:
        if number_of(host):
            return [host]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(threads, _look_up, f"{host}.")
        except socket.gaierror as error:
            if error.errno in {socket.EAI_NONAME, socket.EAI_NODATA}:
                raise NoHostError(host) from None
            raise LookUpError(host) from None
        except (OSError, UnicodeError):
            raise LookUpError(host) from None
        return list(dict.fromkeys(str(address[4][0]) for address in found))

    return resolve


def _look_up(host: str) -> Sequence[tuple[object, object, object, object, tuple[object, ...]]]:
    return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
