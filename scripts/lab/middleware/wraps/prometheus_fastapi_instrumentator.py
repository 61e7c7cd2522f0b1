"""Prometheus FastAPI Instrumentator."""

from prometheus_client import CollectorRegistry
from prometheus_fastapi_instrumentator.middleware import PrometheusInstrumentatorMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return PrometheusInstrumentatorMiddleware(app, registry=CollectorRegistry())
