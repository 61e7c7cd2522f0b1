"""The extensions of ASGI: a server that advertises one in the scope has to do what it says."""

from collections.abc import Callable

from scripts.lab.app.protocol_behaviours import FILE
from scripts.lab.bench import Bench, Running
from scripts.lab.clients.raw import Connection, Response, request
from scripts.lab.events import Case, Event
from scripts.lab.plan import Deviates, Level, NotOffered, Outcome, asgi, failed, passed
from scripts.lab.servers.registry import probe

ASKING = (("TE", "trailers"), ("Connection", "TE"))
TRAILERS = asgi("extensions", "HTTP trailers", "http-trailers")


def missing(name: str, version: str) -> NotOffered:
    return NotOffered(f"The scope does not advertise `http.response.{name}` on {version}.")


def _used(
    server: Running, name: str, headers: tuple[tuple[str, str], ...] = (), how: str = "plain"
) -> tuple[list[Response], Response]:
    """What came before the response, and the response of an application that uses an extension. Raises NotOffered."""
    case = server.case("protocol-extension")
    with server.connect() as connection:
        connection.send(request(case.with_options(name=name, **{how: 1}), headers=headers))
        if f"http.response.{name}" not in case.expect("extensions")["names"]:
            connection.response()
            raise missing(name, "HTTP/1.1")
        try:
            return _responses(connection, case)
        except (OSError, EOFError, ValueError) as error:
            raise Deviates("The extension is advertised, but using it left the client without a response.") from error
        finally:
            case.open("read")


def _responses(connection: Connection, case: Case) -> tuple[list[Response], Response]:
    early = []
    while (found := connection.head()).status < 200:
        early.append(found)
    if (length := found.header("content-length")) is not None:
        found.body = connection.exactly(int(length))
        return early, found
    if (found.header("transfer-encoding") or b"").lower() != b"chunked":
        raise ValueError(f"{case.id}: neither a length nor chunks")
    while size := int(connection.until(b"\r\n"), 16):
        found.body += connection.exactly(size)
        connection.until(b"\r\n")
    while (line := connection.until(b"\r\n")) != b"\r\n":
        name, _, value = line.partition(b":")
        found.trailers.append((name.lower(), value.strip()))
    return early, found


def _scope(bench: Bench, mode: str = "http1") -> Event:
    server = bench.running("tls" if mode == "tls" else "http1")
    case = server.case("protocol-scope")
    with server.connect() as connection:
        connection.send(request(case.target))
        connection.response()
    return case.expect("scope")


@probe("extensions.advertised_http1", "Advertises extensions on HTTP/1.1", Level.POLICY)
def advertised(bench: Bench) -> Outcome:
    """Reads the names in the scope's extensions on HTTP/1.1."""
    names = _scope(bench)["extensions"]
    if names:
        return passed(f"Advertised: {', '.join(f'`{name}`' for name in names)}.")
    return failed("The scope advertises no extension.")


@probe(
    "extensions.debug_not_advertised",
    "Leaves the debug extension to tests",
    Level.SHOULD,
    asgi("extensions", "Debug", "debug"),
)
def debug(bench: Bench) -> Outcome:
    """Looks for `http.response.debug` in the scope's extensions, which servers should not implement."""
    if "http.response.debug" in _scope(bench)["extensions"]:
        return failed("The scope advertises `http.response.debug`.")
    return passed("The scope does not advertise it.")


@probe(
    "extensions.early_hint_http1",
    "Sends early hints",
    Level.SHOULD,
    asgi("extensions", "Early hints", "early-hints"),
)
def early_hint(bench: Bench) -> Outcome:
    """Where it is advertised, the application sends an early hint with two links, before the start of the response, and
    if that does not do, after it, as the specification had it at first; looks for them in a response with status 103.
    """
    return hinted(lambda how: _links(bench, how))


def _links(bench: Bench, how: str) -> list[bytes]:
    early, response = _used(bench.running(), "early_hint", how=how)
    links = [value for found in early if found.status == 103 for value in found.all("link")]
    return links if response.body == b"without" else []


def hinted(links: Callable[[str], list[bytes]]) -> Outcome:
    """What came of early hints in the two orders."""
    for how, when in (("plain", "before"), ("late", "after")):
        try:
            found = b", ".join(links(how))
        except Deviates:
            continue
        if found == b"</lab.css>; rel=preload, </lab.js>; rel=preload":
            return passed(f"Status 103 with both links came, sent {when} the start of the response.")
    return failed("It is advertised, but no status 103 with both links came, sent before the start or after it.")


