"""asgi-request-id."""

from asgi_request_id import RequestIdMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return RequestIdMiddleware(app)
