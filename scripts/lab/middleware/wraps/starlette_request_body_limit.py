"""Starlette RequestBodyLimitMiddleware."""

from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return RequestBodyLimitMiddleware(app, max_body_size=1_000_000)
