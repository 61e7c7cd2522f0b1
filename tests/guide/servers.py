"""Real servers in processes of their own, on a free port of the loopback address, for a bounded time."""

import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FREE_PORT = {"uvicorn": "--port 0", "hypercorn": "--bind 127.0.0.1:0"}
PATIENCE = 30.0  # seconds until whatever runs is given up
ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}  # no proxy, no setting of the machine
ACCESS_LOG = re.compile(r"INFO: ")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has finished its startup."""

    process: subprocess.Popen[bytes]
    address: str
    out: Path
    log: Path

    def stop(self, by: signal.Signals = signal.SIGINT) -> str:
        """What the application printed. The server is asked to end as a person or a container would ask."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the server did not end:\n{self.log.read_text()}") from None
        log = self.log.read_text()
        assert "Traceback" not in log, log
        return "\n".join(line for line in self.out.read_text().splitlines() if not ACCESS_LOG.match(line))


def words(command: str) -> list[str]:
    """The command with this interpreter: nothing is looked up on the search path."""
    first, *rest = shlex.split(command)
    return [sys.executable, *([] if first == "python" else ["-m", first]), *rest]


def start(command: str, folder: Path) -> Server:
    """Starts the server of a command as it is written, on another port."""
    out, log = folder / ".server.out", folder / ".server.log"
    port = shlex.split(FREE_PORT[command.split(maxsplit=1)[0]])
    with out.open("wb") as stdout, log.open("wb") as stderr:
        process = subprocess.Popen([*words(command), *port], cwd=folder, stdout=stdout, stderr=stderr, env=ENVIRONMENT)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        ready = re.search(r"[Rr]unning on http://(127\.0\.0\.1:\d+)", log.read_text())
        if ready:
            return Server(process, ready[1], out, log)
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise AssertionError(f"{command} did not start:\n{log.read_text()}")


@contextmanager
def serving(command: str, folder: Path) -> Iterator[Server]:
    """A server for as long as the context is open."""
    server = start(command, folder)
    try:
        yield server
    finally:
        server.stop()
