"""Bodies in both directions, whole and in pieces, and who waits for whom."""

import contextlib
import hashlib
import time
from functools import partial

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import Connection, chunked, request
from scripts.lab.events import Case, Event
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http1_steps import MOMENT, ask, framing, happened, next_answer, told
from scripts.lab.servers.registry import probe

RECEIVE = asgi("www", "Request", "request-receive-event")
BODY = asgi("www", "Response Body", "response-body-send-event")
MIB = 1 << 20
PUSHED = 32 * MIB
PIECE = 64 * 1024  # bytes; of the behaviour `flood`


@probe("http1.request_body_content_length", "Hands over a request body", Level.MUST, RECEIVE)
def request_body_content_length(bench: Bench) -> Outcome:
    """Posts 100,000 bytes of every value with their length; the application sends them back."""
    server = bench.running()
    body = bytes(range(250)) * 400
    response = ask(server, request(server.case("echo").target, method="POST", body=body))
    if response.status == 200 and response.body == body:
        return passed("The body arrived unchanged.")
    return failed(f"{told(response)}, with {len(response.body)} of {len(body)} bytes.")


@probe("http1.stream_request", "Hands over a chunked request body while it arrives", Level.MUST, RECEIVE)
def stream_request(bench: Bench) -> Outcome:
    """Sends a chunk and waits until the application has it before it sends the last two."""
    server = bench.running()
    case = server.case("parts")
    with server.connect() as connection:
        head = request(case.target, method="POST", headers=(("Transfer-Encoding", "chunked"),))
        connection.send(head + chunked(b"first", last=False))
        early = happened(case, "part", lambda event: event["total"] == 5, patience=1.5)
        connection.push(chunked(b"-second", b"-third"))
        response = connection.answer()
    if (response.status, response.body) != (200, b"first-second-third"):
        return failed(f"{told(response)}; the application did not get the body that was sent in chunks.")
    if early:
        return passed("The application had the first chunk before the second was sent.")
    return unsupported("The body arrived whole, after its last chunk.")


@probe("http1.stream_response_chunked", "Streams a response of unknown length", Level.MUST, BODY)
def stream_response_chunked(bench: Bench) -> Outcome:
    """The application sends a piece and waits until the client has it before it sends the last."""
    return _streams(bench, length=False)


@probe("http1.stream_response_content_length", "Streams a response of known length", Level.MUST, BODY)
def stream_response_content_length(bench: Bench) -> Outcome:
    """The same with a Content-Length, which the response must keep."""
    return _streams(bench, length=True)


def _streams(bench: Bench, *, length: bool) -> Outcome:
    server = bench.running()
    case = server.case("stream")
    with server.connect() as connection:
        connection.send(request(case.with_options(gate="go", length=int(length))))
        early = _has(connection, b"first")
        case.open("go")
        response = connection.answer()
    if (response.status, response.body, response.complete) != (200, b"first-last", True):
        return failed(f"{told(response)}, and its body is not what the application sent.")
    if length and framing(response) != "with its length":
        return failed(f"The Content-Length of the application was dropped; the response is {framing(response)}.")
    if not early:
        return failed("The first piece was held back until the last was there.")
    return passed(f"The first piece arrived while the application waited; the response is {framing(response)}.")


def _has(connection: Connection, mark: bytes) -> bool:
    """Whether it arrives; nothing is taken from the connection."""
    try:
        while mark not in connection.buffer:
            if not connection.more(2):
                return False
    except OSError:
        return False
    finally:
        connection.socket.settimeout(5)
    return True


@probe("http1.expect_100_continue", "Answers Expect: 100-continue", Level.MUST, rfc(9110, "10.1.1"))
def expect_100_continue(bench: Bench) -> Outcome:
    """Announces a body and sends it only after a response with status 100 or a final one."""
    server = bench.running()
    with server.connect() as connection:
        connection.send(_expecting(server.case("echo")))
        try:
            first = connection.head(2)
        except TimeoutError:
            return failed("Neither 100 nor a final response came before the body.")
        if first.status != 100:
            return passed(f"The final response, {first.status}, came before the body.")
        connection.send(b"hello")
        response = connection.answer()
    if (response.status, response.body) == (200, b"hello"):
        return passed("Status 100 came before the body, the application's answer after it.")
    return failed(f"After 100 and the body: {told(response)}.")


@probe(
    "http1.expect_100_only_when_body_read",
    "Sends 100 only once the application reads the body",
    Level.POLICY,
    rfc(9110, "10.1.1"),
)
def expect_100_only_when_body_read(bench: Bench) -> Outcome:
    """Announces a body to an application that refuses with 401 without a look at it."""
    server = bench.running()
    case = server.case("unread")
    with server.connect() as connection:
        connection.send(_expecting(case, status=401))
        first = connection.head(2)
    if first.status == 100:
        return failed("Status 100 asked for a body that the application never reads.")
    return passed(f"The application's {first.status} came, and no 100 before it.")


