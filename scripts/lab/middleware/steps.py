"""What several probes of middleware do."""

from scripts.lab.inside.driver import Application, Conversation, Receive, Scope, Send
from scripts.lab.plan import NotOffered, Undecided


class Seen:
    """An application that remembers each scope with which it was called."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        await self.app(scope, receive, send)


def must_reach(inner: Seen, call: Conversation) -> None:
    """Raises NotOffered where the middleware answers instead of the application, Undecided where nobody does."""
    if inner.scopes:
        return
    started = call.of("http.response.start")
    if started:
        raise NotOffered(f"It answers this request itself, with status {started[0]['status']}.")
    if call.error:
        raise Undecided(f"It raised {type(call.error).__name__} before it called the application.")
    raise Undecided("It called the application not at all.")


def raised(error: BaseException | None) -> str:
    """How to end a sentence about what was raised."""
    return f"raised {type(error).__name__}" if error else "raised nothing"
