"""Uvicorn MessageLoggerMiddleware."""

from uvicorn.middleware.message_logger import MessageLoggerMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return MessageLoggerMiddleware(app)
