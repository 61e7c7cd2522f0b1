"""What the probe application does with WebSocket connections."""

from scripts.lab.app.behaviour import Call, websocket


@websocket("ready")
async def ready(call: Call) -> None:
    """Accepts and closes."""
    await call.receive()
    await call.send({"type": "websocket.accept"})
    await call.send({"type": "websocket.close"})
