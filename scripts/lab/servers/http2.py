"""HTTP/2: requests and responses as applications and clients see them."""

from scripts.lab.bench import Bench
from scripts.lab.clients.frames import Frame, Opcode, decode, encode
from scripts.lab.clients.h2c import WINDOW, Http2, Stream, protocol_of
from scripts.lab.clients.raw import request
from scripts.lab.plan import Deviates, Level, NotOffered, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http2_steps import opened, said, whole
from scripts.lab.servers.registry import probe
from scripts.lab.servers.websocket_steps import halts

SCOPE = asgi("www", "HTTP connection scope", "http-connection-scope")


@probe("http2.alpn_tls", "Serves HTTP/2 over TLS", Level.CLAIM, rfc(9113, "3.2"), claim="http/2")
def alpn_tls(bench: Bench) -> Outcome:
    """Offers h2 and http/1.1 by ALPN and sends a GET request over what the server chose."""
    with opened(bench) as (server, client):
        case = server.case("protocol-scope")
        if protocol_of(client.connection) != "h2":
            return failed("ALPN chose nothing, although the server speaks HTTP/2 there.")
        stream = whole(client, client.request(case.target))
        version = case.expect("scope")["http_version"]
    if (stream.status, bytes(stream.body), version) == (200, b"seen", "2"):
        return passed("ALPN chose h2, and the application answered with http_version 2 in its scope.")
    return failed(f"Status {stream.status}{_other(stream)}; the scope said http_version {version}.")


@probe("http2.h2c_prior_knowledge", "Serves HTTP/2 without TLS", Level.CLAIM, rfc(9113, "3.3"))
def prior_knowledge(bench: Bench) -> Outcome:
    """Sends the preface of HTTP/2 and a GET request without TLS."""
    with opened(bench, "h2c") as (server, client):
        stream = whole(client, client.request(server.case("protocol-scope").target, scheme=b"http"))
    if (stream.status, bytes(stream.body)) == (200, b"seen"):
        return passed("The request was answered.")
    return failed(f"Status {stream.status}{_other(stream)}.")


@probe("http2.h2c_upgrade", "Upgrades from HTTP/1.1 to HTTP/2", Level.POLICY, rfc(7540, "3.2"))
def upgrade(bench: Bench) -> Outcome:
    """Sends a GET request with `Upgrade: h2c`, which later specifications gave up, and reads the response that follows
    status 101.
    """
    server = bench.running("h2c")
    case = server.case("protocol-scope")
    with server.connect() as connection:
        client = Http2(connection)
        value = client.upgrade().decode().rstrip("=")
        headers = (("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", value))
        connection.send(request(case.target, headers=headers))
        try:
            status = connection.head().status
        except (OSError, EOFError, ValueError):
            return failed("A request with `Upgrade: h2c` got no answer.")
        if status != 101:
            return failed(f"A request with `Upgrade: h2c` was answered with status {status} over HTTP/1.1.")
        early = bytes(connection.buffer)
        client.flush()
        client.feed(early)
        stream = whole(client, client.stream(1))
    if (stream.status, bytes(stream.body)) == (200, b"seen"):
        return passed("Status 101, and the response over HTTP/2.")
    return failed(f"Status 101, and then status {stream.status}{_other(stream)}.")


def _other(stream: Stream) -> str:
    """What to add to a status that is right where the body is not."""
    wrong = stream.status == 200 and bytes(stream.body) != b"seen"
    return " with another body than the application's" if wrong else ""


@probe("http2.request_body", "Hands request bodies over", Level.CLAIM, rfc(9113, "8.1"), claim="http/2")
def request_body(bench: Bench) -> Outcome:
    """Sends a body of 300,000 bytes, more than the first window allows, which the application sends back."""
    data = bytes(range(250)) * 1200
    with opened(bench) as (server, client):
        stream = client.request(server.case("protocol-echo").target, method="POST", end=False)
        if not client.send(stream, data, end=True):
            return failed("The windows stayed shut before the whole body was sent.")
        whole(client, stream, 10)
    if bytes(stream.body) == data:
        return passed("A body of 300,000 bytes came back as it was sent.")
    return failed(f"Status {stream.status} and {len(stream.body)} bytes came back instead of 300,000.")


