"""What an application does wrong, and its server should not let through."""

from collections.abc import Mapping, Sequence
from typing import Any

from scripts.lab.app.behaviour import Call, http


def _start(*headers: tuple[object, object]) -> Mapping[str, Any]:
    return {"type": "http.response.start", "status": 200, "headers": list(headers)}


def _body(data: object, *, more: bool = False) -> Mapping[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


LENGTH = (b"content-length", b"4")
SENT: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "body-after-complete": (_start(LENGTH), _body(b"done"), _body(b"surplus"), _body(b"more", more=True)),
    "body-before-start": (_body(b"body"),),
    "double-start": (_start(LENGTH), _start(LENGTH), _body(b"done")),
    "length-too-long": (_start((b"content-length", b"10")), _body(b"done")),
    "length-too-short": (_start(LENGTH), _body(b"done-surplus")),
    "length-too-short-in-pieces": (_start(LENGTH), _body(b"done", more=True), _body(b"-surplus")),
    "text-body": (_start((b"x-lab", b"1")), _body("text")),
    "text-headers": (_start(("x-lab", "text")), _body(b"done")),
    "unknown-type": ({"type": "http.lab.unknown"}, _start(LENGTH), _body(b"done")),
    "line-break-in-header": (_start((b"x-lab", b"a\r\nx-injected: 1"), LENGTH), _body(b"done")),
    "incomplete": (_start(), _body(b"first", more=True)),
    "nothing": (),
}


async def _attempt(call: Call, message: Mapping[str, Any], number: int) -> None:
    """Sends one message; what the server raises is noted, and goes on its way."""
    try:
        await call.send(dict(message))
    except Exception as error:
        call.note("refused", message=number, error=type(error).__name__)
        raise
    call.note("taken", message=number)


@http("wrong")
async def wrong(call: Call) -> None:
    """Sends the messages that ``fault`` names, then returns."""
    for number, message in enumerate(SENT[call.options["fault"]]):
        await _attempt(call, message, number)


@http("raise")
async def raises(call: Call) -> None:
    """Raises before anything is sent, after the start or after a piece of the body."""
    when = call.options.get("when", "first")
    if when != "first":
        await call.start()
    if when == "body":
        await call.body(b"first", more=True)
        await call.gate("raise")
    raise ValueError("as the probe wants it")
