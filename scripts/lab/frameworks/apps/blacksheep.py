"""BlackSheep."""

import threading
from collections.abc import AsyncIterator
from typing import Any

from blacksheep import (
    Application,
    FromFiles,
    FromJSON,
    Request,
    Response,
    StreamedContent,
    WebSocket,
    get,
    post,
    text,
    ws,
)
from blacksheep import json as json_response
from blacksheep.server.openapi.v3 import OpenAPIHandler
from blacksheep.server.sse import TextServerSentEvent
from openapidocs.v3 import Info

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "blacksheep"
IMPORT = "blacksheep"
SSE_HELPER = "blacksheep.server.sse.ServerSentEvent"
OPENAPI = "/openapi.json"
MISSING = {
    "raw middleware": "Its middleware has an interface of its own; ASGI middleware is wrapped around the application."
}
REMARKS = {"http.stream_stops_on_http_disconnect": "A handler may ask `request.is_disconnected()`."}

app = Application()
docs = OpenAPIHandler(info=Info(title="lab", version="1"))
docs.bind_app(app)


@app.lifespan
async def lifespan() -> AsyncIterator[None]:
    pieces.started()
    app.services.register(str, instance="from startup")
    yield
    pieces.stopped()


@get("/hello")
async def hello():
    return text("hello")


@get("/sync")
def sync():
    return text(str(threading.get_ident()))


@get("/items/{int:number}")
async def item(number: int):
    return text(f"{type(number).__name__} {number}")


@post("/json")
async def json(data: FromJSON[dict[str, Any]]):
    return json_response(data.value)


@post("/upload")
async def upload(files: FromFiles):
    file = files.value[0]
    return text(f"{file.file_name.decode()} {len(file.data)}")


@post("/receive")
async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return text(str(size))


@get("/stream")
async def stream():
    return Response(200, content=StreamedContent(b"text/plain", pieces.two_parts))


@get("/endless")
async def endless():
    return Response(200, content=StreamedContent(b"text/plain", pieces.endless))


@get("/sse")
async def sse() -> AsyncIterator[TextServerSentEvent]:
    yield TextServerSentEvent("one")
    await BOARD.gate("two")
    yield TextServerSentEvent("two")


@get("/boom")
async def boom():
    raise RuntimeError("as the probe wants it")


@get("/state")
async def state(value: str):
    return text(value)


@ws("/echo")
async def echo(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


app.mount("/mounted", pieces.foreign)
