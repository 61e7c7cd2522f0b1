"""The application that servers run while they are probed: ``scripts.lab.app.probe_app:app``."""

from scripts.lab.app import http_behaviours, lifespan_behaviour, protocol_behaviours, websocket_behaviours
from scripts.lab.app.behaviour import Receive, Scope, Send, called

__all__ = ["app", "http_behaviours", "protocol_behaviours", "websocket_behaviours"]  # imported, so that they register


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await lifespan_behaviour.run(scope, receive, send)
    elif scope["type"] in {"http", "websocket"}:
        await called(scope, receive, send)
    else:
        raise RuntimeError(f"unknown scope type {scope['type']}")
