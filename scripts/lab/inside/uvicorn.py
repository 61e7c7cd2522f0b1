"""The application behind a real server: Uvicorn, from the subject's own environment."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.lab.clients.raw import Connection, connect
from scripts.lab.plan import Undecided
from scripts.lab.process import MARK, answers, answers_http1, free_port, start

ROOT = Path(__file__).resolve().parents[3]
STARTING = 10.0  # seconds until the first answer


@contextlib.contextmanager
def behind_uvicorn(module: str) -> Iterator[Connection]:
    """A connection to Uvicorn with the ``app`` of a module. Raises Undecided where it does not come up."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"{module}:app", "--port", str(port), "--no-access-log"]
    kept = {name: os.environ[name] for name in ("PATH", MARK) if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        program = start(command, Path(folder), environment)
        try:
            if not answers(program.alive, lambda: answers_http1(connect(("127.0.0.1", port), patience=2)), STARTING):
                said = program.said().strip().splitlines()
                raise Undecided(f"Uvicorn did not answer. Its last line: {said[-1][:200] if said else 'none'}")
            with connect(("127.0.0.1", port)) as connection:
                yield connection
        finally:
            program.end()


def masked(text: str) -> bytes:
    """A short text message as a client sends it."""
    key = b"lab!"
    data = text.encode()
    coded = bytes(byte ^ key[place % 4] for place, byte in enumerate(data))
    return bytes([0x81, 0x80 | len(data)]) + key + coded


def message(connection: Connection) -> tuple[int, bytes]:
    """Opcode and content of the next short message of the server."""
    first, length = connection.exactly(2)
    return first & 0x0F, connection.exactly(length & 0x7F)
