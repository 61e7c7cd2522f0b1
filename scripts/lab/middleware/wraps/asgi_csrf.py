"""asgi-csrf."""

from asgi_csrf import asgi_csrf

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return asgi_csrf(app, signing_secret="lab")
