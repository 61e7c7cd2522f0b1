"""Starlette CSRF Middleware."""

from starlette_csrf import CSRFMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CSRFMiddleware(app, secret="lab")
