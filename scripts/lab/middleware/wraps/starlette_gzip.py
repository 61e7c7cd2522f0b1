"""Starlette GZipMiddleware."""

from starlette.middleware.gzip import GZipMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return GZipMiddleware(app)
