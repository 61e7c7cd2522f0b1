"""WebSocket: frames that are right, and frames that are not."""

from scripts.lab.bench import Bench
from scripts.lab.clients.frames import Opcode
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.registry import probe
from scripts.lab.servers.websocket_steps import dialled, echoed, opened, said

PING = rfc(6455, "5.5.2")


@probe("websocket.ping_pong", "Answers pings", Level.MUST, PING)
def ping_pong(bench: Bench) -> Outcome:
    """Sends a ping with a payload and expects a pong with the same payload."""
    with opened(bench) as (socket, _):
        socket.send(Opcode.PING, b"lab-ping")
        frame = socket.frame(pings=False)
    if frame is not None and (frame.opcode, frame.payload) == (Opcode.PONG, b"lab-ping"):
        return passed("A pong with the payload of the ping came back.")
    if frame is not None and frame.opcode == Opcode.PONG:
        return failed("A pong came back with another payload than the ping's.")
    return failed(f"After a ping, {said(frame, socket)} came.")


@probe("websocket.fragmented_message", "Joins the fragments of a message", Level.MUST, rfc(6455, "5.4"))
def fragmented_message(bench: Bench) -> Outcome:
    """Sends a text message in three fragments, cut inside of a character, and looks at what the application received
    and sent back.
    """
    text = "first second dritte Größe"
    data = text.encode()
    with opened(bench) as (socket, case):
        socket.send(Opcode.TEXT, data[:6], final=False)
        socket.send(Opcode.CONTINUATION, data[6:-3], final=False)
        socket.send(Opcode.CONTINUATION, data[-3:])
        same = echoed(socket, Opcode.TEXT, data)
        received = len(case.events("received"))
    if same and received == 1:
        return passed("Three fragments reached the application as one message, which came back whole.")
    return failed(f"The application received {received} messages; what came back was {'' if same else 'not '}the same.")


@probe("websocket.ping_between_fragments", "Answers a ping between two fragments", Level.MUST, rfc(6455, "5.4"))
def ping_between_fragments(bench: Bench) -> Outcome:
    """Sends the first fragment of a message, a ping, and the last fragment; expects the pong and the whole message."""
    with opened(bench) as (socket, _):
        socket.send(Opcode.TEXT, b"one ", final=False)
        socket.send(Opcode.PING, b"between")
        pong = socket.frame(2, pings=False)
        if pong is None or (pong.opcode, pong.payload) != (Opcode.PONG, b"between"):
            return failed(f"After a ping between fragments, {said(pong, socket)} came.")
        socket.send(Opcode.CONTINUATION, b"two")
        if echoed(socket, Opcode.TEXT, b"one two"):
            return passed("The pong came before the last fragment was sent, and the message came back whole.")
        return failed("The pong came, but the message came back changed.")


@probe("websocket.invalid_utf8_1007", "Closes with 1007 if a text is no UTF-8", Level.MUST, rfc(6455, "8.1"))
def invalid_utf8(bench: Bench) -> Outcome:
    """Sends a text message of bytes that are no UTF-8; the connection has to fail, code 1007 is made for it."""
    with opened(bench) as (socket, case):
        socket.send(Opcode.TEXT, b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80")
        message = socket.message()
        reached = bool(case.events("received"))
    if reached or (message is not None and message.opcode != Opcode.CLOSE):
        return failed("A text message that is no UTF-8 reached the application.")
    if message is None and socket.ended == "silent":
        return failed("The connection stayed open after a text message that is no UTF-8.")
    if message is not None and message.code == 1007:
        return passed("The connection was closed with code 1007.")
    return unsupported(f"The connection was ended, but with {said(message, socket)} instead of code 1007.")


@probe("websocket.unmasked_frame_1002", "Closes the connection on an unmasked frame", Level.MUST, rfc(6455, "5.1"))
def unmasked_frame(bench: Bench) -> Outcome:
    """Sends a text message without a mask, which clients must not do; the connection has to be closed."""
    with opened(bench) as (socket, case):
        socket.send(Opcode.TEXT, b"unmasked", masked=False)
        message = socket.message()
        reached = bool(case.events("received"))
    if reached or (message is not None and message.opcode != Opcode.CLOSE):
        return failed("An unmasked message reached the application.")
    if message is None and socket.ended == "silent":
        return failed("The connection stayed open after an unmasked frame.")
    return passed(f"The connection was closed: {said(message, socket)} came.")


@probe(
    "websocket.server_ping_within_25s",
    "Pings an idle connection within 25 seconds",
    Level.POLICY,
    asgi("www", "WebSocket", "websocket"),
    patient=True,
)
def server_ping(bench: Bench) -> Outcome:
    """Opens a connection, sends nothing for 25 seconds, and waits for a ping."""
    with bench.fresh() as server, dialled(server, "echo") as (socket, _):
        frame = socket.frame(25)
    if frame is not None and frame.opcode == Opcode.PING:
        return passed("A ping came.")
    if frame is None and socket.ended == "silent":
        return failed("No ping came within 25 seconds.")
    return failed(f"Instead of a ping, {said(frame, socket)} came.")
