"""Every block of the guide runs, and does what a person would notice: under real servers, with real clients."""

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.guide.blocks import GUIDE, blocks_of, pages
from tests.guide.reader import Reader
from tests.guide.servers import ENVIRONMENT, FREE_PORT, PATIENCE, Server, serving, start, words

any_server = pytest.mark.parametrize("program", FREE_PORT)


def get(server: Server, path: str = "/", headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.get(f"http://{server.address}{path}", headers=headers, trust_env=False)


@contextmanager
def connected(server: Server, path: str) -> Iterator[ClientConnection]:
    with connect(f"ws://{server.address}{path}", proxy=None) as connection:
        yield connection


def test_every_page_is_read() -> None:
    assert sorted(pages()) == sorted(path.name for path in GUIDE.rglob("*.md"))


@pytest.mark.parametrize("page", pages())
def test_a_page_can_be_followed(page: str, tmp_path: Path) -> None:
    before = list(takewhile(lambda name: name != page, pages()))
    files = {b.title: b.text for name in before for b in blocks_of(GUIDE / name) if b.language == "python"}
    Reader(tmp_path, files).follow(blocks_of(GUIDE / page))


@any_server
def test_the_smallest_application_greets(program: str, folder: Path) -> None:
    with serving(f"{program} hello:app", folder) as server:
        response = get(server)
    assert (response.status_code, response.text) == (200, "Hello from ASGI\n")


@any_server
def test_a_body_in_parts_is_counted(program: str, folder: Path) -> None:
    with serving(f"{program} upload:app", folder) as server:
        address = f"http://{server.address}/"
        response = httpx.post(address, content=iter([b"12345"] * 7), trust_env=False)
    assert response.text == "35 bytes"


@any_server
def test_a_client_that_left_is_noticed(program: str, folder: Path) -> None:
    with serving(f"{program} ticks:app", folder) as server:
        with httpx.stream("GET", f"http://{server.address}/", trust_env=False) as response:
            assert next(response.iter_lines()) == "tick"
        assert server.stop() == "the client left"


@any_server
def test_the_echo_comes_back(program: str, folder: Path) -> None:
    with serving(f"{program} echo:app", folder) as server:
        with connected(server, "/echo") as connection:
            for message in ("text", b"bytes", "ünïcode"):
                connection.send(message)
                assert connection.recv(PATIENCE) == message
        assert server.stop().startswith("closed with code")  # the page shows Uvicorn's 1000; Hypercorn 0.18 says 1006


@any_server
@pytest.mark.parametrize(("module", "status", "body"), [("echo", 403, b""), ("members", 401, b"sign in")])
def test_a_handshake_is_refused(program: str, module: str, status: int, body: bytes, folder: Path) -> None:
    with (
        serving(f"{program} {module}:app", folder) as server,
        pytest.raises(InvalidStatus) as refusal,
        connected(server, "/"),
    ):
        pass
    assert refusal.value.response.status_code == status
    assert body in (refusal.value.response.body or b"")


@any_server
@pytest.mark.parametrize("module", ["visits", "main", "star"])
def test_state_outlives_a_request_and_shutdown_runs(program: str, module: str, folder: Path) -> None:
    with serving(f"{program} {module}:app", folder) as server:
        assert server.out.read_text() == "startup\n"
        assert [get(server).text for _ in range(2)] == ["visit 1", "visit 2"]
        assert server.stop(signal.SIGTERM) == "startup\nshutdown"


@any_server
@pytest.mark.parametrize("module", ["main", "star"])
def test_the_timing_header_appears(program: str, module: str, folder: Path) -> None:
    with serving(f"{program} {module}:app", folder) as server:
        for path in ("/", "/hello/"):
            assert re.fullmatch(r"app;dur=\d+\.\d\d", get(server, path).headers["server-timing"])
        assert get(server, "/hello/").text == "Hello from ASGI\n"


@any_server
def test_the_framework_echoes(program: str, folder: Path) -> None:
    with serving(f"{program} star:app", folder) as server, connected(server, "/echo") as connection:
        connection.send("text")
        assert connection.recv(PATIENCE) == "text"


UNKNOWN = """
import asyncio
import importlib

for name in {modules}:
    try:
        asyncio.run(importlib.import_module(name).app({{"type": "unknown"}}, None, None))
    except {error}:
        print(name)
"""


@pytest.mark.parametrize(
    ("error", "modules"),
    [
        ("NotImplementedError", ["hello", "scope", "upload", "ticks", "echo", "members", "visits", "main", "whoami"]),
        ("AssertionError", ["star"]),
    ],
)
def test_unknown_protocols_are_rejected(error: str, modules: list[str], folder: Path) -> None:
    (folder / "unknown.py").write_text(UNKNOWN.format(modules=modules, error=error))
    done = run("python unknown.py", folder)
    assert done.stdout.split() == modules, done.stderr


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("hello", "200", "201"),
        ("hello", "Hello", "Goodbye"),
        ("timing", "server-timing", "timing"),
        ("echo", "websocket.accept", "websocket.close"),
        ("echo", "websocket.send", "websocket.accept"),
        ("echo", 'event.get("text")', "event.get('texts')"),
        ("echo", "/echo", "/"),
    ],
)
def test_the_tests_of_the_guide_notice_a_fault(module: str, old: str, new: str, folder: Path) -> None:
    file = folder / f"{module}.py"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run("pytest -q test_hello.py test_echo.py", folder)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(command), cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


