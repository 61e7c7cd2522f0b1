"""Secweb."""

from typing import Any

from Secweb import SecWeb

from scripts.lab.inside.driver import Application


class Around:
    """Takes what SecWeb adds to a Starlette application, and puts it around any."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def add_middleware(self, middleware: Any, **options: Any) -> None:
        self.app = middleware(self.app, **options)


def wrap(app: Application) -> Application:
    around = Around(app)
    SecWeb(app=around)
    return around.app
