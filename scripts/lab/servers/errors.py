"""What a server does with an application that errs."""

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import Response, request
from scripts.lab.events import Case
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http1_steps import next_answer, told
from scripts.lab.servers.registry import probe

ERRORS = asgi("main", "Error Handling", "error-handling")
BODY = asgi("www", "Response Body", "response-body-send-event")
PATIENCE = 3.0


def _provoked(bench: Bench, fault: str) -> tuple[Case, Response, bool]:
    """The case, what the client got, and whether the connection is closed after it."""
    server = bench.running()
    case = server.case("wrong")
    with server.connect() as connection:
        connection.send(request(case.with_options(fault=fault)))
        response = connection.answer(patience=PATIENCE)
        closed = response.end == "closed" or connection.is_closed(0.2)
    return case, response, closed


def _refusal(bench: Bench, fault: str, what: str) -> Outcome:
    """Whether `send` raised."""
    case, response, _ = _provoked(bench, fault)
    case.wait("called", 1)
    refused = case.wait("refused", 0.3)
    if refused:
        return passed(f"send() raised an exception. {told(response)}.")
    if not case.events("taken"):
        return failed(f"send() neither returned nor raised at {what}. {told(response)}.")
    return failed(f"send() took {what}. {told(response)}.")


@probe("errors.str_body_rejected", "Raises where a body is text", Level.SHOULD, ERRORS)
def str_body_rejected(bench: Bench) -> Outcome:
    """The application sends a Unicode string as body; send() should raise."""
    return _refusal(bench, "text-body", "a body that is no bytes")


@probe("errors.str_headers_rejected", "Raises where headers are text", Level.SHOULD, ERRORS)
def str_headers_rejected(bench: Bench) -> Outcome:
    """The application sends headers as Unicode strings, then a body; one send() should raise."""
    return _refusal(bench, "text-headers", "headers that are no bytes")


@probe("errors.unknown_message_type_raises", "Raises at an unknown message", Level.SHOULD, ERRORS)
def unknown_message_type_raises(bench: Bench) -> Outcome:
    """The application sends a message whose type nobody knows; send() should raise."""
    return _refusal(bench, "unknown-type", "a message of unknown type")


@probe("errors.double_start_raises", "Raises at a second start", Level.POLICY, ERRORS)
def double_start_raises(bench: Bench) -> Outcome:
    """The application starts its response twice; whether send() raises is not written down."""
    return _refusal(bench, "double-start", "a second start")


@probe("errors.body_before_start", "Raises at a body before the start", Level.POLICY, ERRORS)
def body_before_start(bench: Bench) -> Outcome:
    """The application sends a body without a start; whether send() raises is not written down."""
    return _refusal(bench, "body-before-start", "a body before the start")


@probe("errors.body_after_complete", "Lets nothing through after a complete response", Level.MUST, BODY)
def body_after_complete(bench: Bench) -> Outcome:
    """The application sends two more pieces after its response; nothing of them may reach the client."""
    server = bench.running()
    case = server.case("wrong")
    with server.connect() as connection:
        connection.send(request(case.with_options(fault="body-after-complete")))
        response = connection.answer()
        case.wait("called")
        if (response.status, response.body) != (200, b"done"):
            return failed(f"{told(response)}, and not the response that was complete before the surplus.")
        refused = case.wait("refused", 0.2)
        if next_answer(connection, server) == "wrong":
            return failed("The surplus reached the client in place of the next response.")
    return passed(f"Nothing of it reached the client; send() {'raised' if refused else 'ignored it'}.")


@probe("errors.exception_before_start_500", "Answers 500 if the application raises", Level.MUST, ERRORS)
def exception_before_start_500(bench: Bench) -> Outcome:
    """The application raises at once: the request must come to an end, which with HTTP is status 500."""
    response = _raised(bench, "first")
    if response.status == 500:
        return passed("The answer had status 500.")
    if response.end == "closed" and not response.status:
        return unsupported("The connection was closed without an answer, which ASGI allows.")
    return failed(f"{told(response)} instead of 500.")


