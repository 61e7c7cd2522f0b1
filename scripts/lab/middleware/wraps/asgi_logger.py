"""asgi-logger."""

from asgi_logger import AccessLoggerMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return AccessLoggerMiddleware(app)