@probe(
    "http2.empty_request_body",
    "Says at once that a request has no body",
    Level.MUST,
    asgi("www", "Request, an event of HTTP", "request-receive-event"),
)
def empty_request_body(bench: Bench) -> Outcome:
    """Sends a GET request whose header frame ends the stream, to an application that reads the body first."""
    with opened(bench) as (server, client):
        case = server.case("protocol-echo")
        stream = client.request(case.target)
        client.finished(stream, 3)
        read = bool(case.events("body"))
    if stream.status == 200 and read:
        return passed("The application read an empty body and answered.")
    return failed("The application waited for the body in vain.")


@probe("http2.stream_response", "Sends a response part by part", Level.CLAIM, rfc(9113, "8.1"), claim="http/2")
def stream_response(bench: Bench) -> Outcome:
    """The application sends the second part only once the client has the first."""
    with opened(bench) as (server, client):
        case = server.case("protocol-gated")
        stream = client.request(case.target)
        early = client.wait(lambda: bytes(stream.body) == b"first ", 2)
        case.open("rest")
        whole(client, stream)
    if early and bytes(stream.body) == b"first second":
        return passed("The first part arrived before the application had sent the last.")
    return failed("The first part did not arrive before the last was sent." if not early else "A part is missing.")


@probe("http2.multiplexing", "Answers one request while another waits", Level.SHOULD, asgi("www", "HTTP", "http"))
def multiplexing(bench: Bench) -> Outcome:
    """Sends two requests on one connection; the first is answered only once the client has the second's answer."""
    with opened(bench) as (server, client):
        slow, quick = server.case("protocol-waits"), server.case("protocol-scope")
        first = client.request(slow.target)
        slow.expect("waiting")
        second = client.request(quick.target)
        overtaken = client.finished(second, 2) and not first.over
        slow.open("answer")
        whole(client, first)
    if overtaken and bytes(first.body) == b"late":
        return passed("The second request was answered while the first waited; then the first was.")
    return failed("The second request was not answered while the first waited.")


@probe("http2.authority_becomes_host", "Passes :authority on as the host header", Level.MUST, SCOPE)
def authority(bench: Bench) -> Outcome:
    """Sends a request with :authority and no host header; reads the headers in the scope."""
    with opened(bench) as (server, client):
        case = server.case("protocol-scope")
        whole(client, client.request(case.target, extra=((b"x-lab", b"1"),)))
        headers = case.expect("scope")["headers"]
    names = [pair[0] for pair in headers]
    pseudo = [name for name in names if name.startswith(":")]
    if pseudo:
        return failed(f"The scope has pseudo-header fields: {', '.join(pseudo)}.")
    hosts = [value for name, value in headers if name == "host"]
    if hosts != ["lab.example"]:
        return failed(
            "The scope has several host headers." if len(hosts) > 1 else "No host header has the value of :authority."
        )
    where = "first" if names[0] == "host" else "not first"
    return passed(f"The host header has the value of :authority; it stands {where}.")


@probe(
    "http2.flow_control_backpressure", "Slows a sending application down to its client", Level.MUST, rfc(9113, "5.2")
)
def flow_control(bench: Bench) -> Outcome:
    """The application sends 256 parts of 64 KiB to a client that gives no window back; no more than the window may
    arrive, on a second stream of the connection nothing at all, and sending should come to a halt; then the client
    gives the windows back and reads the rest.
    """
    count = 256
    with opened(bench) as (server, client):
        case = server.case("protocol-floods")
        client.hold = True
        stream = client.request(case.with_options(parts=count))
        client.wait(lambda: len(stream.body) >= WINDOW, 2)
        halted = halts(case, count)
        second = client.request(server.case("protocol-scope").target)
        client.wait(lambda: len(stream.body) > WINDOW or bool(second.body), 0.4)
        if client.end or len(stream.body) > WINDOW or second.body:
            return failed("More arrived than the windows of the stream and of the connection allowed.")
        client.release()
        whole(client, stream, 20)
        whole(client, second)
    if len(stream.body) != count * 65536 or second.body != b"seen":
        return failed("Not everything arrived after the windows were given back.")
    if halted:
        return passed("The window was kept to, and sending came to a halt until the client read.")
    return unsupported("The window was kept to, but the application could send 16 MiB that the client had not read.")


