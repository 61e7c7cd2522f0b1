"""A right application passes every probe; each with one fault fails the probe about that fault, and no other."""

import pytest

from scripts.lab.frameworks import PROBES
from scripts.lab.frameworks.registry import Framework
from scripts.lab.plan import Verdict, asked
from tests.lab.inside.mini_framework import FAULTS, mini

# They need an environment of their own: a server beside the framework, another event loop, an installed package.
ELSEWHERE = {probe.id for probe in PROBES if probe.id.partition(".")[0] in {"server", "concurrency", "package"}}


def not_passed(fault: str = "") -> dict[str, str]:
    bench = Framework(mini(fault))
    outcomes = {
        probe.id: asked(probe, bench, frozenset({"websocket"})) for probe in PROBES if probe.id not in ELSEWHERE
    }
    return {name: outcome.detail for name, outcome in outcomes.items() if outcome.verdict is not Verdict.PASS}


def test_a_right_application_passes() -> None:
    assert not_passed() == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_its_probe(fault: str) -> None:
    found = not_passed(fault)
    assert set(found) == {FAULTS[fault]}, found


def test_every_probe_has_a_fault() -> None:
    assert {probe.id for probe in PROBES} - ELSEWHERE == {*FAULTS.values()}


@pytest.mark.parametrize(("fault", "remarked"), [("no slash", True), ("", False)])
def test_a_remark_follows_what_is_no_pass(fault: str, *, remarked: bool) -> None:
    module = mini(fault)
    module.__dict__["REMARKS"] = {"http.trailing_slash": "A remark."}
    outcome = asked(PROBES["http.trailing_slash"], Framework(module), frozenset())
    assert outcome.detail.endswith(". A remark.") is remarked
