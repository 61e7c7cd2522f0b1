"""What the mini server hands to an application for one request: scope, receive and send."""

import asyncio
import re
from collections.abc import Iterator
from email.utils import formatdate
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.lab.servers.mini_request import Refused, Request, body_framing
from tests.lab.servers.mini_wire import LIMIT, Wire


class Exchange:
    """What the application is handed for one request."""

    def __init__(self, connection: Wire, request: Request, app: Any, state: dict[str, Any]) -> None:
        self.connection = connection
        self.app = app
        self.state = state
        self.request = request
        self.faulty = connection.is_faulty
        self.length, self.chunked = body_framing(request, connection.options)
        self.closing = (
            request.closes
            or self.faulty("no-keepalive")
            or (self.chunked and request.has("content-length") and not self.faulty("no-close"))
        )
        self.body_read = self.length == 0 and not self.chunked
        self.asked_for_body = False
        self.started: Any = None
        self.head_sent = self.complete = False
        self.sent = 0
        self.declared: int | None = None
        self.in_chunks = False
        self.held = b""
        self.finished = asyncio.Event()

    async def run(self) -> bool:
        try:
            await self.app(self.scope(), self.receive, self.send)
        except Exception:  # noqa: BLE001 - an application raises what it likes
            await self.after_exception()
            return False
        if self.complete and self.faulty("late-end"):
            await self.connection.write(self.held)
        if not self.head_sent:
            await self.failure()
        if not self.complete or self.closing:
            return False
        if self.request.expects and not self.asked_for_body:
            return False
        while not self.body_read and not self.faulty("leaves-body"):
            await self.piece()
        return True

    async def after_exception(self) -> None:
        if self.faulty("silent-exception") and not self.started:
            await asyncio.sleep(10)
        elif self.faulty("success-after-start") and self.started and not self.head_sent:
            await self.body(b"", more=False)
        elif not self.head_sent:
            await self.failure()
        elif self.faulty("last-chunk-after-exception") and self.in_chunks:
            self.connection.transport.write(b"0\r\n\r\n")

    async def failure(self) -> None:
        if not self.connection.gone:
            await self.connection.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")

    def scope(self) -> dict[str, Any]:
        options, request = self.connection.options, self.request
        target = request.target
        if "://" in target:
            parts = urlsplit(target)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        raw, _, query = target.partition("?")
        path = raw if self.faulty("path-as-sent") else unquote(raw)
        scope = {
            "type": "http",
            "asgi": {} if self.faulty("no-version") else {"version": "3.0", "spec_version": "2.5"},
            "http_version": "1.1" if self.faulty("always-1.1") else request.version,
            "method": request.method,
            "scheme": "http",
            "path": path,
            "raw_path": (path if self.faulty("decoded-raw-path") else raw).encode(),
            "query_string": (unquote(query) if self.faulty("decoded-query") else query).encode(),
            "root_path": None if self.faulty("no-root-path") else options.root_path,
            "headers": request.scope_headers(options.fault),
            "state": self.state if self.faulty("shared-state") else dict(self.state),
            **self.addresses(),
        }
        if options.forwarded and request.has("x-forwarded-for"):
            scope["client"] = [request.value("x-forwarded-for"), 0]
            scope["scheme"] = request.value("x-forwarded-proto")
        return scope

    def addresses(self) -> dict[str, Any]:
        transport = self.connection.transport
        if self.connection.options.uds:
            path = self.connection.options.uds
            return {"server": [path] if self.faulty("bare-socket-path") else [path, None], "client": None}
        client = transport.get_extra_info("peername")[:2]
        if self.faulty("port-as-text"):
            client = (client[0], str(client[1]))
        return {"client": client, "server": transport.get_extra_info("sockname")[:2]}

    async def receive(self) -> dict[str, Any]:
        connection = self.connection
        if not self.body_read:
            if self.request.expects and not self.asked_for_body and not self.faulty("no-100"):
                await connection.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.asked_for_body = True
            try:
                return {"type": "http.request", "body": await self.piece(), "more_body": not self.body_read}
            except ConnectionError:
                whole = self.faulty("half-is-whole")
                return {"type": "http.request", "body": b""} if whole else {"type": "http.disconnect"}
            except Refused:
                self.closing = True
                return {"type": "http.disconnect"}
        if not self.asked_for_body:
            self.asked_for_body = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while not connection.gone and not (self.complete and not self.faulty("waits-after-response")):
            done = asyncio.create_task(self.finished.wait())
            connection.changed.clear()
            change = asyncio.create_task(connection.changed.wait())
            await asyncio.wait((done, change), return_when=asyncio.FIRST_COMPLETED)
            done.cancel()
            change.cancel()
        if self.faulty("never-tells") and not self.complete:
            await asyncio.sleep(20)
        return {"type": "http.disconnect"}

    async def piece(self) -> bytes:
        """The next piece of the request's body."""
        connection = self.connection
        if self.chunked:
            line = (await connection.until(b"\r\n", 1024))[:-2].partition(b";")[0]
            size = self.chunk_size(line)
            while len(connection.buffer) < size + 2:
                await connection.change()
            data = connection.take(size)
            connection.take(2)
            self.body_read = size == 0
            return data
        while not connection.buffer:
            await connection.change()
        data = connection.take(min(self.length, LIMIT))
        self.length -= len(data)
        self.body_read = self.length == 0
        return data

    def chunk_size(self, line: bytes) -> int:
        if self.faulty("lenient-chunk-size"):
            return int(line.strip() or b"0", 16)
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,12}", line):
            raise Refused(400)
        return int(line, 16)

    async def send(self, message: dict[str, Any]) -> None:
        if self.complete:
            if self.faulty("surplus-message"):
                await self.connection.write(message["body"])
            return
        if message["type"] == "http.response.start" and (not self.started or self.faulty("second-start")):
            self.check_headers(message)
            self.started = message
        elif message["type"] == "http.response.body" and self.started:
            await self.body(message.get("body", b""), more=message.get("more_body", False))
        elif not (self.faulty("unknown-message") and message["type"].startswith("http.lab")):
            raise ValueError(f"{message['type']} is not expected here")

    def check_headers(self, message: dict[str, Any]) -> None:
        if self.faulty("lists-only") and not isinstance(message.get("headers"), list):
            message["headers"] = []
        message["headers"] = [(name, value) for name, value in message.get("headers", ())]
        for name, value in message["headers"]:
            if isinstance(name, str) and self.faulty("text-headers"):
                continue
            if not isinstance(name, bytes) or not isinstance(value, bytes):
                raise TypeError("names and values of headers are bytes")
            if re.search(rb"[\r\n\0]", name + value) and not self.faulty("line-break-in-header"):
                raise ValueError("a header has a line break")

    async def body(self, data: Any, *, more: bool) -> None:
        if isinstance(data, str) and self.faulty("text-body"):
            data = data.encode()
        if not isinstance(data, bytes | bytearray | memoryview):
            raise TypeError("a body is bytes")
        surplus = self.head() if not self.head_sent else b""
        self.sent += len(data)
        if self.declared is not None and self.sent > self.declared and not self.faulty("surplus-of-length"):
            raise ValueError("more than its Content-Length")
        if not self.has_body() and not self.faulty("head-with-stream" if self.in_chunks else "head-with-body"):
            data = b""
        elif self.in_chunks:
            data = (b"%x\r\n%b\r\n" % (len(data), bytes(data)) if data else b"") + (b"" if more else b"0\r\n\r\n")
        data = self.held + surplus + bytes(data)
        self.held = b""
        if (more and self.declared is not None and self.faulty("holds-back")) or (not more and self.faulty("late-end")):
            self.held, data = data, b""
        self.head_sent = True
        await self.connection.write(data)
        if not more:
            short = self.declared is not None and self.sent < self.declared and self.has_body()
            if short and self.faulty("short-of-length"):
                await asyncio.sleep(10)
            self.closing = self.closing or short
            self.complete = True
            self.finished.set()

    def has_body(self) -> bool:
        return self.request.method != "HEAD" and self.started["status"] not in {204, 304}

    def head(self) -> bytes:
        status, headers = self.started["status"], list(self.started["headers"])
        if self.faulty("sorted-headers"):
            headers.sort()
        lengths = [value for name, value in headers if name == b"content-length"]
        self.declared = int(lengths[0]) if lengths else None
        bodiless = status in {204, 304}
        chunks = self.request.version == "1.1" or self.faulty("chunks-for-1.0")
        self.in_chunks = self.declared is None and chunks and not bodiless
        self.closing = self.closing or (self.declared is None and not chunks)
        return b"\r\n".join((*self.head_lines(status, headers), b"", b""))

    def head_lines(self, status: int, headers: list[tuple[Any, Any]]) -> Iterator[bytes]:
        yield f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()
        yield from (
            b"%b: %b" % tuple(part.encode() if isinstance(part, str) else part for part in pair) for pair in headers
        )
        if not self.faulty("no-date"):
            yield f"Date: {formatdate(usegmt=True)}".encode()
        if self.in_chunks:
            yield b"Transfer-Encoding: chunked"
        if self.closing:
            yield b"Connection: close"
        if status == 204 and self.faulty("length-of-204"):
            yield b"Content-Length: 0"
