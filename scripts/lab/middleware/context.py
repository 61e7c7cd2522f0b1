"""Whether context variables live through it: request ids, transactions and translations rest on them."""

import contextvars

from scripts.lab.inside.driver import Application, Conversation, Receive, Scope, Send, http_scope, request_message
from scripts.lab.inside.pieces import plain
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.middleware.steps import Seen, must_reach
from scripts.lab.plan import Level, Outcome, failed, passed

_OUTER: contextvars.ContextVar[str] = contextvars.ContextVar("outer", default="unset")
_INNER: contextvars.ContextVar[str] = contextvars.ContextVar("inner", default="unset")


async def _asked(app: Application, inner: Seen) -> None:
    async with Conversation(app, http_scope(), [request_message()]) as call:
        await call.ended()
        must_reach(inner, call)


@probe("context.outer_var_visible_inside", "Shows the application context variables set outside", Level.POLICY)
async def outer_inside(bench: Wrapper) -> Outcome:
    """Sets a context variable around the middleware and reads it in the application inside."""
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(_OUTER.get())
        await plain(scope, receive, send)

    inner = Seen(app)
    wrapped = bench.wrap(inner)

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        _OUTER.set("set")
        await wrapped(scope, receive, send)

    await _asked(around, inner)
    if seen == ["set"]:
        return passed("The application saw the value that was set around the middleware.")
    return failed("The application did not see the value that was set around the middleware.")


@probe("context.inner_var_visible_outside", "Shows context variables that the application set", Level.POLICY)
async def inner_outside(bench: Wrapper) -> Outcome:
    """The application sets a context variable; it is read around the middleware after that has returned."""
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        _INNER.set("set")
        await plain(scope, receive, send)

    inner = Seen(app)
    wrapped = bench.wrap(inner)

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        await wrapped(scope, receive, send)
        seen.append(_INNER.get())

    await _asked(around, inner)
    if seen == ["set"]:
        return passed("The value that the application set was seen around the middleware.")
    return failed("The application runs in a context of its own: what it set was not seen around the middleware.")
