"""Starlette BaseHTTPMiddleware with a dispatch that does nothing: what the base class itself does."""

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response

from scripts.lab.inside.driver import Application


class Nothing(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        return await call_next(request)


def wrap(app: Application) -> Application:
    return Nothing(app)
