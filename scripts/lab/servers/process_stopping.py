"""How a server stops."""

import signal
import time
from collections.abc import Callable

from scripts.lab.bench import Bench, Running
from scripts.lab.clients.raw import Connection, request
from scripts.lab.plan import Level, Outcome, failed, passed
from scripts.lab.process import answers_http1
from scripts.lab.servers.registry import probe

PAUSE = 0.3  # seconds for a signal to be heard


def _begun(server: Running, connection: Connection, behaviour: str) -> Callable[[str], None]:
    """Sends a request that the behaviour has begun to answer; opens its gates."""
    case = server.case(behaviour)
    connection.send(request(case.target))
    case.expect("waiting" if behaviour == "protocol-waits" else "tick")
    return case.open


@probe("process.exit_code_sigterm", "Exits at SIGTERM with status 0 or by the signal", Level.POLICY)
def exit_code(bench: Bench) -> Outcome:
    """Sends SIGTERM to an idle server and reads its exit status."""
    with bench.fresh() as server:
        server.program.signal(signal.SIGTERM)
        status = server.program.wait(10)
    if status is None:
        return failed("It did not exit within 10 seconds.")
    if status in (0, 128 + signal.SIGTERM, -signal.SIGTERM):
        return passed("Exit status 0." if status == 0 else f"Exit status {128 + signal.SIGTERM}, ended by the signal.")
    return failed(f"Exit status {status if status > 0 else 128 - status}.")


@probe("process.sigterm_finishes_inflight_request", "Finishes a request that it has begun", Level.POLICY)
def finishes_inflight(bench: Bench) -> Outcome:
    """Sends SIGTERM while the application waits at a gate, opens the gate, and reads the response."""
    with bench.fresh() as server, server.connect() as connection:
        go_on = _begun(server, connection, "protocol-waits")
        server.program.signal(signal.SIGTERM)
        time.sleep(PAUSE)
        go_on("answer")
        try:
            response = connection.response()
        except (OSError, EOFError, ValueError):
            return failed("The connection ended without a response.")
    if response.complete and response.body == b"late":
        return passed("The response arrived whole after SIGTERM.")
    return failed("The response did not arrive whole after SIGTERM.")


@probe(
    "process.sigterm_new_connections_refused",
    "Takes no new connections while it finishes",
    Level.POLICY,
    patient=True,
)
def refuses_new(bench: Bench) -> Outcome:
    """Sends SIGTERM while a request is under way and tries new connections for 3 seconds; none may be answered in the
    end.
    """
    with bench.fresh() as server, server.connect() as connection:
        go_on = _begun(server, connection, "protocol-waits")
        server.program.signal(signal.SIGTERM)
        refused = _refused(server, 3)
        go_on("answer")
    return passed("New connections were refused.") if refused else failed("New connections were still served.")


def _refused(server: Running, patience: float) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if not answers_http1(server.connect(patience=0.5)):
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


@probe(
    "process.sigterm_with_idle_keepalive_exits_5s",
    "Exits within 5 seconds although a client stays connected",
    Level.POLICY,
    patient=True,
)
def exits_with_idle(bench: Bench) -> Outcome:
    """Leaves a connection open after a response, sends SIGTERM, and waits 5 seconds for the exit."""
    with bench.fresh() as server, server.connect() as connection:
        connection.send(request(server.case("ready").target))
        connection.response()
        server.program.signal(signal.SIGTERM)
        return _exits(server, 5)


@probe(
    "process.sigterm_with_endless_stream_exits_10s",
    "Exits within 10 seconds although a response has no end",
    Level.POLICY,
    patient=True,
)
def exits_with_stream(bench: Bench) -> Outcome:
    """Sends SIGTERM while the application sends without end, and waits 10 seconds for the exit."""
    with bench.fresh() as server, server.connect() as connection:
        _begun(server, connection, "protocol-endless")
        server.program.signal(signal.SIGTERM)
        return _exits(server, 10)


def _exits(server: Running, patience: float) -> Outcome:
    if server.program.wait(patience) is None:
        return failed(f"It did not exit within {patience:.0f} seconds.")
    return passed(f"It exited within {patience:.0f} seconds.")
