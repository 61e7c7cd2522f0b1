"""SlowApi's SlowAPIASGIMiddleware; the application in the scope is what it looks for its limiter at."""

from slowapi import Limiter
from slowapi.middleware import SlowAPIASGIMiddleware
from slowapi.util import get_remote_address
from starlette.applications import Starlette
from starlette.routing import Route

from scripts.lab.inside.driver import Application, Receive, Scope, Send


async def matched(request: object) -> None:
    """The endpoint by which SlowApi finds that a request is to be limited; nobody calls it."""


def wrap(app: Application) -> Application:
    starlette = Starlette(routes=[Route("/{path:path}", matched)])
    starlette.state.limiter = Limiter(key_func=get_remote_address, default_limits=["1000000/minute"])
    limited = SlowAPIASGIMiddleware(app)

    async def inside_starlette(scope: Scope, receive: Receive, send: Send) -> None:
        await limited({**scope, "app": starlette}, receive, send)

    return inside_starlette
