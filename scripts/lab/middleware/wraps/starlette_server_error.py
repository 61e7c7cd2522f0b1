"""Starlette ServerErrorMiddleware."""

from starlette.middleware.errors import ServerErrorMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ServerErrorMiddleware(app)
