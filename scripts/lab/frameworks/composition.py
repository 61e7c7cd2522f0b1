"""How it goes together with what it did not write itself."""

import re

from scripts.lab.frameworks.registry import Framework, probe
from scripts.lab.frameworks.steps import said, serving
from scripts.lab.inside.board import BOARD
from scripts.lab.inside.pieces import Marker
from scripts.lab.plan import Level, Outcome, asgi, failed, passed

_MIDDLEWARE = asgi("main", "Middleware", "middleware")
_VERSION = re.compile(r"""^\s*\{?\s*["']?openapi["']?\s*:\s*["']?3\.|"openapi"\s*:\s*"3\.""", re.MULTILINE)
_SCOPE = asgi("www", "HTTP Connection Scope", "http-connection-scope")


@probe("middleware.raw_asgi_native", "Takes any ASGI middleware", Level.POLICY, _MIDDLEWARE)
async def raw_middleware(bench: Framework) -> Outcome:
    """An ASGI middleware of nobody's framework is registered as the framework's documentation says, not wrapped around
    the application from outside. GET of a route: its header has to be there.
    """
    bench.wants("raw middleware")
    async with serving(bench) as served:
        response = await served.fetch("/hello")
    if response.header(Marker.NAME) == b"here":
        return passed("The middleware's header is in the response.")
    return failed(f"{said(response)} without the middleware's header.")


@probe("mount.foreign_asgi", "Mounts any ASGI application", Level.POLICY, _SCOPE)
async def mounted(bench: Framework) -> Outcome:
    """An ASGI application of nobody's framework is mounted below a path by the framework's idiom. GET of a path below
    it has to reach that application.
    """
    bench.wants("mount")
    async with serving(bench) as served:
        response = await served.fetch("/mounted/inner")
    if response.body == b"foreign":
        return passed("The mounted application answered.")
    return failed(f"{said(response)}, and not from the mounted application.")


@probe("mount.foreign_asgi_websocket", "Hands WebSockets to a mounted application", Level.POLICY, _SCOPE)
async def mounted_websocket(bench: Framework) -> Outcome:
    """Connects to a path below the same mounted application, which accepts and returns one message."""
    bench.wants("mount")
    messages = ({"type": "websocket.connect"}, {"type": "websocket.receive", "text": "lab"})
    async with serving(bench) as served, served.websocket("/mounted/inner", *messages) as call:
        answer = await call.message("websocket.send")
    if answer and answer.get("text") == "lab":
        return passed("The mounted application accepted and returned the message.")
    return failed("The connection did not reach the mounted application.")


@probe("mount.spec_root_path", "Tells a mounted application where it is mounted", Level.POLICY, _SCOPE)
async def root_path(bench: Framework) -> Outcome:
    """What `root_path` and `path` are inside the mounted application: the specification has `path` whole, as the client
    asked for it, and the mount point in `root_path`.
    """
    bench.wants("mount")
    async with serving(bench) as served:
        await served.fetch("/mounted/inner")
        seen = BOARD.notes.get("foreign", [])
    if not seen:
        return failed("The mounted application was not called.")
    _, root, path = seen[0]
    if (root, path) == ("/mounted", "/mounted/inner"):
        return passed("`root_path` is the mount point, and `path` is whole.")
    return failed(f"`root_path` is {root!r} and `path` is {path!r}.")


@probe("openapi.generated", "Describes its routes by OpenAPI", Level.POLICY)
async def openapi(bench: Framework) -> Outcome:
    """GET of the address at which the framework's documentation places the description: its version of OpenAPI and
    the routes of the application, without anything installed beside the framework.
    """
    bench.wants("openapi")
    async with serving(bench) as served:
        response = await served.fetch(
            bench.fact("OPENAPI", "/openapi.json"), headers=[(b"accept", b"application/json")]
        )
    text = response.body.decode(errors="replace")
    if not _VERSION.search(text):
        return failed(f"{said(response)} where the description should be, and it names no version of OpenAPI.")
    if "/hello" not in text:
        return failed("The description does not name the route.")
    return passed("The description names its version and the routes.")
