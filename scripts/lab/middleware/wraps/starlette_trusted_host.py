"""Starlette TrustedHostMiddleware."""

from starlette.middleware.trustedhost import TrustedHostMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return TrustedHostMiddleware(app, allowed_hosts=["example.org", "127.0.0.1"])
