"""asgi-ratelimit with its backend in memory and a limit that no probe reaches."""

from ratelimit import RateLimitMiddleware, Rule
from ratelimit.backends.simple import MemoryBackend

from scripts.lab.inside.driver import Application


async def everybody(scope: dict[str, object]) -> tuple[str, str]:
    return "lab", "default"


def wrap(app: Application) -> Application:
    return RateLimitMiddleware(app, everybody, MemoryBackend(), {r"^/": [Rule(second=100_000, group="default")]})
