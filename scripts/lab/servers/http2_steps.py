"""Steps that probes of HTTP/2 share."""

import contextlib
from collections.abc import Iterator

from scripts.lab.bench import Bench, Running
from scripts.lab.clients.h2c import Http2, Stream, protocol_of
from scripts.lab.plan import Deviates, NotOffered
from scripts.lab.subjects import Mode


@contextlib.contextmanager
def dialled(server: Running, *, push: bool = False) -> Iterator[Http2]:
    """A connection on which both sides have sent their settings. Raises Deviates, NotOffered."""
    with server.connect(alpn=("h2", "http/1.1")) as connection:
        if protocol_of(connection) == "http/1.1":
            raise NotOffered("It does not speak HTTP/2: ALPN chose http/1.1.")
        client = Http2(connection, push=push)
        client.greet()
        if not client.wait(lambda: client.greeted):
            raise Deviates("After the preface of HTTP/2, no SETTINGS frame came.")
        yield client


@contextlib.contextmanager
def opened(bench: Bench, mode: Mode = "http2", *, push: bool = False) -> Iterator[tuple[Running, Http2]]:
    """The same on the server that probes share."""
    server = bench.running(mode)
    with dialled(server, push=push) as client:
        yield server, client


def said(stream: Stream, client: Http2) -> str:
    """How an exchange ended, for people."""
    if stream.reset is not None:
        return f"RST_STREAM with error {stream.reset}"
    if stream.status:
        return f"status {stream.status}" + ("" if stream.ended else " and no end")
    return {None: "nothing", "closed": "the end of the connection"}.get(client.end, client.end or "")


def whole(client: Http2, stream: Stream, patience: float = 5) -> Stream:
    """The exchange with its response. Raises Deviates if that did not come."""
    if not client.finished(stream, patience) or not stream.ended:
        raise Deviates(f"A request over HTTP/2 was answered with {said(stream, client)}.")
    return stream
