"""The probes about worker processes measure what they say. None of them can fail a server: they say what it offers."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.certificates import Certificates
from scripts.lab.events import waited
from scripts.lab.plan import Outcome, Verdict, asked
from scripts.lab.servers import PROBES
from scripts.lab.subjects import ServerSubject

SEVERAL, RESPAWN, STOP = "process.workers", "process.worker_respawn", "process.workers_graceful_stop"
ONE = "The application runs in one process only."
DROPPED = "the response did not arrive whole"
LEFT = "processes were left after 10 seconds"
UNCLEAN = "not every worker ran its shutdown to the end"

# What a server does otherwise, the probes that say so, and how; the others pass.
OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "one-child": {SEVERAL: ONE, RESPAWN: ONE},
    "no-respawn": {RESPAWN: "No new process came within 10 seconds."},
    "third-comes-late": {RESPAWN: "No new process came within 10 seconds."},
    "deaf-after-a-death": {RESPAWN: "A new process came, and no request was served any more."},
    "exits-with-a-child": {RESPAWN: "The server exited when a worker was killed."},
    "kills-children": {STOP: f"After SIGTERM, {DROPPED} and {UNCLEAN}."},
    "drops-requests": {STOP: f"After SIGTERM, {DROPPED}."},
    "no-shutdown": {STOP: f"After SIGTERM, {UNCLEAN}."},
    "does-not-wait": {STOP: f"After SIGTERM, {LEFT}."},
    "ends-before-its-children": {},  # within the time
    "leaves-children": {STOP: f"After SIGTERM, {LEFT} and {UNCLEAN}."},
}
Answer = Callable[[str, str], Outcome]
BenchOf = Callable[[str], Bench]


def mini() -> ServerSubject:
    listen = ("--port", "{port}")
    return ServerSubject(
        subject="mini",
        entry="mini",
        title="Mini",
        package="mini",
        install=("mini",),
        command=(Path(sys.executable).name, "-m", "tests.lab.servers.mini_workers", "{app}"),
        modes={"http1": listen, "workers": (*listen, "--workers", "2")},
    )


@pytest.fixture(scope="module")
def bench_of(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> BenchOf:
    def make(fault: str) -> Bench:
        folder = tmp_path_factory.mktemp("lab")
        environment = {"PATH": os.environ["PATH"], "LAB_FAULT": fault}  # noqa: TID251 - as the runner hands it over
        return Bench(mini(), frozenset({"http/1.1"}), Path(sys.executable).parent, folder, certificates, environment)

    return make


@pytest.fixture(scope="module")
def answer(bench_of: BenchOf) -> Answer:
    """What a probe says of the server with a fault; "" is the one without. All run side by side: they wait much."""

    def look(fault: str, probe: str) -> Outcome:
        bench = bench_of(fault)
        try:
            return asked(PROBES[probe], bench, bench.claims)
        finally:
            bench.close()

    with ThreadPoolExecutor(10) as executor:
        found: Mapping[tuple[str, str], Future[Outcome]] = {
            (fault, probe): executor.submit(look, fault, probe)
            for fault in ("", *OTHERWISE)
            for probe in (SEVERAL, RESPAWN, STOP)
        }
    return lambda fault, probe: found[fault, probe].result()


@pytest.mark.parametrize("probe", [SEVERAL, RESPAWN, STOP])
def test_a_server_that_is_right_passes(probe: str, answer: Answer) -> None:
    assert answer("", probe).verdict is Verdict.PASS, answer("", probe)


@pytest.mark.parametrize("probe", [SEVERAL, RESPAWN, STOP])
@pytest.mark.parametrize("fault", OTHERWISE)
def test_what_is_done_otherwise_is_said_and_no_failure(fault: str, probe: str, answer: Answer) -> None:
    detail = OTHERWISE[fault].get(probe)
    outcome = answer(fault, probe)
    if detail is None:
        assert outcome.verdict is Verdict.PASS, outcome
    else:
        assert outcome == Outcome(Verdict.UNSUPPORTED, detail)


@pytest.mark.parametrize(("fault", "left"), [("", 0), ("leaves-children", 2)])
def test_children_end_with_their_parent(fault: str, left: int, bench_of: BenchOf) -> None:
    """However it ends. Where they do not, ``members`` sees them, and nothing is left of them after the bench."""
    with bench_of(fault).fresh("workers") as server:
        assert waited(lambda: next(iter(server.log.events(kind="started")[1:]), None), 10)
        assert len(server.program.members()) == 3
        server.program.signal(signal.SIGKILL)
        server.program.wait(5)
        if not left:
            waited(lambda: None if server.program.members() else {}, 5)
        assert len(server.program.members()) == left
    assert not server.program.members()
