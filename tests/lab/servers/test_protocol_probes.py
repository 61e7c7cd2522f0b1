"""The probes measure what they say: a correct server passes, and one fault fails the probe that is about it."""

import fnmatch
from collections.abc import Sequence

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
SLOW = {"process.sigterm_with_endless_stream_exits_10s", "process.sigterm_new_connections_refused"}

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
    return found


def test_a_correct_server_passes(bench_of: BenchOf) -> None:
    assert not_passed(bench_of(""), *ALL, without=[*NOT_OFFERED]) == {}


def test_what_is_not_offered_is_unsupported(bench_of: BenchOf) -> None:
    found = not_passed(bench_of(""), *NOT_OFFERED, "http2.*", "http3.*")
    assert found.keys() >= NOT_OFFERED
    assert {text.partition(":")[0] for text in found.values()} == {"unsupported"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_probe_that_is_about_it(bench_of: BenchOf, fault: str) -> None:
    about, group = FAULTS[fault]
    patient = [probe.id for probe in PROBES if probe.patient]
    found = not_passed(bench_of(fault), group, without=[*NOT_OFFERED, *patient, "websocket.backpressure_send"])
    assert found.keys() == {about}
