"""Findings that projects were told of: mistakes are named with their place."""

import datetime as dt

import pytest

from scripts.facts.measured import load_lab_facts
from tests.conftest import Repository
from tests.facts.test_disputes import problems
from tests.measured import REPORTED, fill


def test_a_report_is_found_by_entry_and_probe(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", REPORTED)
    assert problems(repository) == []
    report = load_lab_facts(repository.root)[0].reports["othercorn", "security.cl_and_te_rejected"]
    assert (report.reported, report.advisory) == (dt.date(2026, 11, 20), "https://example.com/advisories/7")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("entry: othercorn", "entry: othercron", "1:10: `othercron` was not measured. Did you mean `othercorn`?"),
        ("cl_and_te", "cl_and_the", "2:12: `security.cl_and_the_rejected` is no probe with security weight. Did you"),
        ("security.cl_and_te_rejected", "http1.basic", "2:12: `http1.basic` is no probe with security weight."),
        ("[security.cl_and_te_rejected]", "[]", "1:3: `probes`"),
        ("2026-11-20", "soon", "1:3: `reported` `soon` is not a date."),
        ("https:", "http:", "does not start with `https://`"),
        (REPORTED, REPORTED + REPORTED, "6:12: `security.cl_and_te_rejected` was reported above already."),
        (REPORTED, "entry: x\n", "1:1: This is not a list. Write `- entry: …` for each report, or `[]` for none."),
    ],
)
def test_mistakes_are_named_with_their_place(repository: Repository, old: str, new: str, expected: str) -> None:
    fill(repository)
    repository.write("data/reported.yml", REPORTED.replace(old, new))
    (problem,) = problems(repository)
    assert problem.startswith("data/reported.yml:")
    assert expected in problem


def test_a_report_about_nothing_measured_is_a_problem(repository: Repository) -> None:
    repository.write("data/reported.yml", REPORTED)
    assert problems(repository) == [
        "data/reported.yml:1:10: `othercorn` was not measured. Nothing was measured yet: run `make lab` first."
    ]
