"""What the scope says of a request."""

from typing import Any

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import request
from scripts.lab.events import Event
from scripts.lab.plan import Level, NotOffered, Outcome, Undecided, asgi, failed, passed, rfc, unsupported
from scripts.lab.servers.http1_steps import ask, told
from scripts.lab.servers.registry import probe
from scripts.lab.subjects import Mode

SCOPE = asgi("www", "HTTP Connection Scope", "http-connection-scope")
VERSIONS = asgi("www", "Spec Versions", "spec-versions")
REQUIRED = {
    "type": "str",
    "asgi": "dict",
    "http_version": "str",
    "method": "str",
    "path": "str",
    "query_string": "bytes",
}
OPTIONAL = {
    "scheme": "str", "raw_path": "bytes", "root_path": "str", "state": "dict", "extensions": "dict",
}  # fmt: skip


def seen(bench: Bench, target: str = "/lab", data: bytes | None = None, mode: Mode = "http1", **parts: Any) -> Event:
    """What the application saw of a request: the behaviour is named in headers, so that the target is free.

    ``data`` replaces the request; ``%CASE%`` in it is filled in. Raises Undecided if the application was not asked.
    """
    server = bench.running(mode)
    case = server.case("scope")
    named = (("lab-behaviour", "scope"), ("lab-case", case.id))
    if data is None:
        data = request(target, **{**parts, "headers": (*named, *parts.get("headers", ()))})
    response = ask(server, data.replace(b"%CASE%", case.id.encode()))
    found = case.wait("scope", 0.5)
    if found is None:
        raise Undecided(f"{told(response)}; the application was not asked.")
    return found


def _named(*lines: bytes) -> bytes:
    """A request with header lines as they are given."""
    head = (b"GET /lab HTTP/1.1", b"Host: 127.0.0.1", b"lab-behaviour: scope", b"lab-case: %CASE%")
    return b"\r\n".join((*head, *lines, b"", b""))


@probe("scope.keys_per_spec", "Gives the scope's keys the types of the specification", Level.MUST, SCOPE)
def keys_per_spec(bench: Bench) -> Outcome:
    """Looks at every key that the specification names: required ones must be there, and all must have their types."""
    found = seen(bench)
    types = found["types"]
    wrong = [f"{key} is missing" for key in REQUIRED if key not in types]
    wrong += [
        f"{key} is of type {types[key]}"
        for key, wanted in {**REQUIRED, **OPTIONAL}.items()
        if key in types and types[key] != wanted and not (key in OPTIONAL and types[key] == "NoneType")
    ]
    wrong += [f"{key} is None" for key in ("scheme", "root_path") if types.get(key) == "NoneType"]
    if "headers" not in types and not found["headers"]:
        wrong.append("headers is missing")
    if found["scope"].get("scheme") == "":
        wrong.append("scheme is empty")
    return failed(f"In the scope, {', '.join(wrong)}.") if wrong else passed("Every key has the type it should have.")


@probe(
    "scope.asgi_versions", "Names the versions that it speaks", Level.MUST, asgi("main", "Applications", "applications")
)
def asgi_versions(bench: Bench) -> Outcome:
    """Looks at version and spec_version in scope["asgi"]."""
    versions = seen(bench)["scope"].get("asgi")
    if not isinstance(versions, dict) or versions.get("version") not in {"2.0", "2.1", "3.0"}:
        return failed("scope['asgi'] names no version of ASGI.")
    spec = versions.get("spec_version", "2.0")
    if spec not in {"2.0", "2.1", "2.2", "2.3", "2.4", "2.5"}:
        return failed(f"ASGI {versions['version']}; its spec_version {spec} is none of HTTP and WebSocket.")
    return passed(f"ASGI {versions['version']}, HTTP and WebSocket {spec}.")


@probe("scope.spec_version_ge_2.3", "Speaks version 2.3 or later of HTTP and WebSocket", Level.POLICY, VERSIONS)
def spec_version(bench: Bench) -> Outcome:
    """Looks at spec_version in scope["asgi"]; where it is missing it is 2.0."""
    version = str(seen(bench)["scope"].get("asgi", {}).get("spec_version", "2.0"))
    parts = tuple(int(part) for part in version.split(".") if part.isdigit())
    return (passed if parts >= (2, 3) else failed)(f"Its spec_version is {version}.")


@probe("scope.scheme_method_http_version", "Names scheme, method and HTTP version", Level.MUST, SCOPE)
def scheme_method_http_version(bench: Bench) -> Outcome:
    """Sends a POST in HTTP/1.1 and a GET in HTTP/1.0."""
    wrong = []
    for version, method in (("1.1", "POST"), ("1.0", "GET")):
        try:
            scope = seen(bench, method=method, version=version, body=b"a" if method == "POST" else None)["scope"]
        except Undecided:
            if version == "1.1":
                raise
            continue  # whether it speaks HTTP/1.0 is asked elsewhere
        found = (scope.get("scheme", "http"), scope.get("method"), scope.get("http_version"))
        if found != ("http", method, version):
            wrong.append(f"a {method} in HTTP/{version} appeared as {', '.join(map(str, found))}")
    return failed(f"In the scope, {' and '.join(wrong)}.") if wrong else passed("All three are those of the request.")


