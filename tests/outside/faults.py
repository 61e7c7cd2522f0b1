"""What goes wrong outside. Each function makes a fault; ``server.faults`` says which requests meet it.

server.faults.add(status(502), None, reset())                   # the next three requests; None is the usual answer
server.faults.when(more_than(30), status(502))                  # always
server.faults.when(at("/pypi/"), limited(429, retry_after=2), times=1)

Stalls and drips end by themselves, or when the server stops.
"""

import functools
import json
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from tests.outside.messages import Answer, Request, as_json
from tests.outside.wire import Wire, head

MEGABYTE = 1 << 20
STALL = 5.0  # seconds; the longest that a stopped answer stays open
SILENCE = 60.0  # seconds; a client without a timeout would otherwise hold its test forever
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID 0000:0000."
)
WRONG = "Something went wrong while executing your query. Please include `0000:0000` when reporting this issue."

Predicate = Callable[[Request], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens on the wire instead of the usual answer."""

    name: str
    act: Callable[[Wire], None]


@dataclass(slots=True)
class _Rule:
    holds: Predicate
    fault: Fault | None
    left: int | None


class Faults:
    """Rules come first, the earliest that holds; then the queue, whoever asks."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self._queue: deque[Fault | None] = deque()
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()

    def add(self, *faults: Fault | None) -> None:
        """The next requests meet these, one each. None is the usual answer."""
        with self._lock:
            self._queue.extend(faults)

    def when(self, holds: Predicate, fault: Fault | None, times: int | None = None) -> None:
        """Requests of which ``holds`` is true meet the fault: so many times, or always."""
        with self._lock:
            self._rules.append(_Rule(holds, fault, times))

    def clear(self) -> None:
        with self._lock:
            self._queue.clear()
            self._rules.clear()

    @property
    def left(self) -> int:
        """How much of the queue nobody met."""
        return len(self._queue)

    def take(self, request: Request) -> Fault | None:
        """The fault of a request, which is used up."""
        with self._lock:
            fault = self._next(request)
            if fault:
                self.met.append(fault.name)
            return fault

    def _next(self, request: Request) -> Fault | None:
        for rule in self._rules:
            if rule.left != 0 and rule.holds(request):
                rule.left = None if rule.left is None else rule.left - 1
                return rule.fault
        return self._queue.popleft() if self._queue else None


def at(prefix: str) -> Predicate:
    """Requests whose path, still quoted, starts so."""
    return lambda request: request.path.startswith(prefix)


def more_than(repositories: int) -> Predicate:
    """GraphQL requests whose query has more repositories than that."""
    return lambda request: request.path == "/graphql" and request.repositories > repositories


def mentions(text: str) -> Predicate:
    """Requests whose address or body says a text."""
    return lambda request: text in request.target or text in request.text


def everything(_: Request) -> bool:
    return True


def answering(name: str, answer: Answer) -> Fault:
    """Any answer that can be written down."""
    return Fault(name, lambda wire: wire.send(answer))


def status(code: int, headers: dict[str, str] | None = None, body: Any = None) -> Fault:
    """An answer with that status. ``body``: bytes as they are, anything else as JSON; None is a plausible message."""
    if isinstance(body, bytes):
        answer = Answer(code, {"Content-Type": "text/html; charset=utf-8"}, body)
    else:
        answer = as_json({"message": f"Status {code}"} if body is None else body, code)
    return answering(f"status {code}", Answer(code, answer.headers | (headers or {}), answer.body))


def unauthorized() -> Fault:
    return status(401, body={"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"})


def limited(code: int = 403, *, retry_after: float | str | None = None, reset_in: float | None = None) -> Fault:
    """A rate limit: with ``Retry-After`` (seconds or a text), with no points left until so many seconds from now
    (``x-ratelimit-remaining: 0`` and ``x-ratelimit-reset``), with both, or, left out, without a word on when.
    """
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    message = SECONDARY if reset_in is None else "API rate limit exceeded for user ID 1."

    def act(wire: Wire) -> None:
        points = {} if reset_in is None else _no_points(reset_in)
        sent = as_json({"message": message, "documentation_url": "https://docs.github.com"}, code, headers | points)
        wire.send(sent)

    return Fault(f"limited {code}", act)


def _no_points(reset_in: float) -> dict[str, str]:
    reset = str(int(time.time() + reset_in))
    return {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}


def secondary_in_errors(kind: str | None = "RATE_LIMITED", headers: dict[str, str] | None = None) -> Fault:
    """A secondary rate limit within ``errors`` of an answer 200; ``kind`` is the error's ``type``, if any."""
    error = {"message": SECONDARY} | ({"type": kind} if kind else {})
    return answering("secondary limit in errors", as_json({"errors": [error]}, headers=headers))


def html(code: int = 200) -> Fault:
    """A page where JSON was asked for, as a proxy sends it."""
    page = b"<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>No server is available.</body></html>"
    return answering("html", Answer(code, {"Content-Type": "text/html; charset=utf-8"}, page))


def truncated_json(keep: float = 0.5) -> Fault:
    """The usual answer cut, with the length of what is left: only its JSON tells."""

    def act(wire: Wire) -> None:
        usual = wire.usual()
        wire.send(Answer(usual.status, usual.headers, usual.body[: int(len(usual.body) * keep)]))

    return Fault("truncated json", act)


def cut_body(keep: float = 0.5) -> Fault:
    """The usual answer with its whole length announced; the connection ends early."""
    return Fault("cut body", functools.partial(_part_of_body, keep=keep, stall=0))


def stall_in_body(keep: float = 0.5, limit: float = STALL) -> Fault:
    """The usual answer, silent in the middle of its body, closed after ``limit`` seconds."""
    return Fault("stall in body", functools.partial(_part_of_body, keep=keep, stall=limit))


def _part_of_body(wire: Wire, keep: float, stall: float) -> None:
    usual = wire.usual()
    wire.drop()
    wire.done()
    wire.write(head(usual, len(usual.body)) + usual.body[: int(len(usual.body) * keep)])
    if stall:
        wire.hold(stall)


def stall_in_headers(limit: float = STALL) -> Fault:
    """The status line and half a header, then silence; closed after ``limit`` seconds."""

    def act(wire: Wire) -> None:
        wire.drop()
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Gith")
        wire.hold(limit)

    return Fault("stall in headers", act)


def silence(limit: float = SILENCE) -> Fault:
    """No byte until the client gives up."""

    def act(wire: Wire) -> None:
        wire.drop()
        wire.hold(limit)

    return Fault("silence", act)


def reset() -> Fault:
    """The connection reset before the answer."""
    return Fault("reset", Wire.reset)


def drip(interval: float = 0.05, *, headers: bool = False) -> Fault:
    """The usual answer, a byte at a time; with ``headers``, from its first byte on. Each read is in time."""

    def act(wire: Wire) -> None:
        usual = wire.usual()
        start, dripped = head(usual, len(usual.body)), usual.body
        if headers:
            start, dripped = b"", start + dripped
        wire.write(start)
        for at_byte in range(len(dripped)):
            if not wire.wait(interval):
                wire.drop()
                return
            if at_byte == len(dripped) - 1:
                wire.done()
            wire.write(dripped[at_byte : at_byte + 1])

    return Fault("drip", act)


@functools.cache
def bomb(megabytes: int) -> bytes:
    """A gzip file of so many megabytes of spaces and then ``{"data": {}}``: valid JSON, so that only its size is wrong.

    One member: a megabyte is compressed once, to a block that refers to nothing before it, and the block repeated.
    """
    block, tail = b" " * MEGABYTE, b'{"data": {}}'
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    checksum = zlib.crc32(tail, checksum)
    size = (megabytes * MEGABYTE + len(tail)) % (1 << 32)
    start = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    end = checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return start + packed * megabytes + last.compress(tail) + last.flush() + end


def gzip_bomb(megabytes: int = 320) -> Fault:
    """Less than a megabyte on the wire, and hundreds once it is unpacked; whatever encodings the client accepts."""
    headers = {"Content-Type": "application/json; charset=utf-8", "Content-Encoding": "gzip"}
    return Fault("gzip bomb", lambda wire: wire.send(Answer(200, headers, bomb(megabytes))))


def large_body(megabytes: int = 200, *, announced: bool = True) -> Fault:
    """So many megabytes of spaces, streamed; unless ``announced``, in chunks without a ``Content-Length``."""

    def act(wire: Wire) -> None:
        block = b" " * MEGABYTE
        headers = {"Content-Type": "application/json"} | ({} if announced else {"Transfer-Encoding": "chunked"})
        wire.write(head(Answer(200, headers), megabytes * MEGABYTE if announced else None))
        for _ in range(megabytes):
            wire.write(block if announced else b"%x\r\n%s\r\n" % (MEGABYTE, block))
        wire.done()
        wire.write(b"" if announced else b"0\r\n\r\n")

    return Fault("large body", act)


def redirect(code: int = 302) -> Fault:
    """To another host, ``server.elsewhere``, which records whether the token came along."""
    return Fault(
        f"redirect {code}", lambda wire: wire.send(Answer(code, {"Location": wire.elsewhere + wire.request.target}))
    )


def partial_errors(nulls: int = 1, kind: str | None = None, message: str = WRONG) -> Fault:
    """The usual data with the last ``nulls`` fields null, and an error for each. GitHub's timeouts have no type."""

    def act(wire: Wire) -> None:
        usual = wire.usual()
        result = json.loads(usual.body)
        names = [name for name in result.get("data") or {} if name != "rateLimit"][-nulls:]
        for name in names:
            result["data"][name] = None
        errors = [{"path": [name], "message": message} | ({"type": kind} if kind else {}) for name in names]
        wire.send(as_json(result | {"errors": result.get("errors", []) + errors}, headers=usual.headers))

    return Fault("partial errors", act)


def skewed_date(seconds: float) -> Fault:
    """The usual answer from a server whose clock is so many seconds ahead, or behind if negative."""

    def act(wire: Wire) -> None:
        usual = wire.usual()
        date = formatdate(time.time() + seconds, usegmt=True)
        wire.send(Answer(usual.status, usual.headers | {"Date": date}, usual.body))

    return Fault("skewed date", act)
