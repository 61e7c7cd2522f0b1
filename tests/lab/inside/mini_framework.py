"""An application that does everything right without a framework, and one thing wrong for each word of ``FAULTS``."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD
from scripts.lab.inside.driver import Application, Receive, Scope, Send

FAULTS = {
    "says nothing": "http.hello",
    "500 for no route": "http.404",
    "405 alone": "http.405_with_allow",
    "no HEAD": "http.head_automatic",
    "no OPTIONS": "http.options_automatic",
    "no slash": "http.trailing_slash",
    "text for a number": "http.path_param_typed",
    "500 for no number": "http.path_param_bad_value_4xx",
    "loses a key": "http.json_body",
    "500 for no JSON": "http.invalid_json_4xx",
    "loses the file's name": "http.multipart_upload",
    "blocks the loop": "http.sync_handler_in_threadpool",
    "200 for an exception": "errors.exception_500",
    "collects the response": "http.streaming_response",
    "collects the request": "http.request_body_streaming",
    "hears no disconnect": "http.stream_stops_on_http_disconnect",
    "ignores failure": "http.stream_stops_on_send_oserror",
    "plain events": "http.sse",
    "helper that is not there": "http.sse_helper_built_in",
    "no shutdown": "lifespan.startup_shutdown",
    "complete after all": "lifespan.startup_failure_reported",
    "loses the state": "lifespan.state_reaches_handler",
    "answers the unknown": "protocol.unknown_scope_raises",
    "no echo": "websocket.echo",
    "accepts everything": "websocket.unknown_path_refused",
    "no middleware": "middleware.raw_asgi_native",
    "mounts nothing": "mount.foreign_asgi",
    "mounts no websocket": "mount.foreign_asgi_websocket",
    "cuts the path": "mount.spec_root_path",
    "describes nothing": "openapi.generated",
}


def mini(fault: str = "") -> ModuleType:
    """A module as those of ``frameworks/apps``."""
    module = ModuleType("mini")
    app: Application = Mini(fault)
    there = "http.HTTPStatus"
    facts: dict[str, Any] = {
        "app": app if fault == "no middleware" else pieces.Marker(app),
        "PACKAGE": "pytest",
        "IMPORT": "pytest",
        "SSE_HELPER": "http.NoSuchThing" if fault == "helper that is not there" else there,
    }
    for name, value in facts.items():
        setattr(module, name, value)
    return module


@dataclass
class Mini:
    fault: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.websocket(scope, receive, send)
        elif scope["type"] == "http":
            await Request(self.fault, scope, receive, send).answer()
        elif self.fault == "answers the unknown":
            await send({"type": "lab.answer"})
        else:
            raise RuntimeError("unknown protocol")

    async def lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        try:
            pieces.started()
        except RuntimeError:
            if self.fault != "complete after all":
                await send({"type": "lifespan.startup.failed"})
                return
        scope["state"]["value"] = "" if self.fault == "loses the state" else "from startup"
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.fault != "no shutdown":
            pieces.stopped()
        await send({"type": "lifespan.shutdown.complete"})

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/mounted") and self.fault != "mounts no websocket":
            await pieces.foreign({**scope, "root_path": "/mounted"}, receive, send)
            return
        await receive()
        if scope["path"] != "/echo" and self.fault != "accepts everything":
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        if self.fault != "no echo":
            message = await receive()
            await send({"type": "websocket.send", "text": message["text"]})
        await send({"type": "websocket.close"})


@dataclass
class Request:
    fault: str
    scope: Scope
    receive: Receive
    send: Send
    routes: dict[str, str] = field(
        default_factory=lambda: {
            "hello": "GET", "sync": "GET", "items": "GET", "json": "POST", "upload": "POST", "receive": "POST",
            "stream": "GET", "endless": "GET", "sse": "GET", "boom": "GET", "state": "GET", "openapi.json": "GET",
        }
    )  # fmt: skip

    async def answer(self) -> None:
        path, method = self.scope["path"], self.scope["method"]
        name = path.split("/")[1]
        if name == "mounted":
            await self.mounted()
            return
        exact = path.count("/") == 1 or name == "items" or (path == "/hello/" and self.fault != "no slash")
        if name not in self.routes or not exact:
            await self.say(b"nothing here", 500 if self.fault == "500 for no route" else 404)
        elif method == "OPTIONS" and self.fault != "no OPTIONS":
            await self.say(b"", 204, [(b"allow", b"GET, HEAD, OPTIONS")])
        elif method != self.routes[name] and (method != "HEAD" or self.fault == "no HEAD"):
            await self.say(b"", 405, [] if self.fault == "405 alone" else [(b"allow", self.routes[name].encode())])
        else:
            await getattr(self, f"get_{name.partition('.')[0]}")()

    async def say(self, data: bytes, status: int = 200, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        await self.send(pieces.start(status, [*pieces.TEXT, *(headers or [])]))
        await self.send(pieces.body(data))

    async def mounted(self) -> None:
        cut = self.fault == "cuts the path"
        scope = {**self.scope, "root_path": "/mounted", "path": "/inner" if cut else self.scope["path"]}
        if self.fault == "mounts nothing":
            BOARD.note("foreign", ("http", "/mounted", self.scope["path"]))
            await self.say(b"not found", 404)
            return
        await pieces.foreign(scope, self.receive, self.send)

    async def get_hello(self) -> None:
        await self.say(b"" if self.fault == "says nothing" else b"hello")

    async def get_sync(self) -> None:
        here = threading.get_ident()
        found = here if self.fault == "blocks the loop" else await asyncio.to_thread(threading.get_ident)
        await self.say(str(found).encode())

    async def get_items(self) -> None:
        text = self.scope["path"].rpartition("/")[2]
        if not text.isdigit():
            await self.say(b"no number", 500 if self.fault == "500 for no number" else 404)
            return
        number: object = text if self.fault == "text for a number" else int(text)
        await self.say(f"{type(number).__name__} {number}".encode())

    async def get_json(self) -> None:
        try:
            found = json.loads(await pieces.drained(self.receive))
        except ValueError:
            await self.say(b"no JSON", 500 if self.fault == "500 for no JSON" else 400)
            return
        if self.fault == "loses a key":
            found.pop("lab", None)
        await self.send(pieces.start(200, [(b"content-type", b"application/json")]))
        await self.send(pieces.body(json.dumps(found).encode()))

    async def get_upload(self) -> None:
        data = await pieces.drained(self.receive)
        content = data.partition(b"\r\n\r\n")[2].partition(b"\r\n--")[0]
        name = b"file" if self.fault == "loses the file's name" else data.partition(b'filename="')[2].partition(b'"')[0]
        await self.say(b"%s %d" % (name, len(content)))

    async def get_receive(self) -> None:
        await self.say(str(await self.received()).encode())

    async def received(self) -> int:
        if self.fault == "collects the request":
            size = len(await pieces.drained(self.receive))
            BOARD.note("part")
            return size
        size = 0
        while True:
            message = await self.receive()
            BOARD.note("part")
            size += len(message["body"])
            if not message["more_body"]:
                return size

    async def get_stream(self) -> None:
        if self.fault == "collects the response":
            await self.say(b"".join([part async for part in pieces.two_parts()]))
            return
        await self.streamed(pieces.two_parts(), b"text/plain")

    async def get_endless(self) -> None:
        await self.streamed(pieces.endless(), b"text/plain")

    async def get_sse(self) -> None:
        await self.streamed(
            pieces.two_events(), b"text/plain" if self.fault == "plain events" else b"text/event-stream"
        )

    async def streamed(self, parts: AsyncIterator[bytes], kind: bytes) -> None:
        await pieces.drained(self.receive)
        await self.send(pieces.start(200, [(b"content-type", kind)]))
        gone = asyncio.ensure_future(self.receive())
        try:
            async for part in parts:
                if gone.done() and self.fault != "hears no disconnect":
                    break
                await self.part(part)
            await self.send(pieces.body())
        finally:
            gone.cancel()
            await parts.aclose()  # type: ignore[attr-defined]

    async def part(self, part: bytes) -> None:
        try:
            await self.send(pieces.body(part, more=True))
        except OSError:
            if self.fault != "ignores failure":
                raise

    async def get_boom(self) -> None:
        await self.say(b"boom", 200 if self.fault == "200 for an exception" else 500)

    async def get_state(self) -> None:
        await self.say(self.scope["state"]["value"].encode())

    async def get_openapi(self) -> None:
        paths: dict[str, object] = {} if self.fault == "describes nothing" else {"/hello": {}}
        await self.say(json.dumps({"openapi": "3.1.0", "paths": paths}).encode())
