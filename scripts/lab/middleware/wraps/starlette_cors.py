"""Starlette CORSMiddleware."""

from starlette.middleware.cors import CORSMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return CORSMiddleware(app, allow_origins=["https://example.org"])
