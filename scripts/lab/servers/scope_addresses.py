"""What the scope says of where a request comes from, and where to."""

from typing import Literal

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, unsupported
from scripts.lab.servers.registry import probe
from scripts.lab.servers.scope import SCOPE, seen

FORWARDED = (("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"))


@probe("scope.client_server_tuples", "Names the addresses of client and server", Level.MUST, SCOPE)
def client_server_tuples(bench: Bench) -> Outcome:
    """Compares client and server in the scope, both optional, with the addresses of the connection."""
    server = bench.running()
    case = server.case("scope")
    with server.connect() as connection:
        own = list(connection.socket.getsockname())
        connection.send(request(case.target))
        connection.answer()
    scope = case.expect("scope")["scope"]
    found = {"client": (scope.get("client"), own), "server": (scope.get("server"), ["127.0.0.1", server.port])}
    wrong = [name for name, (value, wanted) in found.items() if value is not None and value != wanted]
    missing = [name for name, (value, _) in found.items() if value is None]
    text = [name for name in wrong if [str(part) for part in found[name][0]] == [str(part) for part in found[name][1]]]
    if wrong and text == wrong:
        return failed(f"The port is text instead of a number: {' and '.join(text)}.")
    if wrong:
        return failed(f"Not the address of the connection: {' and '.join(wrong)}.")
    if missing:
        return unsupported(f"The scope does not name: {' and '.join(missing)}.")
    return passed("Both are the addresses of the connection.")


@probe("scope.unix_server_path_none", "Names the path of a Unix socket", Level.MUST, SCOPE)
def unix_server_path_none(bench: Bench) -> Outcome:
    """Asks through a Unix socket; server in the scope, which is optional, must be its path and None."""
    server = bench.running("unix")
    value = seen(bench, mode="unix")["scope"].get("server")
    if value is None:
        return unsupported("The scope does not name the server.")
    if value == [str(server.path), None]:
        return passed("server is the socket's path, and None.")
    shown = repr(value).replace(str(server.path), "(path)")
    return failed(f"server is {shown} instead of the socket's path, and None.")


@probe("scope.root_path_option", "Puts a root path from its options into the scope", Level.POLICY, SCOPE)
def root_path_option(bench: Bench) -> Outcome:
    """Starts the server with the root path /root and asks for /lab."""
    scope = seen(bench, mode="root-path")["scope"]
    said = f"root_path is {scope.get('root_path')!r}, path is {scope.get('path')!r} for a request of /lab."
    return (passed if scope.get("root_path") == "/root" else failed)(said)


@probe(
    "scope.forwarded_headers_from_loopback",
    "Believes X-Forwarded-For and -Proto from a proxy on the same machine",
    Level.POLICY,
    asgi("www", "HTTP Connection Scope", "http-connection-scope"),
)
def forwarded_headers_from_loopback(bench: Bench) -> Outcome:
    """Sends both headers from 127.0.0.1: as the server starts by default, then with the option that it has for this."""
    if _believes(bench, "http1"):
        return passed("client and scheme follow the headers by default.")
    if bench.offers("forwarded") and _believes(bench, "forwarded"):
        return passed("client and scheme follow the headers with its option for this, not by default.")
    return failed("client and scheme are those of the connection.")


def _believes(bench: Bench, mode: Literal["http1", "forwarded"]) -> bool:
    scope = seen(bench, mode=mode, headers=FORWARDED)["scope"]
    client = scope.get("client")
    return scope.get("scheme") == "https" and isinstance(client, list) and client[0] == "203.0.113.9"
