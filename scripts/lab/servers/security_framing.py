"""Where a request ends: what two readers of one connection must not disagree on."""

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import chunked, request
from scripts.lab.plan import Level, Outcome, failed, passed, rfc
from scripts.lab.servers.registry import probe
from scripts.lab.servers.security_steps import PATIENCE, all_rejected, case_of, head, send

CHUNKED = b"Transfer-Encoding: chunked"


@probe(
    "security.bad_chunk_size_rejected",
    "Rejects sizes of chunks that are no numbers",
    Level.SHOULD,
    rfc(9112, "2.2"),
    sensitive=True,
)
def bad_chunk_size_rejected(bench: Bench) -> Outcome:
    """Sends chunked bodies whose first size is not a hexadecimal number."""
    met = []
    for size in (b"g", b"0x4", b"-4", b"+4", b"4 4"):
        case = case_of(bench)
        met.append((size.decode(), send(bench, case, head(case, CHUNKED) + size + b"\r\nbody\r\n0\r\n\r\n")))
    return all_rejected(met)


@probe(
    "security.invalid_content_length_rejected",
    "Rejects a Content-Length that is no number",
    Level.MUST,
    rfc(9112, "6.3"),
    sensitive=True,
)
def invalid_content_length_rejected(bench: Bench) -> Outcome:
    """Sends requests whose Content-Length is a word, negative, signed, hexadecimal or followed by a letter."""
    met = []
    for length in (b"abc", b"-1", b"+4", b"0x4", b"4x"):
        case = case_of(bench)
        met.append((length.decode(), send(bench, case, head(case, b"Content-Length: " + length) + b"body")))
    return all_rejected(met)


@probe(
    "security.duplicate_content_length_rejected",
    "Rejects two lengths that differ",
    Level.MUST,
    rfc(9112, "6.3"),
    sensitive=True,
)
def duplicate_content_length_rejected(bench: Bench) -> Outcome:
    """Sends two headers Content-Length with different numbers, and both numbers in one header."""
    met = []
    for name, lines in (
        ("two headers", (b"Content-Length: 4", b"Content-Length: 5")),
        ("one header", (b"Content-Length: 4, 5",)),
    ):
        case = case_of(bench)
        met.append((name, send(bench, case, head(case, *lines) + b"body!")))
    return all_rejected(met)


@probe(
    "security.cl_and_te_rejected",
    "Rejects a request with a length and chunks",
    Level.POLICY,
    rfc(9112, "6.1"),
    sensitive=True,
)
def cl_and_te_rejected(bench: Bench) -> Outcome:
    """Sends Content-Length and Transfer-Encoding in one request; a server may reject it or go by the chunks."""
    case = case_of(bench)
    body = chunked(b"body")
    lines = (b"Content-Length: %d" % len(body), CHUNKED)
    return all_rejected([("the request", send(bench, case, head(case, *lines) + body))])


@probe(
    "security.cl_te_no_desync",
    "Closes after a request with a length and chunks",
    Level.MUST,
    rfc(9112, "6.1"),
    sensitive=True,
)
def cl_te_no_desync(bench: Bench) -> Outcome:
    """Sends both, and a further request where the chunks end but the length does not; it must not be answered."""
    server = bench.running()
    case, inside = server.case("echo"), server.case("ready")
    rest = request(inside.target)
    body = chunked(b"body") + rest
    with server.connect() as connection:
        connection.push(head(case, b"Content-Length: %d" % len(body), CHUNKED) + body)
        first = connection.answer(patience=PATIENCE)
        connection.is_closed(0.3)
    if inside.wait("called", 0.1):
        return failed("What followed the chunks was served as a request on the same connection.")
    if first.status == 200 and first.body != b"body":
        return failed("The body was taken by its length, although it was chunked.")
    if first.status == 200:
        return passed("The body was taken by its chunks, and nothing after it was served.")
    return passed("The request was rejected, and nothing after it was served.")


@probe(
    "security.unknown_transfer_encoding_rejected",
    "Rejects unknown transfer codings",
    Level.MUST,
    rfc(9112, "6.3"),
    sensitive=True,
)
def unknown_transfer_encoding_rejected(bench: Bench) -> Outcome:
    """Sends requests whose last transfer coding is not chunked."""
    met = []
    for coding in (b"lab", b"chunked, identity", b"xchunked"):
        case = case_of(bench)
        met.append((coding.decode(), send(bench, case, head(case, b"Transfer-Encoding: " + coding) + chunked(b"body"))))
    return all_rejected(met)


@probe(
    "security.te_space_before_colon_rejected",
    "Rejects a space between a header's name and its colon",
    Level.MUST,
    rfc(9112, "5.1"),
    sensitive=True,
)
def te_space_before_colon_rejected(bench: Bench) -> Outcome:
    """Sends a space before the colon of Transfer-Encoding."""
    case = case_of(bench)
    return all_rejected(
        [("the request", send(bench, case, head(case, b"Transfer-Encoding : chunked") + chunked(b"body")))]
    )


@probe(
    "security.bare_lf_rejected", "Rejects lines that end in LF alone", Level.POLICY, rfc(9112, "2.2"), sensitive=True
)
def bare_lf_rejected(bench: Bench) -> Outcome:
    """Sends a request whose lines all end in LF without CR; a server may take it."""
    case = case_of(bench)
    met = send(bench, case, request(case.target).replace(b"\r\n", b"\n"), patience=1)
    if met.response.end == "silent" and not met.asked:
        return passed("The request was not taken: the server waits for the end of a line.")
    return all_rejected([("the request", met)])
