"""Litestar."""

import threading
from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Litestar, MediaType, Request, WebSocket, asgi, get, post, websocket
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import ServerSentEvent, Stream
from litestar.types import Receive, Scope, Send

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "litestar"
IMPORT = "litestar"
SSE_HELPER = "litestar.response.ServerSentEvent"
OPENAPI = "/schema/openapi.json"


@get("/hello", media_type=MediaType.TEXT)
async def hello() -> str:
    return "hello"


@get("/sync", media_type=MediaType.TEXT, sync_to_thread=True)
def sync() -> str:
    return str(threading.get_ident())


@get("/items/{number:int}", media_type=MediaType.TEXT)
async def item(number: int) -> str:
    return f"{type(number).__name__} {number}"


@post("/json")
async def json(data: dict[str, Any]) -> dict[str, Any]:
    return data


@post("/upload", media_type=MediaType.TEXT)
async def upload(data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)]) -> str:
    file = data["file"]
    return f"{file.filename} {len(await file.read())}"


@post("/receive", media_type=MediaType.TEXT)
async def stream_in(request: Request) -> str:
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return str(size)


@get("/stream")
async def stream() -> Stream:
    return Stream(pieces.two_parts())


@get("/endless")
async def endless() -> Stream:
    return Stream(pieces.endless())


@get("/sse")
async def sse() -> ServerSentEvent:
    async def events() -> AsyncIterator[str]:
        yield "one"
        await BOARD.gate("two")
        yield "two"

    return ServerSentEvent(events())


@get("/boom")
async def boom() -> None:
    raise RuntimeError("as the probe wants it")


@get("/state", media_type=MediaType.TEXT)
async def state(state: State) -> str:
    return str(state.value)


@websocket("/echo")
async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


@asgi("/mounted", is_mount=True, copy_scope=True)
async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
    await pieces.foreign(scope, receive, send)


def startup(app: Litestar) -> None:
    pieces.started()
    app.state.value = "from startup"


app = Litestar(
    [hello, sync, item, json, upload, stream_in, stream, endless, sse, boom, state, echo, mounted],
    middleware=[pieces.Marker],
    on_startup=[startup],
    on_shutdown=[pieces.stopped],
)
