"""A middleware that does everything right, and one that does one thing wrong for each word of ``FAULTS``.

It compresses by gzip where a client accepts it, flushing each chunk, and leaves alone what has no content.
"""

import asyncio
import contextvars
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from scripts.lab.inside.driver import Application, Message, Receive, Scope, Send

FAULTS = {
    "loses the query": "http.passthrough",
    "compresses what is empty": "http.empty_304",
    "starts for each body": "http.response_start_before_body",
    "refuses websockets": "websocket.passthrough",
    "answers the lifespan itself": "lifespan.passthrough",
    "swallows the unknown": "protocol.unknown_scope_passthrough",
    "marks the scope": "protocol.scope_is_copied",
    "holds a chunk back": "streaming.first_chunk_immediate",
    "flushes text late": "streaming.compressed_chunks_flushed",
    "flushes events late": "streaming.sse_not_delayed_when_compressing",
    "collects the request": "streaming.request_body_unbuffered",
    "ends with the application": "streaming.final_body_before_background_work",
    "keeps the disconnect": "disconnect.http_disconnect_reaches_app",
    "keeps the failure": "disconnect.send_oserror_reaches_app",
    "hides exceptions": "errors.exception_propagates",
    "forgets the context around": "context.outer_var_visible_inside",
    "has a task of its own": "context.inner_var_visible_outside",
    "drops path sends": "extensions.pathsend_passthrough",
    "drops hints": "extensions.early_hint_passthrough",
    "forgets trailers": "extensions.trailers_passthrough",
}


def mini(fault: str = "") -> Callable[[Application], Application]:
    return lambda app: Middleware(app, fault)


@dataclass
class Middleware:
    app: Application
    fault: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await Exchange(self, scope, receive, send).run()
        elif scope["type"] == "lifespan" and self.fault == "answers the lifespan itself":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["type"] == "websocket" and self.fault == "refuses websockets":
            await send({"type": "websocket.close"})
        elif scope["type"] == "lab" and self.fault == "swallows the unknown":
            return
        else:
            await self.app(scope, receive, send)


@dataclass
class Exchange:
    """One request on its way through."""

    middleware: Middleware
    scope: Scope
    receive: Receive
    send: Send
    start: Message = field(default_factory=dict)
    codec: "zlib._Compress | None" = None
    held: list[Message] = field(default_factory=list)
    trailers: bool = False
    asked: bool = False

    @property
    def fault(self) -> str:
        return self.middleware.fault

    async def run(self) -> None:
        scope = {**self.scope, "lab": "copied"}
        if self.fault == "loses the query":
            scope["query_string"] = b""
        if self.fault == "marks the scope":
            self.scope["lab"] = "not copied"
        try:
            await self.call(scope)
        except Exception:
            if self.fault != "hides exceptions":
                raise
            await self.send({"type": "http.response.body", "body": b""})
        if self.held:
            await self.send(self.held.pop())

    async def call(self, scope: Scope) -> None:
        called = self.middleware.app(scope, self.receiving, self.sending)
        if self.fault == "has a task of its own":
            await asyncio.ensure_future(called)
        elif self.fault == "forgets the context around":
            context = contextvars.Context()
            await asyncio.get_running_loop().create_task(_coroutine(called), context=context)
            for variable, value in context.items():
                variable.set(value)
        else:
            await called

    async def receiving(self) -> Message:
        if self.fault == "keeps the disconnect" and self.asked:
            await asyncio.Event().wait()
        message = await self.receive()
        self.asked = not message.get("more_body")
        if self.fault == "collects the request" and message["type"] == "http.request":
            while message.get("more_body"):
                later = await self.receive()
                message = {**later, "body": message["body"] + later["body"]}
        return message

    async def sending(self, message: Message) -> None:
        try:
            await self.handed_on(message)
        except OSError:
            if self.fault != "keeps the failure":
                raise

    async def handed_on(self, message: Message) -> None:
        kind = message["type"]
        if kind == "http.response.start":
            await self.started(message)
        elif kind == "http.response.body":
            await self.body(message)
        elif (kind, self.fault) not in {
            ("http.response.pathsend", "drops path sends"),
            ("http.response.early_hint", "drops hints"),
        }:
            await self.send(message)

    async def started(self, message: Message) -> None:
        headers = dict(message["headers"])
        accepts = b"gzip" in dict(self.scope["headers"]).get(b"accept-encoding", b"")
        known = b"content-length" in headers or self.scope["extensions"]
        empty = message["status"] == 304 and self.fault != "compresses what is empty"
        if accepts and not known and not empty:
            self.codec = zlib.compressobj(wbits=31)
            message = {**message, "headers": [*message["headers"], (b"content-encoding", b"gzip")]}
        self.late = (
            self.fault == "flushes text late" and headers.get(b"content-type", b"").startswith(b"text/plain")
        ) or (self.fault == "flushes events late" and headers.get(b"content-type") == b"text/event-stream")
        self.trailers = bool(message.get("trailers"))
        if self.fault == "forgets trailers":
            message = {key: value for key, value in message.items() if key != "trailers"}
        self.start = message
        await self.send(message)

    async def body(self, message: Message) -> None:
        more = message.get("more_body", False)
        if self.codec:
            data = self.codec.compress(message["body"])
            data += b"" if more and self.late else self.codec.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)
            message = {**message, "body": data}
        if self.fault == "starts for each body" and more:
            await self.send(message)
            message = self.start
        elif self.fault == "holds a chunk back" and not self.codec:
            self.held.append(message)
            if len(self.held) == 1 and more:
                return
            message = self.held.pop(0)
            if not more and self.held:
                await self.send(message)
                message = self.held.pop(0)
        elif self.fault == "ends with the application" and not more and not self.trailers:
            self.held.append(message)
            return
        await self.send(message)


async def _coroutine(called: object) -> None:
    await called  # type: ignore[misc]
