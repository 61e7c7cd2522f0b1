"""asgi-htmx."""

from asgi_htmx import HtmxMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return HtmxMiddleware(app)
