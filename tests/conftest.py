"""A small repository to break: fixed vocabularies, a few entries, no network."""

import datetime as dt
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from scripts.catalogue.load import load, schema_line
from scripts.catalogue.rules import problems_of

# Tests do not measure time: the machine may be busy with something else.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

PROJECT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 22)

SERVER = {
    "name": "Examplecorn",
    "description": "Serves ASGI applications over HTTP/1.1, one process for each core.",
    "repository": "https://github.com/example/examplecorn",
    "package": "examplecorn",
    "category": "general-purpose",
    "evidence": "https://github.com/example/examplecorn/blob/main/examplecorn/server.py",
    "added": "2026-11-22",
}
MIDDLEWARE = {
    "name": "Example Guard",
    "description": "Answers 403 to requests whose origin is not on a list.",
    "repository": "https://github.com/example/guard",
    "package": "example-guard",
    "category": "security",
    "works_with": "[any]",
    "evidence": "https://github.com/example/guard/blob/main/guard.py",
    "added": "2026-11-22",
}
PUBLICATION = {
    "title": "How servers call applications",
    "summary": "Walks through one request, from the socket to the application and back.",
    "url": "https://blog.example.com/servers",
    "type": "article",
    "authors": "[Ada Example]",
    "published": "2024-05",
    "language": "en",
    "topics": "[examplecorn]",
    "level": "introductory",
    "added": "2026-11-22",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A checkout to work on. Entries are given as text or as a mapping of keys to YAML."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def entry(self, path: str, values: dict[str, str], **changes: str | None) -> Path:
        """Writes an entry; a change to None leaves the key out. ``import_`` stands for ``import``."""
        merged = values | {key.rstrip("_"): value for key, value in changes.items() if value is not None}
        gone = {key for key, value in changes.items() if value is None}
        kind = {"middleware": "middleware", "libraries": "library"}.get(path.split("/")[1], path.split("/")[1][:-1])
        lines = [f"{key}: {value}\n" for key, value in merged.items() if key not in gone]
        return self.write(path, schema_line(kind) + "\n" + "".join(lines))

    def server(self, slug: str = "examplecorn", /, **changes: str | None) -> Path:
        return self.entry(f"data/servers/{slug}.yml", SERVER, **changes)

    def middleware(self, slug: str = "example-guard", /, **changes: str | None) -> Path:
        return self.entry(f"data/middleware/{slug}.yml", MIDDLEWARE, **changes)

    def publication(self, slug: str = "how-servers-call-2024", /, **changes: str | None) -> Path:
        return self.entry(f"data/publications/{slug}.yml", PUBLICATION, **changes)

    def problems(self, today: dt.date = TODAY) -> list[str]:
        """What `check` would print."""
        return [str(problem) for problem in problems_of(load(self.root), today)]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Fixed vocabularies and real frames, one server, one middleware, one publication; no problem."""
    for name in ("README.md", "CONTRIBUTING.md", "mkdocs.yml"):
        shutil.copy(PROJECT / name, tmp_path)
    (tmp_path / "data").mkdir()
    for vocabulary in (PROJECT / "tests" / "vocabularies").glob("*.yml"):
        shutil.copy(vocabulary, tmp_path / "data")
    made = Repository(tmp_path)
    made.server()
    made.middleware()
    made.publication()
    return made


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def may_ask_itself(path: Path) -> bool:
    """Whether the tests of a file may connect to the loopback address: those with servers of their own."""
    folders = path.relative_to(PROJECT / "tests").parts[:-1]
    return bool({"outside", "facts", "guide", "intake", "lab"} & set(folders[:1])) or path.match("test_enrich*.py")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Tests ask nobody. Browser tests serve themselves on the loopback address, and a few others may use it too."""
    if "browser" in request.path.parts:
        return
    allowed = LOOPBACK if may_ask_itself(request.path) else set()

    def guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
        def guard(connection: socket.socket, address: Any) -> Any:
            host = address[0] if isinstance(address, tuple) else "localhost"  # a path is on this machine
            if host not in allowed:
                pytest.fail(f"a test opened a network connection to {address}")
            return connect(connection, address)

        return guard

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
