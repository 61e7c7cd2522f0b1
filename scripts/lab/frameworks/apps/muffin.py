"""Muffin."""

import threading

from muffin import Application, Request, ResponseSSE, ResponseStream, ResponseWebSocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "muffin"
IMPORT = "muffin"
SSE_HELPER = "muffin.ResponseSSE"
MISSING = {
    "openapi": "It has no helper for OpenAPI.",
    "mount": "Its nested applications have to be its own.",
}

app = Application()
app.middleware(pieces.Marker)


@app.on_startup
async def startup():
    pieces.started()
    app.value = "from startup"


@app.on_shutdown
async def shutdown():
    pieces.stopped()


@app.route("/hello", methods=["GET"])
async def hello(request: Request):
    return "hello"


@app.route("/sync")
def sync(request: Request):
    return str(threading.get_ident())


@app.route("/items/{number:int}")
async def item(request: Request):
    number = request.path_params["number"]
    return f"{type(number).__name__} {number}"


@app.route("/json", methods=["POST"])
async def json(request: Request):
    return await request.json()


@app.route("/upload", methods=["POST"])
async def upload(request: Request):
    file = (await request.form())["file"]
    return f"{file.name} {len(file.read())}"


@app.route("/receive", methods=["POST"])
async def stream_in(request: Request):
    size = 0
    async for part in request.stream():
        if part:
            BOARD.note("part")
        size += len(part)
    return str(size)


@app.route("/stream")
async def stream(request: Request):
    return ResponseStream(pieces.two_parts())


@app.route("/endless")
async def endless(request: Request):
    return ResponseStream(pieces.endless())


@app.route("/sse")
async def sse(request: Request):
    async def events():
        yield {"data": "one"}
        await BOARD.gate("two")
        yield {"data": "two"}

    return ResponseSSE(events())


@app.route("/boom")
async def boom(request: Request):
    raise RuntimeError("as the probe wants it")


@app.route("/state")
async def state(request: Request):
    return app.value


@app.route("/echo")
async def echo(request: Request):
    async with ResponseWebSocket(request) as ws:
        await ws.send(await ws.receive())
    return ws