PROXY = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


def test_hypercorn_believes_no_proxy_unless_told(folder: Path) -> None:
    """As the page on deployment says."""
    (folder / "fixed.py").write_text(
        "from hypercorn.middleware import ProxyFixMiddleware\n"
        "from whoami import app\n"
        "app = ProxyFixMiddleware(app, mode='legacy', trusted_hops=1)\n"
    )
    with serving("hypercorn whoami:app", folder) as server:
        assert get(server, headers=PROXY).text == "127.0.0.1 over http"
    with serving("hypercorn fixed:app", folder) as server:
        assert get(server, headers=PROXY).text == "203.0.113.7 over https"


SLOW = """
import asyncio

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        for part in "startup", "shutdown":
            await receive()
            print(part)
            await send({"type": f"lifespan.{part}.complete"})
        return
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"first,", "more_body": True})
    await asyncio.sleep(0.5)
    print("answered")
    await send({"type": "http.response.body", "body": b"last"})
"""


@any_server
def test_a_shutdown_lets_a_response_finish_first(program: str, folder: Path) -> None:
    """As the page on deployment says."""
    (folder / "slow.py").write_text(SLOW)
    with (
        serving(f"{program} slow:app", folder) as server,
        httpx.stream("GET", f"http://{server.address}/", trust_env=False) as response,
    ):
        parts = response.iter_text()
        received = next(parts)
        stopping = threading.Thread(target=server.stop, args=[signal.SIGTERM])
        stopping.start()
        assert received + "".join(parts) == "first,last"
        stopping.join()
        assert server.stop() == "startup\nanswered\nshutdown"


UNWILLING = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        {refuse}
    await send({{"type": "http.response.start", "status": 204}})
    await send({{"type": "http.response.body"}})
"""


@any_server
def test_an_exception_at_startup_does_not_stop_a_server(program: str, folder: Path) -> None:
    """As the page on protocols says."""
    (folder / "unwilling.py").write_text(UNWILLING.format(refuse="raise RuntimeError"))
    with serving(f"{program} unwilling:app", folder) as server:
        assert get(server).status_code == 204


@any_server
def test_a_failed_startup_stops_a_server(program: str, folder: Path) -> None:
    """As the page on protocols says."""
    refuse = 'await receive(); await send({"type": "lifespan.startup.failed", "message": "no database"})'
    (folder / "unwilling.py").write_text(UNWILLING.format(refuse=refuse))
    with pytest.raises(AssertionError, match=r"did not start(?s:.*)no database"):
        start(f"{program} unwilling:app", folder)


def test_options_of_servers_exist(folder: Path) -> None:
    text = (GUIDE / "deployment.md").read_text(encoding="utf-8")
    known = set(re.findall(r"--[a-z-]+", "".join(run(f"{program} --help", folder).stdout for program in FREE_PORT)))
    named = set(re.findall(r"(?<![-|])--[a-z][a-z-]+", text))
    assert named >= {"--workers", "--forwarded-allow-ips", "--graceful-timeout"}
    assert named <= known
