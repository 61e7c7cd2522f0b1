"""The lifespan protocol."""

import signal
import time

from scripts.lab.app.lifespan_behaviour import CASE, FAILURE
from scripts.lab.bench import Bench, Running
from scripts.lab.events import Event
from scripts.lab.plan import Level, NotOffered, Outcome, Undecided, asgi, failed, passed
from scripts.lab.process import answers, answers_http1
from scripts.lab.servers.registry import probe

SCOPE = asgi("lifespan", "Scope", "scope")
COMPLETE = asgi("lifespan", "Startup complete", "startup-complete-send-event")
FAILED = asgi("lifespan", "Startup failed", "startup-failed-send-event")
SHUTDOWN = asgi("lifespan", "Shutdown complete", "shutdown-complete-send-event")
PATIENCE = 10.0  # seconds
STARTING = 30.0  # seconds until a server calls the application or answers; many start at the same time


def _called(server: Running) -> Event:
    """The first call with a lifespan scope.

    Raises NotOffered if the server came to answer without one, and Undecided if it did not come to answer.
    """
    came = answers(server.alive, lambda: bool(server.log.events(CASE)) or _served(server), STARTING)
    event = server.log.wait("called", CASE, 0.3)
    if event is None and not came:
        how = f"did not within {STARTING:.0f} seconds" if server.alive() else "ended before it did"
        raise Undecided(f"It was to call the application or to answer, and {how}.")
    if event is None:
        raise NotOffered("It does not call the application with a lifespan scope.")
    return event


def _served(server: Running) -> bool:
    return answers_http1(server.connect(patience=1))


@probe("lifespan.scope", "Calls the application with a lifespan scope", Level.MUST, SCOPE)
def scope(bench: Bench) -> Outcome:
    """Reads the scope with which the application was called at startup."""
    server = bench.running()
    event = _called(server)
    values = event["scope"]
    if values.get("type") != "lifespan" or not isinstance(values.get("asgi", {}).get("version"), str):
        return failed("The scope has no `asgi` with a version.")
    return passed(f"The scope is as specified, {'with' if event['state'] else 'without'} `state`.")


@probe(
    "lifespan.exception_means_unsupported_continue",
    "Serves applications that do not know lifespan",
    Level.MUST,
    SCOPE,
)
def exception(bench: Bench) -> Outcome:
    """The application raises when it is called with a lifespan scope; the server has to serve nevertheless."""
    with bench.fresh(app={"LAB_LIFESPAN": "raises"}, ready=False) as server:
        _called(server)
        if answers(server.alive, lambda: _served(server), PATIENCE):
            return passed("The application raised, and the server served.")
        return failed("The application raised, and the server did not serve.")


@probe("lifespan.startup_before_serving", "Serves only after the startup", Level.MUST, COMPLETE)
def startup_before_serving(bench: Bench) -> Outcome:
    """The application's startup waits at a gate while a request is tried; it must not be served before the gate is
    opened, and has to be after.
    """
    with bench.fresh(app={"LAB_LIFESPAN": "gated"}, ready=False) as server:
        _called(server)
        early = answers(server.alive, lambda: _early(server), 0.5)
        (server.gates / f"{CASE}.start").touch()
        late = answers(server.alive, lambda: _served(server), PATIENCE)
        order = [event["event"] for event in server.log.events() if event["event"] == "starting" or _is_request(event)]
    if early or order[:1] != ["starting"]:
        return failed("A request was served before the startup was complete.")
    if late:
        return passed("Requests were served after the startup was complete, and none before.")
    return failed("No request was served after the startup was complete.")


def _early(server: Running) -> bool:
    return answers_http1(server.connect(patience=0.4))


def _is_request(event: Event) -> bool:
    return bool(event["event"] == "called" and event["case"] != CASE)


@probe("lifespan.startup_failed_aborts", "Exits if the application's startup fails", Level.SHOULD, FAILED, patient=True)
def startup_failed(bench: Bench) -> Outcome:
    """The application sends lifespan.startup.failed with a message; the server should print it and exit."""
    with bench.fresh(app={"LAB_LIFESPAN": "fails"}, ready=False) as server:
        _called(server)
        status = server.program.wait(PATIENCE)
        printed = "printed the message" if FAILURE in server.program.said() else "did not print the message"
        served = any(_is_request(event) for event in server.log.events())
        starts = len(server.log.events(CASE, "called"))
    if served:
        return failed("It served requests although the startup failed.")
    if status is None:
        again = ", starting workers again and again" if starts > 1 else ""
        return failed(f"It {printed} and did not exit within 10 seconds{again}.")
    if status == 0:
        return passed(f"It {printed} and exited, with status 0 as if all were well.")
    return passed(f"It {printed} and exited with a status that says failure.")


@probe("lifespan.shutdown_on_sigterm", "Runs the application's shutdown at SIGTERM", Level.MUST, SHUTDOWN)
def shutdown_on_sigterm(bench: Bench) -> Outcome:
    """Sends SIGTERM; the application gets lifespan.shutdown, cleans up for 0.2 seconds, and has to be waited for."""
    return _shutdown(bench, signal.SIGTERM)


@probe("lifespan.shutdown_on_sigint", "Runs the application's shutdown at SIGINT", Level.POLICY, SHUTDOWN)
def shutdown_on_sigint(bench: Bench) -> Outcome:
    """Sends SIGINT, as Ctrl-C does; the application gets lifespan.shutdown, cleans up for 0.2 seconds, and has to
    be waited for.
    """
    return _shutdown(bench, signal.SIGINT)


def _shutdown(bench: Bench, number: signal.Signals) -> Outcome:
    with bench.fresh() as server:
        _called(server)
        server.log.wait("started", CASE, PATIENCE)
        server.program.signal(number)
        status = server.program.wait(PATIENCE)
        time.sleep(0.05)
        stopping = bool(server.log.events(CASE, "stopping"))
        cleaned = bool(server.log.events(CASE, "cleaned"))
    if status is None:
        told = "and was not told of it" if not stopping else "although the application was told"
        return failed(
            f"The server did not exit within 10 seconds, {told}.".replace("and was", "and the application was")
        )
    if not stopping:
        return failed("The server exited without lifespan.shutdown.")
    if not cleaned:
        return failed("The application got lifespan.shutdown, but the server exited before it was done.")
    return passed("The application got lifespan.shutdown, and the server waited until it was done.")
