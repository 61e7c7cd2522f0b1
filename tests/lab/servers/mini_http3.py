"""A small and correct ASGI server over HTTP/3, on aioquic, and over HTTP/1.1 with TLS on the same port of TCP.

``LAB_FAULT`` names what it does wrong or does not offer. WebSocket is left out: a CONNECT gets the status 501.
"""

import argparse
import asyncio
import functools
import importlib
import os
from typing import Any
from urllib.parse import unquote

from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer, serve
from aioquic.h3.connection import H3_ALPN, ErrorCode, H3Connection, Setting, StreamType
from aioquic.h3.events import DataReceived, H3Event, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import NetworkAddress, QuicConnection
from aioquic.quic.events import (
    ConnectionTerminated,
    ProtocolNegotiated,
    QuicEvent,
    StopSendingReceived,
    StreamReset,
)

from tests.lab.servers.mini_http3_exchange import Exchange
from tests.lab.servers.mini_sockets import App, Server

FAULT = os.environ.get("LAB_FAULT", "")  # noqa: TID251 - a program of its own


class BothServer(Server):
    """TCP is what the mini server does already; its responses name the way to HTTP/3."""

    def __init__(self, app: App, options: argparse.Namespace) -> None:
        super().__init__(advertised(app, options.port), options)
        self.bare = app
        self.tasks: set[asyncio.Task[None]] = set()
        self.quic: QuicServer | None = None
        self.greeted = False

    async def _listen(self) -> asyncio.Server:
        if FAULT != "no-quic":
            configuration = QuicConfiguration(is_client=False, alpn_protocols=H3_ALPN)
            configuration.load_cert_chain(self.options.cert, self.options.key)
            create = functools.partial(Connection, self)
            port = self.options.port
            self.quic = await serve("127.0.0.1", port, configuration=configuration, create_protocol=create)
        if FAULT == "no-tcp":
            self.options.port = 0  # somewhere else
        return await super()._listen()

    async def _finish(self) -> None:
        await super()._finish()
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=1)
        if self.quic:
            self.quic.close()


def advertised(app: App, port: int) -> App:
    both = b'h2=":%d", h3=":%d"' % (port, port)
    values = {"no-alt-svc": b"", "alt-svc-of-h2": b'h2=":%d"' % port, "alt-svc-of-both": both}
    value = values.get(FAULT, b'h3=":%d"; ma=60' % port)

    async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def telling(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and value:
                message = {**message, "headers": [*message.get("headers", ()), (b"alt-svc", value)]}
            await send(message)

        await app(scope, receive, telling if scope["type"] == "http" else send)

    return wrapped


class Frames(H3Connection):
    """aioquic's, with the server's own word on what it announces."""

    def _get_local_settings(self) -> dict[int, int]:
        settings = {**super()._get_local_settings(), Setting.ENABLE_CONNECT_PROTOCOL: 1}
        if FAULT == "no-connect-setting":
            del settings[Setting.ENABLE_CONNECT_PROTOCOL]
        return settings

    def _init_connection(self) -> None:
        if FAULT != "no-settings":
            super()._init_connection()
            return
        self._local_encoder_stream_id = self._create_uni_stream(StreamType.QPACK_ENCODER)
        self._local_decoder_stream_id = self._create_uni_stream(StreamType.QPACK_DECODER)


class Connection(QuicConnectionProtocol):
    """One connection: requests side by side, one on each stream."""

    def __init__(self, server: BothServer, quic: QuicConnection, stream_handler: Any = None) -> None:
        super().__init__(quic, stream_handler)
        self.server = server
        self.quic = quic
        self.client: tuple[str, int] | None = None
        self.frames: Frames | None = None
        self.exchanges: dict[int, Exchange] = {}
        self.opened: set[int] = set()
        self.deaf = FAULT == "one-connection" and server.greeted

    def datagram_received(self, data: bytes | str, addr: NetworkAddress) -> None:
        if not self.deaf:
            self.client = (addr[0], addr[1])
            super().datagram_received(data, addr)

    def quic_event_received(self, event: QuicEvent) -> None:
        match event:
            case ProtocolNegotiated():
                self.frames = Frames(self.quic)
                self.server.greeted = True
            case ConnectionTerminated():
                for exchange in self.exchanges.values():
                    exchange.lose()
            case StreamReset() | StopSendingReceived() if event.stream_id in self.exchanges:
                self.exchanges[event.stream_id].lose()
        for heard in self.frames.handle_event(event) if self.frames else ():
            self.heard(heard)

    def heard(self, event: H3Event) -> None:
        if not isinstance(event, HeadersReceived | DataReceived):
            return
        number = event.stream_id
        if isinstance(event, HeadersReceived) and number not in self.opened:
            self.opened.add(number)
            self.begin(number, event)
        if number in self.exchanges:  # what is left of a refused one, or of one that was answered, is dropped
            data = event.data if isinstance(event, DataReceived) else b""
            if data or event.stream_ended:
                self.exchanges[number].feed(data, last=event.stream_ended)

    def begin(self, number: int, event: HeadersReceived) -> None:
        assert self.frames
        fields = dict(event.headers)
        if fields[b":method"] == b"CONNECT":
            self.frames.send_headers(number, [(b":status", b"501")], end_stream=True)
        elif b":path" not in fields or b":scheme" not in fields:
            self.quic.reset_stream(number, ErrorCode.H3_MESSAGE_ERROR)
        elif not (FAULT == "waits-for-data" and event.stream_ended):
            scope = self.scope(event.headers)
            self.exchanges[number] = Exchange(self.quic, self.frames, self.transmit, number, scope)
            task = asyncio.create_task(self.exchanges[number].run(self.server.bare))
            self.server.tasks.add(task)
            task.add_done_callback(self.server.tasks.discard)
            task.add_done_callback(lambda _: self.exchanges.pop(number))

    def scope(self, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        fields = dict(headers)
        raw, _, query = fields[b":path"].partition(b"?")
        others = [pair for pair in headers if not pair[0].startswith(b":") and pair[0] != b"host"]
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.5"},
            "http_version": "1.1" if FAULT == "other-version" else "3",
            "method": fields[b":method"].decode(),
            "scheme": fields[b":scheme"].decode(),
            "path": unquote(raw.decode()),
            "raw_path": raw,
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", fields[b":authority"]), *others],
            "client": self.client,
            "server": ("127.0.0.1", self.server.options.port),
            "state": self.server.state.copy(),
            "extensions": {},
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--port", type=int)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.set_defaults(unix=None)
    options = parser.parse_args()
    module, _, name = options.app.partition(":")

    async def run() -> int:
        return await BothServer(getattr(importlib.import_module(module), name), options).run()

    os._exit(asyncio.run(run()))


if __name__ == "__main__":
    main()
