"""WebSocket: connections that the application does not accept."""

from scripts.lab.bench import Bench
from scripts.lab.events import Case
from scripts.lab.plan import Level, NotOffered, Outcome, asgi, failed, passed
from scripts.lab.servers.registry import probe
from scripts.lab.servers.websocket_steps import Closed, demand, hello, recall, refused

CLOSE = asgi("www", "Close, a send event of WebSocket", "close-send-event")
LIFE = asgi("www", "WebSocket connection scope", "websocket-connection-scope")
DENIAL = asgi("extensions", "WebSocket denial response", "websocket-denial-response")


@probe("websocket.reject_403", "Refuses with 403 if the application closes first", Level.MUST, CLOSE)
def reject(bench: Bench) -> Outcome:
    """The application closes before it accepts; reads the status of the answer."""
    with refused(bench, "rejects") as (socket, _):
        status = socket.response.status
    return passed("Status 403.") if status == 403 else failed(f"Status {status} instead of 403.")


@probe("websocket.return_without_accept", "Answers if the application returns without a word", Level.SHOULD, LIFE)
def return_without_accept(bench: Bench) -> Outcome:
    """The application returns without accepting or closing; the client has to get an answer or the end."""
    return _answered(bench, "returns-early")


@probe("websocket.exception_before_accept", "Answers if the application fails before it accepts", Level.SHOULD, LIFE)
def exception_before_accept(bench: Bench) -> Outcome:
    """The application raises before it accepts; the client has to get an answer that says no, or the end."""
    return _answered(bench, "raises-early")


def _answered(bench: Bench, behaviour: str) -> Outcome:
    try:
        with refused(bench, behaviour) as (socket, _):
            status = socket.response.status
    except Closed:
        return passed("The connection was closed without an answer.")
    return (
        passed(f"Status {status}.") if status >= 400 else failed(f"Status {status}, which says nothing of a failure.")
    )


def _advertised(case: Case) -> None:
    if "websocket.http.response" not in case.expect("extensions")["names"]:
        raise NotOffered("The scope does not advertise `websocket.http.response`.")


@probe(
    "websocket.denial_response_extension",
    "Lets the application answer a handshake that it refuses",
    Level.SHOULD,
    DENIAL,
)
def denial_response(bench: Bench) -> Outcome:
    """Where the scope advertises it, the application refuses with status 401, a header and a body; reads the answer."""
    with refused(bench, "denies") as (socket, case):
        _advertised(case)
        response = socket.response
    if (response.status, response.header("x-lab"), response.body) == (401, b"denied", b"second"):
        return passed("Status, header and body arrived as the application sent them.")
    return failed(
        f"Status {response.status} and a body of {len(response.body)} bytes arrived instead of 401 and 6 bytes."
    )


@probe("websocket.denial_response_streamed_body", "Sends such an answer part by part", Level.POLICY, DENIAL)
def denial_response_streamed(bench: Bench) -> Outcome:
    """The application sends the second part of its refusal only once the client has the first."""
    server = bench.running()
    case = server.case("denies")
    recall(server)
    with server.connect() as connection:
        connection.send(hello(case, options={"gated": 1}))
        try:
            if case.wait("extensions", 1) is None:
                demand(server)
            _advertised(case)
            connection.until(b"first ", 1)
        except (OSError, EOFError):
            if case.events("raised"):
                return failed("Sending the first of two parts raised.")
            return failed("The first part did not arrive before the application had sent the last.")
        finally:
            case.open("rest")
        try:
            connection.until(b"second", 5)
        except (OSError, EOFError):
            return failed("The first part arrived, the second did not.")
    return passed("The first part arrived before the application had sent the last.")
