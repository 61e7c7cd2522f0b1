"""One request over HTTP/3 and its response, as the mini server hands them to an application."""

import asyncio
import contextlib
import os
from collections.abc import Callable
from typing import Any

from aioquic.h3.connection import ErrorCode, H3Connection
from aioquic.quic.connection import QuicConnection

from tests.lab.servers.mini_sockets import App
from tests.lab.servers.mini_wire import ClientGoneError

FAULT = os.environ.get("LAB_FAULT", "")  # noqa: TID251 - a program of its own
CUT = 64 * 1024  # bytes of a response that two faults let through


class Exchange:
    """One request and its response."""

    def __init__(
        self,
        quic: QuicConnection,
        frames: H3Connection,
        transmit: Callable[[], None],
        number: int,
        scope: dict[str, Any],
    ) -> None:
        self.quic, self.frames, self.transmit, self.number, self.scope = quic, frames, transmit, number, scope
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.start: dict[str, Any] | None = None
        self.begun = self.complete = self.whole = self.gone = False
        self.sent = 0

    def feed(self, data: bytes, *, last: bool) -> None:
        """A piece of the request's body."""
        more = not last
        if FAULT == "loses-last-piece" and last:
            data = b""
        elif FAULT == "never-last":
            more = True
        elif FAULT == "first-is-last":
            more = False
        self.whole = last
        for _ in range(2 if FAULT == "repeats-pieces" and not last else 1):
            self.inbox.put_nowait({"type": "http.request", "body": data, "more_body": more})

    def lose(self) -> None:
        """The client is gone, or wants no more."""
        self.gone = True
        self.inbox.put_nowait({"type": "http.disconnect"})

    async def run(self, app: App) -> None:
        with contextlib.suppress(Exception):  # an application raises what it likes
            await app(self.scope, self.receive, self.send)
        if not self.complete and not self.gone:
            if self.begun:
                self.quic.reset_stream(self.number, ErrorCode.H3_INTERNAL_ERROR)
            else:
                self.frames.send_headers(self.number, [(b":status", b"500")], end_stream=True)
        if not self.whole and not self.gone:
            self.quic.stop_stream(self.number, ErrorCode.H3_NO_ERROR)
        self.transmit()

    async def receive(self) -> dict[str, Any]:
        message = await self.inbox.get()
        if message["type"] == "http.disconnect":
            self.inbox.put_nowait(message)
        return message

    async def send(self, message: dict[str, Any]) -> None:
        if self.gone:
            raise ClientGoneError("gone")
        if message["type"] == "http.response.start" and not self.start:
            self.start = message
        elif message["type"] == "http.response.body" and self.start and not self.complete:
            self.body(self.start, message.get("body", b""), more=message.get("more_body", False))
            self.transmit()
        else:
            raise ValueError(f"{message['type']} is not expected here")

    def body(self, start: dict[str, Any], data: bytes, *, more: bool) -> None:
        if not self.begun:
            status = 202 if f"status-of-{self.scope['method'].lower()}" == FAULT else start["status"]
            pairs = [(b":status", b"%d" % status), *((name.lower(), value) for name, value in start.get("headers", ()))]
            self.frames.send_headers(self.number, pairs)
            self.begun = True
        bodiless = {"HEAD", "GET"} if FAULT == "get-is-head" else {"HEAD"}
        if self.scope["method"] in bodiless or start["status"] in {204, 304}:
            data = b""
        self.complete = not more
        self.sent += len(data)
        if FAULT == "cuts-response" and self.sent > CUT:
            self.frames.send_data(self.number, data[:CUT], end_stream=True)
        elif FAULT == "resets-response" and self.sent > CUT:
            self.quic.reset_stream(self.number, ErrorCode.H3_INTERNAL_ERROR)
        else:
            self.frames.send_data(self.number, data, end_stream=self.complete and FAULT != "open-end")
        if self.complete:
            self.inbox.put_nowait({"type": "http.disconnect"})
