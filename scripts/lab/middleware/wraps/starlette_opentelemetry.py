"""Starlette OpenTelemetryMiddleware."""

from starlette.middleware.opentelemetry import OpenTelemetryMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return OpenTelemetryMiddleware(app)
