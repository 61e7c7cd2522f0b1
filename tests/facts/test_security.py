"""What may be read of answers with security weight: all of them or none, until what was found is public."""

import pytest

from scripts.facts.lab import Level, Verdict
from scripts.facts.security import WITHHELD, is_finding, readable
from tests.measured import EVERYTHING, FINDINGS, OTHERCORN, PROBES, measured, measurement

SENSITIVE = tuple(sorted(FINDINGS))
FOUND = {"security.cl_and_te_rejected"}
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
    probe = "security.cl_and_te_rejected"
    asked = PROBES[probe].model_copy(update={"level": level})
    assert is_finding(asked, measured(probe, said)) is finding
    assert not is_finding(asked.model_copy(update={"sensitive": False}), measured(probe, said))


def test_one_finding_holds_all_sensitive_answers_back() -> None:
    kept = readable(OTHER, PROBES, ())
    assert kept.held == SENSITIVE, "also the one that is right: its presence would name the other"
    assert set(kept.results) == set(EVERYTHING) - FINDINGS
    assert "cl_and_te" not in kept.model_dump_json(exclude={"held"})


def test_who_deviates_nowhere_is_told_whole() -> None:
    right = measurement("othercorn", "othercorn", "Othercorn", EVERYTHING)
    assert readable(right, PROBES, ()) == right


def test_what_is_published_stands_there_without_what_was_observed() -> None:
    kept = readable(OTHER, PROBES, FOUND)
    assert kept.held == ()
    assert (kept.results[min(FOUND)].result, kept.results[min(FOUND)].detail) == ("fail", WITHHELD)
    assert {name: said for name, said in kept.results.items() if name not in FOUND} == {
        name: said for name, said in OTHER.results.items() if name not in FOUND
    }


def test_one_of_two_published_frees_neither() -> None:
    both = measurement("othercorn", "othercorn", "Othercorn", EVERYTHING | dict.fromkeys(FINDINGS, "fail"))
    assert readable(both, PROBES, FOUND).held == SENSITIVE


@pytest.mark.parametrize("published", [set(), FOUND])
def test_it_is_done_once(published: set[str]) -> None:
    kept = readable(OTHER, PROBES, published)
    assert readable(kept, PROBES, published) == kept
