"""What is not HTTP: WebSocket, lifespan, and protocols that nobody knows yet."""

import copy

from scripts.lab.inside.driver import (
    Conversation,
    Message,
    Receive,
    Scope,
    Send,
    http_scope,
    lifespan_scope,
    request_message,
    websocket_scope,
)
from scripts.lab.inside.pieces import plain
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach, raised
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, unsupported


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Accepts, returns two messages, and closes with a code of its own."""
    await receive()
    await send({"type": "websocket.accept", "headers": [(b"x-lab", b"accepted")]})
    for _ in range(2):
        message = await receive()
        await send({"type": "websocket.send", "text": message.get("text"), "bytes": message.get("bytes")})
    await send({"type": "websocket.close", "code": 4001, "reason": "lab"})


@probe(
    "websocket.passthrough",
    "Hands a WebSocket conversation through",
    Level.MUST,
    asgi("www", "Close - send event", "close-send-event"),
)
async def websocket(bench: Wrapper) -> Outcome:
    """A WebSocket connection through it: handshake, a text and a binary message to an application that returns them
    and closes with a code and a reason. Compares what comes out with what the application sent.
    """
    messages: list[Message] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "lab"},
        {"type": "websocket.receive", "bytes": b"\x00lab"},
    ]
    inner = Seen(_echo)
    async with Conversation(bench.wrap(inner), websocket_scope("/lab"), messages) as call:
        await call.ended()
        if not inner.scopes:
            return failed(f"The connection did not reach the application; the middleware {raised(call.error)}.")
        if not call.of("websocket.accept"):
            return failed(f"The handshake was not accepted, though the application did; {raised(call.error)}.")
        echoes = [message.get("text") or message.get("bytes") for message in call.of("websocket.send")]
        if echoes != ["lab", b"\x00lab"]:
            return failed("The application's messages did not come out as sent.")
        closed = [(message.get("code"), message.get("reason")) for message in call.of("websocket.close")]
        if closed != [(4001, "lab")]:
            return failed("Code and reason of the application's close did not come out.")
        return passed("Handshake, both messages and the close with its code came through.")


@probe(
    "lifespan.passthrough",
    "Hands startup, state and shutdown through",
    Level.MUST,
    asgi("lifespan", "Startup Complete - send event", "startup-complete-send-event"),
)
async def lifespan(bench: Wrapper) -> Outcome:
    """Sends a lifespan scope with a state through it, to an application that puts a value there, completes its startup
    and, when told, its shutdown. All of it has to come out, and the value has to be in the server's own state.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        scope["state"]["lab"] = "here"
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    inner = Seen(app)
    state: dict[str, object] = {}
    wrapped = bench.wrap(inner)
    async with Conversation(wrapped, lifespan_scope(state), [{"type": "lifespan.startup"}]) as call:
        if not await call.message("lifespan.startup.complete"):
            reached = "reached" if inner.scopes else "did not reach"
            return failed(f"No startup came out: the lifespan {reached} the application, and it {raised(call.error)}.")
        await call.give({"type": "lifespan.shutdown"})
        if not await call.message("lifespan.shutdown.complete"):
            return failed(f"No shutdown came out; it {raised(call.error)}.")
    if not inner.scopes:
        return failed("It answered the lifespan itself: the application's startup never ran.")
    if "lab" not in state:
        return failed("What the application left in the state did not reach the server.")
    return passed("Startup, state and shutdown went through.")


@probe(
    "protocol.unknown_scope_passthrough",
    "Leaves protocols that it does not know to the application",
    Level.SHOULD,
    asgi("main", "Protocol Specifications", "protocol-specifications"),
)
async def unknown_scope(bench: Wrapper) -> Outcome:
    """Calls it with a scope of an unknown type, around an application that rejects it with an exception. Handing it
    through passes; rejecting it itself is allowed; ending without an exception claims a protocol that nobody speaks.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError(f"unknown protocol {scope['type']}")

    inner = Seen(app)
    scope = {"type": "lab", "asgi": {"version": "3.0"}}
    async with Conversation(bench.wrap(inner), scope, [{"type": "lab.connect"}]) as call:
        ended = await call.ended()
    if isinstance(call.error, LookupError) and inner.scopes:
        return passed("The scope reached the application, and the exception with which that rejected it came out.")
    if call.error:
        return unsupported(f"It {raised(call.error)} itself; the application was not asked.")
    return failed("It ended without an exception." if ended else "It neither called the application nor ended.")


@probe(
    "protocol.scope_is_copied",
    "Changes no scope but its own copy",
    Level.SHOULD,
    asgi("main", "Middleware", "middleware"),
)
async def scope_is_copied(bench: Wrapper) -> Outcome:
    """Sends a request through it and compares the server's scope afterwards with what it was before: keys, values and
    headers; what stands in `state` and `extensions` is left out.
    """
    inner = Seen(plain)
    scope = http_scope("/lab", state={})
    before = copy.deepcopy(scope)
    async with Conversation(bench.wrap(inner), scope, [request_message()]) as call:
        await call.ended()
        must_reach(inner, call)
    changed = sorted(
        key
        for key in scope.keys() | before.keys()
        if key not in {"state", "extensions"} and (key not in scope or scope[key] != before.get(key))
    )
    if changed:
        return failed(f"It changed the scope that it was given: {', '.join(changed)}.")
    return passed("The server's scope is as it was.")
