"""The probes measure what they say: a correct server passes, and one fault fails the probe that is about it."""

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from scripts.lab.bench import Bench
from scripts.lab.plan import Verdict, asked
from scripts.lab.servers import PROBES
from tests.lab.servers.conftest import CLAIMS, BenchOf

ALL = ("websocket.*", "lifespan.*", "tls.*", "extensions.*", "process.*")
NOT_OFFERED = {
    "extensions.early_hint_http1",
    "extensions.pathsend",
    "extensions.zerocopysend",
    "process.worker_respawn",
    "process.workers",
    "process.workers_graceful_stop",
}

# The fault, the probe that is about it, and the group that is asked.
FAULTS = {
    "wrong-accept": ("websocket.accept_text_echo", "websocket.*"),
    "drops-headers": ("websocket.accept_headers", "websocket.*"),
    "joins-headers": ("websocket.scope", "websocket.*"),
    "no-subprotocol": ("websocket.subprotocol", "websocket.*"),
    "any-version": ("websocket.bad_version_426_or_400", "websocket.*"),
    "late-pong": ("websocket.ping_between_fragments", "websocket.*"),
    "says-1000": ("websocket.client_close_no_code_1005", "websocket.*"),
    "rejects-500": ("websocket.reject_403", "websocket.*"),
    "no-reason": ("websocket.app_close_code_reason", "websocket.*"),
    "closes-1001": ("websocket.app_close_default_1000", "websocket.*"),
    "silent-after-loss": ("websocket.send_after_disconnect_oserror", "websocket.*"),
    "silent-after-close": ("websocket.send_after_own_close_raises", "websocket.*"),
    "keeps-unmasked": ("websocket.unmasked_frame_1002", "websocket.*"),
    "sigint": ("lifespan.shutdown_on_sigint", "lifespan.*"),
    "serves-early": ("lifespan.startup_before_serving", "lifespan.*"),
    "needs-lifespan": ("lifespan.exception_means_unsupported_continue", "lifespan.*"),
    "old-tls": ("tls.min_version_1.2", "tls.*"),
    "wss-scheme": ("tls.wss", "tls.*"),
    "trailers": ("extensions.trailers_needs_te_header", "extensions.*"),
    "tls-keys": ("extensions.tls", "extensions.*"),
    "leaves-socket": ("process.unix_socket_removed_at_exit", "process.*"),
    "exit-status": ("process.exit_code_sigterm", "process.*"),
    "aborts": ("process.sigterm_finishes_inflight_request", "process.*"),
}


def not_passed(bench: Bench, *globs: str, without: Sequence[str] = ()) -> dict[str, str]:
    """What the probes of these groups answered that is no pass."""
    found = {}
    for probe in PROBES:
        if probe.id not in without and any(fnmatch.fnmatch(probe.id, glob) for glob in globs):
            outcome = asked(probe, bench, CLAIMS)
            if outcome.verdict is not Verdict.PASS:
                found[probe.id] = f"{outcome.verdict.value}: {outcome.detail}"
    bench.close()
    return found


@pytest.fixture(scope="module")
def answers(bench_of: BenchOf) -> Iterator[Mapping[str, Future[dict[str, str]]]]:
    """What did not pass, by fault; "" is the server without one. They run side by side, for they wait much."""
    patient = [probe.id for probe in PROBES if probe.patient]
    without = [*NOT_OFFERED, *patient, "websocket.backpressure_send"]
    with ThreadPoolExecutor(8) as pool:
        found = {
            fault: pool.submit(not_passed, bench_of(fault), group, without=without)
            for fault, (_, group) in FAULTS.items()
        }
        found |= {group: pool.submit(not_passed, bench_of(""), group) for group in (*ALL, "http2.*", "http3.*")}
        yield found


def test_a_correct_server_passes_and_what_it_does_not_offer_is_unsupported(
    answers: Mapping[str, Future[dict[str, str]]],
) -> None:
    found = dict(pair for group in ALL for pair in answers[group].result().items())
    assert found.keys() == NOT_OFFERED
    others = {**answers["http2.*"].result(), **answers["http3.*"].result()}
    assert {text.partition(":")[0] for text in [*found.values(), *others.values()]} == {"unsupported"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_probe_that_is_about_it(answers: Mapping[str, Future[dict[str, str]]], fault: str) -> None:
    assert answers[fault].result().keys() == {FAULTS[fault][0]}


def test_a_server_that_ends_before_it_calls_the_application_is_not_judged(bench_of: BenchOf) -> None:
    found = not_passed(bench_of("ends-at-once"), "lifespan.startup_failed_aborts")
    assert found == {
        "lifespan.startup_failed_aborts": "error: It was to call the application or to answer, and ended before it did."
    }
