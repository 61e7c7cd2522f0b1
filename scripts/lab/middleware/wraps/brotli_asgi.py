"""brotli-asgi."""

from brotli_asgi import BrotliMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return BrotliMiddleware(app)
