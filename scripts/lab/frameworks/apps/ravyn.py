"""Ravyn."""

import contextlib
import threading
from collections.abc import AsyncIterator
from typing import Any

from lilya.middleware import DefineMiddleware
from ravyn import File, Gateway, Include, Ravyn, Request, UploadFile, WebSocket, WebSocketGateway, get, post, websocket
from ravyn.responses import EventStreamResponse, PlainText, StreamingResponse

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "ravyn"
IMPORT = "ravyn"
SSE_HELPER = "ravyn.responses.EventStreamResponse"
OPENAPI = "/openapi.json"


@get("/hello")
async def hello() -> PlainText:
    return PlainText("hello")


@get("/sync")
def sync() -> PlainText:
    return PlainText(str(threading.get_ident()))


@get("/items/{number:int}")
async def item(number: int) -> PlainText:
    return PlainText(f"{type(number).__name__} {number}")


@post("/json", status_code=200)
async def json(data: dict[str, Any]) -> dict[str, Any]:
    return data


@post("/upload")
async def upload(data: UploadFile = File()) -> PlainText:
    return PlainText(f"{data.filename} {len(await data.read())}")


@post("/receive")
async def stream_in(request: Request) -> PlainText:
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return PlainText(str(size))


@get("/stream")
async def stream() -> StreamingResponse:
    return StreamingResponse(pieces.two_parts())


@get("/endless")
async def endless() -> StreamingResponse:
    return StreamingResponse(pieces.endless())


@get("/sse")
async def sse() -> EventStreamResponse:
    async def events() -> AsyncIterator[dict[str, str]]:
        yield {"data": "one"}
        await BOARD.gate("two")
        yield {"data": "two"}

    return EventStreamResponse(events())


@get("/boom")
async def boom() -> None:
    raise RuntimeError("as the probe wants it")


@get("/state")
async def state(request: Request) -> PlainText:
    return PlainText(request.state.value)


@websocket("/echo")
async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


@contextlib.asynccontextmanager
async def lifespan(app: Ravyn) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


app = Ravyn(
    routes=[
        *(
            Gateway(handler=one)
            for one in (hello, sync, item, json, upload, stream_in, stream, endless, sse, boom, state)
        ),
        WebSocketGateway(handler=echo),
        Include("/mounted", app=pieces.foreign),
    ],
    middleware=[DefineMiddleware(pieces.Marker)],
    lifespan=lifespan,
    enable_openapi=True,
)
