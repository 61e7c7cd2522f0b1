"""starlette-cramjam."""

from starlette_cramjam.middleware import CompressionMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CompressionMiddleware(app)
