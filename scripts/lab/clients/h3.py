"""HTTP/3 on aioquic, without its event loop: one exchange after the other over one UDP socket."""

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DataReceived, H3Event, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection
from aioquic.quic.events import ConnectionTerminated, HandshakeCompleted, StreamReset

from scripts.lab.clients.h2c import Stream

Headers = Sequence[tuple[bytes, bytes]]


class Http3:
    """A connection to a port of this machine; its certificate is not looked at."""

    def __init__(self, port: int) -> None:
        self.address = ("127.0.0.1", port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(self.address)
        self.quic = QuicConnection(
            configuration=QuicConfiguration(
                is_client=True, alpn_protocols=H3_ALPN, verify_mode=ssl.CERT_NONE, server_name="localhost"
            )
        )
        self.quic.connect(self.address, now=time.monotonic())
        self.http = H3Connection(self.quic)
        self.streams: dict[int, Stream] = {}
        self.ready = False
        self.ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.quic.close()
        with contextlib.suppress(OSError):
            self._send()
        self.socket.close()

    @property
    def settings(self) -> dict[int, int]:
        """The server's, empty before they came."""
        return dict(self.http.received_settings or {})

    def connect(self, patience: float = 5) -> bool:
        return self.wait(lambda: self.ready, patience)

    def request(self, path: str, *, method: str = "GET", extra: Headers = (), body: bytes = b"") -> Stream:
        number = self.quic.get_next_available_stream_id()
        fields = [
            (b":method", method.encode()),
            (b":scheme", b"https"),
            (b":authority", b"lab.example"),
            (b":path", path.encode()),
            *extra,
        ]
        self.http.send_headers(number, fields, end_stream=not body)
        if body:
            self.http.send_data(number, body, end_stream=True)
        self.streams[number] = Stream(number)
        return self.streams[number]

    def finished(self, stream: Stream, patience: float = 5) -> bool:
        """Reads to the end of an exchange; whether it came."""
        return self.wait(lambda: stream.over, patience)

    def wait(self, done: Callable[[], bool], patience: float = 5) -> bool:
        """Reads until that holds, the connection ends, or the time is up; whether it holds."""
        end = time.monotonic() + patience
        while not done() and not self.ended and (left := end - time.monotonic()) > 0:
            self._send()
            timer = self.quic.get_timer()
            self.socket.settimeout(max(0.001, min(left, (timer - time.monotonic()) if timer else left)))
            try:
                self.quic.receive_datagram(self.socket.recv(65536), self.address, now=time.monotonic())
            except TimeoutError:
                self.quic.handle_timer(now=time.monotonic())
            self._read()
        return done()

    def _send(self) -> None:
        for data, _ in self.quic.datagrams_to_send(now=time.monotonic()):
            self.socket.send(data)

    def _read(self) -> None:
        while (event := self.quic.next_event()) is not None:
            match event:
                case HandshakeCompleted():
                    self.ready = True
                case ConnectionTerminated():
                    self.ended = True
                case StreamReset() if event.stream_id in self.streams:
                    self.streams[event.stream_id].reset = event.error_code
            for heard in self.http.handle_event(event):
                self._heard(heard)

    def _heard(self, event: H3Event) -> None:
        if isinstance(event, HeadersReceived | DataReceived) and event.stream_id in self.streams:
            stream = self.streams[event.stream_id]
            if isinstance(event, DataReceived):
                stream.body += event.data
            elif not stream.headers:
                stream.headers = [*event.headers]
            else:
                stream.trailers = [*event.headers]
            stream.ended = stream.ended or event.stream_ended


def answers_http3(port: int) -> bool:
    """Whether QUIC and its ALPN come to an agreement there. Raises OSError."""
    with Http3(port) as client:
        return client.connect(2)
