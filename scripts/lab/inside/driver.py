"""A server that is played by a probe: it decides what ``receive`` gives and when, and sees what is sent.

Everything waits for events, nothing for time; ``PATIENCE`` bounds what should come, ``QUIET`` what should not.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

from scripts.lab.plan import Undecided

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers: TypeAlias = Sequence[tuple[bytes, bytes]]
Answer = TypeVar("Answer")

PATIENCE = 3.0  # seconds for what comes at all
QUIET = 0.4  # seconds in which nothing is to come
LONGEST = 15.0  # seconds for a whole probe; the program ends what takes still longer
_FINAL = {"http.response.body", "http.response.pathsend", "http.response.zerocopysend"}


class ClientGoneError(OSError):
    """What a server's ``send`` raises once its client has gone (specification 2.4)."""


class Conversation:
    """One call of an application. ``error`` is what it raised, if it did."""

    def __init__(self, app: Application, scope: Scope, messages: Sequence[Message] = ()) -> None:
        self.app = app
        self.scope = scope
        self.sent: list[Message] = []
        self.error: BaseException | None = None
        self.broken = False  # from now on, `send` raises
        self.received = 0
        self._inbox = deque(messages)
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._called())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=PATIENCE)

    async def _called(self) -> None:
        try:
            await self.app(self.scope, self._receive, self._send)
        except Exception as error:  # noqa: BLE001 - that is what is looked at
            self.error = error

    async def _receive(self) -> Message:
        async with self._changed:
            while not self._inbox and not self.complete:
                await self._changed.wait()
            self.received += 1
            self._changed.notify_all()
            if not self._inbox:
                return {"type": "http.disconnect"}
            if self._inbox[0]["type"].endswith(".disconnect"):
                return dict(self._inbox[0])  # whoever asks again is told again
            return self._inbox.popleft()

    async def _send(self, message: Message) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise ClientGoneError("the client has gone")
        async with self._changed:
            self.sent.append(message)
            self._changed.notify_all()

    @property
    def complete(self) -> bool:
        """Whether an HTTP response was sent to its end."""
        trailers = any(one.get("trailers") for one in self.of("http.response.start"))
        last = "http.response.trailers" if trailers else None
        return any(
            one["type"] == last or (not last and one["type"] in _FINAL and not one.get("more_body"))
            for one in self.sent
        )

    def of(self, kind: str) -> list[Message]:
        return [one for one in self.sent if one.get("type") == kind]

    async def give(self, *messages: Message) -> None:
        """What ``receive`` returns next; a disconnect is returned again and again."""
        async with self._changed:
            self._inbox.extend(messages)
            self._changed.notify_all()

    async def until(self, seen: Callable[[Self], bool], patience: float = PATIENCE) -> bool:
        """Whether something comes true before the time is up, or before the application ends without it."""

        async def looked() -> None:
            async with self._changed:
                while not seen(self):
                    await self._changed.wait()

        return await self._before_end(looked(), patience) or seen(self)

    async def message(self, kind: str, number: int = 1, patience: float = PATIENCE) -> Message | None:
        """The first, second, … message of a type; None if it does not come."""
        await self.until(lambda self: len(self.of(kind)) >= number, patience)
        found = self.of(kind)
        return found[number - 1] if len(found) >= number else None

    async def when(self, event: asyncio.Event, patience: float = PATIENCE) -> bool:
        """Whether an application sets an event before the time is up, or before it ends."""

        async def waited() -> None:
            await event.wait()

        return await self._before_end(waited(), patience) or event.is_set()

    async def ended(self, patience: float = PATIENCE) -> bool:
        """Whether the application has returned or raised before the time is up."""
        assert self._task  # noqa: S101 - it is asked inside `async with` only
        done, _ = await asyncio.wait({self._task}, timeout=patience)
        return bool(done)

    async def _before_end(self, waiting: Coroutine[Any, Any, None], patience: float) -> bool:
        assert self._task  # noqa: S101 - see above
        look = asyncio.create_task(waiting)
        await asyncio.wait({look, self._task}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if look.done():
            return True
        look.cancel()
        await asyncio.wait({look})
        return False

    def body(self) -> bytes:
        return b"".join(one.get("body", b"") for one in self.of("http.response.body"))


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that came to its end, or to what the application made of it."""

    status: int
    headers: Headers
    body: bytes
    complete: bool
    error: BaseException | None  # what the application raised besides

    def header(self, name: bytes) -> bytes | None:
        return next((bytes(value) for key, value in self.headers if bytes(key).lower() == name), None)


async def fetch(app: Application, scope: Scope, body: bytes = b"", patience: float = 5.0) -> Response | None:
    """The application's answer to one request with a whole body; None if none was started."""
    async with Conversation(app, scope, [request_message(body)]) as call:
        await call.ended(patience)
        start = next(iter(call.of("http.response.start")), None)
        if start is None:
            return None
        headers = [(bytes(key), bytes(value)) for key, value in start.get("headers", ())]
        return Response(start["status"], headers, call.body(), call.complete, call.error)


def request_message(body: bytes = b"", *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def _scope(kind: str, path: str, query: bytes, headers: Headers, spec_version: str) -> dict[str, Any]:
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": spec_version},
        "http_version": "1.1",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000"), *headers],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


def http_scope(  # noqa: PLR0913 - each is a key of the scope
    path: str = "/",
    *,
    method: str = "GET",
    headers: Headers = (),
    query: bytes = b"",
    spec_version: str = "2.4",
    extensions: Sequence[str] = (),
    state: dict[str, Any] | None = None,
) -> Scope:
    """The scope of a request as a server on this machine would make it. ``extensions``: names that it offers."""
    scope = _scope("http", path, query, headers, spec_version)
    scope |= {"method": method, "scheme": "http", "extensions": {name: {} for name in extensions}}
    return scope if state is None else scope | {"state": state}


def websocket_scope(
    path: str = "/", *, spec_version: str = "2.4", headers: Headers = (), state: dict[str, Any] | None = None
) -> Scope:
    """The scope of a WebSocket connection; the server has no extension for denials."""
    wanted = [
        (b"upgrade", b"websocket"),
        (b"connection", b"Upgrade"),
        (b"sec-websocket-version", b"13"),
        (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    scope = _scope("websocket", path, b"", [*wanted, *headers], spec_version)
    scope |= {"scheme": "ws", "subprotocols": [], "extensions": {}}
    return scope if state is None else scope | {"state": state}


def lifespan_scope(state: dict[str, Any] | None = None) -> Scope:
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
    return scope if state is None else scope | {"state": state}


def play(probe: Coroutine[Any, Any, Answer]) -> Answer:
    """Runs one probe on a loop of its own. Raises Undecided where it takes too long."""

    async def bounded() -> Answer:
        return await asyncio.wait_for(probe, LONGEST)

    try:
        return asyncio.run(bounded())
    except TimeoutError:
        raise Undecided("The probe waited too long for the application.") from None
