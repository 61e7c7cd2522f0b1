"""Starsessions."""

from starsessions import CookieStore, SessionMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return SessionMiddleware(app, store=CookieStore(secret_key="lab"))
