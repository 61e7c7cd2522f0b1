"""content-size-limit-asgi."""

from content_size_limit_asgi import ContentSizeLimitMiddleware

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return ContentSizeLimitMiddleware(app, max_content_size=1_000_000)
