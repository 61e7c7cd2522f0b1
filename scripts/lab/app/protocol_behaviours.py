"""What the probe application does with requests that are about HTTP/2, HTTP/3 and the extensions of ASGI."""

import contextlib
import tempfile
from pathlib import Path

from scripts.lab.app.behaviour import Call, http, sleep

FILE = b"".join(number.to_bytes(4, "big") for number in range(1 << 15))  # 128 KiB of which no part is like another


def extensions(call: Call) -> dict[str, object]:
    return dict(call.scope.get("extensions") or {})


@http("protocol-scope")
async def protocol_scope(call: Call) -> None:
    """Writes down what the scope says of the protocol, and the extensions with the types of their values."""
    offered = extensions(call)
    tls = offered.get("tls")
    call.note(
        "scope",
        extensions=sorted(offered),
        tls=tls,
        tls_kinds={key: type(value).__name__ for key, value in tls.items()} if isinstance(tls, dict) else None,
        headers=[[*pair] for pair in call.scope["headers"]],
        **{key: call.scope.get(key) for key in ("http_version", "method", "path", "query_string", "scheme")},
    )
    await call.start()
    await call.body(b"seen")


@http("protocol-echo")
async def protocol_echo(call: Call) -> None:
    """Sends the body of the request back."""
    body = await call.request_body()
    call.note("body", size=len(body))
    await call.start()
    await call.body(body)


@http("protocol-gated")
async def protocol_gated(call: Call) -> None:
    """Sends the first part, waits at a gate, and sends the rest."""
    await call.start()
    await call.body(b"first ", more=True)
    call.note("first")
    await call.gate("rest")
    await call.body(b"second")


@http("protocol-waits")
async def protocol_waits(call: Call) -> None:
    """Answers once a gate opens."""
    call.note("waiting")
    await call.gate("answer")
    await call.start()
    await call.body(b"late")


@http("protocol-endless")
async def protocol_endless(call: Call) -> None:
    """Sends until it is stopped."""
    await call.start()
    while True:
        await call.body(b"tick\n", more=True)
        call.note("tick")
        await sleep(0.05)


@http("protocol-floods")
async def protocol_floods(call: Call) -> None:
    """Sends parts of 64 KiB and counts them."""
    await call.start()
    count = call.number("parts", 1)
    for number in range(count):
        await call.body(b"\x2a" * 65536, more=number + 1 < count)
        call.note("sent", number=number + 1)
        await sleep(0)


@http("protocol-disconnect")
async def protocol_disconnect(call: Call) -> None:
    """Reads the request and then waits for the disconnect."""
    await call.request_body()
    call.note("waiting")
    message = await call.receive()
    call.note("disconnected", type=message["type"])


@http("protocol-raises")
async def protocol_raises(call: Call) -> None:
    """Fails at once, or after a first part."""
    if "late" in call.options:
        await call.start()
        await call.body(b"first ", more=True)
        await call.gate("raise")
    raise RuntimeError("as the probe wants it")


@http("protocol-extension")
async def protocol_extension(call: Call) -> None:
    """Uses the extension that the request names, if the scope advertises it."""
    name = call.options["name"]
    offered = extensions(call)
    call.note("extensions", names=sorted(offered))
    use = {"early_hint": _early_hint, "push": _push, "trailers": _trailers}.get(name, _file)
    await (use(call, name) if f"http.response.{name}" in offered else _plain(call))


async def _plain(call: Call) -> None:
    await call.start()
    await call.body(b"without")


async def _early_hint(call: Call, name: str) -> None:
    """Before the start, as asgiref has it since a clarification in August 2026; ``late``: after it, as before that."""
    links = [b"</lab.css>; rel=preload", b"</lab.js>; rel=preload"]
    if "late" in call.options:
        await call.start()
        await call.send({"type": f"http.response.{name}", "links": links})
        await call.body(b"without")
    else:
        await call.send({"type": f"http.response.{name}", "links": links})
        await _plain(call)


async def _push(call: Call, name: str) -> None:
    await call.start()
    path = f"/protocol-scope?case={call.case}"
    await call.send({"type": f"http.response.{name}", "path": path, "headers": [(b"x-lab", b"pushed")]})
    await call.body(b"without")


async def _trailers(call: Call, name: str) -> None:
    await call.start(headers=[(b"content-type", b"text/plain"), (b"trailer", b"x-lab")], trailers=True)
    await call.body(b"without")
    await call.send({"type": f"http.response.{name}", "headers": [(b"x-lab", b"trailing")], "more_trailers": False})


async def _file(call: Call, name: str) -> None:
    """A file of its own, gone afterwards. ``number``: hands its number over instead of the object."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "file"
        path.write_bytes(FILE)
        await call.start(headers=[(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(FILE))])
        if name == "pathsend":
            await call.send({"type": f"http.response.{name}", "path": str(path)})
        else:
            file = stack.enter_context(path.open("rb"))
            handle = file.fileno() if "number" in call.options else file
            await call.send({"type": f"http.response.{name}", "file": handle, "offset": 0, "count": len(FILE)})
        call.note("file", size=len(FILE))
        await call.gate("read")
