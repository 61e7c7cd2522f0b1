"""starlette-compress."""

from starlette_compress import CompressMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CompressMiddleware(app)
