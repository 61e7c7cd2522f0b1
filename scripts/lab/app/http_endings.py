"""How an application learns that its client is gone."""

from scripts.lab.app.behaviour import Call, http, sleep

STEP = 0.01  # seconds
STEPS = 120


@http("wait")
async def wait(call: Call) -> None:
    """Reads the request, and waits for the client to go."""
    await call.request_body()
    call.note("waiting")
    message = await call.receive()
    call.note("received", type=message["type"])


@http("answered")
async def answered(call: Call) -> None:
    """Answers, and asks what comes next."""
    await call.request_body()
    await call.start(headers=[(b"content-length", b"2")])
    await call.body(b"ok")
    call.note("answered")
    message = await call.receive()
    call.note("received", type=message["type"])


@http("vanished")
async def vanished(call: Call) -> None:
    """Goes on sending to a client that has gone (the gate says so), and notes what that is met with."""
    await call.start()
    await call.body(b"first", more=True)
    await call.gate("gone")
    for _ in range(STEPS // 3):
        try:
            await call.body(b"x" * 4096, more=True)
        except Exception as error:
            call.note("refused", error=type(error).__name__, os_error=isinstance(error, OSError))
            raise
        await sleep(STEP)
    call.note("unnoticed")


@http("endless")
async def endless(call: Call) -> None:
    """Streams without ever asking whether somebody listens."""
    await call.start()
    for _ in range(STEPS):
        await call.body(b"x" * 1024, more=True)
        await sleep(STEP)
    call.note("unnoticed")
