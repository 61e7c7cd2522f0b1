"""The application behind a real server, and on another event loop."""

import importlib.util

from scripts.lab.clients.raw import request
from scripts.lab.frameworks.registry import PROBES, Framework
from scripts.lab.inside.on_trio import fetch_on_trio
from scripts.lab.inside.uvicorn import behind_uvicorn, masked, message
from scripts.lab.plan import Level, NotOffered, Outcome, asgi, failed, passed

_APPLICATIONS = asgi("main", "Applications", "applications")
_HANDSHAKE = (
    ("Connection", "Upgrade"),
    ("Upgrade", "websocket"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
)


def _has_uvicorn() -> None:
    if importlib.util.find_spec("uvicorn") is None:
        raise NotOffered("Uvicorn is not installed beside it.")


@PROBES.probe("server.uvicorn_http", "Answers behind Uvicorn", Level.SHOULD, _APPLICATIONS)
def uvicorn_http(bench: Framework) -> Outcome:
    """Starts the application under Uvicorn in a process of its own and sends one GET request over a socket."""
    _has_uvicorn()
    with behind_uvicorn(bench.module.__name__) as connection:
        connection.send(request("/hello"))
        response = connection.response()
    if (response.status, response.body) == (200, b"hello"):
        return passed("Status 200 and the text came back over a socket.")
    return failed(f"Status {response.status} came back over a socket.")


@PROBES.probe(
    "server.uvicorn_websocket",
    "Speaks WebSocket behind Uvicorn",
    Level.CLAIM,
    asgi("www", "WebSocket", "websocket"),
    claim="websocket",
)
def uvicorn_websocket(bench: Framework) -> Outcome:
    """As before: a handshake over a socket, and one message that has to come back."""
    _has_uvicorn()
    bench.wants("websocket")
    with behind_uvicorn(bench.module.__name__) as connection:
        connection.send(request("/echo", headers=_HANDSHAKE))
        response = connection.head()
        if response.status != 101:
            return failed(f"The handshake was answered with {response.status}.")
        connection.send(masked("lab"))
        code, data = message(connection)
    if (code, data) == (1, b"lab"):
        return passed("The message came back over a socket.")
    return failed("The handshake was accepted, but the message did not come back.")


@PROBES.probe("concurrency.trio", "Runs on Trio", Level.POLICY)
def trio(bench: Framework) -> Outcome:
    """Runs startup and one GET request on Trio's event loop instead of asyncio's."""
    if importlib.util.find_spec("trio") is None:
        raise NotOffered("Trio is not installed beside it.")
    status, content, error = fetch_on_trio(bench.app, "/hello")
    if (status, content) == (200, b"hello"):
        return passed("Status 200 and the text came back on Trio.")
    if error:
        return failed(f"On Trio, {type(error).__name__} was raised.")
    return failed(f"On Trio, status {status} came back." if status else "On Trio, nothing came back.")
