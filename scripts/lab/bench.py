"""What a probe of a server is handed: the server in any mode that its documentation names, and cases to try on it."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scripts.lab.certificates import Certificates
from scripts.lab.clients.h2c import answers_http2
from scripts.lab.clients.h3 import answers_http3
from scripts.lab.clients.raw import Connection, connect
from scripts.lab.events import Case, Log
from scripts.lab.plan import NotOffered, Undecided
from scripts.lab.process import GRACE, PATIENCE, Program, answers, answers_http1, free_port, start
from scripts.lab.subjects import Mode, ServerSubject

ROOT: Final = Path(__file__).resolve().parents[2]
APPLICATION: Final = "scripts.lab.app.probe_app:app"
NAMES: Final[Mapping[Mode, str]] = {
    "http1": "HTTP/1.1",
    "tls": "TLS",
    "http2": "HTTP/2 over TLS",
    "h2c": "HTTP/2 without TLS",
    "http3": "HTTP/3",
    "unix": "Unix socket",
    "workers": "option for several workers",
    "root-path": "option for a root path",
    "forwarded": "option for forwarded headers",
    "deflate": "option for WebSocket compression",
    "mutual-tls": "option for client certificates",
}
TLS_MODES: Final = frozenset({"tls", "http2", "http3", "mutual-tls"})


@dataclass
class Running:
    """A server that has answered once."""

    program: Program
    mode: Mode
    port: int
    path: Path | None
    log: Log
    gates: Path
    certificates: Certificates
    remembered: dict[str, str]  # what one probe of the subject found out for the others
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def case(self, behaviour: str) -> Case:
        """A conversation of its own with the probe application."""
        return Case(f"c{next(self._numbers)}", behaviour, self.log, self.gates)

    def connect(self, *, alpn: Sequence[str] = ("http/1.1",), patience: float = 5) -> Connection:
        """A raw connection; through TLS where the mode has it."""
        context = self.certificates.client(alpn) if self.mode in TLS_MODES else None
        return connect(self.address, context, patience)

    @property
    def address(self) -> str | tuple[str, int]:
        return str(self.path) if self.path else ("127.0.0.1", self.port)

    def alive(self) -> bool:
        return self.program.alive()


@dataclass
class Bench:
    """One repeat of one subject. Probes share a server of each mode; what may harm a server takes a fresh one."""

    subject: ServerSubject
    claims: frozenset[str]
    program: Path  # the environment's folder of programs
    folder: Path
    certificates: Certificates
    environment: Mapping[str, str]
    patience: float = PATIENCE  # seconds until a server answers for the first time
    _shared: dict[Mode, Running] = field(default_factory=dict)
    _failures: dict[Mode, str] = field(default_factory=dict)
    _programs: list[Program] = field(default_factory=list)
    _remembered: dict[str, str] = field(default_factory=dict)

    def offers(self, mode: Mode) -> bool:
        return mode in self.subject.modes

    def running(self, mode: Mode = "http1") -> Running:
        """The server that probes share; started anew if one of them ended it, or made it answer no more.

        Raises NotOffered, Undecided.
        """
        shared = self._shared.get(mode)
        if shared is None or not self._is_ready(shared, patience=2):
            if shared:
                shared.program.end()
            try:
                self._shared[mode] = self._started(mode, (), {})
            except Undecided as doubt:
                self._failures[mode] = str(doubt)
                raise
        return self._shared[mode]

    @contextlib.contextmanager
    def fresh(
        self,
        mode: Mode = "http1",
        *,
        app: Mapping[str, str] | None = None,
        arguments: Sequence[str] = (),
        ready: bool = True,
    ) -> Iterator[Running]:
        """A server of its own. ``app``: variables of the probe application. ``ready``: wait for its first answer."""
        server = self._started(mode, arguments, app or {}, ready=ready)
        try:
            yield server
        finally:
            server.program.end()
            self._programs.remove(server.program)

    def close(self, grace: float = GRACE) -> None:
        """Ends every server of this bench, those of a probe that hangs among them."""
        for program in self._programs:
            program.end(grace)
        self._shared.clear()

    def _started(self, mode: Mode, arguments: Sequence[str], app: Mapping[str, str], *, ready: bool = True) -> Running:
        if mode in self._failures:
            raise Undecided(self._failures[mode])
        if mode not in self.subject.modes:
            raise NotOffered(f"It was not asked: this configuration has no {NAMES[mode]}.")
        folder = Path(tempfile.mkdtemp(prefix=f"{mode}-", dir=self.folder))
        gates = folder / "gates"
        gates.mkdir()
        path = folder / "lab.sock" if mode == "unix" else None
        port = free_port()
        words = {
            "app": APPLICATION,
            "root": str(ROOT),
            "port": str(port),
            "socket": str(path),
            "cert": str(self.certificates.chain),
            "key": str(self.certificates.key),
            "ca": str(self.certificates.authority),
        }
        command = [*self.subject.command, *self.subject.options, *self.subject.modes[mode], *arguments]
        command = [word.format_map(words) for word in command]
        command[0] = str(self.program / command[0])
        log = Log(folder / "events")
        variables = {
            **self.environment,
            **self.subject.environment,
            "PYTHONPATH": str(ROOT),
            "LAB_LOG": str(log.path),
            "LAB_GATES": str(gates),
            **app,
        }
        program = start(command, folder, variables)
        self._programs.append(program)
        server = Running(program, mode, port, path, log, gates, self.certificates, self._remembered)
        if ready and not self._is_ready(server, self.patience):
            said = program.said().strip().splitlines()
            program.end(grace=0)
            raise Undecided(
                f"The server did not answer in mode {mode}. Its last line: {said[-1][:200] if said else '-'}"
            )
        return server

    @staticmethod
    def _is_ready(server: Running, patience: float) -> bool:
        """By its first answer, in the protocol of the mode: some variants speak no other."""

        def answer() -> bool:
            if server.mode in ("http2", "h2c"):
                return answers_http2(server.connect(alpn=("h2", "http/1.1"), patience=2))
            if server.mode == "http3":
                return answers_http3(server.port)
            return answers_http1(server.connect(patience=2))

        return answers(server.alive, answer, patience)
