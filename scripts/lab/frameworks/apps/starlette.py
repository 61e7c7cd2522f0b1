"""Starlette."""

import contextlib
import threading
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "starlette"
IMPORT = "starlette.applications"
SSE_HELPER = None
MISSING = {"openapi": "Its `SchemaGenerator` needs PyYAML beside it, and collects what docstrings say."}


async def hello(request: Request):
    return PlainTextResponse("hello")


def sync(request: Request):
    return PlainTextResponse(str(threading.get_ident()))


async def item(request: Request):
    number = request.path_params["number"]
    return PlainTextResponse(f"{type(number).__name__} {number}")


async def json(request: Request):
    return JSONResponse(await request.json())


async def upload(request: Request):
    async with request.form() as form:
        file = form["file"]
        return PlainTextResponse(f"{file.filename} {len(await file.read())}")


async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return PlainTextResponse(str(size))


async def stream(request: Request):
    return StreamingResponse(pieces.two_parts())


async def endless(request: Request):
    return StreamingResponse(pieces.endless())


async def sse(request: Request):
    return StreamingResponse(pieces.two_events(), media_type="text/event-stream")


async def boom(request: Request):
    raise RuntimeError("as the probe wants it")


async def state(request: Request):
    return PlainTextResponse(request.state.value)


async def echo(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


app = Starlette(
    routes=[
        Route("/hello", hello),
        Route("/sync", sync),
        Route("/items/{number:int}", item),
        Route("/json", json, methods=["POST"]),
        Route("/upload", upload, methods=["POST"]),
        Route("/receive", stream_in, methods=["POST"]),
        Route("/stream", stream),
        Route("/endless", endless),
        Route("/sse", sse),
        Route("/boom", boom),
        Route("/state", state),
        WebSocketRoute("/echo", echo),
        Mount("/mounted", pieces.foreign),
    ],
    middleware=[Middleware(pieces.Marker)],
    lifespan=lifespan,
)