@probe("extensions.pathsend", "Sends files by their path", Level.SHOULD, asgi("extensions", "Path send", "path-send"))
def pathsend(bench: Bench) -> Outcome:
    """Where it is advertised, the application names a file of 128 KiB; compares the body with it."""
    return _file(bench, "pathsend")


@probe(
    "extensions.zerocopysend",
    "Sends files without copying them",
    Level.SHOULD,
    asgi("extensions", "Zero copy send", "zero-copy-send"),
)
def zerocopysend(bench: Bench) -> Outcome:
    """Where it is advertised, the application hands an open file of 128 KiB over, and if that does not do, its number;
    compares the body with it.
    """
    try:
        outcome = _file(bench, "zerocopysend")
    except Deviates:
        _, response = _used(bench.running(), "zerocopysend", how="number")
        if response.body == FILE:
            return passed("The body was the file; its number had to be sent, an open file did not do.")
        raise
    return outcome


def _file(bench: Bench, name: str) -> Outcome:
    _, response = _used(bench.running(), name)
    if response.body == FILE:
        return passed("The body was the file.")
    return failed(f"The body had {len(response.body)} bytes and was not the file.")


@probe(
    "extensions.push_http1",
    "Offers server push only where HTTP has it",
    Level.POLICY,
    asgi("extensions", "HTTP/2 server push", "http-2-server-push"),
)
def push(bench: Bench) -> Outcome:
    """Looks for `http.response.push` in the scope on HTTP/1.1, which has no server push."""
    if "http.response.push" in _scope(bench)["extensions"]:
        return failed("The scope advertises `http.response.push` on HTTP/1.1.")
    return passed("The scope does not advertise it on HTTP/1.1.")


@probe("extensions.trailers_http1", "Sends trailers", Level.SHOULD, TRAILERS)
def trailers(bench: Bench) -> Outcome:
    """Where it is advertised, the application sends a trailer to a client that asked for it with `TE: trailers`."""
    _, response = _used(bench.running(), "trailers", ASKING)
    if response.body != b"without":
        return failed("The body before the trailers did not arrive whole.")
    if response.trailers == [(b"x-lab", b"trailing")]:
        return passed("The trailer came after the body.")
    return failed("No trailer came after the body.")


@probe("extensions.trailers_needs_te_header", "Keeps trailers from clients that did not ask", Level.SHOULD, TRAILERS)
def trailers_need_te(bench: Bench) -> Outcome:
    """Where it is advertised, the application sends a trailer to a client that sent no TE header; it must not come. A
    server may as well advertise the extension to those only that did.
    """
    server = bench.running()
    try:
        _, response = _used(server, "trailers")
    except NotOffered:
        _used(server, "trailers", ASKING)
        return passed("The scope advertises the extension only to clients that sent `TE: trailers`.")
    if response.trailers:
        return failed("The trailer was sent to a client that had not asked for it.")
    return passed("The body came without the trailer.")


@probe(
    "extensions.tls",
    "Describes the TLS connection",
    Level.MUST,
    asgi("tls", "TLS connection scope", "tls-connection-scope"),
)
def tls(bench: Bench) -> Outcome:
    """Looks at the `tls` extension over TLS: the three mandatory keys, and the version that was negotiated; without TLS
    it must not be there.
    """
    scope = _scope(bench, "tls")
    if "tls" in _scope(bench)["extensions"]:
        return failed("The scope has the `tls` extension without TLS.")
    if "tls" not in scope["extensions"]:
        raise NotOffered("The scope does not advertise `tls` over TLS.")
    values = scope["tls"] or {}
    absent = [f"`{key}`" for key in ("server_cert", "tls_version", "cipher_suite") if key not in values]
    if absent:
        return failed(f"Mandatory keys are missing: {', '.join(absent)}.")
    if values["tls_version"] not in (None, 0x0304):
        return failed("The version is not the one that was negotiated.")
    known = [f"`{key}`" for key in ("server_cert", "tls_version", "cipher_suite") if values[key] is not None]
    return passed(f"The mandatory keys are there; with a value: {', '.join(known) or 'none'}.")
