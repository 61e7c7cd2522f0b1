"""A right middleware passes every probe; each with one fault fails the probe about that fault, and no other."""

import pytest

from scripts.lab.middleware import PROBES
from scripts.lab.middleware.registry import Wrapper
from scripts.lab.plan import Verdict, asked
from tests.lab.inside.mini_middleware import FAULTS, mini


def not_passed(fault: str = "") -> dict[str, str]:
    outcomes = {probe.id: asked(probe, Wrapper(mini(fault)), frozenset()) for probe in PROBES}
    return {name: outcome.detail for name, outcome in outcomes.items() if outcome.verdict is not Verdict.PASS}


def test_a_right_middleware_passes() -> None:
    assert not_passed() == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_its_probe(fault: str) -> None:
    found = not_passed(fault)
    assert set(found) == {FAULTS[fault]}, found


def test_every_probe_but_the_cost_has_a_fault() -> None:
    assert {probe.id for probe in PROBES} == {*FAULTS.values(), "overhead.per_request"}
