"""Steps that probes of WebSocket share."""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence

from scripts.lab.bench import Bench, Running
from scripts.lab.clients.frames import Frame, Opcode, WebSocket, handshake, shake
from scripts.lab.events import Case
from scripts.lab.plan import Deviates, NotOffered
from scripts.lab.subjects import Mode

HALT = 0.5  # seconds without a further message
Headers = Sequence[tuple[str, str]]


@contextlib.contextmanager
def shaken(server: Running, target: str, headers: Headers = (), version: str = "13") -> Iterator[WebSocket]:
    """A connection with its handshake answered, 101 or not. Raises Deviates if no answer came."""
    with server.connect() as connection:
        try:
            socket = shake(connection, handshake(target, version=version, headers=headers))
        except (OSError, EOFError, ValueError) as error:
            demand(server)
            raise Deviates("A WebSocket handshake got no answer.") from error
        yield socket


def demand(server: Running) -> None:
    """Raises NotOffered if the plainest of handshakes does not reach the application."""
    case = server.case("ready")
    with server.connect() as connection, contextlib.suppress(OSError, EOFError, ValueError):
        status = shake(connection, handshake(case.target)).response.status
        if status == 101:
            return
        if not any(event["type"] == "websocket" for event in case.events("called")):
            raise NotOffered(f"It offers no WebSocket: a handshake was answered with status {status}.")


@contextlib.contextmanager
def dialled(
    server: Running, behaviour: str, headers: Headers = (), options: Mapping[str, str | int] | None = None
) -> Iterator[tuple[WebSocket, Case]]:
    """A connection that the behaviour accepted. Raises Deviates, NotOffered."""
    case = server.case(behaviour)
    with shaken(server, case.with_options(**(options or {})), headers) as socket:
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
    with shaken(server, case.with_options(**options)) as socket:
        if socket.response.status == 101:
            raise Deviates("The handshake was completed although the application did not accept it.")
        if not case.events("called"):
            demand(server)
        yield socket, case


def said(frame: Frame | None, socket: WebSocket) -> str:
    """What came, for people."""
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
    case.expect("sent")
    seen = -1
    while (now := len(case.events("sent"))) != seen:
        if now >= count:
            return False
        seen = now
        time.sleep(HALT)
    return True
