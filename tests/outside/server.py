"""Real HTTP/1.1 on the loopback address: one site that answers from the world, and another to be redirected to."""

import contextlib
import socket
import socketserver
import ssl
import sys
import threading
import time
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.outside import github, rest
from tests.outside.faults import Faults
from tests.outside.messages import Answer, Request, as_json
from tests.outside.wire import Wire
from tests.outside.world import World


class Site:
    """One listening socket: its threads, and the record of its requests in the order in which they came.

    ``connections`` counts those that were opened, whether or not a request followed. With ``tls`` it is https.
    """

    def __init__(self, name: str, serve: Callable[[Wire], None], tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.tls = tls
        self.most_in_flight = 0
        self.stopping = threading.Event()
        self.failures: list[str] = []
        self._serve = serve
        self._in_flight = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.port = self._server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://{name}:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends every connection, whatever it waits for, and every thread."""
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.end_connections()
        self._server.server_close()

    def exchange(self, handler: "_Handler", body: bytes) -> bool:
        """Records a request and has it answered. Whether the connection may go on."""
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self._lock:
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
            request = Request(handler.command, handler.path, headers, body, time.monotonic(), self._in_flight)
            self.requests.append(request)
        wire = Wire(handler.connection, request, self.stopping)
        wire.done = _once(self._leave)
        try:
            self._serve(wire)
        except OSError:  # the client gave up, or the server stops: of no consequence
            wire.drop()
        finally:
            wire.done()
        return wire.kept

    def _leave(self) -> None:
        with self._lock:
            self._in_flight -= 1


def _once(act: Callable[[], None]) -> Callable[[], None]:
    """Acts when first called, and never again."""
    left = [act]
    return lambda: left.pop()() if left else None


class _Handler(BaseHTTPRequestHandler):
    """Hands requests of any method to the site."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.server.site.exchange(self, body):
            self.close_connection = True

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815  # the library's names

    def log_message(self, *_: object) -> None:
        """Silent: pytest's output is read by people."""


class _Server(ThreadingHTTPServer):
    """Waits for its threads, and can end connections that clients keep open."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 256

    def __init__(self, site: Site) -> None:
        self.site = site
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of a host name that ``HTTPServer`` does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """The handshake is left to the connection's thread."""
        connection, address = super().get_request()
        self.site.connections += 1
        if self.site.tls:
            connection = self.site.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A client that goes away is of no consequence; anything else fails the test."""
        if not isinstance(sys.exc_info()[1], OSError):
            self.site.failures.append(traceback.format_exc())


class Outside:
    """The outside world as a server. ``with Outside() as server`` starts and stops it.

    ``failures`` notes what must fail the test whatever the client makes of it; the fixture looks. ``delay`` is the
    seconds before each answer. ``elsewhere`` is another host, ``localhost``, at which nobody should see a token.
    """

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.faults = Faults()
        self.delay = 0.0
        self._site = Site("127.0.0.1", self._serve)
        self.elsewhere = Site("localhost", lambda wire: wire.send(as_json({})))
        self.failures = self.elsewhere.failures = self._site.failures

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return self._site.url

    @property
    def requests(self) -> list[Request]:
        return self._site.requests

    @property
    def most_in_flight(self) -> int:
        return self._site.most_in_flight

    @property
    def token_leaked(self) -> bool:
        """Whether a request to the other host carried a token of this world."""
        tokens = (self.world.token, self.world.gitlab_token)
        said = [str(request) for request in self.elsewhere.requests]
        return any(token in text for token in tokens for text in said)

    def __enter__(self) -> Self:
        self._site.start()
        self.elsewhere.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._site.stop()
        self.elsewhere.stop()

    def _serve(self, wire: Wire) -> None:
        wire.usual = lambda: self._usual(wire.request)
        wire.elsewhere = self.elsewhere.url
        wire.compress = self.world.compress
        fault = self.faults.take(wire.request)
        if self.delay and not wire.wait(self.delay):
            wire.drop()
        elif fault:
            fault.act(wire)
        else:
            wire.send(wire.usual())

    def _usual(self, request: Request) -> Answer:
        try:
            if request.path == "/graphql" and request.method == "POST":
                return github.answer(self.world, request, self.failures.append)
            return rest.answer(self.world, request)
        except Exception:  # noqa: BLE001  # a defect of this server: the test fails, the client gets an answer
            self.failures.append(traceback.format_exc())
            return as_json({"message": "the test server broke"}, 500)
