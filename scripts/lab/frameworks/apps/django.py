"""Django: views and settings in one module, as its documentation shows for the smallest application."""

import json as json_module
import threading

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views import View

from scripts.lab.inside import pieces

PACKAGE = "django"
IMPORT = "django"
SSE_HELPER = None
MISSING = {
    "openapi": "Its documentation leaves this to other packages.",
    "mount": "Its documentation names no way to mount an ASGI application below a path.",
    "raw middleware": "Its middleware has an interface of its own.",
    "websocket": "Its documentation names no way to accept WebSockets.",
    "lifespan": "Its documentation names no handler of startup and shutdown.",
    "state": "Its documentation names no handler of startup and shutdown.",
    "stream in": "A request's body is read into memory or a file before the view is called.",
}


class Hello(View):
    async def get(self, request: HttpRequest):
        return HttpResponse("hello", content_type="text/plain")


def sync(request: HttpRequest):
    return HttpResponse(str(threading.get_ident()))


async def item(request: HttpRequest, number: int):
    return HttpResponse(f"{type(number).__name__} {number}")


async def json(request: HttpRequest):
    return JsonResponse(json_module.loads(request.body))


async def upload(request: HttpRequest):
    file = request.FILES["file"]
    return HttpResponse(f"{file.name} {len(file.read())}")


async def stream(request: HttpRequest):
    return StreamingHttpResponse(pieces.two_parts())


async def endless(request: HttpRequest):
    return StreamingHttpResponse(pieces.endless())


async def sse(request: HttpRequest):
    return StreamingHttpResponse(pieces.two_events(), content_type="text/event-stream")


async def boom(request: HttpRequest):
    raise RuntimeError("as the probe wants it")


urlpatterns = [
    path("hello", Hello.as_view()),
    path("sync", sync),
    path("items/<int:number>", item),
    path("json", json),
    path("upload", upload),
    path("stream", stream),
    path("endless", endless),
    path("sse", sse),
    path("boom", boom),
]

if not settings.configured:
    settings.configure(
        SECRET_KEY="lab",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup(set_prefix=False)

app = get_asgi_application()
