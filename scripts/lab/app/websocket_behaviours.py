"""What the probe application does with WebSocket connections."""

from scripts.lab.app.behaviour import Call, Message, sleep, websocket


async def accepted(call: Call, **more: object) -> None:
    """Takes the connection, as every behaviour does that does not refuse it."""
    message = await call.receive()
    call.note("connect", type=message["type"])
    await call.send({"type": "websocket.accept", **more})
    call.note("accepted")


def heard(call: Call, message: Message) -> None:
    """Writes a message down: what it was and how long, its text if short."""
    if message["type"] == "websocket.receive":
        data = message.get("bytes")
        kind = "text" if data is None else "binary"
        content = message.get("text") if data is None else data
        call.note("received", kind=kind, size=len(content or ""), text=str(content)[:100])
    else:
        call.note(
            "disconnect",
            type=message["type"],
            code=message.get("code"),
            reason=message.get("reason"),
            has_reason="reason" in message,
        )


async def disconnected(call: Call) -> None:
    """Reads until the connection is lost, and a while longer at most."""
    for _ in range(1000):
        message = await call.receive()
        heard(call, message)
        if message["type"] != "websocket.receive":
            return


async def tried(call: Call, message: Message) -> None:
    """Sends, and writes down what that raised."""
    try:
        await call.send(message)
    except Exception as error:  # noqa: BLE001 - which one is the question
        call.note("send_raised", error=type(error).__name__, bases=[kind.__name__ for kind in type(error).__mro__])
    else:
        call.note("send_returned")


@websocket("ready")
async def ready(call: Call) -> None:
    """Accepts and closes."""
    await accepted(call)
    await call.send({"type": "websocket.close"})


@websocket("echo")
async def echo(call: Call) -> None:
    """Sends back each message as it came."""
    await accepted(call)
    for _ in range(1000):
        message = await call.receive()
        heard(call, message)
        if message["type"] != "websocket.receive":
            return
        if message.get("bytes") is not None:
            await call.send({"type": "websocket.send", "bytes": message["bytes"]})
        else:
            await call.send({"type": "websocket.send", "text": message["text"]})


@websocket("scope")
async def scope(call: Call) -> None:
    """Writes the scope down, and the types of what is in it."""
    values = {key: value for key, value in call.scope.items() if key != "state"}
    values["headers"] = [[*pair] for pair in call.scope.get("headers", ())]
    kinds = {key: type(value).__name__ for key, value in call.scope.items()}
    pairs = {type(part).__name__ for pair in call.scope.get("headers", ()) for part in pair}
    call.note("scope", scope=values, kinds=kinds, headers=sorted(pairs))
    await ready(call)


@websocket("subprotocol")
async def subprotocol(call: Call) -> None:
    """Chooses the subprotocol that the request names."""
    call.note("offered", subprotocols=list(call.scope.get("subprotocols") or ()))
    await accepted(call, subprotocol=call.options["choose"])
    await call.send({"type": "websocket.close"})


@websocket("headers")
async def headers(call: Call) -> None:
    """Accepts with headers of its own, one name twice."""
    await accepted(call, headers=[(b"x-lab", b"first"), (b"x-lab", b"second"), (b"set-cookie", b"lab=1; Path=/")])
    await call.send({"type": "websocket.close"})


@websocket("close")
async def close(call: Call) -> None:
    """Accepts and closes with the code and the reason that the request names, or with neither."""
    await accepted(call)
    more = {"code": call.number("code", 0), "reason": call.options["reason"]} if "code" in call.options else {}
    await call.send({"type": "websocket.close", **more})
    await disconnected(call)


@websocket("returns")
async def returns(call: Call) -> None:
    """Accepts and is done."""
    await accepted(call)


@websocket("raises")
async def raises(call: Call) -> None:
    """Accepts and breaks."""
    await accepted(call)
    raise RuntimeError("as the probe wants it")


@websocket("returns-early")
async def returns_early(call: Call) -> None:
    """Says neither yes nor no."""
    await call.receive()


@websocket("raises-early")
async def raises_early(call: Call) -> None:
    """Breaks before it says yes or no."""
    await call.receive()
    raise RuntimeError("as the probe wants it")


@websocket("rejects")
async def rejects(call: Call) -> None:
    """Says no."""
    await call.receive()
    await call.send({"type": "websocket.close"})


@websocket("denies")
async def denies(call: Call) -> None:
    """Says no with a response of its own, in two parts with a gate between them."""
    await call.receive()
    call.note("extensions", names=sorted(call.scope.get("extensions") or {}))
    if "websocket.http.response" not in (call.scope.get("extensions") or {}):
        await call.send({"type": "websocket.close"})
        return
    kind = "websocket.http.response"
    await call.send({"type": f"{kind}.start", "status": 401, "headers": [(b"x-lab", b"denied")]})
    await call.send({"type": f"{kind}.body", "body": b"first ", "more_body": True})
    call.note("first")
    if "gated" in call.options:
        await call.gate("rest")
    await call.send({"type": f"{kind}.body", "body": b"second", "more_body": False})


@websocket("sends-after-disconnect")
async def sends_after_disconnect(call: Call) -> None:
    """Waits until the connection is lost and sends nevertheless."""
    await accepted(call)
    await disconnected(call)
    await tried(call, {"type": "websocket.send", "text": "too late"})


@websocket("sends-after-close")
async def sends_after_close(call: Call) -> None:
    """Closes and sends nevertheless."""
    await accepted(call)
    await call.send({"type": "websocket.close"})
    await tried(call, {"type": "websocket.send", "text": "too late"})


@websocket("floods")
async def floods(call: Call) -> None:
    """Sends many messages of 64 KiB and counts them."""
    await accepted(call)
    data = b"\x2a" * 65536
    for number in range(call.number("messages", 1)):
        await call.send({"type": "websocket.send", "bytes": data})
        call.note("sent", number=number + 1)
        await sleep(0)
    await disconnected(call)