@probe("errors.exception_after_start", "Ends a response that the application started and gave up", Level.MUST, ERRORS)
def exception_after_start(bench: Bench) -> Outcome:
    """The application starts a response with status 200 and raises: it must not look complete, or be an error."""
    response = _raised(bench, "start")
    if response.status >= 500:
        return passed(f"The client got status {response.status}.")
    if response.end == "closed":
        return passed("The connection was closed before the response was complete.")
    if response.end == "silent":
        return failed("The connection was left open without a complete response.")
    return failed(f"The client got a complete response with status {response.status}.")


@probe("errors.exception_mid_body_truncates", "Does not pass off half a body as a whole one", Level.MUST, ERRORS)
def exception_mid_body_truncates(bench: Bench) -> Outcome:
    """The application raises after the first piece has arrived: the client must see that there was to be more."""
    with bench.fresh() as server, server.connect() as connection:
        case = server.case("raise")
        connection.send(request(case.with_options(when="body")))
        head = connection.head()
        chunks = head.header("transfer-encoding") is not None
        connection.until(b"first")
        case.open("raise")
        case.expect("raised")
        closed = connection.is_closed(PATIENCE)
        rest = bytes(connection.buffer)
    if not closed:
        return failed("The connection was left open.")
    if not chunks:
        return failed("The response has neither length nor chunks, so its end looks like any other.")
    return (
        failed("The last chunk was sent.")
        if b"0\r\n" in rest
        else passed("The connection was closed without a last chunk.")
    )


@probe("errors.incomplete_body_truncates", "Shows that an application returned too early", Level.POLICY, rfc(9112, "8"))
def incomplete_body_truncates(bench: Bench) -> Outcome:
    """The application returns without the end of its response: the client must be able to tell."""
    _, response, _ = _provoked(bench, "incomplete")
    if response.status >= 500:
        return passed(f"The client got status {response.status}.")
    if response.end == "silent":
        return failed("The connection was left open without the end of the response.")
    return passed("The response ended incomplete.") if not response.complete else failed("The response looks complete.")


@probe("errors.no_response_500", "Answers 500 if the application returns without a response", Level.POLICY, ERRORS)
def no_response_500(bench: Bench) -> Outcome:
    """The application returns and has sent nothing."""
    _, response, _ = _provoked(bench, "nothing")
    return (passed if response.status == 500 else failed)(f"{told(response)}.")


@probe("errors.content_length_too_long", "Ends a response that falls short of its length", Level.MUST, rfc(9110, "8.6"))
def content_length_too_long(bench: Bench) -> Outcome:
    """The application says 10 bytes and sends 4: the client must not wait for the rest on an open connection."""
    _, response, _ = _provoked(bench, "length-too-long")
    if response.status >= 500:
        return passed(f"The client got status {response.status}.")
    if response.end == "closed":
        return passed("The connection was closed when the length could not be kept.")
    if response.end == "silent":
        return failed("The connection was left open, and the client waits for bytes that never come.")
    if response.complete and response.header("content-length") in {None, b"4"}:
        return passed("The length was corrected to what the application sent.")
    return failed(f"{told(response)}, with {len(response.body)} bytes of 10 as if all were well.")


@probe("errors.content_length_too_short", "Sends no more than the length that was said", Level.MUST, rfc(9110, "8.6"))
def content_length_too_short(bench: Bench) -> Outcome:
    """The application says 4 bytes and sends more, at once and in pieces: the rest must not reach the client."""
    server = bench.running()
    for fault in ("length-too-short", "length-too-short-in-pieces"):
        case = server.case("wrong")
        with server.connect() as connection:
            connection.send(request(case.with_options(fault=fault)))
            response = connection.answer(patience=PATIENCE)
            case.wait("returned", 0.2)
            if response.status == 200 and (
                b"surplus" in connection.buffer or next_answer(connection, server) == "wrong"
            ):
                return failed("The surplus reached the client after the response, where the next one begins.")
            if response.end == "silent":
                return failed("The connection was left open without a complete response.")
    return passed("Nothing of the surplus reached the client.")


def _raised(bench: Bench, when: str) -> Response:
    with bench.fresh() as server, server.connect() as connection:
        case = server.case("raise")
        connection.send(request(case.with_options(when=when)))
        response = connection.answer(patience=PATIENCE)
        case.expect("raised")
    return response
