"""What the probe application does with the lifespan; ``LAB_LIFESPAN`` says which.

``good``; ``raises`` before anything; ``fails`` the startup; ``gated``: starts once the gate ``start`` opens.
"""

import os

from scripts.lab.app.behaviour import Receive, Scope, Send, gate, note, sleep

CASE = "lifespan"
FAILURE = "the startup fails as the probe wants it"


async def run(scope: Scope, receive: Receive, send: Send) -> None:
    how = os.environ.get("LAB_LIFESPAN", "good")
    note(CASE, "called", scope={key: value for key, value in scope.items() if key != "state"}, state="state" in scope)
    if how == "raises":
        raise RuntimeError("this application does not speak lifespan")
    message = await receive()
    note(CASE, "received", type=message["type"])
    if how == "fails":
        await send({"type": "lifespan.startup.failed", "message": FAILURE})
        return
    if how == "gated":
        await gate(CASE, "start")
    if "state" in scope:
        scope["state"]["lab"] = ["from lifespan"]
    note(CASE, "starting")  # before the server is told, so that nothing it does then can precede it
    await send({"type": "lifespan.startup.complete"})
    note(CASE, "started")
    await receive()
    note(CASE, "stopping")
    await sleep(0.2)  # a server that does not wait is gone by then
    note(CASE, "cleaned")
    await send({"type": "lifespan.shutdown.complete"})
    note(CASE, "stopped")
