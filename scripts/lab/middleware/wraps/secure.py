"""secure."""

from secure import Secure
from secure.middleware import SecureASGIMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return SecureASGIMiddleware(app, secure=Secure.with_default_headers())
