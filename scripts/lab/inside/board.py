"""Where an application and the probe that calls it meet: notes of what a handler saw, gates at which it waits."""

import asyncio
from typing import Any


class Board:
    """One for the process; ``clear`` before each conversation, because gates belong to a loop."""

    def __init__(self) -> None:
        self.notes: dict[str, list[Any]] = {}
        self.fail_startup = False
        self._gates: dict[str, asyncio.Event] = {}
        self._noted: dict[str, asyncio.Event] = {}

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]

    def note(self, name: str, value: Any = None) -> None:
        """From the loop's own thread, unless nobody waits for it."""
        self.notes.setdefault(name, []).append(value)
        if event := self._noted.get(name):
            event.set()

    async def noted(self, name: str, patience: float) -> bool:
        """Whether a note of this name is there before the time is up."""
        if name not in self.notes:
            event = self._noted.setdefault(name, asyncio.Event())
            try:
                await asyncio.wait_for(event.wait(), patience)
            except TimeoutError:
                return False
        return True

    def open(self, gate: str) -> None:
        self._gates.setdefault(gate, asyncio.Event()).set()

    async def gate(self, gate: str) -> None:
        """Waits until the probe opens it."""
        await self._gates.setdefault(gate, asyncio.Event()).wait()


BOARD = Board()
