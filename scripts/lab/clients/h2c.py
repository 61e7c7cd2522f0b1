"""HTTP/2 with the validation of the library off: what is sent is what was asked for, valid or not."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ssl import SSLSocket
from typing import Final

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    InformationalResponseReceived,
    PushedStreamReceived,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from h2.exceptions import H2Error
from h2.settings import SettingCodes

from scripts.lab.clients.raw import Connection, request

Headers = Sequence[tuple[bytes, bytes]]
WINDOW: Final = 65_535  # what a stream may send before the client says more


@dataclass
class Stream:
    """One exchange, as far as it has come."""

    id: int
    informational: list[list[tuple[bytes, bytes]]] = field(default_factory=list)
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    trailers: list[tuple[bytes, bytes]] = field(default_factory=list)
    pushed: list[int] = field(default_factory=list)
    ended: bool = False
    reset: int | None = None  # its error code
    unread: int = 0  # bytes for which no window was given back

    @property
    def status(self) -> int:
        """0 before a response came."""
        return int(dict(self.headers).get(b":status", b"0"))

    @property
    def over(self) -> bool:
        return self.ended or self.reset is not None


class Http2:
    """A connection. ``hold``: gives no window back. ``end``: the connection was ended, and by what."""

    def __init__(self, connection: Connection, *, push: bool = False) -> None:
        self.connection = connection
        self.hold = False
        self.end: str | None = None
        self.streams: dict[int, Stream] = {}
        self.settings: dict[int, int] = {}
        self.greeted = False  # the server's SETTINGS came
        self.h2 = H2Connection(
            H2Configuration(
                client_side=True,
                header_encoding=False,
                validate_outbound_headers=False,
                normalize_outbound_headers=False,
                validate_inbound_headers=False,
                normalize_inbound_headers=False,
            )
        )
        self.push = push

    def greet(self) -> None:
        """Sends the preface and the settings."""
        self._set()
        self.h2.initiate_connection()
        self.flush()

    def upgrade(self) -> bytes:
        """The value of HTTP2-Settings for an upgrade from HTTP/1.1; the next ``flush`` sends the preface."""
        self._set()
        return self.h2.initiate_upgrade_connection() or b""

    def _set(self) -> None:
        """Before the settings are sent: sending changed ones (``update_settings``) would precede the preface."""
        self.h2.local_settings[SettingCodes.ENABLE_PUSH] = int(self.push)
        self.h2.local_settings.acknowledge()

    def flush(self) -> None:
        self.connection.send(self.h2.data_to_send())

    def request(  # noqa: PLR0913 - each is a part of a request
        self,
        path: str,
        *,
        method: str = "GET",
        extra: Headers = (),
        authority: bytes = b"lab.example",
        end: bool = True,
        scheme: bytes = b"https",
    ) -> Stream:
        """Opens a stream with a request; header fields of ``extra`` follow the pseudo-header fields as they are."""
        fields = [
            (b":method", method.encode()),
            (b":scheme", scheme),
            (b":authority", authority),
            (b":path", path.encode()),
            *extra,
        ]
        return self.open(fields, end=end)

    def open(self, fields: Headers, *, end: bool) -> Stream:
        """Opens a stream with these fields."""
        number = self.h2.get_next_available_stream_id()
        self.h2.send_headers(number, fields, end_stream=end)
        self.flush()
        return self.stream(number)

    def stream(self, number: int) -> Stream:
        return self.streams.setdefault(number, Stream(number))

    def send(self, stream: Stream, data: bytes, *, end: bool = False, patience: float = 5) -> bool:
        """Sends a body as the windows of the server allow; False if they stay shut, or the stream is over."""
        rest = memoryview(data)
        while rest or end:
            room = min(self.h2.local_flow_control_window(stream.id), self.h2.max_outbound_frame_size, len(rest))
            if rest and room <= 0:
                self.wait(lambda: self.h2.local_flow_control_window(stream.id) > 0 or stream.over, patience)
                if stream.over or self.end or self.h2.local_flow_control_window(stream.id) <= 0:
                    return False
                continue
            self.h2.send_data(stream.id, bytes(rest[:room]), end_stream=end and room == len(rest))
            self.flush()
            if room == len(rest):
                break
            rest = rest[room:]
        return True

    def reset(self, stream: Stream, code: ErrorCodes = ErrorCodes.CANCEL) -> None:
        self.h2.reset_stream(stream.id, code)
        self.flush()

    def release(self) -> None:
        """Gives back the windows that were held."""
        self.hold = False
        for stream in self.streams.values():
            self._acknowledge(stream)
        self.flush()

    def wait(self, done: Callable[[], bool], patience: float = 5) -> bool:
        """Reads until that holds, the connection ends, or the time is up; whether it holds."""
        end = time.monotonic() + patience
        while not done() and self.end is None and (left := end - time.monotonic()) > 0:
            try:
                data = self.connection.more(left)
            except TimeoutError:
                break
            except OSError:
                data = b""
            if not data:
                self.end = "closed"
                break
            self.feed(data)
        return done()

    def finished(self, stream: Stream, patience: float = 5) -> bool:
        """Reads to the end of an exchange; whether it came."""
        return self.wait(lambda: stream.over, patience)

    def feed(self, data: bytes) -> None:
        """Takes bytes of the server."""
        self.connection.buffer.clear()
        try:
            for event in self.h2.receive_data(data):
                self._heard(event)
            self.flush()
        except (H2Error, OSError) as error:
            self.end = self.end or type(error).__name__

    def _heard(self, event: Event) -> None:  # noqa: C901 - one case for each event
        match event:
            case RemoteSettingsChanged():
                self.greeted = True
                self.settings |= {int(code): change.new_value for code, change in event.changed_settings.items()}
            case InformationalResponseReceived():
                self.stream(event.stream_id).informational.append(list(event.headers))
            case ResponseReceived():
                self.stream(event.stream_id).headers = list(event.headers)
            case TrailersReceived():
                self.stream(event.stream_id).trailers = list(event.headers)
            case DataReceived():
                stream = self.stream(event.stream_id)
                stream.body += event.data
                stream.unread += event.flow_controlled_length
                if not self.hold:
                    self._acknowledge(stream)
            case StreamEnded():
                self.stream(event.stream_id).ended = True
            case StreamReset():
                self.stream(event.stream_id).reset = int(event.error_code)
            case PushedStreamReceived(parent_stream_id=int(parent), pushed_stream_id=int(pushed)):
                self.stream(parent).pushed.append(pushed)
            case ConnectionTerminated() if event.error_code:
                self.end = f"GOAWAY with error {int(event.error_code)}"
            case _:
                pass

    def _acknowledge(self, stream: Stream) -> None:
        if stream.unread:
            self.h2.acknowledge_received_data(stream.unread, stream.id)
        stream.unread = 0


def answers_http2(connection: Connection) -> bool:
    """Whether something answers there, and if ALPN chose it or there is no TLS, HTTP/2. Raises OSError."""
    with connection:
        protocol = protocol_of(connection)
        if protocol == "http/1.1":
            connection.send(request("/ready", headers=(("Connection", "close"),)))
            return bool(connection.more())
        client = Http2(connection)
        client.greet()
        return client.finished(client.request("/ready", scheme=b"http" if protocol is None else b"https"), 2)


def protocol_of(connection: Connection) -> str | None:
    """What ALPN chose; None without TLS, "" if the server chose nothing."""
    socket = connection.socket
    return (socket.selected_alpn_protocol() or "") if isinstance(socket, SSLSocket) else None
