"""WebSocket on a stream of HTTP/2 (RFC 8441), on wsproto's frames."""

import asyncio
from typing import Any

from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, TextMessage

from tests.lab.servers.mini_http2_exchange import App, scope_of
from tests.lab.servers.mini_http2_wire import Fields, Stream, Wire
from tests.lab.servers.mini_wire import ClientGoneError


class Session(Stream):
    """One WebSocket connection, from its handshake to its end."""

    def __init__(self, wire: Wire, number: int, fields: Fields, app: App, state: dict[str, Any]) -> None:
        super().__init__(wire, number)
        self.app = app
        common = scope_of(wire, fields, state)
        offered = dict(fields).get(b"sec-websocket-protocol", b"").decode("latin-1").split(",")
        self.scope = {
            **common,
            "type": "websocket",
            "scheme": "wss" if common["scheme"] == "https" else "ws",
            "subprotocols": [name.strip() for name in offered if name.strip()],
        }
        self.frames = Connection(ConnectionType.SERVER)
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.parts: list[Any] = []
        self.reading: asyncio.Task[None] | None = None

    async def run(self) -> None:
        self.inbox.put_nowait({"type": "websocket.connect"})
        code = 1000
        try:
            await self.app(self.scope, self.inbox.get, self.send)
        except Exception:  # noqa: BLE001 - an application raises what it likes
            code = 1011
        if self.complete or self.gone:
            pass
        elif self.reading:
            await self.close(code)
        else:
            self.write_fields([(b":status", b"500")], end=True)
        if self.reading:
            await asyncio.wait([self.reading], timeout=1)  # for the close frame of the client
            self.reading.cancel()

    async def send(self, message: dict[str, Any]) -> None:
        kind = message["type"].removeprefix("websocket.")
        if kind == "accept" and not self.reading:
            chosen = message.get("subprotocol")
            protocol = [(b"sec-websocket-protocol", chosen.encode())] if chosen else []
            self.write_fields([(b":status", b"200"), *protocol, *message.get("headers", ())])
            self.reading = asyncio.create_task(self.listen())
        elif kind == "close" and not self.reading:
            self.write_fields([(b":status", b"403")], end=True)
        elif self.gone or self.frames.state is not ConnectionState.OPEN:
            raise ClientGoneError("closed")
        elif kind == "close":
            await self.close(message.get("code", 1000), message.get("reason"))
        elif kind == "send" and not self.is_faulty("mute-websocket"):
            data = message.get("bytes")
            await self.event(TextMessage(message["text"]) if data is None else BytesMessage(data))

    async def event(self, event: Event) -> None:
        await self.write(self.frames.send(event))

    async def close(self, code: int, reason: str | None = None) -> None:
        if self.frames.state in {ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING}:
            await self.write(self.frames.send(CloseConnection(code, reason)), end=True)

    async def listen(self) -> None:
        """Hands over what comes until a close frame, or the end."""
        code, reason = 1006, ""
        try:
            while code == 1006 and (data := await self.read()):
                self.frames.receive_data(data)
                for event in self.frames.events():
                    if isinstance(event, CloseConnection):
                        code, reason = int(event.code), event.reason or ""
                        await self.close(1000 if code == 1005 else code)
                    else:
                        await self.heard(event)
        except OSError:
            pass
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    async def heard(self, event: Event) -> None:
        if isinstance(event, Ping):
            await self.event(event.response())
        elif isinstance(event, TextMessage | BytesMessage):
            self.parts.append(event.data)
            if event.message_finished:
                text = isinstance(event, TextMessage)
                whole = ("" if text else b"").join(self.parts)
                self.parts.clear()
                self.inbox.put_nowait({"type": "websocket.receive", "text" if text else "bytes": whole})
