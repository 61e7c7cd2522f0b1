"""OpenTelemetry ASGI Instrumentation."""

from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return OpenTelemetryMiddleware(app)
