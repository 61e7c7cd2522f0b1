"""MicroPie: a method for each route."""

import threading

from micropie import App, HttpMiddleware, Request, WebSocket

from scripts.lab.inside import pieces

PACKAGE = "micropie"
IMPORT = "micropie"
SSE_HELPER = None
MISSING = {
    "openapi": "It has no helper for OpenAPI.",
    "raw middleware": "Its middleware has an interface of its own.",
    "typed path": "Its path parameters are text.",
    "stream in": "A body is read before the handler is called; only files of a form come as a stream.",
}


class Mounted(HttpMiddleware):
    """Hands a path to another application, as its documentation shows."""

    async def before_request(self, request: Request):
        path = request.scope["path"]
        if path.startswith("/mounted"):
            request._subapp = pieces.foreign  # noqa: SLF001 - the name that its documentation gives
            request._subapp_path = path.removeprefix("/mounted").lstrip("/") or "/"  # noqa: SLF001
            request._subapp_mount_path = "/mounted"  # noqa: SLF001

    async def after_request(self, request: Request, status_code, response_body, extra_headers):
        return None


class Lab(App):
    value = ""

    async def hello(self):
        return "hello"

    def sync(self):
        return str(threading.get_ident())

    async def json(self):
        return self.request.json()

    async def upload(self, file):
        size = 0
        while (part := await file["content"].get()) is not None:
            size += len(part)
        return f"{file['filename']} {size}"

    async def stream(self):
        return 200, pieces.two_parts()

    async def endless(self):
        return 200, pieces.endless()

    async def sse(self):
        return 200, pieces.two_events(), [("Content-Type", "text/event-stream")]

    async def boom(self):
        raise RuntimeError("as the probe wants it")

    async def state(self):
        return self.value

    async def ws_echo(self, ws: WebSocket):
        await ws.accept()
        await ws.send_text(await ws.receive_text())
        await ws.close()


async def startup():
    pieces.started()
    app.value = "from startup"


async def shutdown():
    pieces.stopped()


app = Lab()
app.middlewares.append(Mounted())
app.startup_handlers.append(startup)
app.shutdown_handlers.append(shutdown)
