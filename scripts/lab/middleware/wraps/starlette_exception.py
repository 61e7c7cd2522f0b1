"""Starlette ExceptionMiddleware."""

from starlette.middleware.exceptions import ExceptionMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ExceptionMiddleware(app)
