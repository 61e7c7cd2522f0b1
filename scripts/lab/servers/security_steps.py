"""Steps of probes that send what a server should not take."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.lab.bench import Bench
from scripts.lab.clients.raw import Response
from scripts.lab.events import Case
from scripts.lab.plan import Outcome, failed, passed
from scripts.lab.servers.http1_steps import NOTHING

PATIENCE = 2.0


@dataclass(frozen=True)
class Met:
    """What a request met: the answer, and whether the application was asked."""

    response: Response
    case: Case
    asked: bool

    @property
    def rejected(self) -> bool:
        """An error, or the end of the connection; the application answers every whole request with 200."""
        return self.response.status >= 400 or (not self.response.status and self.response.end == "closed")

    @property
    def told(self) -> str:
        if self.response.status:
            return f"status {self.response.status}"
        return NOTHING[self.response.end][0].lower() + NOTHING[self.response.end][1:]


def head(case: Case, *lines: bytes, start: bytes | None = None, host: bytes | None = b"Host: 127.0.0.1") -> bytes:
    """A request for the behaviour ``echo`` with header lines as they are given."""
    first = start or b"POST %b HTTP/1.1" % case.target.encode()
    return b"\r\n".join((first, *((host,) if host is not None else ()), *lines, b"", b""))


def send(bench: Bench, case: Case, data: bytes, patience: float = PATIENCE) -> Met:
    """One request on a connection of its own."""
    with bench.running().connect() as connection:
        connection.push(data)
        response = connection.answer(patience=patience)
    return Met(response, case, bool(case.wait("called", 0 if response.status else 0.1)))


def case_of(bench: Bench, behaviour: str = "echo") -> Case:
    return bench.running().case(behaviour)


def all_rejected(met: Iterable[tuple[str, Met]]) -> Outcome:
    """Passes if every one was. The first element of each pair says what was sent, for people."""
    accepted, answers = [], []
    for name, one in met:
        if one.rejected:
            answers.append(one.told)
        else:
            accepted.append(f"{name} ({one.told})")
    if accepted:
        return failed(f"Not rejected: {', '.join(accepted)}.")
    return passed(f"Rejected: {', '.join(dict.fromkeys(answers))}.")
