"""What the mini server hands to an application for a request over HTTP/2: scope, receive and send."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.lab.servers.mini_http2_wire import Fields, Stream, Wire

App = Callable[..., Awaitable[None]]


def scope_of(wire: Wire, fields: Fields, state: dict[str, Any]) -> dict[str, Any]:
    """What HTTP and WebSocket have in common."""
    pseudo = {name: value for name, value in fields if name.startswith(b":")}
    headers = [(name.lower(), value) for name, value in fields if not name.startswith(b":")]
    host = pseudo.get(b":authority")
    if host and wire.fault != "no-host":
        hosts = [(b"host", host)] * (2 if wire.fault == "host-twice" else 1)
        headers = [*hosts, *(pair for pair in headers if pair[0] != b"host")]
    if wire.fault == "pseudo-headers":
        headers = [*pseudo.items(), *headers]
    path, _, query = pseudo[b":path"].partition(b"?")
    transport = wire.transport
    return {
        "asgi": {"version": "3.0", "spec_version": "2.5"},
        "http_version": "1.1" if wire.fault == "says-1.1" else "2",
        "scheme": pseudo[b":scheme"].decode(),
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": transport.get_extra_info("peername")[:2],
        "server": transport.get_extra_info("sockname")[:2],
        "state": dict(state),
    }


class Exchange(Stream):
    """One request and its response."""

    def __init__(self, wire: Wire, number: int, fields: Fields, app: App, state: dict[str, Any]) -> None:
        super().__init__(wire, number)
        self.app = app
        self.fields = fields
        pseudo = dict(fields)
        self.method = pseudo[b":method"].decode()
        self.authority = [(name, value) for name, value in fields if name in {b":scheme", b":authority"}]
        extensions: dict[str, Any] = {"http.response.early_hint": {}, "http.response.pathsend": {}}
        if pseudo.get(b"te") == b"trailers":
            extensions["http.response.trailers"] = {}
        if wire.h2.remote_settings.enable_push and number % 2:  # what was pushed pushes nothing
            extensions["http.response.push"] = {}
        if self.is_faulty("bare"):
            extensions.clear()
        common = scope_of(wire, fields, state)
        self.scope = {**common, "type": "http", "method": self.method, "extensions": extensions}
        self.body_read = False
        self.started: dict[str, Any] | None = None
        self.begun = False
        self.held = b""

    async def run(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)
        except Exception:  # noqa: BLE001 - an application raises what it likes
            await self.after_exception()
        else:
            self.fail()

    async def after_exception(self) -> None:
        if self.begun and self.is_faulty("ends-after-exception"):
            await self.write(b"", end=True)
        elif not self.begun and self.is_faulty("success-after-exception"):
            self.write_fields([(b":status", b"200")], end=True)
        elif not (self.begun and self.is_faulty("hangs-after-exception")):
            self.fail()

    def fail(self) -> None:
        """What the client is told of a response that is not whole."""
        if self.complete or self.gone:
            return
        if self.begun:
            self.abort()
        else:
            self.write_fields(
                [(b":status", b"500"), (b"content-length", b"0")], end=not self.is_faulty("endless-error")
            )

    async def receive(self) -> dict[str, Any]:
        if not self.body_read:
            try:
                data = await self.read()
            except OSError:
                return {"type": "http.disconnect"}
            self.body_read = self.ended and not self.pieces
            return {"type": "http.request", "body": data, "more_body": not self.body_read}
        while not (self.gone or self.complete or self.is_faulty("early-disconnect")):
            await self.change()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        kind = message["type"].removeprefix("http.response.")
        if kind == "start" and not self.started:
            self.started = message
        elif kind == "early_hint" and not self.begun:
            self.hint(message["links"])
        elif kind == "push" and self.started:
            self.push(message)
        elif kind == "body" and self.started and not self.complete:
            await self.body(bytes(message.get("body", b"")), more=message.get("more_body", False))
        elif kind == "pathsend" and self.started and not self.complete:
            await self.body(self.contents(Path(message["path"])), more=False)
        elif kind == "trailers" and self.begun and not self.complete:
            await self.trail(message["headers"])
        else:
            raise RuntimeError(f"{message['type']} is not expected here")

    def head(self, extra: Fields) -> None:
        assert self.started
        status, headers = self.started["status"], self.started.get("headers", ())
        self.write_fields([(b":status", b"%d" % status), *(tuple(pair) for pair in headers), *extra])
        self.begun = True

    async def body(self, data: bytes, *, more: bool) -> None:
        assert self.started
        if not self.begun:
            self.head([])
        if self.is_faulty("holds-back") and more and len(data) < 1024:
            self.held += data
            return
        data, self.held = self.held + data, b""
        end = not more and not self.started.get("trailers")
        await self.write(b"" if self.method == "HEAD" else data, end=end)
        if self.complete:
            self.changed.set()  # whoever waits in receive

    def contents(self, path: Path) -> bytes:
        if self.is_faulty("file-as-text"):
            return path.read_text("latin-1").encode("latin-1")
        if self.is_faulty("first-block-twice"):
            return path.read_bytes()[: path.stat().st_size // 2] * 2
        return b"" if self.is_faulty("forgets-file") else path.read_bytes()

    def hint(self, links: list[bytes]) -> None:
        if self.is_faulty("one-link"):
            links = links[:1]
        if not self.is_faulty("forgets-hint"):
            status = b"100" if self.is_faulty("hint-as-100") else b"103"
            self.write_fields([(b":status", status), *((b"link", link) for link in links)])

    async def trail(self, headers: Fields) -> None:
        if self.backlog:
            await self.backlog
        if self.is_faulty("drops-trailers"):
            await self.write(b"", end=True)
        else:
            self.write_fields([(name, value) for name, value in headers], end=True)
        self.changed.set()

    def push(self, message: dict[str, Any]) -> None:
        if self.is_faulty("forgets-promise"):
            return
        wire = self.wire
        number = wire.h2.get_next_available_stream_id()
        headers = [] if self.is_faulty("promise-without-headers") else message["headers"]
        fields = [(b":method", b"GET"), *self.authority, (b":path", message["path"].encode()), *headers]
        wire.h2.push_stream(self.number, number, fields)
        wire.flush()
        if not self.is_faulty("promise-alone"):
            wire.opened(number, fields)
            wire.streams[number].end()
