"""ASGI Compression."""

from asgi_compression import BrotliAlgorithm, CompressionMiddleware, GzipAlgorithm, ZstdAlgorithm

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CompressionMiddleware(app, algorithms=[BrotliAlgorithm(), ZstdAlgorithm(), GzipAlgorithm()])
