"""starlette-context."""

from starlette_context import plugins
from starlette_context.middleware import ContextMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ContextMiddleware(app, plugins=(plugins.RequestIdPlugin(), plugins.CorrelationIdPlugin()))
