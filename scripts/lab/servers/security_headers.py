"""Request lines and headers that a server should not take, or let out."""

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.plan import Level, Outcome, failed, passed, rfc
from scripts.lab.servers.http1_steps import ask, told
from scripts.lab.servers.registry import probe
from scripts.lab.servers.security_steps import Met, all_rejected, case_of, head, send

LENGTH = b"Content-Length: 0"
HOST = rfc(9112, "3.2")


@probe("security.garbage_request_line_400", "Answers 400 to what is no request", Level.SHOULD, rfc(9112, "3"))
def garbage_request_line_400(bench: Bench) -> Outcome:
    """Sends a line of words where the request line belongs, and bytes that are no text."""
    seen = []
    for data in (b"this is no request line\r\n\r\n", b"\x00\x01\x02\x03\xff\xfe\r\n\r\n"):
        response = ask(bench.running(), data, patience=2)
        if response.status != 400:
            return failed(f"{told(response)} instead of 400.")
        seen.append(response)
    return passed("Both were answered with 400.")


@probe("security.missing_host_rejected", "Rejects HTTP/1.1 without Host", Level.MUST, HOST, sensitive=True)
def missing_host_rejected(bench: Bench) -> Outcome:
    """Sends a request in HTTP/1.1 without the header Host."""
    case = case_of(bench)
    return all_rejected([("the request", send(bench, case, head(case, LENGTH, host=None)))])


@probe("security.duplicate_host_rejected", "Rejects two Hosts", Level.MUST, HOST, sensitive=True)
def duplicate_host_rejected(bench: Bench) -> Outcome:
    """Sends a request with two headers Host that differ."""
    case = case_of(bench)
    return all_rejected([("the request", send(bench, case, head(case, b"Host: other.example", LENGTH)))])


@probe(
    "security.nul_in_header_rejected",
    "Rejects or replaces NUL in header values",
    Level.MUST,
    rfc(9110, "5.5"),
    sensitive=True,
)
def nul_in_header_rejected(bench: Bench) -> Outcome:
    """Sends a header value with a NUL; a server rejects the request or puts a space in its place."""
    met, values = _value(bench, b"x-lab: a\x00b")
    if not met.asked:
        return all_rejected([("the request", met)])
    return (
        passed("The NUL was replaced.")
        if values == ["a b"]
        else failed("The application saw the NUL, or cut the value.")
    )


@probe(
    "security.obs_fold_rejected",
    "Rejects or unfolds header values over several lines",
    Level.MUST,
    rfc(9112, "5.2"),
    sensitive=True,
)
def obs_fold_rejected(bench: Bench) -> Outcome:
    """Sends a header value that goes on in the next line; a server rejects it or puts spaces in its place."""
    met, values = _value(bench, b"x-lab: a\r\n b")
    if not met.asked:
        return all_rejected([("the request", met)])
    if len(values) == 1 and values[0].split() == ["a", "b"] and not set(values[0]) & set("\r\n"):
        return passed("The value was unfolded.")
    return failed("The application saw the value with its line break, or cut.")


def _value(bench: Bench, line: bytes) -> tuple[Met, list[str]]:
    """What a header line met, and the values of x-lab that the application saw."""
    case = case_of(bench, "scope")
    met = send(bench, case, head(case, line, start=b"GET %b HTTP/1.1" % case.target.encode()))
    found = case.wait("scope", 0)
    return met, [value for name, value in found["headers"] if name.lower() == "x-lab"] if found else []


@probe(
    "security.response_header_crlf_rejected",
    "Lets no line break into response headers",
    Level.MUST,
    rfc(9110, "5.5"),
    sensitive=True,
)
def response_header_crlf_rejected(bench: Bench) -> Outcome:
    """The application puts a line break and a further header into a header value."""
    server = bench.running()
    response = ask(server, request(server.case("wrong").with_options(fault="line-break-in-header")), patience=2)
    if response.header("x-injected") is not None:
        return failed("The client saw the further header.")
    return passed(f"{told(response)}, and the client saw no further header.")
