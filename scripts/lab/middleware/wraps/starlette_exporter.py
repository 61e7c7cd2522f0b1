"""starlette_exporter."""

from starlette_exporter import PrometheusMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return PrometheusMiddleware(app)
