"""TLS."""

import ssl

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import connect, request
from scripts.lab.clients.tls11 import HELLO, chosen_version
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc
from scripts.lab.servers.registry import probe
from scripts.lab.servers.websocket_steps import opened

VERSIONS = {0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2", 0x0304: "TLS 1.3"}


@probe("tls.https", "Serves HTTPS itself", Level.CLAIM, asgi("www", "HTTP connection scope", "http-connection-scope"))
def https(bench: Bench) -> Outcome:
    """Sends a GET request over TLS, whose certificate has to verify, and reads the scheme in the scope."""
    server = bench.running("tls")
    case = server.case("protocol-scope")
    with server.connect() as connection:
        connection.send(request(case.target))
        response = connection.response()
    scheme = case.expect("scope")["scheme"]
    if (response.status, scheme) == (200, "https"):
        return passed("The application answered, with the scheme https in its scope.")
    return failed(f"Status {response.status}; the scope said {scheme}.")


@probe("tls.wss", "Serves WebSocket over TLS", Level.CLAIM, rfc(6455, "11.1.2"))
def wss(bench: Bench) -> Outcome:
    """Opens a WebSocket over TLS and reads the scheme in the scope."""
    with opened(bench, "scope", mode="tls") as (_, case):
        scheme = case.expect("scope")["scope"].get("scheme", "ws")
    if scheme == "wss":
        return passed("The connection was accepted, with the scheme wss in the scope.")
    return failed(f"The connection was accepted, but the scope said {scheme}.")


@probe("tls.min_version_1.2", "Speaks no TLS before 1.2", Level.MUST, rfc(8996, "5"), sensitive=True)
def min_version(bench: Bench) -> Outcome:
    """Sends a ClientHello that offers nothing newer than TLS 1.1, byte by byte; a ServerHello must not follow. TLS 1.2
    itself has to work or to be refused by choice.
    """
    server = bench.running("tls")
    with connect(server.address) as connection:
        connection.send(HELLO)
        version = chosen_version(connection)
    if version is not None:
        return failed(f"It agreed to {VERSIONS.get(version, 'an older version')}.")
    context = server.certificates.client(("http/1.1",))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        with connect(server.address, context):
            pass
    except ssl.SSLError:
        return passed("TLS 1.1 was refused, and TLS 1.2 was too.")
    return passed("TLS 1.1 was refused, TLS 1.2 was not.")
