"""asgi-user-agents."""

from asgi_user_agents import UAMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return UAMiddleware(app)
