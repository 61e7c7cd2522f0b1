"""Sockets of UNIX, and worker processes."""

import os
import signal
import time

from scripts.lab.app.lifespan_behaviour import CASE
from scripts.lab.bench import Bench, Running
from scripts.lab.clients.raw import request
from scripts.lab.events import waited
from scripts.lab.plan import Level, Outcome, failed, passed
from scripts.lab.process import answers, answers_http1
from scripts.lab.servers.registry import probe

SETTLED = 2.0  # seconds in which all workers have started once two have


@probe("process.unix_socket", "Listens on a socket of UNIX", Level.CLAIM)
def unix_socket(bench: Bench) -> Outcome:
    """Sends a GET request through a socket of UNIX."""
    server = bench.running("unix")
    with server.connect() as connection:
        connection.send(request(server.case("ready").target))
        response = connection.response()
    if (response.status, response.body) == (200, b"ok"):
        return passed("The request was answered.")
    return failed(f"Status {response.status}.")


@probe("process.unix_socket_removed_at_exit", "Removes its socket at the exit", Level.POLICY)
def unix_socket_removed(bench: Bench) -> Outcome:
    """Sends SIGTERM to a server on a socket of UNIX and looks for the file after the exit."""
    with bench.fresh("unix") as server:
        server.program.signal(signal.SIGTERM)
        if server.program.wait(10) is None:
            return failed("It did not exit within 10 seconds.")
        left = server.path is not None and server.path.exists()
    return failed("The file was left behind.") if left else passed("The file was gone after the exit.")


def _asked(server: Running) -> bool:
    """Sends a request, whoever answers it; whether somebody did."""
    try:
        return answers_http1(server.connect(patience=1))
    except OSError:
        time.sleep(0.05)
        return False


def _processes(server: Running) -> set[int]:
    """Which processes the application has run in so far."""
    return {event["pid"] for event in server.log.events()}


def _spread(server: Running, count: int = 2, patience: float = 15) -> set[int]:
    """The same, once there are so many of them; requests are sent meanwhile."""
    end = time.monotonic() + patience
    while len(_processes(server)) < count and time.monotonic() < end and server.alive():
        _asked(server)
        time.sleep(0.02)
    return _processes(server)


@probe("process.workers", "Runs the application in several processes", Level.CLAIM)
def workers(bench: Bench) -> Outcome:
    """Starts the server with two workers and counts the processes in which the application runs."""
    count = len(_spread(bench.running("workers")))
    if count >= 2:
        return passed("The application runs in two processes.")
    return failed("The application runs in one process only.")


@probe("process.worker_respawn", "Replaces a worker that died", Level.POLICY, patient=True)
def worker_respawn(bench: Bench) -> Outcome:
    """Starts the server with two workers, kills one of them, and waits 10 seconds for the application in a new process;
    requests have to be served then.
    """
    with bench.fresh("workers") as server:
        if len(_spread(server)) < 2:
            return failed("The application runs in one process only.")
        before = _spread(server, 9, SETTLED)  # another that is still starting would pass for a new one
        victim = max(before - {server.program.pid})
        os.kill(victim, signal.SIGKILL)
        after = _spread(server, len(before) + 1, 10)
        alive = server.alive()
        served = answers(server.alive, lambda: _asked(server), 5)
    if after > before and served:
        return passed("A new process replaced the one that was killed.")
    if after > before:
        return failed("A new process came, and no request was served any more.")
    return failed("No new process came within 10 seconds." if alive else "The server exited when a worker was killed.")


@probe("process.workers_graceful_stop", "Lets workers finish before it exits", Level.POLICY, patient=True)
def workers_graceful_stop(bench: Bench) -> Outcome:
    """Sends SIGTERM to a server with two workers while a request waits at a gate; expects the response, the end of
    all processes within 10 seconds, and lifespan.shutdown in each that was started.
    """
    with bench.fresh("workers") as server:
        _spread(server)
        waited(lambda: next(iter(server.log.events(CASE, "started")[1:]), None), 5)  # before, there is nothing to clean
        case = server.case("protocol-waits")
        with server.connect() as connection:
            connection.send(request(case.target))
            case.expect("waiting")
            server.program.signal(signal.SIGTERM)
            end = time.monotonic() + 10
            time.sleep(0.3)
            case.open("answer")
            try:
                whole = connection.response().body == b"late"
            except (OSError, EOFError, ValueError):
                whole = False
        server.program.wait(10)
        gone = waited(lambda: None if server.program.members() else {}, max(1, end - time.monotonic())) is not None
        started, cleaned = (len(server.log.events(CASE, kind)) for kind in ("started", "cleaned"))
    wrong = [
        *([] if whole else ["the response did not arrive whole"]),
        *([] if gone else ["processes were left after 10 seconds"]),
        *([] if cleaned >= started else ["not every worker ran its shutdown to the end"]),
    ]
    if wrong:
        return failed(f"After SIGTERM, {' and '.join(wrong)}.")
    return passed("The response arrived whole, all processes ended, and each ran its shutdown.")
