"""zstd-asgi."""

from zstd_asgi import ZstdMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ZstdMiddleware(app)
