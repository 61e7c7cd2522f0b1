"""Starlette AuthenticationMiddleware with a backend that knows nobody and refuses nobody."""

from starlette.authentication import AuthenticationBackend
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import HTTPConnection

from scripts.lab.inside.driver import Application


class Nobody(AuthenticationBackend):
    async def authenticate(self, conn: HTTPConnection) -> None:
        return None


def wrap(app: Application) -> Application:
    return AuthenticationMiddleware(app, backend=Nobody())
