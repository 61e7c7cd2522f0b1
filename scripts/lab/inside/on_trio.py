"""One request on Trio's event loop, of which the standard library knows nothing: it has to be installed."""

import importlib
from typing import Any

from scripts.lab.inside.driver import Application, Message, Scope, http_scope, lifespan_scope, request_message

_SECONDS = 5.0


class _Once:
    """A server's two ends for one call on Trio: it gives one message, then nothing."""

    def __init__(self, trio: Any, message: Message) -> None:
        self.trio = trio
        self.sent: list[Message] = []
        self.error: BaseException | None = None
        self.begun = trio.Event()
        self._waiting = [message]

    async def receive(self) -> Message:
        if not self._waiting:
            await self.trio.sleep_forever()
        return self._waiting.pop()

    async def send(self, message: Message) -> None:
        await self.trio.lowlevel.checkpoint()
        self.sent.append(message)
        self.begun.set()

    async def call(self, app: Application, scope: Scope) -> None:
        try:
            await app(scope, self.receive, self.send)
        except Exception as error:  # noqa: BLE001 - that is what is looked at
            self.error = error
        finally:
            self.begun.set()


def fetch_on_trio(app: Application, path: str) -> tuple[int | None, bytes, BaseException | None]:
    """Status and body of the answer to a GET after the startup, and what was raised."""
    trio: Any = importlib.import_module("trio")
    calls: list[_Once] = []

    async def main() -> None:
        with trio.move_on_after(_SECONDS):
            async with trio.open_nursery() as nursery:
                state: dict[str, Any] = {}
                lifespan = _Once(trio, {"type": "lifespan.startup"})
                nursery.start_soon(lifespan.call, app, lifespan_scope(state))
                await lifespan.begun.wait()
                calls.append(_Once(trio, request_message()))
                await calls[0].call(app, http_scope(path, state=dict(state)))
                nursery.cancel_scope.cancel()

    crash: BaseException | None = None
    try:
        trio.run(main)
    except BaseException as error:  # noqa: BLE001 - groups of what tasks raised
        crash = error
    sent = calls[0].sent if calls else []
    status = next((one["status"] for one in sent if one["type"] == "http.response.start"), None)
    content = b"".join(one.get("body", b"") for one in sent if one["type"] == "http.response.body")
    return status, content, crash or (calls[0].error if calls else None)
