"""WebSocket, frame by frame (RFC 6455): what is sent is what was asked for, valid or not."""

import base64
import contextlib
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal

from scripts.lab.clients.raw import Connection, Response

KEY: Final = "dGhlIHNhbXBsZSBub25jZQ=="
MASK: Final = b"\x11\x22\x33\x44"
_MAGIC: Final = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Opcode(IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


@dataclass(frozen=True, slots=True)
class Frame:
    opcode: int
    payload: bytes = b""
    final: bool = True
    reserved: int = 0  # RSV1 is 4, RSV2 is 2, RSV3 is 1

    @property
    def code(self) -> int | None:
        """Of a close frame."""
        return int.from_bytes(self.payload[:2], "big") if len(self.payload) >= 2 else None

    @property
    def reason(self) -> str:
        return self.payload[2:].decode(errors="replace")


def encode(frame: Frame, *, masked: bool = True) -> bytes:
    first = (0x80 if frame.final else 0) | frame.reserved << 4 | frame.opcode
    size = len(frame.payload)
    flag = 0x80 if masked else 0
    if size < 126:
        head = bytes([first, flag | size])
    elif size < 1 << 16:
        head = bytes([first, flag | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([first, flag | 127]) + size.to_bytes(8, "big")
    return head + MASK + _masked(frame.payload, MASK) if masked else head + frame.payload


def decode(buffer: bytearray) -> Frame | None:
    """Takes the first frame out of a buffer, None while it is not whole."""
    if len(buffer) < 2:
        return None
    size, at = buffer[1] & 0x7F, 2
    if size > 125:
        at += 2 if size == 126 else 8
        if len(buffer) < at:
            return None
        size = int.from_bytes(buffer[2:at], "big")
    mask = bytes(buffer[at : at + 4]) if buffer[1] & 0x80 else b""
    at += len(mask) if buffer[1] & 0x80 else 0
    if len(buffer) < at + size:
        return None
    payload = bytes(buffer[at : at + size])
    frame = Frame(
        buffer[0] & 0x0F, _masked(payload, mask) if mask else payload, bool(buffer[0] & 0x80), buffer[0] >> 4 & 7
    )
    del buffer[: at + size]
    return frame


def _masked(payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    stretched = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(stretched, "big")).to_bytes(size, "big")


def handshake(
    target: str, *, version: str = "13", headers: Sequence[tuple[str, str]] = (), scheme: str = "http"
) -> bytes:
    """A handshake as browsers send it."""
    lines = [
        f"GET {target} HTTP/1.1",
        "Host: 127.0.0.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {KEY}",
        f"Sec-WebSocket-Version: {version}",
        f"Origin: {scheme}://127.0.0.1",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def accept_value(key: str = KEY) -> bytes:
    """What the server has to answer to the key."""
    return base64.b64encode(hashlib.sha1((key + _MAGIC).encode(), usedforsecurity=False).digest())


def close_payload(code: int, reason: str = "") -> bytes:
    return code.to_bytes(2, "big") + reason.encode()


class WebSocket:
    """A connection after its handshake. ``ended``: why no further frame came."""

    def __init__(self, connection: Connection, response: Response) -> None:
        self.connection = connection
        self.response = response
        self.ended: Literal["", "closed", "silent", "nonsense"] = ""

    def send(
        self, opcode: Opcode, payload: bytes = b"", *, final: bool = True, masked: bool = True, reserved: int = 0
    ) -> None:
        self.connection.send(encode(Frame(opcode, payload, final, reserved), masked=masked))

    def text(self, text: str) -> None:
        self.send(Opcode.TEXT, text.encode())

    def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Sends a close frame; without a code, an empty one."""
        self.send(Opcode.CLOSE, b"" if code is None else close_payload(code, reason))

    def frame(self, patience: float = 5, *, pings: bool = True) -> Frame | None:
        """The next frame, with or without pings; None if the connection was closed, or nothing came for so long."""
        end = time.monotonic() + patience
        while (frame := self._frame(end)) is not None and frame.opcode == Opcode.PING and not pings:
            pass
        return frame

    def _frame(self, end: float) -> Frame | None:
        while (frame := decode(self.connection.buffer)) is None:
            try:
                if not self.connection.more(max(0.001, end - time.monotonic())):
                    self.ended = "closed"
                    return None
            except TimeoutError:
                self.ended = "silent"
                return None
            except OSError:
                self.ended = "closed"
                return None
        if frame.opcode not in list(Opcode) or (frame.opcode >= Opcode.CLOSE and (frame.reserved or not frame.final)):
            self.ended = "nonsense"
            return None
        return frame

    def message(self, patience: float = 5) -> Frame | None:
        """The next data message or close frame, fragments joined, pings answered."""
        return self._message(time.monotonic() + patience)

    def _message(self, end: float) -> Frame | None:
        parts: list[Frame] = []
        while (frame := self._frame(end)) is not None:
            if frame.opcode == Opcode.PING:
                self.send(Opcode.PONG, frame.payload)
            elif frame.opcode == Opcode.CLOSE:
                return frame
            elif frame.opcode != Opcode.PONG:
                parts.append(frame)
                if frame.final:
                    break
        if frame is None:
            return None
        return Frame(parts[0].opcode, b"".join(part.payload for part in parts), reserved=parts[0].reserved)

    def closing(self, patience: float = 5) -> Frame | None:
        """The close frame, whatever comes before it; None if the connection ended without one, or did not end."""
        end = time.monotonic() + patience
        while (message := self._message(end)) is not None:
            if message.opcode == Opcode.CLOSE:
                return message
        return None


def shake(connection: Connection, hello: bytes, patience: float = 5) -> WebSocket:
    """Sends a handshake and reads its answer, with the body unless it is 101. Raises EOFError, OSError, ValueError."""
    connection.send(hello)
    response = connection.head(patience)
    while response.status < 200 and response.status != 101:
        response = connection.head(patience)
    if response.status != 101:
        with contextlib.suppress(OSError, EOFError, ValueError):
            response.body = _body(connection, response)
    return WebSocket(connection, response)


def _body(connection: Connection, response: Response) -> bytes:
    """Of a refusal; a server may forget to say where it ends."""
    if (length := response.header("content-length")) is not None:
        return connection.exactly(int(length))
    if response.header("transfer-encoding"):
        return b"".join(iter(connection.chunk, b""))
    connection.is_closed(0.5)
    return bytes(connection.buffer)
