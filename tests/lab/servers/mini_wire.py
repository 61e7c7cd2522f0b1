"""The bytes of a connection to the mini server, and how they hold back who sends too fast."""

import asyncio
import time

from tests.lab.servers.mini_request import Options, Refused

LIMIT = 64 * 1024  # bytes of a head, and what is read ahead of the application


class ClientGoneError(OSError):
    """What send() raises once nobody listens."""


class Wire(asyncio.Protocol):
    """The bytes of one connection."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.buffer = bytearray()
        self.gone = False
        self.changed = asyncio.Event()  # bytes, or the end
        self.writable = asyncio.Event()
        self.writable.set()

    def is_faulty(self, name: str) -> bool:
        return bool(self.options.fault == name)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(LIMIT)
        self.task = asyncio.create_task(self.serve())

    async def serve(self) -> None:
        raise NotImplementedError

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) > LIMIT:
            self.transport.pause_reading()
        self.changed.set()

    def eof_received(self) -> None:
        self.lost()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.lost()

    def lost(self) -> None:
        self.gone = True
        self.changed.set()
        self.writable.set()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    async def change(self, patience: float | None = None) -> None:
        """Waits for bytes or the end. Raises TimeoutError, ConnectionError."""
        if self.gone:
            raise ConnectionResetError
        self.changed.clear()
        self.transport.resume_reading()
        await asyncio.wait_for(self.changed.wait(), patience)

    async def until(self, mark: bytes, limit: int = LIMIT, end: float | None = None) -> bytes:
        while mark not in self.buffer:
            if len(self.buffer) > limit:
                raise Refused(431)
            await self.change(None if end is None else max(0.0, end - time.monotonic()))
        return self.take(self.buffer.index(mark) + len(mark))

    def take(self, size: int) -> bytes:
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    async def write(self, data: bytes) -> None:
        if self.gone:
            raise RuntimeError("gone") if self.is_faulty("another-error-for-the-gone") else ClientGoneError("gone")
        self.transport.write(data)
        await asyncio.sleep(0)  # lets the loop say that the client is gone
        await self.writable.wait()
