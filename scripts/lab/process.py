"""Programs of a subject: each in a process group of its own, bounded in memory, output and time, gone at the end."""

import contextlib
import itertools
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

from scripts.lab.clients.raw import Connection, request

MEMORY = 8 << 30  # bytes of address space; some runtimes reserve much that they never touch
FILE = 64 << 20  # bytes; what fills its log is ended by this limit, not by a full disk
MARK = "LAB_RUN"  # the variable by which whatever a program left behind is found, also in other sessions
PATIENCE = 20.0  # seconds until a server answers its first request
GRACE = 2.0  # seconds between asking a group to end and ending it
# Below those that Linux gives to clients by default (32768 and up): one took the port of a server that was starting.
PORTS = range(20_000, 32_000)
_NUMBERS = itertools.count()
_PORTS = itertools.cycle(SystemRandom().sample(PORTS, len(PORTS)))  # in another order than other runs on this machine


def free_port() -> int:
    """A port that nobody listened on a moment ago, over TCP or UDP, and not given out lately. Raises OSError."""
    for port in itertools.islice(_PORTS, len(PORTS)):
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp, contextlib.suppress(OSError):
            tcp.bind(("127.0.0.1", port))
            udp.bind(("127.0.0.1", port))
            return port
    raise OSError(f"No port from {PORTS.start} to {PORTS.stop - 1} is free. End programs that listen there.")


@dataclass(frozen=True, slots=True)
class Program:
    """A running program and everything that it started."""

    process: subprocess.Popen[bytes]
    output: Path
    mark: str

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
        """The processes that it is or started, those that went into a session of their own among them."""
        return marked(self.mark)

    def said(self) -> str:
        """The end of what it wrote, for people."""
        try:
            return self.output.read_bytes()[-4000:].decode(errors="replace")
        except OSError:
            return ""

    def end(self, grace: float = GRACE) -> None:
        """Nothing that it started runs after this; it has so many seconds to end by itself."""
        end_marked(self.mark, grace, self.process.poll)
        self.process.wait()


def marked(mark: str) -> list[int]:
    """The processes whose environment carries a mark; zombies have none."""
    wanted = f"{MARK}={mark}".encode()
    return [pid for pid in _processes() if any(entry.startswith(wanted) for entry in _environment(pid))]


def end_marked(mark: str, grace: float = GRACE, reap: Callable[[], object] = lambda: None) -> int:
    """Ends them, by force after so many seconds. How many there were."""
    found = marked(mark)
    _signal(found, signal.SIGTERM)
    end = time.monotonic() + grace
    while (left := marked(mark)) and time.monotonic() < end:
        reap()
        time.sleep(0.02)
    while left:
        _signal(left, signal.SIGKILL)
        reap()
        time.sleep(0.02)
        left = marked(mark)
    return len(found)


def _signal(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, memory: int = MEMORY) -> Program:
    """Starts a program in a folder, with this environment and nothing else of ours. Raises OSError.

    ``environment[MARK]`` is a prefix that the whole run shares; the program's own mark begins with it.
    """
    mark = f"{environment.get(MARK, str(os.getpid())).rstrip('/')}/{next(_NUMBERS)}/"
    output = folder / "output"

    with output.open("ab") as stream:
        process = subprocess.Popen(  # noqa: S603 - the commands are data of this repository
            [*command],
            cwd=folder,
            env={**environment, MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with contextlib.suppress(ProcessLookupError):  # from outside: what runs between fork and exec may not use locks
        for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, FILE), (resource.RLIMIT_CORE, 0)):
            resource.prlimit(process.pid, limit, (most, most))
    return Program(process, output, mark)


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


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
