"""What an answer, or a fault in its stead, can do with a connection."""

import gzip
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus

from tests.outside.messages import Answer, Request

WORTH_COMPRESSING = 500  # bytes
NOTICE = 0.02  # seconds between looks at whether the client is still there


class Wire:
    """One request's connection. ``usual`` is the answer that the world gives; ``elsewhere`` is another host's address.

    ``done`` ends the request's being in flight. It comes before the last byte, so that a client which then asks again
    at once is never counted twice; a fault that keeps silent counts as done when its silence begins.
    """

    def __init__(self, connection: socket.socket, request: Request, stopping: threading.Event) -> None:
        self.request = request
        self.usual: Callable[[], Answer] = Answer
        self.done: Callable[[], None] = lambda: None
        self.elsewhere = ""
        self.compress = True
        self.kept = True
        self._connection = connection
        self._stopping = stopping

    def send(self, answer: Answer) -> None:
        """Sends an answer whole, compressed for whoever accepts it."""
        answer = self._compressed(answer)
        length = None if answer.status == HTTPStatus.NOT_MODIFIED else len(answer.body)
        self.done()
        self.write(head(answer, length) + (b"" if self.request.method == "HEAD" else answer.body))

    def _compressed(self, answer: Answer) -> Answer:
        accepted = self.compress and "gzip" in self.request.headers.get("accept-encoding", "")
        if not accepted or len(answer.body) < WORTH_COMPRESSING or "Content-Encoding" in answer.headers:
            return answer
        return Answer(answer.status, answer.headers | {"Content-Encoding": "gzip"}, gzip.compress(answer.body, 1))

    def write(self, part: bytes) -> None:
        self._connection.sendall(part)

    def wait(self, seconds: float) -> bool:
        """Whether the time passed; not when the server stops in between."""
        return not self._stopping.wait(seconds)

    def hold(self, limit: float) -> None:
        """Says nothing until the client gives up, the time is over or the server stops."""
        self.done()
        end = time.monotonic() + limit
        while time.monotonic() < end and self.wait(NOTICE):
            if select.select([self._connection], [], [], 0)[0] and not self._connection.recv(1, socket.MSG_PEEK):
                return

    def drop(self) -> None:
        """No further request on this connection: it is closed once the fault returns."""
        self.kept = False

    def reset(self) -> None:
        """Closes with a reset instead of an end: what the client reads next is an error."""
        self.done()
        self.drop()
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self._connection.detach())


def head(answer: Answer, length: int | None) -> bytes:
    """The status line and the headers. Without a length there is no ``Content-Length``."""
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    headers = {"Date": formatdate(time.time(), usegmt=True), "Server": "outside"} | answer.headers
    if length is not None:
        headers["Content-Length"] = str(length)
    lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
