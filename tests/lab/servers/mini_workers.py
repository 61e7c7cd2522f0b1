"""A small and correct ASGI server with several processes: a parent that listens, children that serve.

``mini_workers.py MODULE:APP --port N [--workers N]``. Children serve as the mini server does; the parent starts one
again that died, and at SIGTERM lets all of them finish before it exits. ``LAB_FAULT`` names what it does otherwise.
"""

import argparse
import asyncio
import ctypes
import importlib
import os
import signal
import socket
import sys
import time

from tests.lab.servers.mini_sockets import App, Server

FAULT = os.environ.get("LAB_FAULT", "")  # noqa: TID251 - a program of its own
HEARD = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})
FAILED = 3  # the exit status of a child whose application did not start: another would not start either
LONGEST = 120  # seconds that any of these processes lives, whatever happens to who should end it
PR_SET_PDEATHSIG = 1


class Worker(Server):
    """The mini server on a socket that it is handed."""

    def __init__(self, app: App, options: argparse.Namespace, listener: socket.socket, *, deaf: bool) -> None:
        super().__init__(app, options)
        self.listener = listener
        self.deaf = deaf

    async def _listen(self) -> asyncio.Server:
        server = await asyncio.start_server(self.connected, sock=self.listener, limit=1 << 20)
        if self.deaf:
            self.listener.shutdown(socket.SHUT_RDWR)  # for all that share it
        return server

    async def _finish(self) -> None:
        if FAULT == "drops-requests":
            for connection in self.connections:
                connection.writer.transport.abort()
        await super()._finish()
        if FAULT == "no-shutdown":
            os._exit(0)


class Parent:
    """Starts children and looks after them. A signal is heard only where it is waited for, so none is missed."""

    def __init__(self, app: App, options: argparse.Namespace) -> None:
        self.app = app
        self.options = options
        self.pid = os.getpid()
        self.children: set[int] = set()
        self.begun = False

    def run(self) -> int:
        signal.alarm(LONGEST)
        signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
        with socket.create_server(("127.0.0.1", self.options.port)) as self.listener:
            for _ in range(1 if FAULT == "one-child" else self.options.workers):
                self.start()
            if FAULT == "third-comes-late":
                time.sleep(1)
                self.start()
            self.begun = True
            status = self.watch()
        self.stop()
        return status

    def watch(self) -> int:
        """Until a signal says that it is the end, or nothing can be served; the exit status."""
        while signal.sigwait(HEARD) == signal.SIGCHLD:
            for status in self.ended():
                if status == FAILED or FAULT == "exits-with-a-child":
                    return FAILED
                if FAULT not in {"no-respawn", "third-comes-late"}:
                    self.start()
        return 0

    def ended(self) -> list[int]:
        """The exit statuses of the children that have ended since: one signal may stand for several."""
        found = []
        for pid in [*self.children]:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                self.children.remove(pid)
                found.append(os.waitstatus_to_exitcode(status))
        return found

    def stop(self) -> None:
        if FAULT == "leaves-children":
            return
        for pid in self.children:  # not reaped yet, so the number is still theirs
            os.kill(pid, signal.SIGKILL if FAULT == "kills-children" else signal.SIGTERM)
        if FAULT not in {"does-not-wait", "ends-before-its-children"}:
            for pid in self.children:
                os.waitpid(pid, 0)

    def start(self) -> None:
        if pid := os.fork():
            self.children.add(pid)
            return
        try:
            status = self.child()
        except BaseException as error:  # noqa: BLE001 - it must never go on as if it were the parent
            sys.stderr.write(f"{error!r}\n")
            status = 1
        os._exit(status)

    def child(self) -> int:
        signal.alarm(LONGEST)
        if FAULT not in {"leaves-children", "does-not-wait", "ends-before-its-children"}:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != self.pid:  # it died before that was said
                return 1
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        return asyncio.run(self.serve())

    async def serve(self) -> int:
        worker = Worker(self.app, self.options, self.listener, deaf=FAULT == "deaf-after-a-death" and self.begun)
        status = await worker.run()
        await asyncio.sleep({"does-not-wait": LONGEST, "ends-before-its-children": 3}.get(FAULT, 0))
        return status


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--port", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.set_defaults(unix=None, cert=None, key=None)
    options = parser.parse_args()
    module, _, name = options.app.partition(":")
    sys.exit(Parent(getattr(importlib.import_module(module), name), options).run())


if __name__ == "__main__":
    main()
