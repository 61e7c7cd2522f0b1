"""What connections do between and after responses."""

import time

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.plan import Level, Outcome, Undecided, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http1_steps import ask, framing, next_answer, told
from scripts.lab.servers.registry import probe

CLOSE = (("Connection", "close"),)


@probe("http1.keepalive", "Keeps connections open", Level.SHOULD, rfc(9112, "9.3"))
def keepalive(bench: Bench) -> Outcome:
    """Sends two requests, one after the other's response, on one connection."""
    server = bench.running()
    with server.connect() as connection:
        connection.send(request(server.case("ready").target))
        response = connection.answer()
        if response.status != 200:
            return failed(f"{told(response)} instead of 200.")
        after = next_answer(connection, server)
    if after == "right":
        return passed("Two requests were answered on one connection.")
    return failed(
        "The connection was closed after one response." if after == "closed" else "The second answer is wrong."
    )


@probe("http1.connection_close", "Closes when asked to", Level.MUST, rfc(9112, "9.6"))
def connection_close(bench: Bench) -> Outcome:
    """Sends Connection: close and looks whether the server closes after the response."""
    server = bench.running()
    with server.connect() as connection:
        connection.send(request(server.case("ready").target, headers=CLOSE))
        response = connection.answer()
        closed = connection.is_closed()
    if response.status != 200 or not closed:
        return failed(f"{told(response)}; the connection was {'closed' if closed else 'left open'}.")
    options = b",".join(response.all("connection")).lower()
    return passed(
        f"The connection was closed, and the response {'said so' if b'close' in options else 'said nothing of it'}."
    )


@probe("http1.http10", "Answers HTTP/1.0 without chunks", Level.MUST, rfc(9112, "6.1"))
def http10(bench: Bench) -> Outcome:
    """Asks in HTTP/1.0 for a response that is streamed without a length."""
    server = bench.running()
    with server.connect() as connection:
        connection.send(request(server.case("stream").target, version="1.0", host=None))
        response = connection.answer()
    if response.status != 200:
        return unsupported(f"{told(response)}: it does not speak HTTP/1.0.")
    if response.header("transfer-encoding") is not None:
        return failed("The response has a Transfer-Encoding, which HTTP/1.0 does not know.")
    if response.body != b"first-last" or not response.complete:
        return failed("The body is not what the application sent.")
    return passed(f"The response arrived {framing(response)}.")


@probe("http1.pipelining", "Answers pipelined requests in their order", Level.MUST, rfc(9112, "9.3.2"))
def pipelining(bench: Bench) -> Outcome:
    """Sends three requests at once, of which the first is the slowest."""
    server = bench.running()
    cases = [server.case("name") for _ in range(3)]
    targets = [case.with_options(name=index) for index, case in enumerate(cases)]
    targets[0] += "&gate=go"
    with server.connect() as connection:
        connection.send(b"".join(request(target) for target in targets))
        cases[0].wait("called")
        early = cases[2].wait("called", 0.2)
        cases[0].open("go")
        answers = [connection.answer(patience=2) for _ in targets]
    bodies = [answer.body for answer in answers if answer.status == 200]
    if bodies == [b"0", b"1", b"2"]:
        return passed(f"Three answers came in order, {'worked on side by side' if early else 'one after the other'}.")
    if bodies in ([b"0"], [b"0", b"1"]) and answers[len(bodies)].end == "closed":
        return unsupported(f"The connection was closed after {len(bodies)} of three answers.")
    return failed(f"Of three answers, these came: {b', '.join(bodies).decode() or 'none'}.")


@probe(
    "http1.background_after_response",
    "Ends the response while the application works on",
    Level.MUST,
    asgi("www", "Response Body", "response-body-send-event"),
)
def background_after_response(bench: Bench) -> Outcome:
    """The application sends the whole response, then waits at a gate until the client has the response."""
    server = bench.running()
    case = server.case("background")
    response = ask(server, request(case.target, headers=CLOSE))
    busy = not case.events("worked")
    case.open("work")
    worked = case.wait("worked", 2)
    if (response.status, response.body) != (200, b"ok"):
        return failed(f"{told(response)}; the response was not complete while the application worked on.")
    if not busy:
        raise Undecided("The application did not wait at its gate.")
    if not worked:
        return failed("The application was stopped when its response had been read.")
    return passed("The client had the whole response, and the application finished its work.")


@probe(
    "http1.keepalive_idle_timeout_15s",
    "Closes an idle connection within 15 seconds",
    Level.POLICY,
    rfc(9112, "9.5"),
    patient=True,
)
def keepalive_idle_timeout_15s(bench: Bench) -> Outcome:
    """Asks once, then leaves the connection alone for 15 seconds."""
    with bench.fresh() as server, server.connect() as connection:
        connection.send(request(server.case("ready").target))
        response = connection.answer()
        if response.status != 200:
            raise Undecided(f"{told(response)} to the first request.")
        began = time.monotonic()
        closed = connection.is_closed(patience=15)
        if closed and time.monotonic() - began < 0.5:
            return unsupported("The connection was closed at once, after its first response.")
    return (
        passed("The idle connection was closed within 15 seconds.")
        if closed
        else failed("The idle connection was still open after 15 seconds.")
    )
