"""A ClientHello of TLS 1.1, byte by byte: today's libraries no longer send one."""

import struct
from typing import Final

from scripts.lab.clients.raw import Connection

HANDSHAKE: Final = 22
_SUITES: Final = (0xC009, 0xC00A, 0xC013, 0xC014, 0x002F, 0x0035)  # ECDHE-ECDSA, ECDHE-RSA, RSA with AES-CBC-SHA


def _extension(number: int, body: bytes) -> bytes:
    return struct.pack("!HH", number, len(body)) + body


def _hello() -> bytes:
    suites = b"".join(struct.pack("!H", suite) for suite in _SUITES)
    extensions = (
        _extension(10, struct.pack("!HHHH", 6, 23, 24, 25))  # supported groups: P-256, P-384, P-521
        + _extension(11, b"\x01\x00")  # uncompressed points
        + _extension(23, b"")  # extended master secret
    )
    body = (
        b"\x03\x02"
        + bytes(range(32))
        + b"\x00"
        + struct.pack("!H", len(suites))
        + suites
        + b"\x01\x00"
        + struct.pack("!H", len(extensions))
        + extensions
    )
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    return bytes([HANDSHAKE]) + b"\x03\x01" + struct.pack("!H", len(message)) + message


HELLO: Final = _hello()


def chosen_version(connection: Connection) -> int | None:
    """The version of the ServerHello that answers it, None if none came."""
    try:
        kind, _, _, size = struct.unpack("!BBBH", connection.exactly(5))
        record = connection.exactly(size)
    except (OSError, EOFError):
        return None
    if kind != HANDSHAKE or record[:1] != b"\x02":
        return None
    return int.from_bytes(record[4:6], "big")
