"""Channels: Django's application for HTTP, a consumer for WebSocket, one router over both."""

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

from scripts.lab.frameworks.apps import django as of_django

PACKAGE = "channels"
IMPORT = "channels"
SSE_HELPER = None
MISSING = {
    **{key: text for key, text in of_django.MISSING.items() if key != "websocket"},
    "mount": "Its routers choose by protocol and path, and tell the application no mount point.",
}


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data)
        await self.close()


app = ProtocolTypeRouter({"http": of_django.app, "websocket": URLRouter([path("echo", Echo.as_asgi())])})
