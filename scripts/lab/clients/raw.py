"""HTTP/1.1 over a socket, byte by byte."""

import contextlib
import select
import socket
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

# How a response ended: as its framing says; because the server closed; not at all within the time; in nonsense.
End = Literal["whole", "closed", "silent", "malformed"]


@dataclass
class Response:
    """What came back. ``complete``: it ended as its own framing says. Status 0: there was none (``answer``)."""

    version: str
    status: int
    reason: str
    headers: list[tuple[bytes, bytes]]  # names as sent
    body: bytes = b""
    complete: bool = True
    trailers: list[tuple[bytes, bytes]] = field(default_factory=list)
    end: End = "whole"

    def all(self, name: str) -> list[bytes]:
        """Values of a header, whatever its case, in the order sent."""
        return [value for key, value in self.headers if key.lower() == name.lower().encode()]

    def header(self, name: str) -> bytes | None:
        return next(iter(self.all(name)), None)


class Connection:
    """A socket with what was received and not yet used. Time-outs raise TimeoutError, resets OSError."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self.buffer = bytearray()
        self.closed = False  # the other side said that it sends no more

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.close()

    def reset(self) -> None:
        """Ends the connection with RST, as a vanished client's kernel would."""
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def push(self, data: bytes, patience: float = 5) -> int:
        """Sends as much as the other side takes before it answers, closes or takes no more; how much that was."""
        sent = 0
        with contextlib.suppress(OSError):
            while sent < len(data):
                readable, writable, _ = select.select([self.socket], [self.socket], [], patience)
                if readable or not writable:
                    break
                sent += self.socket.send(data[sent : sent + 65536])
        return sent

    def finish(self) -> None:
        """Says that no more will be sent."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def more(self, patience: float | None = None) -> bytes:
        """The next bytes; b"" once the server has closed. Raises TimeoutError, OSError."""
        if patience is not None:
            self.socket.settimeout(patience)
        data = self.socket.recv(65536)
        self.closed = self.closed or not data
        self.buffer += data
        return data

    def until(self, mark: bytes, patience: float | None = None) -> bytes:
        """What stands before and including a mark; raises EOFError if the server closes before."""
        while mark not in self.buffer:
            if not self.more(patience):
                raise EOFError(f"the server closed after {bytes(self.buffer[:200])!r}")
        end = self.buffer.index(mark) + len(mark)
        found = bytes(self.buffer[:end])
        del self.buffer[:end]
        return found

    def exactly(self, size: int, patience: float | None = None) -> bytes:
        while len(self.buffer) < size:
            if not self.more(patience):
                raise EOFError(f"the server closed {size - len(self.buffer)} bytes too early")
        found = bytes(self.buffer[:size])
        del self.buffer[:size]
        return found

    def head(self, patience: float | None = None) -> Response:
        """Status line and headers of the next response, informational ones too. Raises EOFError, ValueError."""
        lines = self.until(b"\r\n\r\n", patience).split(b"\r\n")[:-2]
        version, _, rest = lines[0].partition(b" ")
        status, _, reason = rest.partition(b" ")
        if not version.startswith(b"HTTP/1."):  # what is left of a body may stand before it
            raise ValueError(f"no status line: {lines[0][:100]!r}")
        headers = []
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            headers.append((name, value.strip(b" \t")))
        return Response(version.decode("latin-1"), int(status), reason.decode("latin-1"), headers)

    def response(self, *, to: str = "GET", patience: float | None = None) -> Response:
        """The next final response with its body; informational responses before it are skipped."""
        found = self._final(patience)
        self._body(found, to, patience)
        return found

    def answer(self, *, to: str = "GET", patience: float | None = None) -> Response:
        """The same, whatever comes: without a head it has the status 0, and ``end`` says why."""
        try:
            found = self._final(patience)
        except TimeoutError:
            return Response("", 0, "", [], complete=False, end="silent")
        except (EOFError, OSError):
            return Response("", 0, "", [], complete=False, end="closed")
        except ValueError:
            return Response("", 0, "", [], complete=False, end="malformed")
        try:
            self._body(found, to, patience)
        except TimeoutError:
            self._broken(found, "silent")
        return found

    def _final(self, patience: float | None) -> Response:
        found = self.head(patience)
        while found.status < 200 and found.status != 101:
            found = self.head(patience)
        return found

    def _body(self, found: Response, to: str, patience: float | None) -> None:
        if to == "HEAD" or found.status in {101, 204, 304}:
            return
        try:
            if (found.header("transfer-encoding") or b"").lower().endswith(b"chunked"):
                self._chunks(found, patience)
            elif (length := found.header("content-length")) is not None:
                found.body = self.exactly(int(length), patience)
            else:
                while self.more(patience):
                    pass
                found.body = bytes(self.buffer)
                self.buffer.clear()
        except (EOFError, ConnectionError):
            self._broken(found, "closed")
        except ValueError:
            self._broken(found, "malformed")

    def _broken(self, found: Response, end: End) -> None:
        found.complete = False
        found.end = end
        found.body += bytes(self.buffer)
        self.buffer.clear()

    def _chunks(self, found: Response, patience: float | None) -> None:
        while size := int(self.until(b"\r\n", patience).split(b";")[0], 16):
            found.body += self.exactly(size, patience)
            self.until(b"\r\n", patience)
        while (line := self.until(b"\r\n", patience)) != b"\r\n":
            name, _, value = line.rstrip(b"\r\n").partition(b":")
            found.trailers.append((name, value.strip(b" \t")))

    def chunk(self, patience: float | None = None) -> bytes:
        """The next chunk of a chunked body, b"" for the last."""
        size = int(self.until(b"\r\n", patience).split(b";")[0], 16)
        data = self.exactly(size, patience)
        self.until(b"\r\n", patience)
        return data

    def is_closed(self, patience: float = 2) -> bool:
        """Whether the server closes within so many seconds; what it still sends is kept in the buffer."""
        try:
            while self.more(patience):
                pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True


def connect(address: str | tuple[str, int], context: ssl.SSLContext | None = None, patience: float = 5) -> Connection:
    """To a path or a port of this machine."""
    sock = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
    sock.settimeout(patience)
    try:
        sock.connect(address)
        return Connection(context.wrap_socket(sock, server_hostname="localhost") if context else sock)
    except BaseException:
        sock.close()
        raise


def request(  # noqa: PLR0913 - each is a part of a request
    target: str,
    *,
    method: str = "GET",
    version: str = "1.1",
    host: str | None = "127.0.0.1",
    headers: tuple[tuple[str, str], ...] = (),
    body: bytes | None = None,
) -> bytes:
    """A well-formed request; with a body, its length is stated."""
    lines = [f"{method} {target} HTTP/{version}"]
    if host is not None:
        lines.append(f"Host: {host}")
    lines += [f"{name}: {value}" for name, value in headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + (body or b"")


def chunked(*parts: bytes, last: bool = True) -> bytes:
    """A body, or the beginning of one, in chunks as they are given."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + (b"0\r\n\r\n" if last else b"")
