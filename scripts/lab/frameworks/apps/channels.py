"""Channels: Django's application for HTTP, a consumer for WebSocket, one router over both."""

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path, re_path

from scripts.lab.frameworks.apps import django as of_django
from scripts.lab.inside import pieces
from scripts.lab.inside.board import BOARD

PACKAGE = "channels"
IMPORT = "channels"
SSE_HELPER = None
MISSING = {
    "openapi": "It has no helper for OpenAPI.",
    "lifespan": "It has no helper for startup and shutdown.",
    "state": "It has no helper for startup and shutdown.",
}
REMARKS = of_django.REMARKS


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data)
        await self.close()


class StreamIn(AsyncConsumer):
    """Has a method for each type of event, as its documentation says of the base class."""

    size = 0

    async def http_request(self, event):
        if part := event.get("body"):
            BOARD.note("part")
            self.size += len(part)
        if not event.get("more_body"):
            await self.send(pieces.start())
            await self.send(pieces.body(str(self.size).encode()))
            raise StopConsumer


mounted = re_path(r"^mounted/", pieces.foreign)
requests = URLRouter([path("receive", StreamIn.as_asgi()), mounted, re_path(r"", of_django.app)])
connections = URLRouter([path("echo", Echo.as_asgi()), mounted])
app = ProtocolTypeRouter({"http": pieces.Marker(requests), "websocket": connections})
