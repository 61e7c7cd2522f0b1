"""Who may be asked when: one request at a time to one host, and a pause after it; many hosts at once."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from scripts.facts.links.traces import DOWN, Page, Trouble

STRIKES = 3  # failures in a row after which a host is left in peace


class ClosedError(Exception):
    """The host is not to be asked again in this run. ``trouble`` holds for all its pages; None: it wants to be left."""

    def __init__(self, trouble: Trouble | None) -> None:
        super().__init__()
        self.trouble = trouble


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready: float = 0.0  # when it may be asked again, by the clock of the event loop
    strikes: int = 0
    closed: bool = False
    trouble: Trouble | None = None


class Turns:
    """Keeps ``spacing`` seconds between requests to one host, and at most ``parallel`` requests under way."""

    def __init__(self, spacing: float, parallel: int) -> None:
        self.spacing = spacing
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._slots = asyncio.Semaphore(parallel)

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        """Waits until a host may be asked. Raises ClosedError. A host's pause occupies nobody else."""
        host = self._hosts[name]
        async with host.turn:
            if host.closed:
                raise ClosedError(host.trouble)
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, host.ready - loop.time()))
            async with self._slots:
                try:
                    yield
                finally:
                    host.ready = max(host.ready, loop.time() + self.spacing)

    def rest(self, name: str, seconds: float) -> None:
        """The host asked for a pause."""
        host = self._hosts[name]
        host.ready = max(host.ready, asyncio.get_running_loop().time() + seconds)

    def close(self, name: str) -> None:
        """The host is to be left in peace until the next run."""
        self._hosts[name].closed = True

    def is_closed(self, name: str) -> bool:
        return self._hosts[name].closed

    def note(self, name: str, end: Page | Trouble) -> None:
        """What came of a request. A host that is down is not asked for each of its pages."""
        host = self._hosts[name]
        host.strikes = host.strikes + 1 if isinstance(end, Trouble) and end.sort in DOWN else 0
        if host.strikes >= STRIKES and isinstance(end, Trouble):
            host.closed, host.trouble = True, end
