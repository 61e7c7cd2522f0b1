"""Small applications, and parts of them, that probes of middleware and of frameworks share."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from scripts.lab.inside.board import BOARD
from scripts.lab.inside.driver import Application, Headers, Message, Receive, Scope, Send

TEXT: Headers = ((b"content-type", b"text/plain; charset=utf-8"),)
CODINGS: Headers = ((b"accept-encoding", b"br, zstd, gzip"),)


def start(status: int = 200, headers: Headers = TEXT, **more: object) -> Message:
    return {"type": "http.response.start", "status": status, "headers": [*headers], **more}


def body(data: bytes = b"", *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


async def drained(receive: Receive) -> bytes:
    """The whole body of a request, or what came of it before the client went."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the request and answers it."""
    await drained(receive)
    await send(start())
    await send(body(b"ok"))


def without(headers: Headers, names: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    return [(bytes(key), bytes(value)) for key, value in headers if bytes(key).lower() not in names]


class Marker:
    """A raw ASGI middleware as anybody might have written it: it adds a header to each response."""

    NAME = b"x-lab-raw"

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (self.NAME, b"here")]}
            await send(message)

        await self.app(scope, receive, marked if scope["type"] == "http" else send)


async def foreign(scope: Scope, receive: Receive, send: Send) -> None:
    """An application of somebody else, to be mounted: notes where it was asked, and answers or accepts."""
    BOARD.note("foreign", (scope["type"], scope.get("root_path", ""), scope["path"]))
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        message = await receive()
        await send({"type": "websocket.send", "text": message.get("text")})
        await send({"type": "websocket.close", "code": 1000})
        return
    await drained(receive)
    await send(start())
    await send(body(b"foreign"))


def started() -> None:
    """What every application does at its startup."""
    BOARD.note("startup")
    if BOARD.fail_startup:
        raise RuntimeError("as the probe wants it")


def stopped() -> None:
    """What every application does at its shutdown."""
    BOARD.note("shutdown")


async def two_parts() -> AsyncIterator[bytes]:
    """A body whose second part waits for the probe."""
    yield b"one"
    await BOARD.gate("two")
    yield b"two"


async def endless() -> AsyncIterator[bytes]:
    """A body without an end; notes when it is stopped."""
    try:
        while True:
            yield b"tick"
            BOARD.note("tick")
            await asyncio.sleep(0.002)
    finally:
        BOARD.note("stopped")


async def two_events() -> AsyncIterator[bytes]:
    """Server-sent events as bytes, for frameworks without a helper."""
    yield b"data: one\n\n"
    await BOARD.gate("two")
    yield b"data: two\n\n"
