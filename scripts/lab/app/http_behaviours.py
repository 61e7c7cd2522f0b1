"""What the probe application does with requests."""

from scripts.lab.app.behaviour import Call, http


@http("ready")
async def ready(call: Call) -> None:
    """A whole answer."""
    await call.start(headers=[(b"content-type", b"text/plain"), (b"content-length", b"2")])
    await call.body(b"ok")
