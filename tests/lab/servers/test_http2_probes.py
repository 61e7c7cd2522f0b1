"""The probes over HTTP/2 measure what they say: a server that is right passes, one fault fails the probe about it."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.certificates import Certificates
from scripts.lab.plan import Outcome, Verdict, asked
from scripts.lab.servers import PROBES
from scripts.lab.subjects import ServerSubject

AT = ("--port", "{port}")
ASKED = [probe for probe in PROBES if probe.id.startswith("http2.")]
Answers = Mapping[str, Outcome]

# A fault, and the one probe that is about it.
FAULTS: Mapping[str, str] = {
    "drops-trailers": "http2.trailers",
    "early-disconnect": "http2.rst_stream_is_disconnect",
    "endless-error": "http2.exception_resets_or_500",
    "ends-after-exception": "http2.exception_resets_or_500",
    "file-as-text": "http2.pathsend",
    "first-block-twice": "http2.pathsend",
    "forgets-file": "http2.pathsend",
    "forgets-hint": "http2.early_hint",
    "forgets-promise": "http2.server_push",
    "hangs-after-exception": "http2.exception_resets_or_500",
    "hint-as-100": "http2.early_hint",
    "holds-back": "http2.stream_response",
    "host-twice": "http2.authority_becomes_host",
    "ignores-connection-window": "http2.flow_control_backpressure",
    "ignores-windows": "http2.flow_control_backpressure",
    "keeps-windows": "http2.request_body",
    "line-breaks": "http2.header_crlf_rejected",
    "loses-pieces": "http2.request_body",
    "no-alpn": "http2.alpn_tls",
    "no-host": "http2.authority_becomes_host",
    "one-at-a-time": "http2.multiplexing",
    "one-link": "http2.early_hint",
    "promise-alone": "http2.server_push",
    "promise-without-headers": "http2.server_push",
    "pseudo-headers": "http2.authority_becomes_host",
    "reset-cancels": "http2.rst_stream_is_disconnect",
    "reset-untold": "http2.rst_stream_is_disconnect",
    "says-1.1": "http2.alpn_tls",
    "success-after-exception": "http2.exception_resets_or_500",
    "upper-case-names": "http2.uppercase_header_rejected",
    "waits-for-body": "http2.empty_request_body",
}
EXTENSIONS = {f"http2.{name}" for name in ("early_hint", "pathsend", "server_push", "trailers")}
# What a server may do without, and the probes that say so.
LACKS: Mapping[str, set[str]] = {
    "bare": {*EXTENSIONS, "http2.h2c_upgrade", "http2.websocket_rfc8441"},
    "mute-websocket": {"http2.websocket_rfc8441"},
    "refuses-connect": {"http2.websocket_rfc8441"},
    "refuses-http": {"http2.h2c_prior_knowledge"},
    "unbounded-buffer": {"http2.flow_control_backpressure"},
    "upgrade-unanswered": {"http2.h2c_upgrade"},
}


def mini(fault: str) -> ServerSubject:
    return ServerSubject(
        subject="mini",
        entry="mini",
        title="Mini",
        package="mini",
        install=("mini",),
        command=(Path(sys.executable).name, "-m", "tests.lab.servers.mini_http2", "{app}", "--fault", fault),
        modes={"http1": AT, "h2c": AT, "http2": (*AT, "--cert", "{cert}", "--key", "{key}")},
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[Callable[[str], Answers]]:
    """What each probe says of the server with a fault; "" is the one without. All run side by side: they wait much."""
    folder = tmp_path_factory.mktemp("lab")

    def look(fault: str) -> Answers:
        place = folder / (fault or "right")
        place.mkdir()
        path = {"PATH": os.environ["PATH"]}  # noqa: TID251 - where Python is
        bench = Bench(mini(fault), frozenset({"http/2"}), Path(sys.executable).parent, place, certificates, path)
        try:
            return {probe.id: asked(probe, bench, bench.claims) for probe in ASKED}
        finally:
            bench.close()

    with ThreadPoolExecutor(12) as executor:
        found: Mapping[str, Future[Answers]] = {fault: executor.submit(look, fault) for fault in ("", *FAULTS, *LACKS)}
        yield lambda fault: found[fault].result()


def not_passed(answers: Answers) -> Mapping[str, Verdict]:
    return {name: one.verdict for name, one in answers.items() if one.verdict is not Verdict.PASS}


def test_a_server_that_is_right_passes(answers: Callable[[str], Answers]) -> None:
    assert len(answers("")) == 18
    assert not_passed(answers("")) == {}, answers("")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_probe_about_it_and_no_other(fault: str, answers: Callable[[str], Answers]) -> None:
    assert not_passed(answers(fault)) == {FAULTS[fault]: Verdict.FAIL}, answers(fault)


@pytest.mark.parametrize("fault", LACKS)
def test_what_nobody_requires_is_unsupported(fault: str, answers: Callable[[str], Answers]) -> None:
    assert not_passed(answers(fault)) == dict.fromkeys(LACKS[fault], Verdict.UNSUPPORTED), answers(fault)


def test_details_repeat(answers: Callable[[str], Answers]) -> None:
    for name, outcome in answers("").items():
        assert not any(part.isdigit() and len(part) > 4 for part in outcome.detail.replace(".", " ").split()), name
