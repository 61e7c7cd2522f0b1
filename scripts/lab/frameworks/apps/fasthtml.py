"""FastHTML."""

import threading
from collections.abc import AsyncIterator

from fasthtml.common import EventStream, FastHTML, Mount, UploadFile, WebSocketRoute, sse_message
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.websockets import WebSocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "python-fasthtml"
IMPORT = "fasthtml.common"
SSE_HELPER = "fasthtml.common.EventStream"
MISSING = {"openapi": "It has no helper for OpenAPI."}


async def lifespan(app: FastHTML) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


async def echo(websocket: WebSocket):
    """As Starlette's routes: a handler of its own takes objects from a page, no bare text."""
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


app = FastHTML(
    secret_key="lab",
    lifespan=lifespan,
    middleware=[Middleware(pieces.Marker)],
    routes=[WebSocketRoute("/echo", echo), Mount("/mounted", pieces.foreign)],
)


@app.get("/hello")
async def hello():
    return PlainTextResponse("hello")


@app.get("/sync")
def sync():
    return PlainTextResponse(str(threading.get_ident()))


@app.get("/items/{number}")
async def item(number: int):
    return PlainTextResponse(f"{type(number).__name__} {number}")


@app.post("/json")
async def json(request: Request):
    return JSONResponse(await request.json())


@app.post("/upload")
async def upload(file: UploadFile):
    return PlainTextResponse(f"{file.filename} {len(await file.read())}")


@app.post("/receive")
async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return PlainTextResponse(str(size))


@app.get("/stream")
async def stream():
    return StreamingResponse(pieces.two_parts())


@app.get("/endless")
async def endless():
    return StreamingResponse(pieces.endless())


@app.get("/sse")
async def sse():
    async def events():
        yield sse_message("one")
        await BOARD.gate("two")
        yield sse_message("two")

    return EventStream(events())


@app.get("/boom")
async def boom():
    raise RuntimeError("as the probe wants it")


@app.get("/state")
async def state(request: Request):
    return PlainTextResponse(request.state.value)
