"""Steps that probes of WebSocket share."""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from scripts.lab.bench import Bench, Running
from scripts.lab.clients.frames import Frame, Opcode, WebSocket, handshake, shake
from scripts.lab.events import Case
from scripts.lab.plan import Deviates, NotOffered
from scripts.lab.subjects import Mode

HALT = 0.5  # seconds without a further message
Headers = Sequence[tuple[str, str]]
Options = Mapping[str, str | int]


class Closed(Deviates):
    """The connection ended before an answer came."""


@contextlib.contextmanager
def shaken(  # noqa: PLR0913 - each is a part of a handshake
    server: Running,
    case: Case,
    headers: Headers = (),
    *,
    version: str = "13",
    prefix: str = "",
    options: Options | None = None,
    patience: float = 5,
) -> Iterator[WebSocket]:
    """A connection with its handshake answered, 101 or not. Raises Deviates without an answer, Closed at the end."""
    recall(server)
    greeting = hello(case, headers, version=version, prefix=prefix, options=options)
    with server.connect() as connection:
        try:
            socket = shake(connection, greeting, patience)
        except (OSError, EOFError, ValueError) as error:
            demand(server)
            if isinstance(error, EOFError | ConnectionError):
                raise Closed("A WebSocket handshake was answered by the end of the connection.") from error
            raise Deviates("A WebSocket handshake got no answer.") from error
        if any(event["type"] == "http" for event in case.events("called")):
            without(server, "a handshake reached the application as an HTTP request")
        yield socket


def hello(
    case: Case, headers: Headers = (), *, version: str = "13", prefix: str = "", options: Options | None = None
) -> bytes:
    """A handshake. What it asks for stands in headers too: not every server hands the query string over."""
    target = case.with_options(**(options or {}))
    asking = [("lab-case", case.id), ("lab-options", target.partition("?")[2])]
    return handshake(prefix + target, version=version, headers=[*asking, *headers])


def without(server: Running, why: str) -> NoReturn:
    """Remembers that there is no WebSocket; asking again might not tell. Raises NotOffered."""
    server.remembered["websocket"] = f"It offers no WebSocket: {why}."
    raise NotOffered(server.remembered["websocket"])


def recall(server: Running) -> None:
    """Raises NotOffered if an earlier probe of the same subject found that there is no WebSocket."""
    if "websocket" in server.remembered:
        raise NotOffered(server.remembered["websocket"])


def demand(server: Running) -> None:
    """Raises NotOffered if the plainest of handshakes does not reach the application."""
    case = server.case("ready")
    with contextlib.suppress(OSError, EOFError, ValueError), server.connect() as connection:
        status = shake(connection, handshake(case.target)).response.status
        if status != 101 and not any(event.get("type") == "websocket" for event in server.log.events(kind="called")):
            without(server, f"a handshake was answered with status {status}")


@contextlib.contextmanager
def dialled(
    server: Running, behaviour: str, headers: Headers = (), options: Options | None = None
) -> Iterator[tuple[WebSocket, Case]]:
    """A connection that the behaviour accepted. Raises Deviates, NotOffered."""
    case = server.case(behaviour)
    with shaken(server, case, headers, options=options) as socket:
        if socket.response.status != 101:
            demand(server)
            raise Deviates(f"A handshake that the application accepts was answered with {socket.response.status}.")
        yield socket, case


@contextlib.contextmanager
def opened(
    bench: Bench, behaviour: str = "echo", headers: Headers = (), mode: Mode = "http1", **options: str | int
) -> Iterator[tuple[WebSocket, Case]]:
    """The same on the server that probes share."""
    with dialled(bench.running(mode), behaviour, headers, options) as pair:
        yield pair


@contextlib.contextmanager
def refused(bench: Bench, behaviour: str, **options: str | int) -> Iterator[tuple[WebSocket, Case]]:
    """A connection that the behaviour did not accept; its response may be anything but 101."""
    server = bench.running()
    case = server.case(behaviour)
    with shaken(server, case, options=options, patience=8) as socket:
        if socket.response.status == 101:
            raise Deviates("The handshake was completed although the application did not accept it.")
        if not case.events("called"):
            demand(server)
        yield socket, case


def said(frame: Frame | None, socket: WebSocket) -> str:
    """What came, for people."""
    if socket.ended == "nonsense":
        return "bytes that are no frame"
    if frame is None:
        return "the end of the connection without a close frame" if socket.ended == "closed" else "nothing"
    if frame.opcode == Opcode.CLOSE:
        return "a close frame without a code" if frame.code is None else f"a close frame with code {frame.code}"
    kind = {Opcode.TEXT: "a text message", Opcode.BINARY: "a binary message"}.get(Opcode(frame.opcode), "a frame")
    return f"{kind} of {len(frame.payload)} bytes"


def echoed(socket: WebSocket, opcode: Opcode, payload: bytes, patience: float = 5) -> bool:
    """Whether the next message is that one. Raises Deviates if it is none."""
    message = socket.message(patience)
    if message is None or message.opcode == Opcode.CLOSE:
        raise Deviates(f"Instead of the message that the application sent, {said(message, socket)} came.")
    return (message.opcode, message.payload) == (opcode, payload)


def halts(case: Case, count: int) -> bool:
    """Whether an application that counts what it sends halts before so many; raises nothing if it never began."""
    case.wait("sent", 1)
    seen = -1
    while (now := len(case.events("sent"))) != seen:
        if now >= count:
            return False
        seen = now
        time.sleep(HALT)
    return True
