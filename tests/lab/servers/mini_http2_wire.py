"""Frames of a connection to the mini server over HTTP/2, and the streams that share it."""

import asyncio
from collections import deque
from collections.abc import Iterable

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    RemoteSettingsChanged,
    RequestReceived,
    StreamEnded,
    StreamReset,
    WindowUpdated,
)
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings

from tests.lab.servers.mini_wire import LIMIT, ClientGoneError

STREAMS = 100  # at once, on one connection
Fields = list[tuple[bytes, bytes]]


class Wire(asyncio.Protocol):
    """The frames of one connection."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        lenient = fault in {"upper-case-names", "line-breaks"}  # the library looks for both; ``allowed`` for the other
        self.h2 = H2Connection(
            H2Configuration(client_side=False, header_encoding=False, validate_inbound_headers=not lenient)
        )
        values = {
            SettingCodes.MAX_CONCURRENT_STREAMS: STREAMS,
            SettingCodes.ENABLE_CONNECT_PROTOCOL: int(fault != "bare"),
        }
        self.h2.local_settings = Settings(client=False, initial_values=values)
        self.streams: dict[int, Stream] = {}
        self.turns = asyncio.Semaphore(1 if fault == "one-at-a-time" else STREAMS)
        self.writable = asyncio.Event()
        self.writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(LIMIT)

    def opened(self, number: int, fields: Fields) -> None:
        raise NotImplementedError

    def data_received(self, data: bytes) -> None:
        try:
            for event in self.h2.receive_data(data):
                self.heard(event)
        except ProtocolError:
            self.flush()  # the library wrote a GOAWAY frame
            self.lose()
        self.flush()

    def heard(self, event: Event) -> None:
        match event:
            case RequestReceived(stream_id=int(number)):
                fields = [(bytes(name), bytes(value)) for name, value in event.headers]
                if self.allowed(fields):
                    self.opened(number, fields)
                else:
                    self.h2.reset_stream(number, ErrorCodes.PROTOCOL_ERROR)
            case DataReceived(stream_id=int(number), data=bytes(data), flow_controlled_length=int(size)):
                if number in self.streams:
                    self.streams[number].put(data, size)
                else:
                    self.h2.acknowledge_received_data(size, number)
            case StreamEnded(stream_id=int(number)) if number in self.streams:
                self.streams[number].end()
            case StreamReset(stream_id=int(number)) if number in self.streams:
                self.streams[number].reset()
            case WindowUpdated() | RemoteSettingsChanged():
                for stream in self.streams.values():
                    stream.changed.set()
            case ConnectionTerminated():
                self.lose()

    def allowed(self, fields: Fields) -> bool:
        names, values = (b" ".join(part) for part in zip(*fields, strict=True))
        if self.fault == "line-breaks":
            return names == names.lower()
        return self.fault != "upper-case-names" or not {*b"\r\n\0"} & {*values}

    def flush(self) -> None:
        data = self.h2.data_to_send()
        if data and not self.transport.is_closing():
            self.transport.write(data)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.lose()

    def lose(self) -> None:
        """No stream can go on: the client is gone, or the connection is at its end."""
        self.transport.close()
        for stream in self.streams.values():
            stream.lose()
        self.writable.set()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()


class Stream:
    """One stream: what came of it, in order, and how to answer."""

    def __init__(self, wire: Wire, number: int) -> None:
        self.wire = wire
        self.number = number
        self.pieces: deque[tuple[bytes, int]] = deque()  # what was not read yet, with the window it takes
        self.came = 0
        self.ended = False  # by the client
        self.complete = False  # by us
        self.gone = False
        self.changed = asyncio.Event()
        self.backlog: asyncio.Task[None] | None = None
        wire.streams[number] = self
        self.task = asyncio.create_task(self.turn())

    def is_faulty(self, name: str) -> bool:
        return self.wire.fault == name

    async def run(self) -> None:
        raise NotImplementedError

    async def turn(self) -> None:
        try:
            async with self.wire.turns:
                await self.run()
            if self.backlog:
                await self.backlog
        except OSError:
            pass
        finally:
            self.forget()

    def forget(self) -> None:
        del self.wire.streams[self.number]
        for _, size in self.pieces:
            self.acknowledge(size)
        if self.complete and not self.ended and not self.gone:
            self.wire.h2.reset_stream(self.number, ErrorCodes.NO_ERROR)  # the rest of the request is not needed
        self.wire.flush()

    def put(self, data: bytes, size: int) -> None:
        self.came += 1
        if self.is_faulty("loses-pieces") and self.came == 2:
            self.acknowledge(size)
            return
        self.pieces.append((data, size))
        self.changed.set()

    def end(self) -> None:
        self.ended = True
        self.changed.set()

    def reset(self) -> None:
        if self.is_faulty("reset-cancels"):
            self.task.cancel()
        elif not self.is_faulty("reset-untold"):
            self.lose()

    def lose(self) -> None:
        self.gone = True
        self.changed.set()

    def acknowledge(self, size: int) -> None:
        if not self.is_faulty("keeps-windows"):
            self.wire.h2.acknowledge_received_data(size, self.number)
            self.wire.flush()

    async def change(self) -> None:
        self.changed.clear()
        await self.changed.wait()

    async def read(self) -> bytes:
        """The next piece, b"" at the end. Raises OSError."""
        endless = self.is_faulty("waits-for-body") and not self.came
        while not (self.pieces or self.gone or (self.ended and not endless)):
            await self.change()
        if self.gone:
            raise ClientGoneError("gone")
        if not self.pieces:
            return b""
        data, size = self.pieces.popleft()
        self.acknowledge(size)
        return data

    def write_fields(self, fields: Iterable[tuple[bytes, bytes]], *, end: bool = False) -> None:
        """Raises OSError."""
        if self.gone:
            raise ClientGoneError("gone")
        self.wire.h2.send_headers(self.number, [*fields], end_stream=end)
        self.wire.flush()
        self.complete = end

    async def write(self, data: bytes, *, end: bool = False) -> None:
        """As much at a time as the windows of the client allow. Raises OSError."""
        if self.is_faulty("unbounded-buffer"):
            self.backlog = asyncio.create_task(self.write_later(self.backlog, data, end=end))
            self.complete = end
        else:
            await self.write_now(data, end=end)

    async def write_later(self, before: asyncio.Task[None] | None, data: bytes, *, end: bool) -> None:
        if before:
            await before
        await self.write_now(data, end=end)

    async def write_now(self, data: bytes, *, end: bool) -> None:
        h2 = self.wire.h2
        rest = memoryview(data)
        while rest or end:
            if self.gone:
                raise ClientGoneError("gone")
            room = min(h2.local_flow_control_window(self.number), h2.max_outbound_frame_size, len(rest))
            if rest and room <= 0 and self.is_faulty("ignores-windows"):
                h2.outbound_flow_control_window += len(rest)
                h2.streams[self.number].outbound_flow_control_window += len(rest)
            elif rest and room <= 0 and self.has_own_window() and self.is_faulty("ignores-connection-window"):
                h2.outbound_flow_control_window += len(rest)
            elif rest and room <= 0:
                await self.change()
            else:
                last = end and room == len(rest)
                h2.send_data(self.number, bytes(rest[:room]), end_stream=last)
                self.wire.flush()
                self.complete = last
                rest = rest[room:]
                if last:
                    break
        await asyncio.sleep(0)  # lets the loop say that the client is gone
        await self.wire.writable.wait()

    def has_own_window(self) -> bool:
        return bool(self.wire.h2.streams[self.number].outbound_flow_control_window > 0)

    def abort(self) -> None:
        """Says that what came is not the whole response."""
        if not self.gone:
            self.wire.h2.reset_stream(self.number, ErrorCodes.INTERNAL_ERROR)
            self.wire.flush()
