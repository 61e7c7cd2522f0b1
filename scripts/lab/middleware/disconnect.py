"""Whether an application learns that its client has gone, and what becomes of its exceptions."""

import asyncio

from scripts.lab.inside.driver import (
    Conversation,
    Receive,
    Scope,
    Send,
    http_scope,
    request_message,
)
from scripts.lab.inside.pieces import body, drained, start
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach
from scripts.lab.plan import Level, Outcome, Verdict, asgi, failed, passed, unsupported


@probe(
    "disconnect.http_disconnect_reaches_app",
    "Tells the application that the client has gone",
    Level.SHOULD,
    asgi("www", "Disconnect - receive event", "disconnect-receive-event"),
)
async def http_disconnect(bench: Wrapper) -> Outcome:
    """The application waits for the disconnect, once before it answers and once between two chunks of its answer. The
    server then says that the client has gone: the application has to be told, or to be cancelled.
    """
    for streaming in (False, True):
        when = "during its answer" if streaming else "before its answer"
        heard = await _told(bench, streaming=streaming)
        if not heard:
            return failed(f"The application, waiting for it {when}, was not told.")
        if heard not in {"http.disconnect", "cancelled"}:
            return failed(f"The application received {heard} {when} instead.")
    return passed("The application was told before its answer and during it.")


async def _told(bench: Wrapper, *, streaming: bool) -> str:
    """What an application that waits for the disconnect gets, "" for nothing."""
    told: list[str] = []
    waiting = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        if streaming:
            await send(start())
            await send(body(b"first", more=True))
        waiting.set()
        try:
            told.append((await receive())["type"])
        except asyncio.CancelledError:
            told.append("cancelled")
            raise

    inner = Seen(app)
    async with Conversation(bench.wrap(inner), http_scope(), [request_message()]) as call:
        await call.when(waiting)
        must_reach(inner, call)
        await call.give({"type": "http.disconnect"})
        await call.ended(0.5)
        return "".join(told[:1])  # later, the probe itself cancels


@probe(
    "disconnect.send_oserror_reaches_app",
    "Hands the error of a send to a gone client to the application",
    Level.SHOULD,
    asgi("www", "Disconnected Client - send exception", "disconnected-client-send-exception"),
)
async def send_oserror(bench: Wrapper) -> Outcome:
    """The server's `send` raises an OSError after the first chunk, as servers of specification 2.4 do. The application
    goes on sending chunks: one of its next 100 has to raise an OSError, or to be cancelled.
    """
    told: list[str] = []
    gate = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        await send(start())
        await send(body(b"first" * 200, more=True))
        await gate.wait()
        try:
            for _ in range(100):
                await send(body(b"more" * 200, more=True))
        except OSError:
            told.append("an OSError")
        except asyncio.CancelledError:
            told.append("its cancellation")
            raise
        except Exception as error:  # noqa: BLE001 - what it is is what is asked
            told.append(type(error).__name__)

    inner = Seen(app)
    async with Conversation(bench.wrap(inner), http_scope(), [request_message()]) as call:
        await call.message("http.response.start", patience=0.5)
        await call.message("http.response.body", patience=0.5)
        must_reach(inner, call)
        call.broken = True
        gate.set()
        await call.ended()
        heard = [*told]
    if not heard:
        return failed("The application sent 100 more chunks, and none of them raised.")
    if heard[0] in {"an OSError", "its cancellation"}:
        return passed(f"The application got {heard[0]}.")
    return failed(f"The application got {heard[0]}, which is no OSError.")


class LabError(Exception):
    """What the application raises."""


@probe(
    "errors.exception_propagates",
    "Hides no exception of the application",
    Level.MUST,
    asgi("main", "Error Handling", "error-handling"),
)
async def exception(bench: Wrapper) -> Outcome:
    """The application raises, once before its answer and once after the first chunk of it. The exception has to come
    out. An answer of 5xx without the exception is the middleware's right; an answer that looks whole is not.
    """
    outcomes = [await _surfaced(bench, streaming=streaming) for streaming in (False, True)]
    worst = next((one for one in outcomes if one and one.verdict is Verdict.FAIL), None)
    answered = next((one for one in outcomes if one), None)
    return worst or answered or passed("The exception came out, before the answer and during it.")


async def _surfaced(bench: Wrapper, *, streaming: bool) -> Outcome | None:
    """None where the exception came out."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        if streaming:
            await send(start())
            await send(body(b"first", more=True))
        raise LabError("as the probe wants it")

    when = "after the first chunk" if streaming else "before its answer"
    inner = Seen(app)
    async with Conversation(bench.wrap(inner), http_scope(), [request_message()]) as call:
        ended = await call.ended()
        must_reach(inner, call)
        if not ended:
            return failed(f"After an exception {when}, the middleware did not end.")
        if _is_ours(call.error):
            return None
        if call.error:
            return unsupported(f"Raised {when}, the exception came out as {type(call.error).__name__}.")
        if streaming and call.complete:
            return failed("The exception after the first chunk vanished, and the cut answer came out as whole.")
        if not streaming and not any(one["status"] >= 500 for one in call.of("http.response.start")):
            return failed("The exception before the answer vanished, and no answer of 5xx stands for it.")
        return unsupported(f"The exception {when} did not come out; the middleware ended without one.")


def _is_ours(error: BaseException | None) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(_is_ours(one) for one in error.exceptions)
    return isinstance(error, LabError)
