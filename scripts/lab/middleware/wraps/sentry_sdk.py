"""Sentry SDK, initialised without an address to report to."""

import sentry_sdk
from sentry_sdk.integrations.asgi import SentryAsgiMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    sentry_sdk.init()
    return SentryAsgiMiddleware(app)
