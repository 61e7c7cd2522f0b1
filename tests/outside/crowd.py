"""Hundreds of hosts that answer after 100 ms, for ``make bench``; and the link checker among them, as a process.

``python -m tests.outside.crowd ROOT PORT…`` checks the links of ROOT; host number N of the crowd is at port number N.
"""

import asyncio
import ssl
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore

from scripts import links
from scripts.facts.links.connections import World
from tests.outside.web import PAGE, Plain

DELAY = 0.1  # seconds
ENTRY = """# yaml-language-server: $schema=../schema/publication.json
title: Post {0}
summary: Walks through the request number {0}, from the socket to the application.
url: https://{1}/post/{0}
type: article
level: introductory
added: 2026-11-22
"""


def publish(root: Path, count: int, hosts: int) -> None:
    """Writes so many publications at so many hosts."""
    folder = root / "data" / "publications"
    folder.mkdir(parents=True)
    for number in range(count):
        text = ENTRY.format(number, f"host-{number % hosts}.example.com")
        (folder / f"post-{number}.yml").write_text(text, encoding="utf-8")


@contextmanager
def crowd(hosts: int) -> Iterator[Sequence[int]]:
    """The ports of so many hosts."""
    loop = asyncio.new_event_loop()

    async def listen() -> list[int]:
        servers = [await asyncio.start_server(_serve, "127.0.0.1", 0) for _ in range(hosts)]
        return [server.sockets[0].getsockname()[1] for server in servers]

    ports = loop.run_until_complete(listen())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield ports
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    body = PAGE.format("A page").encode() + b" " * 20_000
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(DELAY)
            writer.write(head if request.startswith(b"HEAD") else head + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


class _Crowd(httpcore.AsyncNetworkBackend):
    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.AsyncNetworkStream:  # noqa: ARG002  # the library's signature
        third, fourth = (int(part) for part in host.split(".")[2:])
        local = self._ports[third * 250 + fourth - 1]
        return Plain(await self._inner.connect_tcp("127.0.0.1", local, *rest, **named))


async def _resolve(host: str) -> Sequence[str]:
    number = int(host.partition(".")[0].removeprefix("host-"))
    return [f"93.184.{number // 250}.{number % 250 + 1}"]


if __name__ == "__main__":
    _, where, *given = sys.argv
    crowded = World(_resolve, _Crowd([int(port) for port in given]), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    sys.exit(links.main(["--root", where], crowded))
