"""asgi-cross-origin-protection."""

from asgi_cross_origin_protection import CrossOriginProtection

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CrossOriginProtection(app)
