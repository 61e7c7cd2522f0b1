"""Whether what is sent bit by bit arrives bit by bit."""

import asyncio

from scripts.lab.inside.driver import (
    QUIET,
    Application,
    Conversation,
    Receive,
    Scope,
    Send,
    http_scope,
    request_message,
)
from scripts.lab.inside.pieces import TEXT, body, drained, start
from scripts.lab.middleware.codings import decodable, decoded
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach
from scripts.lab.plan import Level, NotOffered, Outcome, Undecided, asgi, failed, passed

_BODY = asgi("www", "Response Body - send event", "response-body-send-event")
_CHUNK = b"".join(b"%d lines of a body that can be compressed\n" % number for number in range(100))
_EVENT = b"data: first\n\n"
_EVENTS = ((b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"))


class Streaming:
    """Sends a chunk and waits at a gate before the next."""

    def __init__(self, chunk: bytes, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        self.chunk = chunk
        self.headers = headers
        self.gate = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        await send(start(200, self.headers))
        await send(body(self.chunk, more=True))
        await self.gate.wait()
        await send(body(b"last"))


@probe("streaming.first_chunk_immediate", "Hands the first chunk on before there is a second", Level.MUST, _BODY)
async def first_chunk(bench: Wrapper) -> Outcome:
    """The application sends one chunk and waits. The chunk has to come out while it waits; no coding is accepted."""
    app = Streaming(_CHUNK, (*TEXT,))
    inner = Seen(app)
    async with Conversation(bench.wrap(inner), http_scope(), [request_message()]) as call:
        early = await call.until(lambda call: call.body() == _CHUNK)
        must_reach(inner, call)
        app.gate.set()
        whole = await call.until(lambda call: call.body() == _CHUNK + b"last")
    if early:
        return passed("The chunk came out while the application was waiting to send the next.")
    if whole:
        return failed("The chunk came out only together with the end of the response.")
    raise Undecided("The body did not come out as it was sent.")


async def _compressed(wrap: Application, app: Streaming, coding: str) -> tuple[bool, bool, bool]:
    """Whether the response has the coding, whether its first chunk could be read in time, and the whole at the end."""

    def readable(call: Conversation) -> bytes:
        return decoded(coding, call.body())

    headers = [(b"accept-encoding", coding.encode())]
    async with Conversation(wrap, http_scope(headers=headers), [request_message()]) as call:
        await call.message("http.response.start", patience=QUIET)
        coded = _coding(call) == coding
        early = coded and await call.until(lambda call: readable(call) == app.chunk, QUIET)
        app.gate.set()
        await call.ended()
        coded = _coding(call) == coding
        return coded, early, coded and readable(call) == app.chunk + b"last"


def _coding(call: Conversation) -> str | None:
    for started in call.of("http.response.start"):
        for key, value in started.get("headers", ()):
            if bytes(key).lower() == b"content-encoding":
                return bytes(value).decode()
    return None


@probe("streaming.compressed_chunks_flushed", "Sends each compressed chunk at once", Level.POLICY, _BODY)
async def chunks_flushed(bench: Wrapper) -> Outcome:
    """The client accepts br, zstd or gzip, one at a time and those only that can be decoded here, until the response is
    compressed. The application sends a chunk of text and waits: what has come out by then has to decode to all of it.
    """
    for coding in decodable():
        app = Streaming(_CHUNK, (*TEXT,))
        coded, early, whole = await _compressed(bench.wrap(app), app, coding)
        if coded and not whole:
            return failed(f"The body that came out with the coding {coding} cannot be decoded to what was sent.")
        if coded and early:
            return passed(f"The first chunk could be decoded ({coding}) while the application was waiting.")
        if coded:
            return failed(f"The compressor ({coding}) held the first chunk back until the response went on.")
    raise NotOffered("It compresses no streamed response.")


@probe(
    "streaming.sse_not_delayed_when_compressing", "Delays no server-sent event in order to compress", Level.MUST, _BODY
)
async def sse_not_delayed(bench: Wrapper) -> Outcome:
    """As before with an event stream: the first event, a few bytes, has to be readable while the application waits,
    whether the middleware compresses it or leaves event streams alone.
    """
    compresses = False
    for coding in decodable():
        app = Streaming(_EVENT, _EVENTS)
        coded, early, _ = await _compressed(bench.wrap(app), app, coding)
        if coded:
            if not early:
                return failed(f"The first event was held back in the compressor ({coding}).")
            return passed(f"The first event could be decoded ({coding}) while the application was waiting.")
        other = Streaming(_CHUNK, (*TEXT,))
        compresses = compresses or (await _compressed(bench.wrap(other), other, coding))[0]
        if compresses:
            return await _left_alone(bench)
    raise NotOffered("It compresses nothing.")


async def _left_alone(bench: Wrapper) -> Outcome:
    """It does not compress event streams: then they have to pass at once."""
    app = Streaming(_EVENT, _EVENTS)
    headers = [(b"accept-encoding", b"br, zstd, gzip")]
    async with Conversation(bench.wrap(app), http_scope(headers=headers), [request_message()]) as call:
        early = await call.until(lambda call: call.body() == _EVENT)
        app.gate.set()
        await call.ended()
    if early:
        return passed("It compresses other responses, and hands the event on at once and uncompressed.")
    return failed("It does not compress the event stream, and held its first event back nevertheless.")


@probe(
    "streaming.request_body_unbuffered",
    "Hands the request's body on as it arrives",
    Level.POLICY,
    asgi("www", "Request - receive event", "request-receive-event"),
)
async def request_unbuffered(bench: Wrapper) -> Outcome:
    """Sends the first part of a body through it and keeps the second back until the application has the first."""
    arrived: list[bytes] = []
    first = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            arrived.append(message.get("body", b""))
            if b"".join(arrived) == b"first":
                first.set()
            if not message.get("more_body"):
                break
        await send(start())
        await send(body(b"ok"))

    inner = Seen(app)
    scope = http_scope(method="POST", headers=[(b"content-type", b"text/plain"), (b"content-length", b"10")])
    async with Conversation(bench.wrap(inner), scope, [request_message(b"first", more=True)]) as call:
        early = await call.when(first, QUIET)
        await call.give(request_message(b"later"))
        await call.ended()
        must_reach(inner, call)
    if b"".join(arrived) != b"firstlater":
        raise Undecided("The body did not arrive as it was sent.")
    if early:
        return passed("The application had the first part before the second was sent.")
    return failed("The application got the first part only after the last had arrived.")


@probe(
    "streaming.final_body_before_background_work",
    "Ends the response before the application ends",
    Level.MUST,
    _BODY,
)
async def final_body(bench: Wrapper) -> Outcome:
    """The application sends its last body and goes on working. The last body has to come out while it works."""
    gate = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        await send(start())
        await send(body(b"done"))
        await gate.wait()

    inner = Seen(app)
    async with Conversation(bench.wrap(inner), http_scope(), [request_message()]) as call:
        early = await call.until(lambda call: call.complete, QUIET)
        must_reach(inner, call)
        gate.set()
        await call.ended()
    if early:
        return passed("The response was complete while the application was still at work.")
    if call.complete:
        return failed("The response was complete only after the application had returned.")
    return failed("The response was never completed.")
