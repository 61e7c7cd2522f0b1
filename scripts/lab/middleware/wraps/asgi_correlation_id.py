"""ASGI Correlation ID."""

from asgi_correlation_id import CorrelationIdMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CorrelationIdMiddleware(app)
