"""Connexion: the description comes first, and names a function for each operation."""

import contextlib
import threading
from collections.abc import AsyncIterator

from connexion import AsyncApp, request
from connexion.lifecycle import ConnexionResponse
from starlette.responses import StreamingResponse

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "connexion"
IMPORT = "connexion"
SSE_HELPER = None
OPENAPI = "/openapi.json"
MISSING = {
    "websocket": "It has no handlers for WebSockets: its operations are those of OpenAPI.",
    "mount": "It has no helper for mounting another application below a path.",
}


async def hello():
    return ConnexionResponse(body="hello", mimetype="text/plain")


def sync():
    return ConnexionResponse(body=str(threading.get_ident()), mimetype="text/plain")


async def item(number):
    return ConnexionResponse(body=f"{type(number).__name__} {number}", mimetype="text/plain")


async def json(body):
    return body


async def upload(file):
    return ConnexionResponse(body=f"{file.filename} {len(await file.read())}", mimetype="text/plain")


async def stream_in():
    """The function asks for no body, so Connexion reads none; `request` is Starlette's, as its documentation says."""
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return ConnexionResponse(body=str(size), mimetype="text/plain")


async def stream():
    return StreamingResponse(pieces.two_parts(), media_type="text/plain")


async def endless():
    return StreamingResponse(pieces.endless(), media_type="text/plain")


async def sse():
    return StreamingResponse(pieces.two_events(), media_type="text/event-stream")


async def boom():
    raise RuntimeError("as the probe wants it")


async def state():
    return ConnexionResponse(body=request.state.value, mimetype="text/plain")


@contextlib.asynccontextmanager
async def lifespan(app) -> AsyncIterator[dict[str, str]]:
    pieces.started()
    yield {"value": "from startup"}
    pieces.stopped()


def _operation(name: str, media: str = "text/plain", **more: object) -> dict[str, object]:
    answer = {"200": {"description": "as asked", "content": {media: {}}}}
    return {"operationId": f"{__name__}.{name}", "responses": answer, **more}


def _body(media: str, schema: dict[str, object]) -> dict[str, object]:
    return {"requestBody": {"content": {media: {"schema": schema}}}}


_NUMBER = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}
_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
_OCTETS = {"type": "string", "format": "binary"}
DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "lab", "version": "1"},
    "paths": {
        "/hello": {"get": _operation("hello")},
        "/sync": {"get": _operation("sync")},
        "/items/{number}": {"get": _operation("item", parameters=[_NUMBER])},
        "/json": {"post": _operation("json", "application/json", **_body("application/json", {"type": "object"}))},
        "/upload": {"post": _operation("upload", **_body("multipart/form-data", _FILE))},
        "/receive": {"post": _operation("stream_in", **_body("application/octet-stream", _OCTETS))},
        "/stream": {"get": _operation("stream")},
        "/endless": {"get": _operation("endless")},
        "/sse": {"get": _operation("sse", "text/event-stream")},
        "/boom": {"get": _operation("boom")},
        "/state": {"get": _operation("state")},
    },
}

app = AsyncApp(__name__, lifespan=lifespan)
app.add_api(DESCRIPTION)
app.add_middleware(pieces.Marker)
