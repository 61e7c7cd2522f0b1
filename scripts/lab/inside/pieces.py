"""Small applications, and parts of them, that probes of middleware and of frameworks share."""

from collections.abc import Sequence

from scripts.lab.inside.driver import Headers, Message, Receive, Scope, Send

TEXT: Headers = ((b"content-type", b"text/plain; charset=utf-8"),)
CODINGS: Headers = ((b"accept-encoding", b"br, zstd, gzip"),)


def start(status: int = 200, headers: Headers = TEXT, **more: object) -> Message:
    return {"type": "http.response.start", "status": status, "headers": [*headers], **more}


def body(data: bytes = b"", *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


async def drained(receive: Receive) -> bytes:
    """The whole body of a request, or what came of it before the client went."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the request and answers it."""
    await drained(receive)
    await send(start())
    await send(body(b"ok"))


def without(headers: Headers, names: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    return [(bytes(key), bytes(value)) for key, value in headers if bytes(key).lower() not in names]
