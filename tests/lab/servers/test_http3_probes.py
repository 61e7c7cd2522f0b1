"""The probes over HTTP/3 measure what they say: a server that is right passes, one fault fails the probe about it."""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.certificates import Certificates
from scripts.lab.plan import Outcome, Verdict, asked
from scripts.lab.servers import PROBES
from scripts.lab.subjects import ServerSubject

GET, POST = "http3.get", "http3.post"
ALT_SVC, SETTING = "http3.alt_svc_over_tcp", "http3.websocket_setting"
ASKED = [probe for probe in PROBES if probe.id.startswith("http3.")]
OTHER_BODY = "Status 200, and another body than was sent."
NO_RESPONSE = "A request over HTTP/3 got no whole response."
NO_HANDSHAKE = "The handshake of QUIC did not come to its end."
NO_ALT_SVC = "The response over TCP had no Alt-Svc header that names h3."

# A fault, and the probe that it fails, with what that says of it; the last two concern every request, so both.
FAULTS: Mapping[str, Mapping[str, str]] = {
    "other-version": {GET: "Status 200; the scope said http_version 1.1."},
    "status-of-get": {GET: "Status 202; the scope said http_version 3."},
    "get-is-head": {GET: "Status 200 with another body than the application's; the scope said http_version 3."},
    "waits-for-data": {GET: NO_RESPONSE},
    "status-of-post": {POST: "Status 202."},
    "loses-last-piece": {POST: OTHER_BODY},
    "first-is-last": {POST: OTHER_BODY},
    "repeats-pieces": {POST: OTHER_BODY},
    "never-last": {POST: NO_RESPONSE},
    "cuts-response": {POST: OTHER_BODY},
    "resets-response": {POST: NO_RESPONSE},
    "open-end": {GET: NO_RESPONSE, POST: NO_RESPONSE},
    "one-connection": {GET: NO_HANDSHAKE, POST: NO_HANDSHAKE},
}
# What is left to a server, the probe that says that it is not there, and how.
LACKS: Mapping[str, tuple[str, str]] = {
    "no-alt-svc": (ALT_SVC, NO_ALT_SVC),
    "alt-svc-of-h2": (ALT_SVC, NO_ALT_SVC),
    "no-tcp": (ALT_SVC, "With HTTP/3, it does not answer HTTP/1.1 on TCP."),
    "no-connect-setting": (SETTING, "The setting is not 1."),
    "no-settings": (SETTING, "No SETTINGS frame came over QUIC."),
    "one-connection": (SETTING, "No SETTINGS frame came over QUIC."),
}
RIGHT = ("", "alt-svc-of-both")  # as it is, and in another way that is right, too
SLOW = ("open-end", "one-connection", "never-last", "waits-for-data")  # asked first
Answers = Mapping[str, Outcome]


def mini() -> ServerSubject:
    return ServerSubject(
        subject="mini",
        entry="mini",
        title="Mini",
        package="mini",
        install=("mini",),
        command=(Path(sys.executable).name, "-m", "tests.lab.servers.mini_http3", "{app}"),
        modes={"http1": (), "http3": ("--port", "{port}", "--cert", "{cert}", "--key", "{key}")},
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Callable[[str], Answers]:
    """What each probe says of the server with a fault; "" is the one without. All run side by side: they wait much."""

    def look(fault: str) -> Answers:
        folder = tmp_path_factory.mktemp("lab")
        environment = {"PATH": os.environ["PATH"], "LAB_FAULT": fault}  # noqa: TID251 - as the runner hands it over
        programs = Path(sys.executable).parent
        bench = Bench(mini(), frozenset({"http/3"}), programs, folder, certificates, environment)
        bench.patience = 3 if fault == "no-quic" else bench.patience  # in vain
        try:
            return {probe.id: asked(probe, bench, bench.claims) for probe in ASKED}
        finally:
            bench.close()

    with ThreadPoolExecutor(8) as executor:
        faults = dict.fromkeys((*SLOW, *RIGHT, "no-quic", *FAULTS, *LACKS))
        found: Mapping[str, Future[Answers]] = {fault: executor.submit(look, fault) for fault in faults}
    return lambda fault: found[fault].result()


@pytest.mark.parametrize("variant", RIGHT)
def test_a_server_that_is_right_passes(variant: str, answers: Callable[[str], Answers]) -> None:
    assert {name: one.verdict for name, one in answers(variant).items()} == dict.fromkeys(
        (GET, POST, ALT_SVC, SETTING), Verdict.PASS
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_probe_about_it_and_no_other(fault: str, answers: Callable[[str], Answers]) -> None:
    wrong = {name: one for name, one in answers(fault).items() if one.verdict in {Verdict.FAIL, Verdict.ERROR}}
    assert {name: one.verdict for name, one in wrong.items()} == dict.fromkeys(FAULTS[fault], Verdict.FAIL), wrong
    for name, detail in FAULTS[fault].items():
        assert detail in wrong[name].detail


@pytest.mark.parametrize("fault", LACKS)
def test_what_is_left_open_and_is_not_there_is_no_failure(fault: str, answers: Callable[[str], Answers]) -> None:
    probe, detail = LACKS[fault]
    assert answers(fault)[probe] == Outcome(Verdict.UNSUPPORTED, detail)
    others = {name: one for name, one in answers(fault).items() if name not in {probe, *FAULTS.get(fault, ())}}
    assert {one.verdict for one in others.values()} == {Verdict.PASS}, others


def test_a_server_without_quic_is_not_decided_about(answers: Callable[[str], Answers]) -> None:
    """Probes are asked once a server has answered in their mode; this one never does."""
    assert {one.verdict for one in answers("no-quic").values()} == {Verdict.ERROR}
    assert {one.detail.partition(".")[0] for one in answers("no-quic").values()} == {
        "The server did not answer in mode http3"
    }
