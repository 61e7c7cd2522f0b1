"""WebSocket: the handshake, what the application is told, and messages that simply arrive."""

import zlib

from scripts.lab.bench import Bench
from scripts.lab.clients.frames import Opcode, accept_value
from scripts.lab.plan import Level, NotOffered, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.registry import probe
from scripts.lab.servers.versions import since
from scripts.lab.servers.websocket_steps import demand, echoed, halts, opened, recall, said, shaken
from scripts.lab.subjects import Mode

TEXT = "grüße ✓ 漢字"
SCOPE = asgi("www", "WebSocket connection scope", "websocket-connection-scope")
ACCEPT = asgi("www", "Accept, a send event of WebSocket", "accept-send-event")


@probe("websocket.accept_text_echo", "Serves WebSocket", Level.CLAIM, rfc(6455, "1.3"), claim="websocket")
def accept_text_echo(bench: Bench) -> Outcome:
    """Sends a handshake to an application that accepts, checks Sec-WebSocket-Accept, and sends a text message that the
    application sends back.
    """
    with opened(bench) as (socket, _):
        if socket.response.header("sec-websocket-accept") != accept_value():
            return failed("The handshake was accepted with another Sec-WebSocket-Accept than the key demands.")
        socket.text(TEXT)
        if echoed(socket, Opcode.TEXT, TEXT.encode()):
            return passed("The handshake was accepted, and a text message came back as it was sent.")
        return failed("The text message came back changed.")


@probe(
    "websocket.binary_echo",
    "Carries binary messages",
    Level.MUST,
    asgi("www", "Receive, an event of WebSocket", "receive-receive-event"),
)
def binary_echo(bench: Bench) -> Outcome:
    """Sends all 256 values of a byte as one binary message that the application sends back."""
    data = bytes(range(256))
    with opened(bench) as (socket, case):
        socket.send(Opcode.BINARY, data)
        same = echoed(socket, Opcode.BINARY, data)
        kind = case.expect("received")["kind"]
    if same and kind == "binary":
        return passed("A binary message reached the application as bytes and came back as it was sent.")
    return failed(f"A binary message reached the application as {kind} and came back {'' if same else 'not '}the same.")


@probe("websocket.large_message_1MiB", "Carries a message of 1 MiB", Level.POLICY, rfc(6455, "10.4"))
def large_message(bench: Bench) -> Outcome:
    """Sends a binary message of 1 MiB in one frame, which the application sends back."""
    data = b"lab!" * (1 << 18)
    with opened(bench) as (socket, _):
        socket.send(Opcode.BINARY, data)
        if echoed(socket, Opcode.BINARY, data, 20):
            return passed("A message of 1 MiB came back as it was sent.")
        return failed("A message of 1 MiB came back changed.")


@probe("websocket.scope", "Describes WebSocket connections as specified", Level.MUST, SCOPE)
def scope(bench: Bench) -> Outcome:
    """Sends a handshake with a query string, a percent-encoded path and a header twice, and compares the scope that the
    application got, keys, values and types, with what was sent.
    """
    server = bench.running()
    case = server.case("scope")
    headers = (("X-Lab", "one"), ("X-Lab", "two"), ("Sec-WebSocket-Protocol", "lab.a, lab.b"))
    with shaken(server, case, headers, prefix="/caf%C3%A9") as socket:
        if socket.response.status != 101:
            demand(server)
    seen = case.expect("scope")
    wrong = _wrong(seen["scope"], seen["kinds"], seen["headers"], case.id)
    if wrong:
        return failed(f"The scope differs in {', '.join(wrong)}.")
    return passed("Type, versions, scheme, path, query string, headers and subprotocols are as specified.")


def _wrong(scope: dict[str, object], kinds: dict[str, str], parts: list[str], case: str) -> list[str]:
    """The keys that are not as specified."""
    versions = scope.get("asgi")
    headers = scope.get("headers")
    values = [pair[1] for pair in headers if pair[0].lower() == "x-lab"] if isinstance(headers, list) else []
    right = {
        "type": scope.get("type") == "websocket",
        "asgi": isinstance(versions, dict) and isinstance(versions.get("version"), str),
        "http_version": scope.get("http_version", "1.1") == "1.1",
        "scheme": kinds.get("scheme", "str") == "str" and scope.get("scheme", "ws") == "ws",
        "path": kinds.get("path") == "str" and scope.get("path") == "/café/scope",
        "query_string": kinds.get("query_string") == "bytes" and scope.get("query_string") == f"case={case}",
        "headers": parts == ["bytes"] and values == ["one", "two"],
        "subprotocols": scope.get("subprotocols") == ["lab.a", "lab.b"],
    }
    return [f"`{key}`" for key, holds in right.items() if not holds]


