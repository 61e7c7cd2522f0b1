"""Steps that probes over HTTP/1.1 share."""

from collections.abc import Callable, Collection, Mapping
from typing import Literal

from scripts.lab.bench import Running
from scripts.lab.clients.raw import Connection, End, Response, request
from scripts.lab.events import Case, Event, waited

MOMENT = 0.4  # seconds in which something must not happen
NOTHING: Mapping[End, str] = {
    "whole": "Nothing came back",
    "closed": "The server closed the connection without an answer",
    "silent": "The server neither answered nor closed the connection",
    "malformed": "What came back is no HTTP response",
}


def ask(server: Running, data: bytes, *, to: str = "GET", patience: float = 5) -> Response:
    """One exchange on a connection of its own, whatever comes of it."""
    with server.connect(patience=patience) as connection:
        connection.push(data)
        return connection.answer(to=to, patience=patience)


def told(response: Response) -> str:
    """What came, as the beginning of a sentence."""
    return f"The answer had status {response.status}" if response.status else NOTHING[response.end]


def framing(response: Response) -> str:
    """How the end of its body is marked."""
    if response.header("transfer-encoding"):
        return "chunked"
    return "with its length" if response.header("content-length") is not None else "ended by the close"


def next_answer(connection: Connection, server: Running) -> Literal["right", "closed", "wrong"]:
    """What a further request on the same connection gets: its own answer, none, or something else's bytes."""
    data = request(server.case("name").with_options(name="second"))
    if connection.push(data) < len(data):
        return "wrong" if connection.buffer or _has_more(connection) else "closed"
    found = connection.answer()
    if (found.status, found.body) == (200, b"second"):
        return "right"
    return "closed" if found.status == 0 and found.end == "closed" and not connection.buffer else "wrong"


def _has_more(connection: Connection) -> bool:
    try:
        return bool(connection.more())
    except OSError:
        return False


def happened(case: Case, kind: str, which: Callable[[Event], bool], patience: float = 5) -> Event | None:
    """The first event of a sort for which something holds."""
    return waited(lambda: next((event for event in case.events(kind) if which(event)), None), patience)


def first_of(case: Case, kinds: Collection[str], patience: float) -> str | None:
    """Which sort of event came first."""
    found = waited(lambda: next((event for event in case.events() if event["event"] in kinds), None), patience)
    return str(found["event"]) if found else None
