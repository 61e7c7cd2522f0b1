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
    "openapi": "It has no helper for OpenAPI.",
    "mount": "It has no helper for mounting an ASGI application: its paths lead to views.",
    "raw middleware": "Its middleware has an interface of its own; ASGI middleware is wrapped around the application.",
    "websocket": "It serves HTTP only, and rejects WebSockets with ValueError.",
    "lifespan": "It serves HTTP only, and rejects the lifespan with ValueError.",
    "state": "It serves HTTP only, and rejects the lifespan with ValueError.",
    "stream in": "A request's body is read whole, into memory or a file, before the view is called.",
}
REMARKS = {"http.trailing_slash": "`APPEND_SLASH` redirects to a path with a slash, not from one."}


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
