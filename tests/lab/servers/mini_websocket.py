"""The WebSocket half of the mini server, on wsproto's frames."""

import asyncio
import base64
import contextlib
import hashlib
import os
from collections.abc import Awaitable, Callable
from typing import Any

from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, TextMessage
from wsproto.extensions import PerMessageDeflate

FAULT = os.environ.get("LAB_FAULT", "")  # noqa: TID251 - a program of its own
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class LostError(OSError):
    """The client is gone."""


class Session:
    """One connection, from its handshake to its end."""

    def __init__(
        self,
        app: Callable[..., Awaitable[None]],
        scope: dict[str, Any],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.app = app
        self.headers = dict(scope["headers"])
        offered = self.headers.get(b"sec-websocket-protocol", b"").decode()
        secure = scope["scheme"] == "https" and FAULT != "wss-scheme"
        self.scope = {
            **scope,
            "type": "websocket",
            "scheme": "wss" if secure else "ws",
            "subprotocols": [name.strip() for name in offered.split(",") if name.strip()],
        }
        if FAULT == "joins-headers":
            self.scope["headers"] = [*self.headers.items()]
        self.reader, self.writer = reader, writer
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.frames: Connection | None = None
        self.parts: list[str | bytes | bytearray] = []
        self.pongs: list[Event] = []
        self.accepted = asyncio.Event()
        self.answered = self.closed = self.lost = False

    async def run(self) -> None:
        if self.headers.get(b"sec-websocket-version") != b"13" and FAULT != "any-version":
            self._answer(426, [(b"sec-websocket-version", b"13"), (b"content-length", b"0")])
            return
        self.inbox.put_nowait({"type": "websocket.connect"})
        reading = asyncio.ensure_future(self._read())
        code = 1000
        try:
            await self.app(self.scope, self.inbox.get, self.send)
        except Exception:  # noqa: BLE001 - an application may raise what it likes
            code = 1011
        if not self.answered:
            self._answer(500, [(b"content-length", b"0")])
        elif self.frames and not self.closed:
            self._close(CloseConnection(code))
        if self.frames and not self.lost:
            await asyncio.wait([reading], timeout=0.2)
        reading.cancel()
        with contextlib.suppress(OSError):
            await self.writer.drain()

    def stop(self) -> None:
        if self.frames and not self.closed:
            self._close(CloseConnection(1012))

    def _answer(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        lines = b"".join(b"%b: %b\r\n" % field for field in headers)
        self.writer.write(b"HTTP/1.1 %d Whatever\r\n%b\r\n" % (status, lines))
        self.answered = True

    def _close(self, event: CloseConnection) -> None:
        self.closed = True
        if self.frames and self.frames.state in (ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING):
            self.writer.write(self.frames.send(event))

    async def send(self, message: dict[str, Any]) -> None:
        kind = message["type"].removeprefix("websocket.")
        if kind == "accept":
            self._accept(message)
        elif kind == "close" and not self.answered:
            self._answer(500 if FAULT == "rejects-500" else 403, [(b"content-length", b"0")])
        elif kind == "close":
            reason = None if FAULT == "no-reason" else message.get("reason")
            self._close(CloseConnection(message.get("code", 1001 if FAULT == "closes-1001" else 1000), reason))
        elif kind == "http.response.start":
            self._answer(message["status"], [*message["headers"], (b"transfer-encoding", b"chunked")])
        elif kind == "http.response.body":
            data = message["body"]
            last = b"" if message.get("more_body") else b"0\r\n\r\n"
            self.writer.write(b"%x\r\n%b\r\n" % (len(data), data) + last)
        else:
            self._message(message)
        await self.writer.drain()

    def _accept(self, message: dict[str, Any]) -> None:
        digest = hashlib.sha1(self.headers[b"sec-websocket-key"] + MAGIC, usedforsecurity=False).digest()
        if FAULT == "wrong-accept":
            digest = b"0" * 20
        headers = [
            (b"upgrade", b"websocket"),
            (b"connection", b"Upgrade"),
            (b"sec-websocket-accept", base64.b64encode(digest)),
        ]
        deflate = PerMessageDeflate()
        offer = self.headers.get(b"sec-websocket-extensions", b"").decode()
        agreed = deflate.accept(offer) if offer else None
        if agreed is not None:
            headers.append((b"sec-websocket-extensions", f"permessage-deflate; {agreed}".encode()))
        if message.get("subprotocol") and FAULT != "no-subprotocol":
            headers.append((b"sec-websocket-protocol", message["subprotocol"].encode()))
        if FAULT != "drops-headers":
            headers += message.get("headers", [])
        self.frames = Connection(ConnectionType.SERVER, [deflate] if agreed is not None else [])
        self._answer(101, headers)
        self.accepted.set()

    def _message(self, message: dict[str, Any]) -> None:
        if self.lost and FAULT == "silent-after-loss":
            return
        if self.lost:
            raise LostError("the client is gone")
        if self.closed:
            if FAULT == "silent-after-close":
                return
            raise RuntimeError("the connection was closed")
        assert self.frames
        data = message.get("bytes")
        event = BytesMessage(data) if data is not None else TextMessage(message["text"])
        self.writer.write(self.frames.send(event))

    async def _read(self) -> None:
        await self.accepted.wait()
        assert self.frames
        while True:
            try:
                data = await asyncio.wait_for(self.reader.read(65536), 0.3)
            except TimeoutError:
                if not self.closed:
                    self.writer.write(self.frames.send(Ping()))
                continue
            except OSError:
                data = b""
            if not data:
                self._gone({"code": 1006})
                return
            self.frames.receive_data(data)
            for event in self.frames.events():
                if self._heard(event):
                    return

    def _gone(self, values: dict[str, Any]) -> None:
        if self.lost or (FAULT == "forgets-loss" and values["code"] == 1006):
            return
        self.lost = True
        self.inbox.put_nowait({"type": "websocket.disconnect", "reason": "", **values})

    def _heard(self, event: Event) -> bool:
        """Whether that was the end."""
        assert self.frames
        if isinstance(event, Ping):
            self._pong(event)
        elif isinstance(event, CloseConnection):
            return self._closing(event)
        elif isinstance(event, TextMessage | BytesMessage):
            self.parts.append(event.data)
            if event.message_finished:
                self._whole(event)
        return False

    def _pong(self, event: Ping) -> None:
        assert self.frames
        if FAULT == "pong-payload":
            self.writer.write(self.frames.send(Ping(b"").response()))
        elif FAULT == "late-pong" and self.parts:
            self.pongs.append(event.response())
        else:
            self.writer.write(self.frames.send(event.response()))

    def _whole(self, event: TextMessage | BytesMessage) -> None:
        assert self.frames
        text = isinstance(event, TextMessage)
        data = "".join(map(str, self.parts)) if text else b"".join(map(bytes, self.parts))  # type: ignore[arg-type]
        self.parts.clear()
        self.inbox.put_nowait({"type": "websocket.receive", "text" if text else "bytes": data})
        for pong in self.pongs:
            self.writer.write(self.frames.send(pong))
        self.pongs.clear()

    def _closing(self, event: CloseConnection) -> bool:
        code = int(event.code)
        if code == 1007 and FAULT == "keeps-bad-text":
            return True
        if code == 1002 and FAULT == "keeps-unmasked":
            return True
        if not self.closed:
            self._close(event.response() if code != 1005 else CloseConnection(1000))
        if code == 1005 and FAULT == "says-1000":
            code = 1000
        elif FAULT == "says-1006" and code == 4001:
            code = 1006
        self._gone({"code": code, "reason": event.reason or ""})
        return True
