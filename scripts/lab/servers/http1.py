"""HTTP/1.1 as applications and clients see it."""

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.plan import Level, Outcome, failed, passed, rfc
from scripts.lab.servers.registry import probe


@probe("http1.basic", "Answers a GET request", Level.MUST, rfc(9112, "3"))
def basic(bench: Bench) -> Outcome:
    """Sends one GET request and reads status, headers and body that the application sent."""
    server = bench.running()
    with server.connect() as connection:
        connection.send(request(server.case("ready").target))
        response = connection.response()
    if (response.status, response.body) == (200, b"ok"):
        return passed("Status, headers and body arrived as sent.")
    return failed(
        f"Status {response.status} and a body of {len(response.body)} bytes arrived instead of 200 and 2 bytes."
    )