@probe(
    "http2.rst_stream_is_disconnect",
    "Tells the application if the client resets a stream",
    Level.SHOULD,
    asgi("www", "Disconnect, an event of HTTP", "disconnect-receive-event"),
)
def rst_stream(bench: Bench) -> Outcome:
    """Resets a stream while the application waits for an event, and expects http.disconnect there."""
    with opened(bench) as (server, client):
        case = server.case("protocol-disconnect")
        stream = client.request(case.target, method="POST", end=False)
        client.send(stream, b"body", end=True)
        case.expect("waiting")
        if case.wait("disconnected", 0.2):
            return failed("The application was told of a disconnect before there was one.")
        client.reset(stream)
        event = case.wait("disconnected", 3)
        cancelled = bool(case.events("cancelled"))
    if event is not None and event["type"] == "http.disconnect":
        return passed("The application got http.disconnect.")
    if cancelled:
        return failed("The application was cancelled and got no http.disconnect.")
    return failed("The application was not told that the stream was reset.")


@probe("http2.exception_resets_or_500", "Says that a response failed", Level.SHOULD, rfc(9113, "5.4.2"))
def exception(bench: Bench) -> Outcome:
    """The application raises before the response, which takes a 500 or RST_STREAM, and in a second request after the
    first part of the body, which takes RST_STREAM, for it must not look whole.
    """
    with opened(bench) as (server, client):
        early = client.request(server.case("protocol-raises").target)
        client.finished(early)
        before = said(early, client)
    if early.reset is None and (early.status, early.ended) != (500, True) and not client.end:
        return failed(f"An exception before the response became {before}.")
    with opened(bench) as (server, client):
        case = server.case("protocol-raises")
        late = client.request(case.with_options(late=1))
        client.wait(lambda: bool(late.body), 2)
        case.open("raise")
        client.finished(late, 3)
    if late.ended:
        return failed(f"Before the response: {before}. Within the body: END_STREAM, as if it were whole.")
    if late.reset is None and not client.end:
        return failed(f"Before the response: {before}. Within the body: nothing, so that the client waits on.")
    after = said(late, client) if late.reset is not None else "the end of the connection"
    return passed(f"Before the response: {before}. Within the body: {after}.")


@probe("http2.uppercase_header_rejected", "Rejects upper-case names of header fields", Level.MUST, rfc(9113, "8.2"))
def uppercase(bench: Bench) -> Outcome:
    """Sends a request with a header field whose name has an upper-case letter."""
    return _rejected(bench, (b"X-Upper", b"1"))


@probe(
    "http2.header_crlf_rejected",
    "Rejects line breaks in header fields",
    Level.MUST,
    rfc(9113, "8.2.1"),
    sensitive=True,
)
def header_crlf(bench: Bench) -> Outcome:
    """Sends a request with a line break in the value of a header field."""
    return _rejected(bench, (b"x-lab", b"a\r\nx-second: b"))


def _rejected(bench: Bench, field: tuple[bytes, bytes]) -> Outcome:
    with opened(bench) as (server, client):
        case = server.case("protocol-scope")
        stream = client.request(case.target, extra=(field,))
        client.finished(stream, 2)
        if case.events("called"):
            return failed("The request reached the application.")
        if not (stream.over or client.end or stream.status >= 400):
            return failed("The request was neither answered nor refused.")
        return passed(f"The request did not reach the application: {said(stream, client)}.")


@probe("http2.websocket_rfc8441", "Serves WebSocket over HTTP/2", Level.CLAIM, rfc(8441, "4"))
def websocket(bench: Bench) -> Outcome:
    """Where the server's settings allow it, opens a WebSocket by an extended CONNECT request and sends a text message
    that the application sends back.
    """
    with opened(bench) as (server, client):
        if client.settings.get(8) != 1:
            raise NotOffered("Its settings do not allow it (SETTINGS_ENABLE_CONNECT_PROTOCOL is not 1).")
        case = server.case("echo")
        fields = [
            (b":method", b"CONNECT"),
            (b":protocol", b"websocket"),
            (b":scheme", b"https"),
            (b":authority", b"lab.example"),
            (b":path", case.target.encode()),
            (b"sec-websocket-version", b"13"),
        ]
        stream = client.open(fields, end=False)
        if not client.wait(lambda: stream.over or bool(stream.status)) or stream.status != 200:
            raise Deviates(f"An extended CONNECT request was answered with {said(stream, client)}.")
        if case.expect("called")["type"] != "websocket":
            return failed("Its settings allow it, but an extended CONNECT request reached the application as HTTP.")
        client.send(stream, encode(Frame(Opcode.TEXT, b"over HTTP/2")))
        client.wait(lambda: len(stream.body) >= 13, 3)
        frame = decode(stream.body)
    if frame is not None and frame.payload == b"over HTTP/2":
        return passed("The connection was accepted, and a text message came back.")
    return failed("The connection was accepted, but the text message did not come back.")
