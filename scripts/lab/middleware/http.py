"""What becomes of a request and its response."""

from scripts.lab.inside.driver import (
    Conversation,
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    fetch,
    http_scope,
    request_message,
)
from scripts.lab.inside.pieces import CODINGS, TEXT, body, drained, start
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach, raised
from scripts.lab.plan import Level, Outcome, Undecided, asgi, failed, passed, rfc

_SENT = [(b"x-lab", b"one"), (b"x-lab", b"two"), (b"accept", b"text/plain")]
_ANSWERED = [*TEXT, (b"x-lab-answer", b"one"), (b"x-lab-answer", b"two")]


@probe(
    "http.passthrough",
    "Hands a plain request and its response through",
    Level.MUST,
    asgi("www", "HTTP Connection Scope", "http-connection-scope"),
)
async def passthrough(bench: Wrapper) -> Outcome:
    """Sends a GET request with a query and a repeated header through it to an application that answers 201 with a
    repeated header. Compares method, path, query, headers and their order on the way in, and status, headers, order
    and body on the way out; headers that the middleware adds do not count.
    """

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        await send(start(201, _ANSWERED))
        await send(body(b"as sent"))

    seen = Seen(inner)
    scope = http_scope("/lab/path", query=b"a=1&a=2", headers=_SENT)
    async with Conversation(bench.wrap(seen), scope, [request_message()]) as call:
        await call.ended()
        must_reach(seen, call)
        arrived = seen.scopes[0]
        if (arrived["method"], arrived["path"], arrived["query_string"]) != ("GET", "/lab/path", b"a=1&a=2"):
            return failed("Method, path or query reached the application changed.")
        if [pair for pair in map(tuple, arrived["headers"]) if pair in _SENT] != _SENT:
            return failed("Headers of the request did not all reach the application, or not in their order.")
        started = call.of("http.response.start")
        if not started:
            return failed(f"No response came out; it {raised(call.error)}.")
        headers = [pair for pair in map(tuple, started[0].get("headers", ())) if pair in _ANSWERED]
        if (started[0]["status"], headers, call.body()) != (201, _ANSWERED, b"as sent"):
            return failed("Status, headers or body of the response came out changed.")
        return passed("Request and response went through as they were sent.")


@probe(
    "http.empty_304",
    "Leaves a response without content without content",
    Level.MUST,
    rfc(9110, "15.4.5"),
)
async def empty_304(bench: Wrapper) -> Outcome:
    """The application answers 304 with an ETag to a request that accepts br, zstd and gzip: once with one empty body,
    once with two. Whatever comes out has to be 304, without a byte of content, and without a coding of it.
    """
    for bodies in ([body()], [body(more=True), body()]):

        async def inner(scope: Scope, receive: Receive, send: Send, bodies: list[Message] = bodies) -> None:
            await drained(receive)
            for message in [start(304, [(b"etag", b'"lab"')]), *bodies]:
                await send(message)

        response = await fetch(bench.wrap(inner), http_scope(headers=CODINGS))
        if response is None:
            raise Undecided("No response came out.")
        how = "one empty body" if len(bodies) == 1 else "a streamed empty body"
        if response.status != 304:
            return failed(f"The 304 with {how} became {response.status}.")
        if response.body:
            return failed(f"The 304 with {how} got content.")
        if response.header(b"content-encoding"):
            return failed(f"The 304 with {how} got a Content-Encoding, though it has no content.")
    return passed("The 304 came out without content.")


@probe(
    "http.response_start_before_body",
    "Starts each response once, before its body",
    Level.MUST,
    asgi("www", "Response Start - send event", "response-start-send-event"),
)
async def start_before_body(bench: Wrapper) -> Outcome:
    """The application streams a body in three messages, once an empty one, with codings accepted and without. Looks at
    the order of the messages that come out: one start, then bodies, the last of which says that it is the last.
    """
    for parts in ([b"a" * 2000, b"b" * 2000, b""], [b"", b"", b""]):
        for headers in ((), CODINGS):
            fault = await _out_of_order(bench, parts, headers)
            if fault:
                return failed(fault)
    return passed("One start, then the body, in every case.")


async def _out_of_order(bench: Wrapper, parts: list[bytes], headers: Headers) -> str:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await drained(receive)
        await send(start())
        for number, part in enumerate(parts):
            await send(body(part, more=number < len(parts) - 1))

    async with Conversation(bench.wrap(inner), http_scope(headers=headers), [request_message()]) as call:
        await call.ended()
        kinds = [message["type"] for message in call.sent]
        more = [message.get("more_body", False) for message in call.of("http.response.body")]
    if kinds.count("http.response.start") > 1:
        return "The start of the response came out more than once."
    if kinds[:1] != ["http.response.start"]:
        return "What came out does not begin with the start of the response."
    if not more or more[-1] or not all(more[:-1]):
        return "The bodies that came out do not end with exactly one last body."
    return ""
