"""Whether an application learns that its client is gone."""

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.events import Case
from scripts.lab.plan import Level, Outcome, Verdict, asgi, failed, passed, unsupported
from scripts.lab.servers.http1_steps import first_of, happened, told
from scripts.lab.servers.registry import probe
from scripts.lab.servers.versions import since

RECEIVE = asgi("www", "Disconnect", "disconnect-receive-event")
SEND = asgi("www", "Disconnected Client", "disconnected-client-send-exception")


@probe(
    "disconnect.http_disconnect_while_waiting", "Tells a waiting application that its client went", Level.MUST, RECEIVE
)
def http_disconnect_while_waiting(bench: Bench) -> Outcome:
    """The application awaits receive() after the request; the client closes the connection."""
    outcome = _told(_left(bench, reset=False))
    if outcome.verdict is Verdict.FAIL and _told(_left(bench, reset=True)).verdict is Verdict.PASS:
        return failed("receive() did not return when the client closed, only when it reset the connection.")
    return outcome


def _left(bench: Bench, *, reset: bool) -> Case:
    """A case whose client has gone."""
    server = bench.running()
    case = server.case("wait")
    with server.connect() as connection:
        connection.send(request(case.target))
        case.expect("waiting")
        if reset:
            connection.reset()
    return case


def _told(case: Case) -> Outcome:
    """Whether receive() said so: http.disconnect, and nothing else."""
    found = case.wait("received", 3)
    if found:
        name = found["type"]
        return (passed if name == "http.disconnect" else failed)(f"receive() returned {name}.")
    if case.events("cancelled"):
        return failed("The application was cancelled instead of being told.")
    if case.events("raised"):
        return failed("receive() raised an exception instead.")
    return failed("receive() did not return.")


@probe("disconnect.mid_upload", "Tells the application that an upload broke off", Level.MUST, RECEIVE)
def mid_upload(bench: Bench) -> Outcome:
    """The client announces 1,000 bytes, sends 10 and closes once the application has them."""
    server = bench.running()
    case = server.case("parts")
    with server.connect() as connection:
        connection.send(request(case.target, method="POST", headers=(("Content-Length", "1000"),)) + b"x" * 10)
        if not case.wait("called", 1):
            connection.reset()
            if case.wait("called", 0.2):
                return failed("The application was asked after the client had gone.")
            return unsupported("The application is not asked before its request's body is whole.")
        happened(case, "part", lambda event: event["total"] == 10, 1)
    if case.wait("disconnect", 3):
        return passed("receive() returned http.disconnect.")
    if happened(case, "part", lambda event: not event["more"], 0.1):
        return failed("Half a body was passed off as a whole one.")
    if case.events("cancelled"):
        return failed("The application was cancelled instead of being told.")
    return failed("receive() raised an exception instead." if case.events("raised") else "receive() did not return.")


@probe("disconnect.receive_after_response_complete", "Answers receive() after the response", Level.MUST, RECEIVE)
def receive_after_response_complete(bench: Bench) -> Outcome:
    """The application completes its response and awaits receive(), while the connection stays open."""
    server = bench.running()
    case = server.case("answered")
    with server.connect() as connection:
        connection.send(request(case.target))
        response = connection.answer()
        if response.status != 200:
            return failed(f"{told(response)} instead of the application's.")
        case.wait("received", 1)
        return (
            _told(case)
            if case.events("received")
            else failed("receive() did not return while the connection was open.")
        )


@probe("disconnect.send_after_raises_oserror", "Raises OSError when sending to a client that went", Level.SHOULD, SEND)
def send_after_raises_oserror(bench: Bench) -> Outcome:
    """The client closes while a response is streamed; send() should raise a subclass of OSError, since version 2.4."""
    server = bench.running()
    case = server.case("vanished")
    with server.connect() as connection:
        connection.send(request(case.target))
        connection.until(b"first")
        connection.reset()
    case.open("gone")
    first_of(case, ("refused", "cancelled", "unnoticed"), 4)
    refused = case.wait("refused", 0)
    if refused:
        if refused["os_error"]:
            return passed("send() raised a subclass of OSError.")
        return since("2.4", case, failed(f"send() raised {refused['error']}, which is no OSError."))
    if case.events("cancelled"):
        return unsupported("The application was cancelled before it could send.")
    return since("2.4", case, failed("send() went on as if somebody listened."))


@probe("disconnect.streaming_app_is_stopped", "Stops an application that streams to nobody", Level.POLICY, SEND)
def streaming_app_is_stopped(bench: Bench) -> Outcome:
    """The client closes while the application streams and never asks; something must make it stop."""
    server = bench.running()
    case = server.case("endless")
    with server.connect() as connection:
        connection.send(request(case.target))
        connection.until(b"xxx")
        connection.reset()
    ended = first_of(case, ("raised", "cancelled", "unnoticed"), 8)
    if ended == "raised":
        return passed("send() raised, which ended the application.")
    return passed("The application was cancelled.") if ended == "cancelled" else failed("The application streamed on.")
