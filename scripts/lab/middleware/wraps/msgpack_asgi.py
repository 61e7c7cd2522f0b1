"""msgpack-asgi."""

from msgpack_asgi import MessagePackMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return MessagePackMiddleware(app)
