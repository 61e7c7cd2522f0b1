"""HTTP/1.1 as applications and clients see it: one request, one response."""

from email.utils import parsedate_to_datetime

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http1_steps import ask, next_answer, told
from scripts.lab.servers.registry import probe

START = asgi("www", "Response Start", "response-start-send-event")


@probe("http1.basic", "Answers a GET request", Level.MUST, rfc(9112, "3"))
def basic(bench: Bench) -> Outcome:
    """Sends one GET request and reads status, headers and body that the application sent."""
    server = bench.running()
    response = ask(server, request(server.case("ready").target))
    if (response.status, response.body) == (200, b"ok"):
        return passed("Status, headers and body arrived as sent.")
    return failed(f"{told(response)}, with a body of {len(response.body)} bytes instead of 200 and 2 bytes.")


@probe("http1.custom_method", "Hands a method that it does not know to the application", Level.POLICY, rfc(9110, "9.1"))
def custom_method(bench: Bench) -> Outcome:
    """Sends a request with the method LABTEST and looks for it in the scope."""
    server = bench.running()
    case = server.case("scope")
    response = ask(server, request(case.target, method="LABTEST"))
    if response.status != 200:
        return failed(f"{told(response)}; the application was not asked.")
    method = case.expect("scope")["scope"]["method"]
    return (passed if method == "LABTEST" else failed)(f"The application was asked with the method {method}.")


@probe("http1.absolute_form_target", "Accepts a request target with scheme and host", Level.MUST, rfc(9112, "3.2.2"))
def absolute_form_target(bench: Bench) -> Outcome:
    """Sends a GET for http://127.0.0.1/lab, with the host in the target. It has to be accepted; whether the scope then
    holds the path alone, ASGI leaves open, so that the answer only tells it.
    """
    server = bench.running()
    case = server.case("scope")
    headers = (("lab-behaviour", "scope"), ("lab-case", case.id))
    response = ask(server, request("http://127.0.0.1/lab?a=1", headers=headers))
    if response.status != 200:
        return failed(f"{told(response)} instead of the application's.")
    path = case.expect("scope")["scope"]["path"]
    if path == "/lab":
        return passed("The application saw the path alone.")
    return passed(f"It was accepted. The application saw {path} as the path: the target as it came.")


@probe("http1.options_asterisk", "Hands OPTIONS * to the application", Level.POLICY, rfc(9112, "3.2.4"))
def options_asterisk(bench: Bench) -> Outcome:
    """Sends OPTIONS with the target *, which asks about the server as a whole."""
    server = bench.running()
    case = server.case("scope")
    headers = (("lab-behaviour", "scope"), ("lab-case", case.id))
    response = ask(server, request("*", method="OPTIONS", headers=headers))
    called = case.wait("scope", 0.2)
    if called:
        return passed(f"The application was asked, with the path {called['scope']['path'] or '(empty)'}.")
    if 200 <= response.status < 300:
        return passed(f"The server answered by itself with status {response.status}.")
    return failed(f"{told(response)}; the application was not asked.")


@probe("http1.date_header", "Adds a Date header", Level.MUST, rfc(9110, "6.6.1"))
def date_header(bench: Bench) -> Outcome:
    """Looks for exactly one Date, in the format of HTTP, in a response whose application sent none."""
    server = bench.running()
    dates = ask(server, request(server.case("ready").target)).all("date")
    if len(dates) != 1:
        return failed(f"The response has {len(dates)} Date headers.")
    try:
        good = len(dates[0]) == 29 and dates[0].endswith(b" GMT") and parsedate_to_datetime(dates[0].decode("latin-1"))
    except ValueError:
        good = False
    return passed("The response has one Date.") if good else failed("The Date is not in the format of HTTP.")


@probe("http1.head", "Answers HEAD without a body", Level.MUST, rfc(9110, "9.3.2"))
def head(bench: Bench) -> Outcome:
    """Sends HEAD, to which the application answers as to GET; then another request on the same connection."""
    server = bench.running()
    return _head(bench, server.case("ready").target)


@probe("http1.head_streaming_no_body", "Answers HEAD without a streamed body", Level.MUST, rfc(9110, "9.3.2"))
def head_streaming_no_body(bench: Bench) -> Outcome:
    """The same where the application streams two pieces without a length."""
    server = bench.running()
    return _head(bench, server.case("stream").target)


def _head(bench: Bench, target: str) -> Outcome:
    server = bench.running()
    with server.connect() as connection:
        connection.send(request(target, method="HEAD"))
        response = connection.answer(to="HEAD")
        if response.status != 200:
            return failed(f"{told(response)} instead of 200.")
        if connection.buffer:
            return failed("Bytes of a body followed the head.")
        match next_answer(connection, server):
            case "right":
                return passed("Nothing followed the head, and the connection went on.")
            case "closed":
                return passed("Nothing followed the head, and the connection was closed.")
            case _:
                return failed("What followed the head was not the next response.")


@probe("http1.headers_any_iterable", "Takes response headers from any iterable", Level.MUST, START)
def headers_any_iterable(bench: Bench) -> Outcome:
    """The application gives its headers as a tuple, as lists, as the values of a dictionary and from a generator."""
    server = bench.running()
    refused = []
    for form in ("tuple", "lists", "values", "generator"):
        response = ask(server, request(server.case("iterable").with_options(form=form)))
        if (response.status, response.header("x-lab")) != (200, b"1"):
            refused.append(form)
    if refused and not {"tuple", "lists"} & set(refused):
        return unsupported(f"Headers arrived from lists and tuples, not if given as: {', '.join(refused)}.")
    if refused:
        return failed(f"Headers did not arrive that were given as: {', '.join(refused)}.")
    return passed("Headers arrived from a tuple, lists, the values of a dictionary and a generator.")


@probe("http1.response_headers_order_dups", "Keeps order and number of response headers", Level.MUST, START)
def response_headers_order_dups(bench: Bench) -> Outcome:
    """The application sends six headers, some of one name, in an order that the response must have."""
    server = bench.running()
    response = ask(server, request(server.case("ordered").target))
    wanted = [b"x-lab-b", b"set-cookie", b"x-lab-a", b"set-cookie", b"x-lab-b", b"set-cookie"]
    found = [(name.lower(), value) for name, value in response.headers if name.lower() in wanted]
    if [name for name, _ in found] == wanted and [value for _, value in found] == [
        b"1", b"a=1", b"2", b"b=2", b"3", b"c=3",
    ]:  # fmt: skip
        return passed("Six headers arrived in the order sent.")
    names = b", ".join(name for name, _ in found).decode("latin-1")
    return failed(f"The application's headers arrived as: {names or 'none'}.")


@probe("http1.status_204_304_no_body", "Sends 204 and 304 without a body", Level.MUST, rfc(9110, "15.3.5"))
def status_204_304_no_body(bench: Bench) -> Outcome:
    """The application sends each status with an empty body; a second request on the same connection shows leftovers."""
    server = bench.running()
    for status in (204, 304):
        with server.connect() as connection:
            connection.send(request(server.case("status").with_options(status=status)))
            response = connection.answer()
            if response.status != status:
                return failed(f"{told(response)} instead of {status}.")
            named = [name for name in ("content-length", "transfer-encoding") if response.header(name) is not None]
            if status == 204 and named:
                return failed(f"The response with status 204 has a {' and a '.join(named)} header.")
            if next_answer(connection, server) == "wrong":
                return failed(f"What followed status {status} was not the next response.")
    return passed("Nothing followed the heads of 204 and 304, and 204 says nothing of a length.")
