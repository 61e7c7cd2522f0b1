"""FastAPI."""

import contextlib
import threading
from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request, UploadFile, WebSocket
from fastapi.responses import PlainTextResponse, StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "fastapi"
IMPORT = "fastapi"
SSE_HELPER = "fastapi.sse.EventSourceResponse"


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


app = FastAPI(lifespan=lifespan)
app.add_middleware(pieces.Marker)
app.mount("/mounted", pieces.foreign)


@app.get("/hello", response_class=PlainTextResponse)
async def hello():
    return "hello"


@app.get("/sync", response_class=PlainTextResponse)
def sync():
    return str(threading.get_ident())


@app.get("/items/{number}", response_class=PlainTextResponse)
async def item(number: int):
    return f"{type(number).__name__} {number}"


@app.post("/json")
async def json(data: Annotated[dict[str, Any], Body()]):
    return data


@app.post("/upload", response_class=PlainTextResponse)
async def upload(file: UploadFile):
    return f"{file.filename} {len(await file.read())}"


@app.post("/receive", response_class=PlainTextResponse)
async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return str(size)


@app.get("/stream")
async def stream():
    return StreamingResponse(pieces.two_parts())


@app.get("/endless")
async def endless():
    return StreamingResponse(pieces.endless())


@app.get("/sse", response_class=EventSourceResponse)
async def sse() -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(raw_data="one")
    await BOARD.gate("two")
    yield ServerSentEvent(raw_data="two")


@app.get("/boom")
async def boom():
    raise RuntimeError("as the probe wants it")


@app.get("/state", response_class=PlainTextResponse)
async def state(request: Request):
    return request.state.value


@app.websocket("/echo")
async def echo(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()
