"""Lilya."""

import contextlib
import threading
from collections.abc import AsyncIterator

from lilya.apps import Lilya
from lilya.middleware import DefineMiddleware
from lilya.requests import Request
from lilya.responses import EventStreamResponse, JSONResponse, PlainText, StreamingResponse
from lilya.routing import Include, Path, WebSocketPath
from lilya.websockets import WebSocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "lilya"
IMPORT = "lilya.apps"
SSE_HELPER = "lilya.responses.EventStreamResponse"
MISSING = {"openapi": "Its description needs an extra of its own, lilya[openapi]."}


async def hello():
    return PlainText("hello")


def sync():
    return PlainText(str(threading.get_ident()))


async def item(number: int):
    return PlainText(f"{type(number).__name__} {number}")


async def json(request: Request):
    return JSONResponse(await request.json())


async def upload(request: Request):
    form = await request.form()
    file = form["file"]
    return PlainText(f"{file.filename} {len(await file.read())}")


async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return PlainText(str(size))


async def stream():
    return StreamingResponse(pieces.two_parts())


async def endless():
    return StreamingResponse(pieces.endless())


async def sse():
    async def events():
        yield {"data": "one"}
        await BOARD.gate("two")
        yield {"data": "two"}

    return EventStreamResponse(events())


async def boom():
    raise RuntimeError("as the probe wants it")


async def state(request: Request):
    return PlainText(request.state.value)


async def echo(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


@contextlib.asynccontextmanager
async def lifespan(app: Lilya) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


app = Lilya(
    routes=[
        Path("/hello", hello),
        Path("/sync", sync),
        Path("/items/{number:int}", item),
        Path("/json", json, methods=["POST"]),
        Path("/upload", upload, methods=["POST"]),
        Path("/receive", stream_in, methods=["POST"]),
        Path("/stream", stream),
        Path("/endless", endless),
        Path("/sse", sse),
        Path("/boom", boom),
        Path("/state", state),
        WebSocketPath("/echo", echo),
        Include("/mounted", app=pieces.foreign),
    ],
    middleware=[DefineMiddleware(pieces.Marker)],
    lifespan=lifespan,
)
