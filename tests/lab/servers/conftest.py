"""The mini server as a subject of the lab."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.certificates import Certificates, make_certificates
from scripts.lab.subjects import ServerSubject

CLAIMS = frozenset({"http/1.1", "websocket"})
BenchOf = Callable[[str], Bench]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def bench_of(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[BenchOf]:
    """A bench of the mini server with a fault, or with none."""
    benches: list[Bench] = []

    def make(fault: str = "") -> Bench:
        folder = tmp_path_factory.mktemp("lab")
        environment = {"PATH": os.environ["PATH"], "LAB_FAULT": fault}  # noqa: TID251 - as the runner hands it over
        bench = Bench(_subject(), CLAIMS, Path(sys.executable).parent, folder, certificates, environment)
        benches.append(bench)
        return bench

    yield make
    for bench in benches:
        bench.close()


def _subject() -> ServerSubject:
    listen = ("--port", "{port}")
    secure = (*listen, "--cert", "{cert}", "--key", "{key}")
    return ServerSubject.model_validate(
        {
            "subject": "mini",
            "entry": "mini",
            "title": "Mini",
            "package": "mini",
            "install": ["mini"],
            "command": [Path(sys.executable).name, "-m", "tests.lab.servers.mini_sockets", "{app}"],
            "modes": {"http1": listen, "tls": secure, "unix": ("--unix", "{socket}"), "deflate": listen},
        }
    )
