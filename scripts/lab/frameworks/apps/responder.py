"""Responder."""

import contextlib
import threading
from collections.abc import AsyncIterator

import responder

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "responder"
IMPORT = "responder"
SSE_HELPER = "responder.SSE"
OPENAPI = "/schema.yml"


@contextlib.asynccontextmanager
async def lifespan(app) -> AsyncIterator[None]:
    pieces.started()
    app.state.value = "from startup"
    yield
    pieces.stopped()


app = responder.API(title="lab", version="1", openapi="3.1.0", lifespan=lifespan)
app.add_middleware(pieces.Marker)
app.mount("/mounted", pieces.foreign)


@app.get("/hello")
async def hello(req, resp):
    """Says hello."""
    resp.text = "hello"


@app.get("/sync")
def sync(req, resp):
    resp.text = str(threading.get_ident())


@app.get("/items/{number:int}")
async def item(req, resp, *, number):
    resp.text = f"{type(number).__name__} {number}"


@app.post("/json")
async def json(req, resp):
    resp.media = await req.media()


@app.post("/upload")
async def upload(req, resp):
    file = (await req.media("files"))["file"]
    resp.text = f"{file.filename} {len(await file.read())}"


@app.post("/receive")
async def stream_in(req, resp):
    size = 0
    async for part in req.stream():
        BOARD.note("part")
        size += len(part)
    resp.text = str(size)


@app.get("/stream")
async def stream(req, resp):
    @resp.stream
    async def body():
        async for part in pieces.two_parts():
            yield part


@app.get("/endless")
async def endless(req, resp):
    resp.stream(pieces.endless)


@app.get("/sse")
async def sse(req, resp):
    @resp.sse
    async def events():
        yield "one"
        await BOARD.gate("two")
        yield "two"


@app.get("/boom")
async def boom(req, resp):
    raise RuntimeError("as the probe wants it")


@app.get("/state")
async def state(req, resp):
    resp.text = req.api.state.value


@app.route("/echo", websocket=True)
async def echo(ws):
    await ws.accept()
    await ws.send_text(await ws.receive_text())
    await ws.close()
