"""Lifespan, WebSocket, and what nobody knows yet."""

from scripts.lab.frameworks.registry import Framework, probe
from scripts.lab.frameworks.steps import Serving, serving, stop
from scripts.lab.inside.board import BOARD
from scripts.lab.inside.driver import Conversation
from scripts.lab.plan import Level, NotOffered, Outcome, asgi, failed, passed, unsupported

_CONNECT = {"type": "websocket.connect"}


def _must_know_lifespan(bench: Framework, served: Serving) -> None:
    bench.wants("lifespan")
    if not served.lifespan.sent and served.lifespan.error:
        raise NotOffered(f"It rejects the lifespan with {type(served.lifespan.error).__name__}.")


@probe(
    "lifespan.startup_shutdown",
    "Runs startup and shutdown handlers",
    Level.POLICY,
    asgi("lifespan", "Startup - receive event", "startup-receive-event"),
)
async def startup_shutdown(bench: Framework) -> Outcome:
    """Sends a startup, and later a shutdown; handlers registered by the framework's idiom have to run before either is
    reported as complete.
    """
    async with serving(bench) as served:
        _must_know_lifespan(bench, served)
        if not served.started:
            return failed("The startup was not reported as complete.")
        if "startup" not in BOARD.notes:
            return failed("The startup was reported as complete, but the handler did not run.")
        await stop(served)
        if "shutdown" not in BOARD.notes:
            return failed("The handler of the shutdown did not run.")
        if not served.lifespan.of("lifespan.shutdown.complete"):
            return failed("The shutdown was not reported as complete.")
    return passed("Both handlers ran, and both were reported as complete.")


@probe(
    "lifespan.startup_failure_reported",
    "Reports a startup that fails",
    Level.POLICY,
    asgi("lifespan", "Startup Failed - send event", "startup-failed-send-event"),
)
async def startup_failure(bench: Framework) -> Outcome:
    """The startup handler raises. `lifespan.startup.failed` has to be sent: an exception alone means to servers that
    the application does not speak the protocol, and they go on.
    """
    async with serving(bench, fail_startup=True) as served:
        await served.lifespan.message("lifespan.startup.failed")
        bench.wants("lifespan")
        if "startup" not in BOARD.notes:
            raise NotOffered("Its startup handler did not run.")
        if served.lifespan.of("lifespan.startup.failed"):
            return passed("`lifespan.startup.failed` was sent.")
        if served.started:
            return failed("The startup was reported as complete, though its handler raised.")
        if served.lifespan.error:
            return failed("The exception came out instead, which servers take for an application without lifespan.")
        return failed("Nothing was reported.")


@probe(
    "lifespan.state_reaches_handler",
    "Shares what startup made by the server's state",
    Level.POLICY,
    asgi("lifespan", "Lifespan State", "lifespan-state"),
)
async def state(bench: Framework) -> Outcome:
    """The server offers a state at startup and hands a copy of it to each request. The startup handler leaves a value
    there by the framework's idiom, and a handler answers with the value that it finds.
    """
    bench.wants("state")
    async with serving(bench) as served:
        _must_know_lifespan(bench, served)
        response = await served.fetch("/state")
    if response.body != b"from startup":
        return failed("The handler did not find the value of the startup handler.")
    if not served.state:
        return unsupported("The value reaches the handler by an object of the framework; the server's state is unused.")
    return passed("The handler found the value in the state that the server had handed on.")


@probe(
    "protocol.unknown_scope_raises",
    "Rejects protocols that it does not know",
    Level.SHOULD,
    asgi("main", "Protocol Specifications", "protocol-specifications"),
)
async def unknown_scope(bench: Framework) -> Outcome:
    """Calls the application with a scope of an unknown type: it should raise an exception, of any type."""
    async with serving(bench) as served:
        scope = {"type": "lab", "asgi": {"version": "3.0"}, "path": "/hello", "headers": []}
        async with Conversation(served.app, scope, [{"type": "lab.connect"}]) as call:
            ended = await call.ended()
    if call.error:
        return passed("It raised an exception.")
    if call.sent:
        return failed("It answered, in a protocol that it does not know.")
    return failed("It returned without an exception." if ended else "It neither answered nor ended.")


@probe(
    "websocket.echo",
    "Speaks WebSocket",
    Level.CLAIM,
    asgi("www", "WebSocket", "websocket"),
    claim="websocket",
)
async def echo(bench: Framework) -> Outcome:
    """Connects to a handler that accepts and returns one message, then closes."""
    bench.wants("websocket")
    text = {"type": "websocket.receive", "text": "lab"}
    async with serving(bench) as served, served.websocket("/echo", _CONNECT, text) as call:
        answer = await call.message("websocket.send")
        await call.give({"type": "websocket.disconnect", "code": 1000})
        accepted = call.of("websocket.accept")
    if not accepted:
        return failed("The connection was not accepted.")
    if answer is None or answer.get("text") != "lab":
        return failed("The connection was accepted, but the message did not come back.")
    return passed("The connection was accepted, and the message came back.")


@probe(
    "websocket.unknown_path_refused",
    "Refuses a WebSocket where there is no route",
    Level.CLAIM,
    asgi("www", "Connect - receive event", "connect-receive-event"),
    claim="websocket",
)
async def unknown_path(bench: Framework) -> Outcome:
    """Connects to a path that no route has: a close before any accept passes, which servers turn into 403. An exception
    is allowed, too: servers refuse with 500 then.
    """
    bench.wants("websocket")
    async with serving(bench) as served, served.websocket("/no/such/route", _CONNECT) as call:
        await call.until(lambda call: bool(call.sent))
        await call.ended(QUIET_END)
        kinds = [message["type"] for message in call.sent]
    if kinds[:1] == ["websocket.close"]:
        return passed("It closed before it accepted.")
    if "websocket.accept" in kinds:
        return failed("It accepted a connection that no route has.")
    if call.error:
        return unsupported(f"It raised {type(call.error).__name__}, and leaves the refusal to the server.")
    return failed("It neither accepted nor closed." if not kinds else f"It answered with {kinds[0]}.")


QUIET_END = 0.3  # seconds in which an application that has refused returns
