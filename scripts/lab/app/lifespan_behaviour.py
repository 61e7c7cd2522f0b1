"""What the probe application does with the lifespan; ``LAB_LIFESPAN`` says which."""

import os

from scripts.lab.app.behaviour import Receive, Scope, Send, note

CASE = "lifespan"


async def run(scope: Scope, receive: Receive, send: Send) -> None:
    how = os.environ.get("LAB_LIFESPAN", "good")
    note(CASE, "called", scope={key: value for key, value in scope.items() if key != "state"}, state="state" in scope)
    if how == "raises":
        raise RuntimeError("this application does not speak lifespan")
    await receive()
    if how == "fails":
        await send({"type": "lifespan.startup.failed", "message": "as the probe wants it"})
        return
    if "state" in scope:
        scope["state"]["lab"] = ["from lifespan"]
    await send({"type": "lifespan.startup.complete"})
    note(CASE, "started")
    await receive()
    note(CASE, "stopping")
    await send({"type": "lifespan.shutdown.complete"})
    note(CASE, "stopped")
