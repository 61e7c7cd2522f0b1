"""Falcon."""

import falcon.asgi
from falcon.asgi import Request, Response, SSEvent, WebSocket

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "falcon"
IMPORT = "falcon.asgi"
SSE_HELPER = "falcon.asgi.SSEvent"
MISSING = {
    "openapi": "It has no helper for OpenAPI.",
    "mount": "It has no helper for mounting an application: its sinks answer by its own request and response.",
    "raw middleware": "Its middleware has an interface of its own.",
    "sync": "A responder of an ASGI application has to be a coroutine.",
}
REMARKS = {"http.trailing_slash": "`strip_url_path_trailing_slash`, an option that is off by default, removes it."}


class Hello:
    async def on_get(self, req: Request, resp: Response):
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = "hello"


class Item:
    async def on_get(self, req: Request, resp: Response, number: int):
        resp.text = f"{type(number).__name__} {number}"


class Json:
    async def on_post(self, req: Request, resp: Response):
        resp.media = await req.get_media()


class Upload:
    async def on_post(self, req: Request, resp: Response):
        form = await req.get_media()
        async for part in form:
            resp.text = f"{part.filename} {len(await part.stream.read())}"


class StreamIn:
    async def on_post(self, req: Request, resp: Response):
        size = 0
        async for part in req.stream:
            if part:
                BOARD.note("part")
            size += len(part)
        resp.text = str(size)


class Stream:
    async def on_get(self, req: Request, resp: Response):
        resp.stream = pieces.two_parts()


class Endless:
    async def on_get(self, req: Request, resp: Response):
        resp.stream = pieces.endless()


class Events:
    async def on_get(self, req: Request, resp: Response):
        async def emitter():
            yield SSEvent(data=b"one")
            await BOARD.gate("two")
            yield SSEvent(data=b"two")

        resp.sse = emitter()


class Boom:
    async def on_get(self, req: Request, resp: Response):
        raise RuntimeError("as the probe wants it")


class State:
    async def on_get(self, req: Request, resp: Response):
        resp.text = req.scope["state"]["value"]


class Echo:
    async def on_websocket(self, req: Request, ws: WebSocket):
        await ws.accept()
        await ws.send_text(await ws.receive_text())
        await ws.close()


class Lifespan:
    async def process_startup(self, scope: dict, event: dict):
        pieces.started()
        scope["state"]["value"] = "from startup"

    async def process_shutdown(self, scope: dict, event: dict):
        pieces.stopped()


app = falcon.asgi.App(middleware=[Lifespan()])
app.add_route("/hello", Hello())
app.add_route("/items/{number:int}", Item())
app.add_route("/json", Json())
app.add_route("/upload", Upload())
app.add_route("/receive", StreamIn())
app.add_route("/stream", Stream())
app.add_route("/endless", Endless())
app.add_route("/sse", Events())
app.add_route("/boom", Boom())
app.add_route("/state", State())
app.add_route("/echo", Echo())
