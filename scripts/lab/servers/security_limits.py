"""How much and how long a server listens: nobody prescribes limits, but somebody has to set them."""

import time

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import Connection
from scripts.lab.plan import Level, Outcome, failed, passed, rfc
from scripts.lab.servers.registry import probe
from scripts.lab.servers.security_steps import all_rejected, case_of, head, send

MIB = 1 << 20
SECONDS = 15


@probe("security.long_url_rejected", "Limits the length of an address", Level.POLICY, rfc(9112, "3"))
def long_url_rejected(bench: Bench) -> Outcome:
    """Asks for an address of 1 MiB."""
    case = case_of(bench)
    start = b"GET %b&x=%b HTTP/1.1" % (case.target.encode(), b"x" * MIB)
    return all_rejected([("an address of 1 MiB", send(bench, case, head(case, start=start)))])


@probe("security.oversized_header_rejected", "Limits the length of a header", Level.POLICY, rfc(9110, "5.4"))
def oversized_header_rejected(bench: Bench) -> Outcome:
    """Sends one header value of 1 MiB."""
    case = case_of(bench)
    start = b"GET %b HTTP/1.1" % case.target.encode()
    return all_rejected([("a header of 1 MiB", send(bench, case, head(case, b"x-lab: " + b"x" * MIB, start=start)))])


@probe("security.many_headers_limited", "Limits the number of headers", Level.POLICY, rfc(9110, "5.4"))
def many_headers_limited(bench: Bench) -> Outcome:
    """Sends 10,000 short headers."""
    case = case_of(bench)
    start = b"GET %b HTTP/1.1" % case.target.encode()
    lines = [b"x-lab-%d: 1" % number for number in range(10_000)]
    return all_rejected([("10,000 headers", send(bench, case, head(case, *lines, start=start)))])


@probe(
    "security.slowloris_header_timeout_15s",
    "Gives up on a head that takes 15 seconds",
    Level.POLICY,
    rfc(9110, "15.5.9"),
    patient=True,
)
def slowloris_header_timeout_15s(bench: Bench) -> Outcome:
    """Sends a request's head line by line, one a second, and never its end."""
    with bench.fresh() as server, server.connect() as connection:
        connection.push(head(server.case("echo"))[:-2])
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if _gave_up(connection):
                return passed("The server ended the connection within 15 seconds.")
            connection.push(b"x-lab: 1\r\n")
    return failed("The server still listened after 15 seconds.")


def _gave_up(connection: Connection) -> bool:
    """Whether there is an answer, or an end, within a second."""
    try:
        connection.more(1)
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
