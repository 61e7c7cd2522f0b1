"""Hypercorn ProxyFixMiddleware."""

from hypercorn.middleware import ProxyFixMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ProxyFixMiddleware(app)
