"""Quart."""

import threading

from quart import Quart, current_app, request, websocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "quart"
IMPORT = "quart"
SSE_HELPER = None
MISSING = {
    "openapi": "It has no helper for OpenAPI; its documentation names the extension Quart-Schema.",
    "mount": "It has no helper for mounting an ASGI application below a path.",
}
REMARKS = {"http.trailing_slash": "A route with `strict_slashes=False`, which is not the default, answers."}

app = Quart(__name__)
app.asgi_app = pieces.Marker(app.asgi_app)  # type: ignore[method-assign] - as its documentation shows


@app.before_serving
async def startup():
    pieces.started()
    app.config["VALUE"] = "from startup"


@app.after_serving
async def shutdown():
    pieces.stopped()


@app.get("/hello")
async def hello():
    return "hello"


@app.get("/sync")
def sync():
    return str(threading.get_ident())


@app.get("/items/<int:number>")
async def item(number: int):
    return f"{type(number).__name__} {number}"


@app.post("/json")
async def json():
    return await request.get_json()


@app.post("/upload")
async def upload():
    file = (await request.files)["file"]
    return f"{file.filename} {len(file.read())}"


@app.post("/receive")
async def stream_in():
    size = 0
    async for part in request.body:
        if part:
            BOARD.note("part")
        size += len(part)
    return str(size)


@app.get("/stream")
async def stream():
    return pieces.two_parts()


@app.get("/endless")
async def endless():
    return pieces.endless()


@app.get("/sse")
async def sse():
    return pieces.two_events(), {"Content-Type": "text/event-stream"}


@app.get("/boom")
async def boom():
    raise RuntimeError("as the probe wants it")


@app.get("/state")
async def state():
    return current_app.config["VALUE"]


@app.websocket("/echo")
async def echo():
    await websocket.send(await websocket.receive())
