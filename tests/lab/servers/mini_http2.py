"""A small ASGI server over HTTP/2 that does what the specifications say, and one thing wrong if told to.

``python -m tests.lab.servers.mini_http2 MODULE:APP --port N [--cert FILE --key FILE] [--fault NAME]``, on the library
h2: over TLS by ALPN, otherwise by prior knowledge or by an upgrade from HTTP/1.1. Faults are in the test.
"""

import argparse
import asyncio
import importlib
import re
import ssl
from typing import Any

from tests.lab.servers.mini_http2_exchange import App, Exchange
from tests.lab.servers.mini_http2_websocket import Session
from tests.lab.servers.mini_http2_wire import Fields, Stream, Wire
from tests.lab.servers.mini_sockets import Lifespan
from tests.lab.servers.mini_wire import LIMIT

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
REFUSED = b"HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Refusal(Stream):
    """A request that gets a status and no more."""

    def __init__(self, wire: Wire, number: int, status: bytes) -> None:
        super().__init__(wire, number)
        self.status = status

    async def run(self) -> None:
        self.write_fields([(b":status", self.status)], end=True)


class Connection(Wire):
    """One connection: streams side by side."""

    def __init__(self, app: App, state: dict[str, Any], fault: str) -> None:
        super().__init__(fault)
        self.app = app
        self.state = state
        self.early = b""
        self.greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if transport.get_extra_info("ssl_object"):
            self.greet()

    def greet(self) -> None:
        self.greeted = True
        self.h2.initiate_connection()
        self.flush()

    def data_received(self, data: bytes) -> None:
        if not self.greeted:
            self.early += data
            data = self.first()
        if self.greeted:
            super().data_received(data)

    def first(self) -> bytes:
        """Finds out which protocol a client speaks that was not asked by ALPN; what is left to be read as frames."""
        if self.early.startswith(PREFACE[: len(self.early)]):
            if len(self.early) >= len(PREFACE):
                self.greet()
            return self.early
        head, end, rest = self.early.partition(b"\r\n\r\n")
        if end:
            self.upgrade(head)
        elif len(self.early) > LIMIT:
            self.transport.close()
        return rest

    def upgrade(self, head: bytes) -> None:
        first, *lines = head.split(b"\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        line = re.fullmatch(rb"([A-Z]+) (/\S*) HTTP/1\.1", first)
        settings, host = fields.get(b"http2-settings"), fields.get(b"host")
        body = {b"content-length", b"transfer-encoding"} & {*fields}
        asked = fields.get(b"upgrade") == b"h2c" and not body and self.fault != "bare"
        if not (line and settings and host and asked):
            self.transport.write(REFUSED)
            self.transport.close()
            return
        self.greeted = True
        self.transport.write(SWITCHING)
        self.h2.initiate_upgrade_connection(settings + b"=" * (-len(settings) % 4))
        self.flush()
        gone = {b"connection", b"upgrade", b"http2-settings", b"host"}
        pseudo = [(b":method", line[1]), (b":scheme", b"http"), (b":authority", host), (b":path", line[2])]
        if self.fault != "upgrade-unanswered":
            self.begin(1, [*pseudo, *(pair for pair in fields.items() if pair[0] not in gone)])
            self.streams[1].end()

    def opened(self, number: int, fields: Fields) -> None:
        if self.fault == "refuses-http" and (b":scheme", b"http") in fields:
            Refusal(self, number, b"400")
        else:
            self.begin(number, fields)

    def begin(self, number: int, fields: Fields) -> None:
        pseudo = dict(fields)
        if pseudo[b":method"] != b"CONNECT":
            Exchange(self, number, fields, self.app, self.state)
        elif pseudo.get(b":protocol") == b"websocket" and self.fault != "refuses-connect":
            Session(self, number, fields, self.app, self.state)
        else:
            Refusal(self, number, b"501")


async def serve(options: argparse.Namespace) -> None:
    module, _, name = options.app.partition(":")
    app = getattr(importlib.import_module(module), name)
    state: dict[str, Any] = {}
    lifespan = Lifespan(app, state)  # kept: what nobody holds is collected
    await lifespan.start()
    context = None
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
        if options.fault != "no-alpn":
            context.set_alpn_protocols(["h2"])
    listener = await asyncio.get_running_loop().create_server(
        lambda: Connection(app, state, options.fault), "127.0.0.1", options.port, ssl=context
    )
    async with listener:
        await listener.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--port", type=int)
    for name in ("cert", "key", "fault"):
        parser.add_argument(f"--{name}", default="")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
