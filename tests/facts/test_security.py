"""Answers with security weight: nothing observed is kept, and all or none are shown until a finding is public."""

import pytest

from scripts.facts.lab import Level, Verdict
from scripts.facts.security import WITHHELD, held_back, is_finding, kept
from tests.measured import EVERYTHING, FINDINGS, OTHERCORN, PROBES, measured, measurement

FOUND = "security.cl_and_te_rejected"
OTHER = measurement("othercorn", "othercorn", "Othercorn", OTHERCORN)


@pytest.mark.parametrize(
    ("level", "said", "finding"),
    [
        ("must", "fail", True),
        ("must", "unsupported", False),  # it was not asked, which is no deviation
        ("policy", "unsupported", True),
        ("claim", "unsupported", True),
        ("must", "pass", False),
        ("must", "error", False),
        ("must", "flaky", True),  # one of three repeats
    ],
)
def test_what_a_finding_is(level: Level, said: Verdict, *, finding: bool) -> None:
    asked = PROBES[FOUND].model_copy(update={"level": level})
    assert is_finding(asked, measured(FOUND, said)) is finding
    assert not is_finding(asked.model_copy(update={"sensitive": False}), measured(FOUND, said))


def test_of_a_finding_the_result_is_kept_and_nothing_that_was_observed() -> None:
    once = kept(OTHER, PROBES)
    assert (once.results[FOUND].result, once.results[FOUND].detail) == ("fail", WITHHELD)
    others = {name: said for name, said in OTHER.results.items() if name != FOUND}
    assert {name: said for name, said in once.results.items() if name != FOUND} == others
    assert kept(once, PROBES) == once


def test_one_finding_holds_all_back_that_could_be_one() -> None:
    assert held_back(OTHER, PROBES, ()) == FINDINGS, "also the one that is right: its presence would name the other"
    assert held_back(OTHER, PROBES, FINDINGS - {FOUND}) == FINDINGS


def test_who_deviates_nowhere_is_shown_whole() -> None:
    assert held_back(measurement("othercorn", "othercorn", "Othercorn", EVERYTHING), PROBES, ()) == frozenset()


def test_what_is_published_is_shown() -> None:
    assert held_back(OTHER, PROBES, {FOUND}) == frozenset()


def test_one_of_two_published_frees_neither() -> None:
    both = measurement("othercorn", "othercorn", "Othercorn", EVERYTHING | dict.fromkeys(FINDINGS, "fail"))
    assert held_back(both, PROBES, {FOUND}) == FINDINGS
