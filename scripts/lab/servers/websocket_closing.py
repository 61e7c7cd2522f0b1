"""WebSocket: who closes, with which code, and what the other side is told."""

import signal

from scripts.lab.bench import Bench
from scripts.lab.clients.frames import Frame, Opcode, WebSocket
from scripts.lab.events import Case, Event
from scripts.lab.plan import Deviates, Level, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.registry import probe
from scripts.lab.servers.versions import since
from scripts.lab.servers.websocket_steps import dialled, opened, said

CLOSE = asgi("www", "Close, a send event of WebSocket", "close-send-event")
DISCONNECT = asgi("www", "Disconnect, an event of WebSocket", "disconnect-receive-event-ws")
LOST = asgi("www", "Disconnected client", "disconnected-client-send-exception")
LIFE = asgi("www", "WebSocket connection scope", "websocket-connection-scope")


def _told(socket: WebSocket, case: Case) -> Event:
    """What the application is told about the end; some servers tell it only once the connection itself is closed."""
    case.wait("disconnect", 0.5)
    socket.connection.close()
    event = case.wait("disconnect")
    if event is None:
        raise Deviates("The application was not told that the connection is lost.")
    return event


@probe("websocket.client_close_code", "Passes the client's close code on", Level.MUST, DISCONNECT)
def client_close_code(bench: Bench) -> Outcome:
    """Sends a close frame with code 4001, expects one in return (RFC 6455, section 5.5.1), and reads the code that the
    application got.
    """
    with opened(bench) as (socket, case):
        socket.close(4001)
        answer = socket.closing()
        event = _told(socket, case)
    if answer is None:
        return failed(f"After the client's close frame, {said(answer, socket)} came.")
    if (event["type"], event["code"]) == ("websocket.disconnect", 4001):
        return passed("The close frame was answered, and the application was told 4001.")
    return failed(f"The application was told {event['code']} instead of 4001.")


@probe("websocket.client_close_no_code_1005", "Says 1005 if a close frame has no code", Level.SHOULD, DISCONNECT)
def client_close_no_code(bench: Bench) -> Outcome:
    """Sends a close frame without a code and reads the code that the application got."""
    with opened(bench) as (socket, case):
        socket.close(None)
        socket.closing()
        event = _told(socket, case)
    if event["code"] == 1005:
        return passed("The application was told 1005.")
    return failed(f"The application was told {event['code']} instead of 1005.")


@probe("websocket.client_close_reason_2.5", "Passes the client's close reason on", Level.POLICY, DISCONNECT)
def client_close_reason(bench: Bench) -> Outcome:
    """Sends a close frame with a code and a reason and reads the reason that the application got; the key is
    optional.
    """
    with opened(bench) as (socket, case):
        socket.close(4001, "gone home")
        socket.closing()
        event = _told(socket, case)
    if event["reason"] == "gone home":
        return passed("The application was told the reason.")
    return unsupported(
        "The application was told another reason." if event["reason"] else "The application was told no reason."
    )


@probe("websocket.abrupt_disconnect", "Tells the application if the client vanishes", Level.MUST, DISCONNECT)
def abrupt_disconnect(bench: Bench) -> Outcome:
    """Resets the connection without a close frame and expects websocket.disconnect in the application."""
    with opened(bench) as (socket, case):
        case.expect("accepted")
        socket.connection.reset()
        event = case.wait("disconnect")
        ended = next((kind for kind in ("cancelled", "raised") if case.events(kind)), None)
    if event is None:
        instead = {"cancelled": ", but cancelled", "raised": ", but receiving raised"}.get(ended or "", "")
        return failed(f"The application was not told that the connection is lost{instead}.")
    if event["type"] == "websocket.disconnect":
        return passed(f"The application got websocket.disconnect with code {event['code']}.")
    return failed(f"The application got {event['type']} instead of websocket.disconnect.")


@probe("websocket.app_close_code_reason", "Closes with the application's code and reason", Level.MUST, CLOSE)
def app_close_code_reason(bench: Bench) -> Outcome:
    """The application closes with code 4002 and a reason; reads the close frame."""
    with opened(bench, "close", code=4002, reason="enough") as (socket, case):
        socket.text("close")
        frame = socket.closing()
    if frame is not None and (frame.code, frame.reason) == (4002, "enough"):
        return passed("The close frame carried code and reason.")
    if frame is not None and frame.code == 4002:
        return since("2.3", case, failed("The close frame carried the code, but not the reason."))
    return failed(f"Instead of a close frame with code 4002, {said(frame, socket)} came.")


