"""HTTP/3."""

from scripts.lab.bench import Bench, Running
from scripts.lab.clients.h2c import Stream
from scripts.lab.clients.h3 import Http3
from scripts.lab.clients.raw import request
from scripts.lab.plan import Deviates, Level, NotOffered, Outcome, failed, passed, rfc
from scripts.lab.servers.registry import probe


def _answered(server: Running, target: str, body: bytes = b"") -> Stream:
    with Http3(server.port) as client:
        if not client.connect():
            raise Deviates("The handshake of QUIC did not come to its end.")
        stream = client.request(target, method="POST" if body else "GET", body=body)
        if not client.finished(stream, 10) or not stream.ended:
            raise Deviates("A request over HTTP/3 got no whole response.")
        return stream


@probe("http3.get", "Serves HTTP/3", Level.CLAIM, rfc(9114, "4.1"), claim="http/3")
def get(bench: Bench) -> Outcome:
    """Sends a GET request over QUIC and reads the response and the scope that the application got."""
    server = bench.running("http3")
    case = server.case("protocol-scope")
    stream = _answered(server, case.target)
    scope = case.expect("scope")
    if (stream.status, bytes(stream.body), scope["http_version"]) == (200, b"seen", "3"):
        return passed("The application answered, with http_version 3 in its scope.")
    other = " with another body than the application's" if stream.status == 200 and stream.body != b"seen" else ""
    return failed(f"Status {stream.status}{other}; the scope said http_version {scope['http_version']}.")


@probe("http3.post", "Hands request bodies over", Level.CLAIM, rfc(9114, "4.1"), claim="http/3")
def post(bench: Bench) -> Outcome:
    """Sends a body of 100,000 bytes over QUIC, which the application sends back."""
    data = bytes(range(250)) * 400
    server = bench.running("http3")
    stream = _answered(server, server.case("protocol-echo").target, data)
    if (stream.status, bytes(stream.body)) == (200, data):
        return passed("A body of 100,000 bytes came back as it was sent.")
    return failed(f"Status {stream.status}" + ("." if stream.body == data else ", and another body than was sent."))


@probe("http3.alt_svc_over_tcp", "Tells clients on TCP about HTTP/3", Level.POLICY, rfc(9114, "3.1.1"))
def alt_svc(bench: Bench) -> Outcome:
    """Sends a GET request over TCP and TLS to a server with HTTP/3 and reads the Alt-Svc header."""
    server = bench.running("http3")
    try:
        with server.connect() as connection:
            connection.send(request(server.case("ready").target))
            response = connection.response()
    except (OSError, EOFError, ValueError) as error:
        raise NotOffered("With HTTP/3, it does not answer HTTP/1.1 on TCP.") from error
    services = b",".join(response.all("alt-svc")).split(b",")
    if any(service.strip().startswith(b"h3=") for service in services):
        return passed("The response over TCP had an Alt-Svc header that names h3.")
    return failed("The response over TCP had no Alt-Svc header that names h3.")


@probe("http3.websocket_setting", "Announces WebSocket over HTTP/3", Level.POLICY, rfc(9220, "3"))
def websocket_setting(bench: Bench) -> Outcome:
    """Reads SETTINGS_ENABLE_CONNECT_PROTOCOL in the server's settings."""
    with Http3(bench.running("http3").port) as client:
        if not client.connect() or not client.wait(lambda: bool(client.settings), 2):
            raise Deviates("No SETTINGS frame came over QUIC.")
        value = client.settings.get(8, 0)
    return passed("The setting is 1.") if value == 1 else failed("The setting is not 1.")