@probe("websocket.subprotocol", "Negotiates a subprotocol", Level.MUST, ACCEPT)
def subprotocol(bench: Bench) -> Outcome:
    """Offers two subprotocols, of which the application chooses the second, and reads the header of the answer."""
    offer = (("Sec-WebSocket-Protocol", "lab.a, lab.b"),)
    with opened(bench, "subprotocol", offer, choose="lab.b") as (socket, case):
        chosen = socket.response.all("sec-websocket-protocol")
        offered = case.expect("offered")["subprotocols"]
    if offered != ["lab.a", "lab.b"]:
        return failed("The application was not told the two subprotocols that were offered.")
    if chosen == [b"lab.b"]:
        return passed("The application saw both subprotocols, and the client was told the one that it chose.")
    return failed("The answer did not name the subprotocol that the application chose.")


@probe("websocket.accept_headers", "Sends the headers of websocket.accept", Level.MUST, ACCEPT)
def accept_headers(bench: Bench) -> Outcome:
    """The application accepts with three headers, one name twice; looks for them, in their order, in the answer."""
    with opened(bench, "headers") as (socket, case):
        values, cookie = socket.response.all("x-lab"), socket.response.all("set-cookie")
    if values == [b"first", b"second"] and cookie == [b"lab=1; Path=/"]:
        return passed("All three headers arrived in their order.")
    return since("2.1", case, failed(f"Of two headers of one name {len(values)} arrived, of a cookie {len(cookie)}."))


@probe("websocket.permessage_deflate", "Compresses messages", Level.POLICY, rfc(7692, "7"))
def permessage_deflate(bench: Bench) -> Outcome:
    """Offers permessage-deflate, sends a compressed message, and reads the one that the application sends back."""
    mode: Mode = "deflate" if bench.offers("deflate") else "http1"
    offer = (
        ("Sec-WebSocket-Extensions", "permessage-deflate; client_no_context_takeover; server_no_context_takeover"),
    )
    text = ("compressible " * 100).encode()
    with opened(bench, "echo", offer, mode) as (socket, _):
        if not (socket.response.header("sec-websocket-extensions") or b"").startswith(b"permessage-deflate"):
            raise NotOffered("The answer to an offer of permessage-deflate did not take it up.")
        packer = zlib.compressobj(wbits=-15)
        data = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)
        socket.send(Opcode.TEXT, data[:-4], reserved=4)
        message = socket.message()
    if message is None or message.opcode != Opcode.TEXT:
        return failed(f"After a compressed message, {said(message, socket)} came.")
    compressed = bool(message.reserved & 4)
    plain = zlib.decompressobj(-15).decompress(message.payload + b"\0\0\xff\xff") if compressed else message.payload
    if plain != text:
        return failed("The compressed message came back changed.")
    if compressed:
        return passed("It took the offer up; compressed messages arrived both ways.")
    return unsupported("It took the offer up and understood a compressed message, but sent its own uncompressed.")


@probe("websocket.bad_version_426_or_400", "Refuses other versions of WebSocket", Level.MUST, rfc(6455, "4.2.2"))
def bad_version(bench: Bench) -> Outcome:
    """Sends a handshake for version 99 and reads the status of the answer."""
    server = bench.running()
    recall(server)
    demand(server)
    case = server.case("ready")
    with shaken(server, case, version="99") as socket:
        status = socket.response.status
        names = b"13" in (socket.response.header("sec-websocket-version") or b"")
    if status in {400, 426}:
        return passed(f"Status {status}, {'naming' if names else 'without naming'} the version that it speaks.")
    if status == 101:
        return failed("The handshake for version 99 was completed.")
    return failed(f"Status {status}, which says nothing about the version.")


@probe("websocket.backpressure_send", "Slows a sending application down to its client", Level.POLICY)
def backpressure_send(bench: Bench) -> Outcome:
    """The application sends 512 messages of 64 KiB to a client that reads none; watches whether sending comes to a
    halt, then reads and counts the messages.
    """
    count = 512
    with opened(bench, "floods", messages=count) as (socket, case):
        stalled = halts(case, count)
        if not stalled:
            return failed("The application could send 32 MiB that the client had not read.")
        for _ in range(count):
            message = socket.message(10)
            if message is None or len(message.payload) != 65536:
                return failed(
                    f"Sending came to a halt, but then not all messages arrived: {said(message, socket)} came."
                )
    return passed("Sending came to a halt until the client read; then all messages arrived.")