@probe("websocket.app_close_default_1000", "Closes with 1000 if the application names no code", Level.MUST, CLOSE)
def app_close_default(bench: Bench) -> Outcome:
    """The application closes without a code; reads the close frame."""
    with opened(bench, "close") as (socket, _):
        socket.text("close")
        frame = socket.closing()
    if frame is not None and frame.code == 1000:
        return passed("The close frame carried code 1000.")
    return failed(f"Instead of a close frame with code 1000, {said(frame, socket)} came.")


@probe("websocket.return_after_accept_closes", "Closes the connection if the application returns", Level.SHOULD, LIFE)
def return_after_accept(bench: Bench) -> Outcome:
    """The application accepts and returns; the connection has to be closed, with whatever code."""
    with opened(bench, "returns") as (socket, _):
        return _ended(socket, socket.closing(), "returned")


def _ended(socket: WebSocket, frame: Frame | None, did: str) -> Outcome:
    if frame is None and socket.ended == "silent":
        return failed(f"The connection stayed open after the application had {did}.")
    return passed(f"The connection was closed: {said(frame, socket)} came.")


@probe("websocket.exception_after_accept_1011", "Closes with 1011 if the application fails", Level.SHOULD, LIFE)
def exception_after_accept(bench: Bench) -> Outcome:
    """The application accepts and raises; the connection has to be closed, and code 1011 is made for it (RFC 6455,
    section 7.4.1).
    """
    with opened(bench, "raises") as (socket, _):
        frame = socket.closing()
    if frame is None and socket.ended == "silent":
        return _ended(socket, frame, "failed")
    if frame is not None and frame.code == 1011:
        return passed("The connection was closed with code 1011.")
    return unsupported(f"The connection was ended, but with {said(frame, socket)} instead of code 1011.")


@probe("websocket.send_after_disconnect_oserror", "Raises OSError on sending to a lost client", Level.SHOULD, LOST)
def send_after_disconnect(bench: Bench) -> Outcome:
    """The client closes; the application, told so, sends nevertheless, and writes down what that raised."""
    with opened(bench, "sends-after-disconnect") as (socket, case):
        socket.close(1000)
        socket.closing()
        _told(socket, case)
        return since("2.4", case, _raised(case, "OSError"))


@probe("websocket.send_after_own_close_raises", "Raises on sending after websocket.close", Level.SHOULD, LOST)
def send_after_own_close(bench: Bench) -> Outcome:
    """The application closes and sends a message nevertheless, and writes down what that raised."""
    with opened(bench, "sends-after-close") as (socket, case):
        socket.text("close")
        return since("2.4", case, _raised(case, "Exception"))


def _raised(case: Case, base: str) -> Outcome:
    case.wait("send_raised", 0.3) or case.wait("send_returned")
    for event in case.events("send_raised"):
        if base in event["bases"]:
            return passed(f"Sending raised {event['error']}.")
        return failed(f"Sending raised {event['error']}, which is no {base}.")
    if case.events("send_returned"):
        return failed("Sending raised nothing.")
    return failed("Sending did not come back.")


@probe(
    "websocket.closed_on_shutdown",
    "Closes open connections when it is stopped",
    Level.POLICY,
    rfc(6455, "7.4.1"),
    patient=True,
)
def closed_on_shutdown(bench: Bench) -> Outcome:
    """Opens a connection, sends SIGTERM to the server, and waits for a close frame and the application's event."""
    with bench.fresh() as server, dialled(server, "echo") as (socket, case):
        socket.text("ready")
        socket.message()
        server.program.signal(signal.SIGTERM)
        frame = socket.closing(10)
        if frame is None:
            return failed(f"Within 10 seconds after SIGTERM, {said(frame, socket)} came.")
        socket.send(Opcode.CLOSE, frame.payload)
        told = case.wait("disconnect", 2)
    return passed(
        f"After SIGTERM, {said(frame, socket)} came, and the application was {'' if told else 'not '}told the end."
    )
