"""What the probe application is made of: behaviours by name, a log, and gates. Standard library only.

A request names its behaviour by its path (``/echo?case=c7&size=3``) or, where the target is what is tried, by the
headers ``lab-behaviour``, ``lab-case`` and ``lab-options``. Everything that a behaviour sees, it writes down with
the case's id.
"""

import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_LOG = os.environ.get("LAB_LOG", os.devnull)
_GATES = Path(os.environ.get("LAB_GATES", os.devnull))
_LONGEST = 30.0  # seconds at a gate: whoever should open it has given up by then


def note(case: str, event: str, **values: Any) -> None:
    """Appends one line, whole, from whatever process this is."""
    line = json.dumps({"case": case, "event": event, "pid": os.getpid(), **values}, default=_plain) + "\n"
    handle = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def _plain(value: object) -> object:
    """Bytes as text that keeps each byte, everything else as Python shows it."""
    return bytes(value).decode("latin-1") if isinstance(value, bytes | bytearray | memoryview) else repr(value)


async def sleep(seconds: float) -> None:
    """On asyncio and Trio alike."""
    trio = sys.modules.get("trio")
    if trio is not None:
        try:
            trio.lowlevel.current_trio_token()
        except RuntimeError:
            pass
        else:
            await trio.sleep(seconds)
            return
    import asyncio  # noqa: PLC0415 - not where Trio runs

    await asyncio.sleep(seconds)


async def gate(case: str, name: str) -> None:
    """Waits until the probe opens it: ``Case.open(name)``."""
    end = time.monotonic() + _LONGEST
    while not (_GATES / f"{case}.{name}").exists() and time.monotonic() < end:
        await sleep(0.004)


@dataclass(frozen=True)
class Call:
    """One call of the application."""

    case: str
    options: Mapping[str, str]
    scope: Scope
    receive: Receive
    send: Send

    def note(self, event: str, **values: Any) -> None:
        note(self.case, event, **values)

    async def gate(self, name: str) -> None:
        await gate(self.case, name)

    def number(self, name: str, default: int) -> int:
        return int(self.options.get(name, default))

    async def start(
        self, status: int = 200, headers: object = ((b"content-type", b"text/plain"),), **more: Any
    ) -> None:
        await self.send({"type": "http.response.start", "status": status, "headers": headers, **more})

    async def body(self, data: bytes = b"", *, more: bool = False) -> None:
        await self.send({"type": "http.response.body", "body": data, "more_body": more})

    async def request_body(self) -> bytes:
        """The whole body; stops at a disconnect, which is noted."""
        parts: list[bytes] = []
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                self.note("disconnect", type=message["type"])
                return b"".join(parts)
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                return b"".join(parts)


Behaviour = Callable[[Call], Awaitable[None]]
HTTP: dict[str, Behaviour] = {}
WEBSOCKET: dict[str, Behaviour] = {}


def http(name: str) -> Callable[[Behaviour], Behaviour]:
    return lambda behaviour: HTTP.setdefault(name, behaviour)


def websocket(name: str) -> Callable[[Behaviour], Behaviour]:
    return lambda behaviour: WEBSOCKET.setdefault(name, behaviour)


async def called(scope: Scope, receive: Receive, send: Send) -> None:
    """Finds the behaviour and runs it; an exception of it is noted, and raised as any application's would be."""
    headers = dict(scope.get("headers") or ())
    query = scope.get("query_string") or b""  # text, or with its mark, where a server is wrong: one probe says so
    query = query if isinstance(query, str) else bytes(query).decode("latin-1")
    query = query.removeprefix("?") or headers.get(b"lab-options", b"").decode("latin-1")
    options = dict(parse_qsl(query))
    name = headers.get(b"lab-behaviour", b"").decode() or scope.get("path", "").rpartition("/")[2]
    case = headers.get(b"lab-case", b"").decode() or options.get("case", "-")
    call = Call(case, options, scope, receive, send)
    behaviours = WEBSOCKET if scope["type"] == "websocket" else HTTP
    behaviour = behaviours.get(name) or behaviours["ready"]
    spoken = (scope.get("asgi") or {}).get("spec_version", "2.0")
    note(case, "called", type=scope["type"], behaviour=name, spec_version=spoken)
    try:
        await behaviour(call)
    except Exception as error:
        note(
            case,
            "raised",
            error=type(error).__name__,
            bases=[kind.__name__ for kind in type(error).__mro__],
            text=str(error)[:300],
        )
        raise
    except BaseException as error:
        note(case, "cancelled", error=type(error).__name__)
        raise
    note(case, "returned")
