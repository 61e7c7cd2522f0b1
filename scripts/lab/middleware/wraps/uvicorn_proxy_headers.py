"""Uvicorn ProxyHeadersMiddleware."""

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ProxyHeadersMiddleware(app)
