"""Whether what a server offers beyond the core specification survives the way."""

from scripts.lab.inside.driver import Conversation, Message, Receive, Scope, Send, http_scope, request_message
from scripts.lab.inside.pieces import CODINGS, TEXT, body, drained, start
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach
from scripts.lab.plan import Level, Outcome, Source, asgi, failed, passed, unsupported

_EXTENSIONS: Source = asgi("main", "Extensions", "extensions")


async def _survives(bench: Wrapper, extension: str, messages: list[Message], kept: list[Message]) -> Outcome:
    """Sends the messages from inside where the extension is offered; those that are to be kept have to come out."""
    for headers in ((), CODINGS):
        offered: list[bool] = []

        async def app(scope: Scope, receive: Receive, send: Send, offered: list[bool] = offered) -> None:
            await drained(receive)
            offered.append(extension in (scope.get("extensions") or {}))
            for message in messages if offered[0] else [start(), body(b"without")]:
                await send(dict(message))

        inner = Seen(app)
        scope = http_scope(headers=[*headers, (b"te", b"trailers")], extensions=[extension])
        async with Conversation(bench.wrap(inner), scope, [request_message()]) as call:
            ended = await call.ended()
            must_reach(inner, call)
        client = "compression accepted" if headers else "no compression accepted"
        if not offered[0]:
            return unsupported(f"It hides the extension from the application ({client}).")
        if call.error:
            return failed(f"It offers the extension, but its message raised {type(call.error).__name__} ({client}).")
        if not ended:
            return failed(f"It offers the extension, but did not end after its message ({client}).")
        for message in kept:
            if not any(message.items() <= sent.items() for sent in call.sent):
                return failed(f"It offers the extension, but {message['type']} did not come out as sent ({client}).")
        if _types(call.sent) != _types(messages):
            return failed(f"Messages came out added, missing or in another order ({client}).")
    return passed("The extension was offered inside, and its messages came out as sent.")


def _types(messages: list[Message]) -> list[str]:
    """Their order; an early hint may overtake the start, because on the wire it does."""
    return [message["type"] for message in messages if message["type"] != "http.response.early_hint"]


@probe("extensions.pathsend_passthrough", "Hands path sends on", Level.SHOULD, _EXTENSIONS)
async def pathsend(bench: Wrapper) -> Outcome:
    """The server offers `http.response.pathsend`. If the application is offered it too, it answers by it, once with
    compression accepted and once without: the message has to come out unchanged. Hiding the extension is allowed.
    """
    sent: Message = {"type": "http.response.pathsend", "path": "/lab/file"}
    started = start(200, [*TEXT, (b"content-length", b"3000")])
    return await _survives(bench, "http.response.pathsend", [started, sent], [sent])


@probe("extensions.early_hint_passthrough", "Hands early hints on", Level.SHOULD, _EXTENSIONS)
async def early_hint(bench: Wrapper) -> Outcome:
    """As before with `http.response.early_hint`: the application sends the hint after the start of the response, as the
    specification places it; the hint has to come out with its links, before or after the start.
    """
    hint: Message = {"type": "http.response.early_hint", "links": [b"</lab.css>; rel=preload; as=style"]}
    return await _survives(bench, "http.response.early_hint", [start(), hint, body(b"ok")], [hint])


@probe("extensions.trailers_passthrough", "Hands trailers on", Level.SHOULD, _EXTENSIONS)
async def trailers(bench: Wrapper) -> Outcome:
    """As before with `http.response.trailers`: the start has to say that trailers follow, and they have to follow."""
    started = start(200, [*TEXT, (b"trailer", b"x-lab")], trailers=True)
    last: Message = {"type": "http.response.trailers", "headers": [(b"x-lab", b"sum")], "more_trailers": False}
    kept: list[Message] = [{"type": "http.response.start", "trailers": True}, last]
    return await _survives(bench, "http.response.trailers", [started, body(b"ok"), last], kept)
