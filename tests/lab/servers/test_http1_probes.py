"""The probes over HTTP/1.1 measure what they say: a server that is right passes, one fault fails the probe about it."""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.certificates import make_certificates
from scripts.lab.plan import Level, Outcome, Probe, Verdict, asked
from scripts.lab.servers import PROBES
from scripts.lab.subjects import ServerSubject
from tests.lab.servers.mini_request import FAULTS

GROUPS = ("http1", "scope", "errors", "disconnect", "security")
MINI = Path(__file__).parent / "mini_server.py"
AT = ("--port", "{port}")
# Left to its choice, and chosen otherwise.
NOT_CLAIMED = {"security.cl_and_te_rejected"}
ASKED = [probe for probe in PROBES if probe.id.partition(".")[0] in GROUPS]
Answers = Mapping[str, Outcome]


def can_fail(probe: Probe[Bench]) -> bool:
    """What is left open is never a fault; it is asked of the server that is right alone."""
    return probe.level in {Level.MUST, Level.SHOULD}


def mini(*options: str) -> ServerSubject:
    return ServerSubject(
        subject="mini",
        entry="mini",
        title="Mini",
        package="mini",
        install=("mini",),
        command=(Path(sys.executable).name, str(MINI), "{app}"),
        options=options,
        modes={
            "http1": AT,
            "unix": ("--uds", "{socket}"),
            "root-path": (*AT, "--root-path", "/root"),
            "forwarded": (*AT, "--forwarded"),
        },
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answers]:
    """What each probe says of the server with a fault; "" is the one without. All run side by side: they wait much."""
    folder = tmp_path_factory.mktemp("lab")
    certificates = make_certificates(folder)

    def look(fault: str) -> Answers:
        place = folder / (fault or "right")
        place.mkdir()
        subject = mini("--fault", fault) if fault else mini()
        bench = Bench(
            subject,
            frozenset({"http/1.1"}),
            Path(sys.executable).parent,
            place,
            certificates,
            {"PATH": os.environ["PATH"]},  # noqa: TID251 - where Python is
        )
        group = FAULTS[fault].partition(".")[0] if fault else ""
        probes = [probe for probe in ASKED if not fault or (probe.id.startswith(group) and can_fail(probe))]
        try:
            return {probe.id: asked(probe, bench, bench.claims) for probe in probes}
        finally:
            bench.close()

    with ThreadPoolExecutor(6) as executor:
        found: Mapping[str, Future[Answers]] = {fault: executor.submit(look, fault) for fault in ("", *FAULTS)}
    return lambda fault: found[fault].result()


def test_a_server_that_is_right_passes(answers: Callable[[str], Answers]) -> None:
    others = {name: one for name, one in answers("").items() if one.verdict is not Verdict.PASS}
    assert set(others) == NOT_CLAIMED, others
    assert {one.verdict for one in others.values()} == {Verdict.UNSUPPORTED}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_probe_about_it_and_no_other(fault: str, answers: Callable[[str], Answers]) -> None:
    wrong = {name: one for name, one in answers(fault).items() if one.verdict in {Verdict.FAIL, Verdict.ERROR}}
    assert {name: one.verdict for name, one in wrong.items()} == {FAULTS[fault]: Verdict.FAIL}, wrong


def test_details_repeat(answers: Callable[[str], Answers]) -> None:
    for name, outcome in answers("").items():
        assert not any(part.isdigit() and len(part) > 4 for part in outcome.detail.replace(".", " ").split()), name
