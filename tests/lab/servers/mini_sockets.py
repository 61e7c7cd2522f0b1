"""A small and correct ASGI server: HTTP/1.1, WebSocket, lifespan, TLS. ``LAB_FAULT`` names what it does wrong.

The probes are tried on it: as it is it passes, and with one fault it fails the one probe that is about it.
"""

import argparse
import asyncio
import contextlib
import importlib
import os
import signal
import ssl
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from tests.lab.servers.mini_websocket import Session

FAULT = os.environ.get("LAB_FAULT", "")  # noqa: TID251 - a program of its own
App = Callable[..., Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Server:
    def __init__(self, app: App, options: argparse.Namespace) -> None:
        self.app = app
        self.options = options
        self.state: dict[str, Any] = {}
        self.stopping = asyncio.Event()
        self.connections: set[Connection] = set()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self.connections.add(connection)
        try:
            await connection.run()
        except OSError:
            pass
        finally:
            self.connections.discard(connection)
            writer.close()

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.stopping.set)
        loop.add_signal_handler(signal.SIGINT, self._leave if FAULT == "sigint" else self.stopping.set)
        listener = await self._listen() if FAULT == "serves-early" else None
        lifespan = Lifespan(self.app, self.state)
        if not await lifespan.start():
            return 3
        listener = listener or await self._listen()
        await self.stopping.wait()
        listener.close()
        await self._finish()
        await lifespan.stop()
        if self.options.unix and FAULT != "leaves-socket":
            os.unlink(self.options.unix)  # noqa: PTH108 - as short as it gets
        return 1 if FAULT == "exit-status" else 0

    def _leave(self) -> None:
        os._exit(0)

    async def _finish(self) -> None:
        """Lets requests end that are under way, for a second; everything else is closed."""
        for connection in [*self.connections]:
            connection.stop()
        for _ in range(0 if FAULT == "aborts" else 100):
            if not self.connections:
                return
            await asyncio.sleep(0.01)

    async def _listen(self) -> asyncio.Server:
        context = None
        if self.options.cert:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.options.cert, self.options.key)
            if FAULT == "old-tls":
                context.set_ciphers("ALL:@SECLEVEL=0")
                context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        if self.options.unix:
            return await asyncio.start_unix_server(self.connected, self.options.unix, ssl=context)
        return await asyncio.start_server(self.connected, "127.0.0.1", self.options.port, ssl=context, limit=1 << 20)


class Lifespan:
    def __init__(self, app: App, state: dict[str, Any]) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state}
        self.task = asyncio.ensure_future(app(scope, self.inbox.get, self.outbox.put))
        self.works = True
        self.message = ""

    async def _told(self, kind: str) -> str:
        """What the application answered; "" if it ended without an answer."""
        self.inbox.put_nowait({"type": kind})
        answer = asyncio.ensure_future(self.outbox.get())
        await asyncio.wait([answer, self.task], return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            self.message = str(answer.result().get("message", ""))
            return str(answer.result()["type"])
        answer.cancel()
        return ""

    async def start(self) -> bool:
        answer = await self._told("lifespan.startup")
        if answer == "lifespan.startup.failed":
            sys.stdout.write(self.message + "\n")
            sys.stdout.flush()
            return False
        self.works = bool(answer)
        if not self.works:
            with contextlib.suppress(Exception):
                await self.task
        return self.works or FAULT != "needs-lifespan"

    async def stop(self) -> None:
        if self.works:
            await self._told("lifespan.shutdown")


class Connection:
    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.busy = False
        self.session: Session | None = None

    def stop(self) -> None:
        if self.session:
            self.session.stop()
        elif not self.busy:
            self.writer.close()

    async def run(self) -> None:
        while not self.server.stopping.is_set():
            try:
                head = await self.reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                return
            self.busy = True
            line, *fields = head[:-4].split(b"\r\n")
            headers = [(name.lower(), value.strip()) for name, _, value in (field.partition(b":") for field in fields)]
            method, target, _ = line.split(b" ")
            scope = self._scope(method.decode(), target, headers)
            if dict(headers).get(b"upgrade", b"").lower() == b"websocket":
                self.session = Session(self.server.app, scope, self.reader, self.writer)
                await self.session.run()
                return
            keep = await Exchange(self, scope).run()
            self.busy = False
            if not keep:
                return

    def _scope(self, method: str, target: bytes, headers: Headers) -> dict[str, Any]:
        path, _, query = target.partition(b"?")
        socket = self.writer.get_extra_info("ssl_object")
        extensions: dict[str, Any] = {"websocket.http.response": {}}
        if socket:
            extensions["tls"] = {"server_cert": None, "tls_version": 0x0304, "cipher_suite": None}
            if FAULT == "tls-keys":
                del extensions["tls"]["cipher_suite"]
        if (b"te", b"trailers") in headers or FAULT == "trailers":
            extensions["http.response.trailers"] = {}
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.5"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https" if socket else "http",
            "path": unquote(path.decode()),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "state": self.server.state.copy(),
            "extensions": extensions,
        }


class Exchange:
    """One request and its response."""

    def __init__(self, connection: Connection, scope: dict[str, Any]) -> None:
        self.scope = scope
        self.reader, self.writer = connection.reader, connection.writer
        self.server = connection.server
        self.length = int(dict(scope["headers"]).get(b"content-length", b"0"))
        self.read = False
        self.start: dict[str, Any] | None = None
        self.begun = self.chunked = self.done = False

    async def run(self) -> bool:
        try:
            await self.server.app(self.scope, self.receive, self.send)
        except Exception:  # noqa: BLE001 - an application may raise what it likes
            self.done = self.done and self.begun
        if not self.begun:
            self.writer.write(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")
            return True
        return self.done and dict(self.scope["headers"]).get(b"connection", b"").lower() != b"close"

    async def receive(self) -> dict[str, Any]:
        if self.read:
            await self.reader.read(1)
            return {"type": "http.disconnect"}
        self.read = True
        return {"type": "http.request", "body": await self.reader.readexactly(self.length), "more_body": False}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if message["type"] == "http.response.trailers":
            lines = b"".join(b"%b: %b\r\n" % field for field in message["headers"])
            self.writer.write(b"0\r\n" + lines + b"\r\n")
            self.done = True
            return
        self._head()
        data, more = message.get("body", b""), message.get("more_body", False)
        if data:
            self.writer.write(b"%x\r\n%b\r\n" % (len(data), data) if self.chunked else data)
        self.done = not more
        if self.done and self.chunked and not (self.start or {}).get("trailers"):
            self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()

    def _head(self) -> None:
        if self.begun or self.start is None:
            return
        self.begun = True
        headers = [*self.start.get("headers", ())]
        self.chunked = not any(name == b"content-length" for name, _ in headers)
        if self.chunked:
            headers.append((b"transfer-encoding", b"chunked"))
        lines = b"".join(b"%b: %b\r\n" % field for field in headers)
        self.writer.write(b"HTTP/1.1 %d OK\r\n%b\r\n" % (self.start["status"], lines))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--port", type=int)
    for name in ("unix", "cert", "key"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args()
    module, _, name = options.app.partition(":")

    async def serve() -> int:
        return await Server(getattr(importlib.import_module(module), name), options).run()

    os._exit(3 if FAULT == "ends-at-once" else asyncio.run(serve()))


if __name__ == "__main__":
    main()
