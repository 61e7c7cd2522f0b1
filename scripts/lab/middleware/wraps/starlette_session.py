"""Starlette SessionMiddleware."""

from starlette.middleware.sessions import SessionMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return SessionMiddleware(app, secret_key="lab")
