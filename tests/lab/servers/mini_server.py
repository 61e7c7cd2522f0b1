"""A small ASGI server over HTTP/1.1 that does what the specifications say, and one thing wrong if told to.

``mini_server.py MODULE:APP [--port N | --uds PATH] [--root-path P] [--forwarded] [--fault NAME]``; standard library
only. ``--fault`` is one of ``FAULTS``; each is looked at where the right thing would be done.
"""

import argparse
import asyncio
import importlib
import time
from typing import Any

from tests.lab.servers.mini_exchange import Exchange
from tests.lab.servers.mini_request import FAULTS, Options, Refused, parsed
from tests.lab.servers.mini_wire import LIMIT, Wire

IDLE = 3.0  # seconds for a head, and between requests


class Connection(Wire):
    """One connection: requests one after the other."""

    def __init__(self, server: "Server") -> None:
        super().__init__(server.options)
        self.server = server

    async def serve(self) -> None:
        try:
            while not self.gone and await self.exchange():
                pass
        except Refused as refused:
            self.transport.write(f"HTTP/1.1 {refused.status} Refused\r\nContent-Length: 0\r\n\r\n".encode())
        except (TimeoutError, ConnectionError):
            pass
        finally:
            self.transport.close()

    async def exchange(self) -> bool:
        """One request and its response; whether the connection goes on."""
        head = await self.until(b"\r\n\r\n", end=time.monotonic() + IDLE)
        if len(head) > LIMIT:
            raise Refused(431)
        request = parsed(head, self.options)
        exchange = Exchange(self, request, self.server.app, self.server.state)
        goes_on = await exchange.run()
        if self.is_faulty("forgets-pipelined"):
            self.buffer.clear()
        return goes_on


class Server:
    """The application, its state, and where it is served."""

    def __init__(self, options: Options) -> None:
        self.options = options
        module, _, name = options.application.partition(":")
        self.app = getattr(importlib.import_module(module), name)
        self.state: dict[str, Any] = {}

    async def run(self) -> None:
        started = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if started.is_set():
                await asyncio.Event().wait()
            return {"type": "lifespan.startup"}

        async def send(message: dict[str, Any]) -> None:
            assert message["type"] == "lifespan.startup.complete"
            started.set()

        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        lifespan = asyncio.create_task(self.app(scope, receive, send))
        await started.wait()
        loop = asyncio.get_running_loop()
        if self.options.uds:
            listener = await loop.create_unix_server(lambda: Connection(self), self.options.uds)
        else:
            listener = await loop.create_server(lambda: Connection(self), "127.0.0.1", self.options.port)
        async with listener:
            await lifespan


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("application")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--uds", default="")
    parser.add_argument("--root-path", default="")
    parser.add_argument("--forwarded", action="store_true")
    parser.add_argument("--fault", default="", choices=("", *FAULTS))
    asyncio.run(Server(Options(**vars(parser.parse_args()))).run())


if __name__ == "__main__":
    main()
