"""Flama."""

import contextlib
import threading
from collections.abc import AsyncIterator

from flama import Flama, types
from flama.http import (
    JSONResponse,
    PlainTextResponse,
    Request,
    ServerSentEvent,
    ServerSentEventResponse,
    StreamingResponse,
    WebSocket,
)

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "flama"
IMPORT = "flama"
SSE_HELPER = "flama.http.ServerSentEventResponse"
OPENAPI = "/schema/"
MISSING = {"raw middleware": "Its middleware has to inherit from a class of its own."}
value = {}


class Parts(StreamingResponse):
    """A stream of bytes: the base class leaves to others how a part becomes bytes."""

    media_type = "text/plain"

    def encode(self, chunk: bytes) -> bytes:
        return chunk


@contextlib.asynccontextmanager
async def lifespan(app: Flama) -> AsyncIterator[None]:
    pieces.started()
    value["value"] = "from startup"
    yield
    pieces.stopped()


app = Flama(lifespan=lifespan)
app.mount("/mounted", pieces.foreign)


@app.route("/hello", methods=["GET"])
async def hello():
    return PlainTextResponse("hello")


@app.route("/sync", methods=["GET"])
def sync():
    return PlainTextResponse(str(threading.get_ident()))


@app.route("/items/{number:int}", methods=["GET"])
async def item(number: int):
    return PlainTextResponse(f"{type(number).__name__} {number}")


@app.route("/json", methods=["POST"])
async def json(data: types.RequestData):
    return JSONResponse(data.data)


@app.route("/upload", methods=["POST"])
async def upload(data: types.RequestData):
    file = data.data["file"]
    return PlainTextResponse(f"{file.filename} {len(await file.read())}")


@app.route("/receive", methods=["POST"])
async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return PlainTextResponse(str(size))


@app.route("/stream", methods=["GET"])
async def stream():
    return Parts(pieces.two_parts())


@app.route("/endless", methods=["GET"])
async def endless():
    return Parts(pieces.endless())


@app.route("/sse", methods=["GET"])
async def sse():
    async def events() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent("one")
        await BOARD.gate("two")
        yield ServerSentEvent("two")

    return ServerSentEventResponse(events())


@app.route("/boom", methods=["GET"])
async def boom():
    raise RuntimeError("as the probe wants it")


@app.route("/state", methods=["GET"])
async def state():
    return PlainTextResponse(value["value"])


@app.websocket_route("/echo")
async def echo(websocket: WebSocket):
    await websocket.accept()
    await websocket.send(data=await websocket.receive(data="text"))
    await websocket.close()
