"""Programs that behave badly, to see that a run survives them."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scripts.lab.environment import Environment
from scripts.lab.subjects import ServerSubject

READY = (
    'c.recv(9999); c.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok"); c.close()'
)
LISTEN = 'import socket, sys, os, time, signal\ns = socket.create_server(("127.0.0.1", int(sys.argv[1])))\n'
SERVE = f"{LISTEN}while True:\n    c, _ = s.accept(); {READY}\n"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """One whose only program is this interpreter."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    return Environment(programs, {"example": "1.0"}, "3.11.0")


@pytest.fixture
def server(tmp_path: Path) -> Callable[[str], ServerSubject]:
    """A subject whose server is this text; its first argument is the port."""

    def make(text: str, **more: Mapping[str, str]) -> ServerSubject:
        path = tmp_path / "server.py"
        path.write_text(text, encoding="utf-8")
        return ServerSubject.model_validate(
            {
                "subject": "example",
                "entry": "example",
                "title": "Example",
                "package": "example",
                "install": ["example"],
                "command": ["python", str(path)],
                "modes": {"http1": ["{port}"]},
                **more,
            }
        )

    return make
