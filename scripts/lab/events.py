"""The probe application's log, read from outside, and the gates at which it waits."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from scripts.lab.plan import Undecided

Event: TypeAlias = Mapping[str, Any]
PATIENCE = 5.0  # seconds; what comes at all comes within milliseconds here
_PAUSE = 0.004


def waited(look: Callable[[], Event | None], patience: float) -> Event | None:
    """The first thing seen, or None after so many seconds."""
    end = time.monotonic() + patience
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(_PAUSE)
    return found


@dataclass(frozen=True, slots=True)
class Log:
    """One run's events: one JSON object a line, appended by every process of the subject."""

    path: Path

    def events(self, case: str | None = None, kind: str | None = None) -> Sequence[Event]:
        """What has been written so far; a line that is still being written is not seen yet."""
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return []
        found = [json.loads(line) for line in lines]
        return [event for event in found if case in (None, event.get("case")) and kind in (None, event.get("event"))]

    def wait(self, kind: str, case: str | None = None, patience: float = PATIENCE) -> Event | None:
        """The first event of a sort, or None after so many seconds."""
        return waited(lambda: next(iter(self.events(case, kind)), None), patience)


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation with the probe application: its events carry the case's id, its gates open for it alone."""

    id: str
    behaviour: str
    log: Log
    gates: Path

    @property
    def target(self) -> str:
        """The request target that asks for the behaviour."""
        return f"/{self.behaviour}?case={self.id}"

    def with_options(self, **options: str | int) -> str:
        """The same with options of the behaviour."""
        return self.target + "".join(f"&{name}={value}" for name, value in options.items())

    def open(self, gate: str) -> None:
        """Lets the application go on where it waits for this gate."""
        (self.gates / f"{self.id}.{gate}").touch()

    def events(self, kind: str | None = None) -> Sequence[Event]:
        return self.log.events(self.id, kind)

    def wait(self, kind: str, patience: float = PATIENCE) -> Event | None:
        return self.log.wait(kind, self.id, patience)

    def expect(self, kind: str, patience: float = PATIENCE) -> Event:
        """The same, where the probe cannot go on without it. Raises Undecided."""
        event = self.wait(kind, patience)
        if event is None:
            raise Undecided(f"The application was waited for in vain: no `{kind}` in its log.")
        return event
