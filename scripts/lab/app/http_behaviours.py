"""What the probe application does with requests; ``http_faults``: what it does wrong, ``http_endings``: how it ends."""

import hashlib
from collections.abc import Iterator, Mapping

from scripts.lab.app import http_endings, http_faults
from scripts.lab.app.behaviour import Call, http

__all__ = ["http_endings", "http_faults"]  # imported, so that they register

PIECE = 64 * 1024
TEXT = (b"content-type", b"text/plain")


async def answer(call: Call, body: bytes, status: int = 200) -> None:
    await call.start(status, [TEXT, (b"content-length", str(len(body)).encode())])
    await call.body(body)


async def whole_body(call: Call) -> bytes | None:
    """The request's body, None if it broke off: half a body must not be answered as if it were one."""
    parts: list[bytes] = []
    while True:
        message = await call.receive()
        if message["type"] != "http.request":
            call.note("disconnect", type=message["type"])
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


@http("ready")
async def ready(call: Call) -> None:
    """A whole answer."""
    await answer(call, b"ok")


@http("name")
async def name(call: Call) -> None:
    """Says which of several requests this is, once the gate of that name is open if there is one."""
    if "gate" in call.options:
        await call.gate(call.options["gate"])
    await answer(call, call.options.get("name", "").encode())


@http("scope")
async def scope(call: Call) -> None:
    """Notes what the server says of the request, values and types apart."""
    headers = [(key, value) for key, value in call.scope["headers"]]
    kinds: Mapping[str, str] = {key: type(value).__name__ for key, value in call.scope.items()}
    plain = all(type(name) is bytes and type(value) is bytes for name, value in headers)
    values = {key: value for key, value in call.scope.items() if key not in {"headers", "app"}}
    call.note("scope", scope=values, types=kinds, headers=headers, headers_are_bytes=plain)
    await answer(call, b"ok")


@http("state")
async def state(call: Call) -> None:
    """Notes the state of the lifespan, then changes it at both levels."""
    found = call.scope.get("state")
    call.note("state", present=isinstance(found, dict), state=found)
    if isinstance(found, dict):
        found["changed"] = True
        found.setdefault("lab", []).append("changed")
    await answer(call, b"ok")


@http("echo")
async def echo(call: Call) -> None:
    """Sends back what it received."""
    body = await whole_body(call)
    if body is not None:
        await answer(call, body)


@http("digest")
async def digest(call: Call) -> None:
    """Says how much it received, and its digest."""
    body = await whole_body(call)
    if body is not None:
        await answer(call, f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode())


@http("parts")
async def parts(call: Call) -> None:
    """Notes how much of the request's body has come, message by message."""
    total = 0
    body = b""
    while True:
        message = await call.receive()
        if message["type"] != "http.request":
            call.note("disconnect", total=total)
            return
        body += message.get("body", b"")
        total = len(body)
        call.note("part", total=total, more=bool(message.get("more_body")))
        if not message.get("more_body"):
            break
    await answer(call, body)


@http("unread")
async def unread(call: Call) -> None:
    """Answers without a look at the request's body."""
    await answer(call, b"early", call.number("status", 200))


@http("stream")
async def stream(call: Call) -> None:
    """Two pieces with a gate between them, if one is named; ``length=1`` says beforehand how long they are."""
    length = [(b"content-length", b"10")] if call.number("length", 0) else []
    await call.start(headers=[TEXT, *length])
    await call.body(b"first", more=True)
    if "gate" in call.options:
        await call.gate(call.options["gate"])
    await call.body(b"-last", more=bool(call.number("separate", 0)))
    if call.number("separate", 0):
        await call.body()


@http("status")
async def status(call: Call) -> None:
    """A status without a body, and nothing said about its length."""
    await call.start(call.number("status", 204), [(b"x-lab", b"1")])
    await call.body()


@http("ordered")
async def ordered(call: Call) -> None:
    """Headers whose order and number are looked at."""
    values = (b"x-lab-b: 1", b"set-cookie: a=1", b"x-lab-a: 2", b"set-cookie: b=2", b"x-lab-b: 3", b"set-cookie: c=3")
    headers = [tuple(value.split(b": ")) for value in values]
    await call.start(headers=[*headers, (b"content-length", b"2")])
    await call.body(b"ok")


@http("iterable")
async def iterable(call: Call) -> None:
    """Headers in a form that is no list of tuples: ``form`` says which."""
    pairs = ([b"x-lab", b"1"], [b"content-length", b"2"])

    def generated() -> Iterator[list[bytes]]:
        yield from pairs

    forms: Mapping[str, object] = {
        "tuple": tuple(tuple(pair) for pair in pairs),
        "lists": [list(pair) for pair in pairs],
        "generator": generated(),
        "values": {1: pairs[0], 2: pairs[1]}.values(),
    }
    await call.start(headers=forms[call.options["form"]])
    await call.body(b"ok")


@http("background")
async def background(call: Call) -> None:
    """Answers and works on."""
    await answer(call, b"ok")
    call.note("answered")
    await call.gate("work")
    call.note("worked")


@http("hold")
async def hold(call: Call) -> None:
    """Leaves the request's body where it is until the gate opens."""
    await call.gate("read")
    body = await whole_body(call)
    if body is not None:
        await answer(call, str(len(body)).encode())


@http("flood")
async def flood(call: Call) -> None:
    """Sends as fast as it may, and notes how far it came."""
    pieces = call.number("pieces", 512)
    await call.start()
    for number in range(pieces):
        await call.body(b"x" * PIECE, more=True)
        if number % 4 == 0:
            call.note("sent", pieces=number + 1)
    await call.body()
    call.note("all_sent")
