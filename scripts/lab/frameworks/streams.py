"""Bodies that come and go bit by bit."""

import asyncio
import gc
import importlib

from scripts.lab.frameworks.registry import Framework, probe
from scripts.lab.frameworks.steps import serving
from scripts.lab.inside.board import BOARD
from scripts.lab.inside.driver import QUIET, request_message
from scripts.lab.plan import Level, NotOffered, Outcome, Undecided, asgi, failed, passed

_OCTETS = (b"content-type", b"application/octet-stream")


@probe(
    "http.streaming_response",
    "Sends a response bit by bit",
    Level.POLICY,
    asgi("www", "Response Body - send event", "response-body-send-event"),
)
async def streaming(bench: Framework) -> Outcome:
    """The handler yields a part and waits before the next: the first has to be sent while it waits."""
    bench.wants("stream")
    async with serving(bench) as served, served.call("/stream") as call:
        early = await call.until(lambda call: call.body() == b"one")
        BOARD.open("two")
        whole = await call.until(lambda call: call.body() == b"onetwo" and call.complete)
    if early and whole:
        return passed("The first part was sent while the handler was waiting to yield the second.")
    if whole:
        return failed("The first part was sent only once the handler had yielded the second.")
    return failed("The body was not sent as the handler yielded it.")


@probe(
    "http.request_body_streaming",
    "Hands a request's body to the handler as it arrives",
    Level.POLICY,
    asgi("www", "Request - receive event", "request-receive-event"),
)
async def request_body(bench: Framework) -> Outcome:
    """Sends the first part of a body and keeps the second back until the handler, which reads by the framework's idiom
    for streams, has noted the first.
    """
    bench.wants("stream in")
    headers = [_OCTETS, (b"content-length", b"10")]
    first = request_message(b"first", more=True)
    async with serving(bench) as served, served.call("/receive", first, method="POST", headers=headers) as call:
        early = await BOARD.noted("part", QUIET)
        await call.give(request_message(b"later"))
        await call.ended()
        if call.body() != b"10":
            return failed("The handler did not get the body as a stream.")
    if early:
        return passed("The handler had the first part before the second was sent.")
    return failed("The handler got the first part only after the last had arrived.")


@probe(
    "http.stream_stops_on_http_disconnect",
    "Stops an endless response when it is told that the client has gone",
    Level.POLICY,
    asgi("www", "Disconnect - receive event", "disconnect-receive-event"),
)
async def stops_on_disconnect(bench: Framework) -> Outcome:
    """The handler streams without end. The server, of specification 2.3, gives `http.disconnect` and goes on taking
    what is sent: the handler's generator has to be closed, or
    asked for no more.
    """
    bench.wants("stream")
    async with serving(bench) as served, served.call("/endless", spec_version="2.3") as call:
        if not await call.message("http.response.body"):
            raise Undecided("The endless response did not begin.")
        await call.give({"type": "http.disconnect"})
        stopped = await _stopped()
    return stopped or failed("The handler went on, though `http.disconnect` was there to be received.")


@probe(
    "http.stream_stops_on_send_oserror",
    "Stops an endless response when sending fails",
    Level.POLICY,
    asgi("www", "Disconnected Client - send exception", "disconnected-client-send-exception"),
)
async def stops_on_oserror(bench: Framework) -> Outcome:
    """The handler streams without end. The server, of specification 2.4, raises an OSError from `send`, and `receive`
    gives nothing: the handler's generator has to be closed, or
    asked for no more.
    """
    bench.wants("stream")
    async with serving(bench) as served, served.call("/endless", spec_version="2.4") as call:
        if not await call.message("http.response.body"):
            raise Undecided("The endless response did not begin.")
        call.broken = True
        await call.ended(QUIET)
        stopped = await _stopped()
    return stopped or failed("The handler went on, though `send` raised.")


async def _stopped() -> Outcome | None:
    """Whether the endless handler yields no more; None if it goes on."""
    if await BOARD.noted("stopped", QUIET):
        return passed("The handler's generator was closed.")
    before = len(BOARD.notes.get("tick", ()))
    gc.collect()
    await asyncio.sleep(QUIET)
    if "stopped" in BOARD.notes:
        return passed("The handler's generator was closed.")
    if len(BOARD.notes.get("tick", ())) == before:
        return passed("The handler's generator was asked for no more, though not closed.")
    return None


@probe("http.sse", "Sends server-sent events as they happen", Level.POLICY)
async def events(bench: Framework) -> Outcome:
    """GET of a route that sends an event and waits before the next, by the framework's helper or else by its streaming
    response. Looks at the media type, and whether the first event is sent while the handler waits.
    """
    bench.wants("stream")
    headers = [(b"accept", b"text/event-stream")]
    async with serving(bench) as served, served.call("/sse", headers=headers) as call:
        early = await call.until(lambda call: b"data: one" in call.body().replace(b"data:one", b"data: one"))
        BOARD.open("two")
        await call.until(lambda call: b"two" in call.body())
        started = call.of("http.response.start")
        kinds = (
            [bytes(value) for key, value in started[0]["headers"] if bytes(key).lower() == b"content-type"]
            if started
            else []
        )
    if not early:
        return failed("The first event was not sent while the handler waited.")
    if not kinds or not kinds[0].startswith(b"text/event-stream"):
        return failed("The events were sent, but not as text/event-stream.")
    return passed("The first event was sent at once, as text/event-stream.")


@probe("http.sse_helper_built_in", "Has a helper for server-sent events", Level.POLICY)
async def helper(bench: Framework) -> Outcome:
    """Looks for the class or function that the framework's documentation names for server-sent events, and imports
    it. Packages beside the framework do not count.
    """
    path = bench.fact("SSE_HELPER")
    if path is None:
        raise NotOffered("It has no helper for server-sent events.")
    module, _, name = path.rpartition(".")
    if not hasattr(importlib.import_module(module), name):
        return failed(f"{path}, which its documentation names, is not there.")
    return passed(f"{path} is part of it.")
