"""Programs of a subject: each in a process group of its own, bounded in memory, output and time, gone at the end."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.lab.clients.raw import Connection, request

MEMORY = 4 << 30  # bytes of address space; Rust and Go runtimes reserve much that they never touch
OUTPUT = 4 << 20  # bytes; a program that fills its log is stopped by the file-size limit, not by a full disk
PATIENCE = 20.0  # seconds until a server answers its first request
GRACE = 2.0  # seconds between asking a group to end and ending it


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Program:
    """A running program and everything that it started."""

    process: subprocess.Popen[bytes]
    output: Path
    _status: int | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: signal.Signals, *, group: bool = False) -> None:
        """To the program, as a service manager would, or to its whole group."""
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, number)

    def wait(self, patience: float) -> int | None:
        """Its exit status (negative: the signal that ended it), or None if it still runs after so many seconds."""
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return None

    def members(self) -> list[int]:
        """The processes of its group that are not dead."""
        return [pid for pid in _processes() if _group(pid) == self.pid]

    def said(self) -> str:
        """The end of what it wrote, for people."""
        try:
            return self.output.read_bytes()[-4000:].decode(errors="replace")
        except OSError:
            return ""

    def end(self) -> None:
        """Nothing of its group runs after this."""
        self.signal(signal.SIGTERM, group=True)
        end = time.monotonic() + GRACE
        while self.members() and time.monotonic() < end:
            self.process.poll()
            time.sleep(0.02)
        while self.members():
            self.signal(signal.SIGKILL, group=True)
            self.process.poll()
            time.sleep(0.02)
        self.process.wait()


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, memory: int = MEMORY) -> Program:
    """Starts a program in a folder with an environment that says nothing of ours. Raises OSError."""
    output = folder / "output"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 20, 256 << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    with output.open("ab") as stream:
        process = subprocess.Popen(  # noqa: S603 - the commands are data of this repository
            [*command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=limit,  # noqa: PLW1509 - no thread of ours holds a lock that this takes
        )
    return Program(process, output)


def answers(alive: Callable[[], bool], ask: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Whether asking succeeds before the time is up. Listening is not enough: parents listen early."""
    end = time.monotonic() + patience
    while time.monotonic() < end and alive():
        with contextlib.suppress(OSError):
            if ask():
                return True
        time.sleep(0.05)
    return False


def answers_http1(connection: Connection) -> bool:
    """Whether something answers HTTP/1.1 there. Raises OSError."""
    with connection:
        connection.send(request("/ready"))
        return connection.more().startswith(b"HTTP/")


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _group(pid: int) -> int | None:
    """The process group, None for what is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[2])