@probe("scope.path_decoding", "Decodes the path", Level.MUST, SCOPE)
def path_decoding(bench: Bench) -> Outcome:
    """Asks for a path with encoded UTF-8, an encoded space and an encoded slash."""
    path = seen(bench, "/caf%C3%A9/a%20b%2Fc?x=%2F")["scope"].get("path")
    return passed("The path arrived decoded.") if path == "/café/a b/c" else failed(f"The path arrived as {path!r}.")


@probe("scope.raw_path", "Gives the path as it was sent", Level.MUST, SCOPE)
def raw_path(bench: Bench) -> Outcome:
    """Asks for a path with encoded characters and a query, and looks at raw_path; it is optional."""
    found = seen(bench, "/caf%C3%A9/a%20b%2Fc?x=%2F")
    raw = found["scope"].get("raw_path")
    if raw is None:
        return unsupported("There is no raw_path.")
    return passed("raw_path is as sent.") if raw == "/caf%C3%A9/a%20b%2Fc" else failed(f"raw_path is {raw!r}.")


@probe("scope.query_string_bytes", "Gives the query as it was sent", Level.MUST, SCOPE)
def query_string_bytes(bench: Bench) -> Outcome:
    """Asks once with a query of encoded and other characters, once without."""
    sent = "a=%C3%A9&b=+x&c&a=%26?/"
    found, empty = seen(bench, f"/lab?{sent}"), seen(bench)
    kinds = {found["types"].get("query_string"), empty["types"].get("query_string")}
    queries = (found["scope"].get("query_string"), empty["scope"].get("query_string"))
    if kinds != {"bytes"}:
        return failed(f"The query is of type {', '.join(sorted(map(str, kinds)))}.")
    return passed("The query is as sent.") if queries == (sent, "") else failed(f"The queries are {queries}.")


@probe("scope.headers_lowercase_bytes", "Gives header names as lower-case bytes", Level.SHOULD, SCOPE)
def headers_lowercase_bytes(bench: Bench) -> Outcome:
    """Sends a header whose name has capitals."""
    found = seen(bench, headers=(("X-Lab-Header", "Value"),))
    if not found["headers_are_bytes"]:
        return failed("Names or values of headers are no bytes.")
    if ["x-lab-header", "Value"] in found["headers"]:
        return passed("The name is in lower case, the value as sent; both are bytes.")
    near = [name for name, _ in found["headers"] if name.lower() == "x-lab-header"]
    return failed(f"The name arrived as {near[0]}." if near else "The header did not arrive.")


@probe("scope.header_dups_order", "Keeps order and number of request headers", Level.MUST, SCOPE)
def header_dups_order(bench: Bench) -> Outcome:
    """Sends four headers of two names in turn."""
    headers = (("x-lab-b", "1"), ("x-lab-a", "2"), ("x-lab-b", "3"), ("x-lab-a", "4"))
    found = [tuple(pair) for pair in seen(bench, headers=headers)["headers"]]
    values = {name: [value for key, value in found if key.lower() == name] for name in ("x-lab-a", "x-lab-b")}
    if values == {"x-lab-a": ["2", "4"], "x-lab-b": ["1", "3"]}:
        return passed("Each of four headers arrived, those of one name in their order.")
    return failed(f"Values arrived as {' | '.join(value for each in values.values() for value in each) or 'none'}.")


@probe("scope.header_value_non_ascii", "Passes header values on byte by byte", Level.SHOULD, rfc(9110, "5.5"))
def header_value_non_ascii(bench: Bench) -> Outcome:
    """Sends a header value with bytes beyond ASCII that are no UTF-8."""
    bench.running()
    try:
        found = seen(bench, data=_named(b"x-lab: caf\xe9\xff"))
    except Undecided as refused:
        return failed(str(refused))
    value = dict(found["headers"]).get("x-lab")
    return passed("The bytes arrived unchanged.") if value == "caf\xe9\xff" else failed(f"The value is {value!r}.")


@probe("scope.state_from_lifespan", "Hands the lifespan's state to requests", Level.CLAIM, SCOPE)
def state_from_lifespan(bench: Bench) -> Outcome:
    """The application puts a value into the state at startup and looks for it in a request's scope."""
    state = seen(bench)["scope"].get("state")
    if not isinstance(state, dict):
        return unsupported("The scope has no state.")
    return (
        passed("The value is there.") if "lab" in state else failed("There is a state, but not what startup put in it.")
    )


@probe(
    "scope.state_is_copy_per_request",
    "Gives each request a shallow copy of the state",
    Level.MUST,
    asgi("lifespan", "Lifespan State", "lifespan-state"),
)
def state_is_copy_per_request(bench: Bench) -> Outcome:
    """A request adds a key to the state and changes a list in it; the next must see the list's change alone."""
    with bench.fresh() as server:
        found = []
        for _ in range(2):
            case = server.case("state")
            ask(server, request(case.target))
            found.append(case.expect("state"))
    first, second = found
    if not first["present"]:
        raise NotOffered("The scope has no state.")
    if "lab" not in first["state"]:
        raise NotOffered("What the application put into the state at startup is not there.")
    if second["state"].get("changed"):
        return failed("A key that one request added was seen by the next.")
    if "changed" not in second["state"]["lab"]:
        return failed("The objects in the state were copied, too.")
    return passed("Keys are each request's own, the objects are shared.")
