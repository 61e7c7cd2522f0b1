"""The extensions of ASGI on HTTP/2."""

from scripts.lab.app.protocol_behaviours import FILE
from scripts.lab.bench import Bench
from scripts.lab.clients.h2c import Http2, Stream
from scripts.lab.events import Case
from scripts.lab.plan import Level, Outcome, asgi, failed, passed
from scripts.lab.servers.extensions import hinted, missing
from scripts.lab.servers.http2_steps import opened, whole
from scripts.lab.servers.registry import probe


def _used(
    bench: Bench, name: str, fields: tuple[tuple[bytes, bytes], ...] = (), how: str = "plain"
) -> tuple[Stream, Http2, Case]:
    """The exchange with an application that uses an extension. Raises NotOffered."""
    with opened(bench, push=name == "push") as (server, client):
        case = server.case("protocol-extension")
        stream = client.request(case.with_options(name=name, **{how: 1}), extra=fields)
        if f"http.response.{name}" not in case.expect("extensions")["names"]:
            raise missing(name, "HTTP/2")
        try:
            whole(client, stream)
            client.wait(lambda: all(client.stream(number).over for number in stream.pushed), 2)
        finally:
            case.open("read")
        return stream, client, case


@probe("http2.early_hint", "Sends early hints", Level.SHOULD, asgi("extensions", "Early hints", "early-hints"))
def early_hint(bench: Bench) -> Outcome:
    """Where it is advertised, the application sends an early hint with two links, before the start of the response, and
    if that does not do, after it, as the specification had it at first; looks for them in a response with status 103.
    """
    return hinted(lambda how: _links(bench, how))


def _links(bench: Bench, how: str) -> list[bytes]:
    stream, _, _ = _used(bench, "early_hint", how=how)
    hints = [fields for fields in stream.informational if (b":status", b"103") in fields]
    links = [value for fields in hints for name, value in fields if name == b"link"]
    return links if bytes(stream.body) == b"without" else []


@probe("http2.pathsend", "Sends files by their path", Level.SHOULD, asgi("extensions", "Path send", "path-send"))
def pathsend(bench: Bench) -> Outcome:
    """Where it is advertised, the application names a file of 128 KiB; compares the body with it."""
    stream, _, _ = _used(bench, "pathsend")
    if bytes(stream.body) == FILE:
        return passed("The body was the file.")
    return failed(f"The body had {len(stream.body)} bytes and was not the file.")


@probe("http2.trailers", "Sends trailers", Level.SHOULD, asgi("extensions", "HTTP trailers", "http-trailers"))
def trailers(bench: Bench) -> Outcome:
    """Where it is advertised, the application sends a trailer to a client that asked for it with `te: trailers`."""
    stream, _, _ = _used(bench, "trailers", ((b"te", b"trailers"),))
    if (b"x-lab", b"trailing") in stream.trailers and bytes(stream.body) == b"without":
        return passed("The trailer came after the body.")
    return failed("No trailer came after the body.")


@probe(
    "http2.server_push",
    "Pushes responses",
    Level.SHOULD,
    asgi("extensions", "HTTP/2 server push", "http-2-server-push"),
)
def server_push(bench: Bench) -> Outcome:
    """Where it is advertised, the application pushes a path with a header to a client that allows it; expects the
    promise, the header in the scope, and the response of the application to it.
    """
    stream, client, case = _used(bench, "push")
    if not stream.pushed:
        return failed("No PUSH_PROMISE came.")
    pushed = client.stream(stream.pushed[0])
    if (pushed.status, bytes(pushed.body)) != (200, b"seen"):
        return failed("A PUSH_PROMISE came, but not the response that it promised.")
    headers = [*map(tuple, case.expect("scope")["headers"])]
    if ("x-lab", "pushed") not in headers:
        return failed("The promise and its response came, without the header that the application gave it.")
    return passed(
        "The promise and its response came"
        + (", with the :authority of the request." if ("host", "lab.example") in headers else ".")
    )
