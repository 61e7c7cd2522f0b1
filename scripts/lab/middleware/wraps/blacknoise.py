"""blacknoise with no folder added: what it does for every other path."""

from blacknoise import BlackNoise

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return BlackNoise(app)
