"""starlette-context, RawContextMiddleware."""

from starlette_context import plugins
from starlette_context.middleware import RawContextMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return RawContextMiddleware(app, plugins=(plugins.RequestIdPlugin(), plugins.CorrelationIdPlugin()))
