"""What it costs."""

import time

from scripts.lab.inside.driver import Application, Message, http_scope, request_message
from scripts.lab.inside.pieces import plain
from scripts.lab.middleware.registry import Wrapper, probe
from scripts.lab.plan import Level, Outcome, Undecided, passed

_ROUNDS = 5
_REQUESTS = 200
_CLASSES = ((10, "under 10 µs"), (100, "between 10 and 100 µs"), (1000, "between 100 µs and 1 ms"))


async def _cost(app: Application) -> float:
    """Microseconds of processor time for one request, of the quickest of several rounds."""

    async def receive() -> Message:
        return request_message()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise Undecided(f"It answered one of many requests itself, with status {message['status']}.")

    rounds = []
    for _ in range(_ROUNDS):
        begin = time.process_time()
        for _ in range(_REQUESTS):
            await app(http_scope(), receive, send)
        rounds.append((time.process_time() - begin) * 1e6 / _REQUESTS)
    return min(rounds)


@probe("overhead.per_request", "Its cost per request can be measured", Level.POLICY)
async def per_request(bench: Wrapper) -> Outcome:
    """Calls a bare application some hundred times, then the same one wrapped, and compares the processor time of one
    request in the quickest round. Only the order of magnitude means anything.
    """
    wrapped = bench.wrap(plain)
    cost = await _cost(wrapped) - await _cost(plain)
    label = next((name for limit, name in _CLASSES if cost < limit), "over 1 ms")
    return passed(f"A request costs {label} more than without it, on the machine that measured.")
