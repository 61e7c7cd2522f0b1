"""asgi-cors."""

from asgi_cors import asgi_cors

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return asgi_cors(app, allow_all=True)
