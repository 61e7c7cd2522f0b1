"""WebSocket: connections that the application does not accept."""

from scripts.lab.bench import Bench
from scripts.lab.clients.frames import handshake
from scripts.lab.events import Case
from scripts.lab.plan import Level, NotOffered, Outcome, asgi, failed, passed
from scripts.lab.servers.registry import probe
from scripts.lab.servers.websocket_steps import demand, refused

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
    with refused(bench, "returns-early") as (socket, _):
        return _answered(socket.response.status)


@probe("websocket.exception_before_accept", "Answers if the application fails before it accepts", Level.SHOULD, LIFE)
def exception_before_accept(bench: Bench) -> Outcome:
    """The application raises before it accepts; the client has to get an answer that says no."""
    with refused(bench, "raises-early") as (socket, _):
        return _answered(socket.response.status)


def _answered(status: int) -> Outcome:
    return (
        passed(f"Status {status}.") if status >= 400 else failed(f"Status {status}, which does not say that it failed.")
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
    if (response.status, response.header("x-lab"), response.body) == (401, b"denied", b"first second"):
        return passed("Status, header and body arrived as the application sent them.")
    return failed(
        f"Status {response.status} and a body of {len(response.body)} bytes arrived instead of 401 and 12 bytes."
    )


@probe("websocket.denial_response_streamed_body", "Sends such an answer part by part", Level.POLICY, DENIAL)
def denial_response_streamed(bench: Bench) -> Outcome:
    """The application sends the second part of its refusal only once the client has the first."""
    server = bench.running()
    case = server.case("denies")
    with server.connect() as connection:
        connection.send(handshake(case.with_options(gated=1)))
        try:
            case.wait("first", 1) or demand(server)
            _advertised(case)
            connection.until(b"first ", 1)
        except (TimeoutError, EOFError):
            return failed("The first part did not arrive before the application had sent the last.")
        finally:
            case.open("rest")
        try:
            connection.until(b"second", 5)
        except (TimeoutError, EOFError):
            return failed("The first part arrived, the second did not.")
    return passed("The first part arrived before the application had sent the last.")
