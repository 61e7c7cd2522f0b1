"""What several probes of frameworks do: start an application as a server does, and ask it."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from scripts.lab.frameworks.registry import Framework
from scripts.lab.inside.board import BOARD
from scripts.lab.inside.driver import (
    Application,
    Conversation,
    Headers,
    Message,
    Response,
    fetch,
    http_scope,
    lifespan_scope,
    request_message,
    websocket_scope,
)
from scripts.lab.plan import Undecided


@dataclass
class Serving:
    """An application after its startup. ``lifespan`` is the conversation about it; ``state`` what it left there."""

    app: Application
    lifespan: Conversation
    state: dict[str, Any]

    async def fetch(self, path: str, *, method: str = "GET", headers: Headers = (), body: bytes = b"") -> Response:
        """Raises Undecided where nothing is answered at all."""
        if body:
            headers = [*headers, (b"content-length", str(len(body)).encode())]
        scope = http_scope(path, method=method, headers=headers, state=dict(self.state))
        response = await fetch(self.app, scope, body)
        if response is None:
            raise Undecided("The application answered nothing.")
        return response

    def call(
        self, path: str, *messages: Message, method: str = "GET", headers: Headers = (), spec_version: str = "2.4"
    ) -> Conversation:
        scope = http_scope(path, method=method, headers=headers, spec_version=spec_version, state=dict(self.state))
        return Conversation(self.app, scope, messages or [request_message()])

    def websocket(self, path: str, *messages: Message) -> Conversation:
        return Conversation(self.app, websocket_scope(path, state=dict(self.state)), messages)

    @property
    def started(self) -> bool:
        return bool(self.lifespan.of("lifespan.startup.complete"))


@contextlib.asynccontextmanager
async def serving(bench: Framework, *, fail_startup: bool = False) -> AsyncIterator[Serving]:
    """Runs startup and shutdown around; goes on where the application does not know them, as servers have to."""
    BOARD.clear()
    BOARD.fail_startup = fail_startup
    state: dict[str, Any] = {}
    async with Conversation(bench.app, lifespan_scope(state), [{"type": "lifespan.startup"}]) as lifespan:
        await lifespan.until(lambda call: bool(call.sent))
        served = Serving(bench.app, lifespan, state)
        try:
            yield served
        finally:
            await stop(served)


async def stop(served: Serving) -> None:
    """Tells the application to shut down, once."""
    if served.started and not served.lifespan.of("lifespan.shutdown.complete"):
        await served.lifespan.give({"type": "lifespan.shutdown"})
        await served.lifespan.message("lifespan.shutdown.complete")


def said(response: Response) -> str:
    """How to begin a sentence about an unexpected answer."""
    error = f" and {type(response.error).__name__} was raised" if response.error else ""
    return f"Status {response.status} came back{error}"