def _expecting(case: Case, **options: int) -> bytes:
    headers = (("Expect", "100-continue"), ("Content-Length", "5"))
    return request(case.with_options(**options), method="POST", headers=headers)


@probe(
    "http1.early_response_unread_body",
    "Keeps requests apart when an application answers without reading the body",
    Level.MUST,
    rfc(9112, "9.3"),
    sensitive=True,
)
def early_response_unread_body(bench: Bench) -> Outcome:
    """Sends the rest of a body that looks like a request after the application's answer, then another request."""
    server = bench.running()
    case, inside = server.case("unread"), server.case("ready")
    rest = request(inside.target)
    with server.connect() as connection:
        length = (("Content-Length", str(PIECE + len(rest))),)
        connection.send(request(case.target, method="POST", headers=length) + b"x" * PIECE)
        response = connection.answer(patience=1.5)
        early = response.end != "silent"
        connection.push(rest)
        if not early:
            response = connection.answer()
        if (response.status, response.body) != (200, b"early"):
            return failed(f"{told(response)} instead of the application's.")
        after = next_answer(connection, server)
    if inside.wait("called", 0.1):
        return failed("What was left of the body was served as a request.")
    if after == "wrong":
        return failed("The next request on the connection did not get its own answer.")
    if not early:
        return unsupported("The application is asked only once the request's body is whole.")
    return passed(
        f"The answer came early; after it the connection was {'used again' if after == 'right' else 'closed'}."
    )


@probe("http1.upload_8MiB_default_limits", "Takes an upload of 8 MiB", Level.POLICY, rfc(9110, "15.5.14"))
def upload(bench: Bench) -> Outcome:
    """Posts 8 MiB; the application answers with their digest."""
    server = bench.running()
    body = b"0123456789abcdef" * (8 * MIB // 16)
    with server.connect(patience=20) as connection:
        sent = connection.push(request(server.case("digest").target, method="POST", body=body), patience=20)
        response = connection.answer()
    if response.body == f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode():
        return passed("8 MiB arrived unchanged.")
    return failed(f"{told(response)}{'' if sent > len(body) else ' before the body was sent whole'}.")


@probe("http1.backpressure_request", "Stops reading while the application does not", Level.POLICY, RECEIVE)
def backpressure_request(bench: Bench) -> Outcome:
    """Posts 32 MiB to an application that does not read yet: the server must stop taking them, and go on later."""
    server = bench.running()
    case = server.case("hold")
    data = request(case.target, method="POST", headers=(("Content-Length", str(PUSHED)),)) + b"x" * PUSHED
    with server.connect(patience=20) as connection:
        sent = connection.push(data, patience=MOMENT)
        if sent == len(data):
            case.open("read")
            return failed("The server took 32 MiB that nobody read.")
        blocked = not connection.buffer and case.wait("called", 2)
        case.open("read")
        connection.push(data[sent:], patience=20)
        response = connection.answer(patience=20)
    if response.status == 200 and response.body == str(PUSHED).encode() and blocked:
        return passed("The server stopped reading, and took the rest once the application read.")
    return failed(f"{told(response)} to an upload of 32 MiB.")


@probe("http1.backpressure_response", "Holds an application back that sends faster than is read", Level.POLICY, BODY)
def backpressure_response(bench: Bench) -> Outcome:
    """The application streams 32 MiB to a client that does not read yet: `send` must wait, and go on later."""
    server = bench.running()
    case = server.case("flood")
    with server.connect() as connection:
        connection.send(request(case.target))
        case.expect("sent")
        stopped = _rest(case)
        if case.events("all_sent"):
            return failed("The application sent 32 MiB that nobody read.")
        _drain(connection, 12 * MIB)
        more = happened(case, "sent", lambda event: event["pieces"] > stopped)
    return (
        passed("The application was held back, and went on when the client read.")
        if more
        else failed("The application was held back and did not go on when the client read.")
    )


def _rest(case: Case) -> int:
    """How many pieces the application has sent once it does not get further."""
    last = 0
    while True:
        if happened(case, "sent", partial(_further, last), MOMENT) is None:
            return last
        last = case.events("sent")[-1]["pieces"]


def _further(than: int, event: Event) -> bool:
    return bool(event["pieces"] > than)


def _drain(connection: Connection, size: int) -> None:
    """Reads so much, or what comes within some seconds."""
    end = time.monotonic() + 5
    with contextlib.suppress(OSError):
        while size > 0 and time.monotonic() < end and (data := connection.socket.recv(1 << 18)):
            size -= len(data)
