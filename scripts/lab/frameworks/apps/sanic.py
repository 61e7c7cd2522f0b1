"""Sanic."""

import threading

from sanic import Request, Sanic, Websocket
from sanic.response import json as json_response
from sanic.response import text

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "sanic"
IMPORT = "sanic"
SSE_HELPER = None
MISSING = {
    "openapi": "It has no helper for OpenAPI; its documentation names the package sanic-ext.",
    "mount": "It has no helper for mounting an ASGI application below a path.",
    "raw middleware": "Its middleware has an interface of its own.",
}
REMARKS = {
    "http.head_automatic": "Its documentation leaves this to the package sanic-ext.",
    "http.options_automatic": "Its documentation leaves this to the package sanic-ext.",
}

app = Sanic("lab")


@app.before_server_start
async def startup(app: Sanic):
    pieces.started()
    app.ctx.value = "from startup"


@app.after_server_stop
async def shutdown(app: Sanic):
    pieces.stopped()


@app.get("/hello")
async def hello(request: Request):
    return text("hello")


@app.get("/sync")
def sync(request: Request):
    return text(str(threading.get_ident()))


@app.get("/items/<number:int>")
async def item(request: Request, number: int):
    return text(f"{type(number).__name__} {number}")


@app.post("/json")
async def json(request: Request):
    return json_response(request.json)


@app.post("/upload")
async def upload(request: Request):
    file = request.files["file"][0]
    return text(f"{file.name} {len(file.body)}")


@app.post("/receive", stream=True)
async def stream_in(request: Request):
    size = 0
    async for part in request.stream:
        if part:
            BOARD.note("part")
        size += len(part)
    return text(str(size))


@app.get("/stream")
async def stream(request: Request):
    response = await request.respond(content_type="text/plain")
    async for part in pieces.two_parts():
        await response.send(part)


@app.get("/endless")
async def endless(request: Request):
    response = await request.respond(content_type="text/plain")
    async for part in pieces.endless():
        await response.send(part)


@app.get("/sse")
async def sse(request: Request):
    response = await request.respond(content_type="text/event-stream")
    async for part in pieces.two_events():
        await response.send(part)


@app.get("/boom")
async def boom(request: Request):
    raise RuntimeError("as the probe wants it")


@app.get("/state")
async def state(request: Request):
    return text(request.app.ctx.value)


@app.websocket("/echo")
async def echo(request: Request, ws: Websocket):
    await ws.send(await ws.recv())
