"""Findings that projects were told of: mistakes are named with their place, and what is not public stays out."""

import datetime as dt

import pytest

from scripts.facts.lab import save_measurement
from scripts.facts.measured import load_lab_facts
from tests.conftest import Repository
from tests.facts.test_disputes import problems
from tests.measured import CORN, PUBLISHED, REPORTED, fill, measurement

FINDING = "security.cl_and_te_rejected"


def test_a_project_that_was_told_has_a_report_that_says_nothing_more(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", REPORTED + REPORTED.replace("11-20", "11-19"))
    assert problems(repository) == []
    reports = load_lab_facts(repository.root)[0].reports
    pending = reports.pending("othercorn")
    assert pending
    assert pending.reported == dt.date(2026, 11, 20), "the last of them"
    assert (reports.published("othercorn"), reports.about("othercorn", FINDING)) == (frozenset(), None)
    assert reports.pending("examplecorn") is None


def test_what_is_published_is_found_by_entry_and_probe(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED)
    assert problems(repository) == []
    reports = load_lab_facts(repository.root)[0].reports
    report = reports.about("othercorn", FINDING)
    assert report
    assert (report.reported, report.advisory) == (dt.date(2026, 11, 20), "https://example.com/advisories/7")
    assert reports.about("examplecorn", FINDING) is None
    assert (reports.published("othercorn"), reports.pending("othercorn")) == (frozenset({FINDING}), None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("entry: othercorn", "entry: othercron", "1:10: `othercron` was not measured. Did you mean `othercorn`?"),
        ("cl_and_te", "cl_and_the", "4:12: `security.cl_and_the_rejected` is no probe with security weight. Did you"),
        (f"[{FINDING}]", f"[{FINDING}, http1.basic]", "4:41: `http1.basic` is no probe with security weight."),
        (f"[{FINDING}]", f"[{FINDING}, {FINDING}]", f"4:41: `{FINDING}` was published above already."),
        ("2026-11-20", "soon", "1:3: `reported` `soon` is not a date."),
        ("https:", "http:", "does not start with `https://`"),
        (
            "  published: 2026-11-21\n",
            "",
            "3:11: `probes` says what was found before that is public. Add `published: …",
        ),
        (f"  probes: [{FINDING}]\n", "", "3:14: It is published, and does not say what. Add `probes: […]`"),
        ("2026-11-21", "2026-11-19", "3:14: It was published before the project was told, on 2026-11-20."),
        (PUBLISHED, f"{REPORTED}  advisory: https://example.com/7\n", "3:13: `advisory` says what was found before"),
        (PUBLISHED, "entry: x\n", "1:1: This is not a list. Write `- entry: …` for each report, or `[]` for none."),
    ],
)
def test_mistakes_are_named_with_their_place(repository: Repository, old: str, new: str, expected: str) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED.replace(old, new, 1))
    (problem,) = problems(repository)
    assert problem.startswith("data/reported.yml:")
    assert expected in problem


def test_a_report_about_nothing_measured_is_a_problem(repository: Repository) -> None:
    repository.write("data/reported.yml", REPORTED)
    assert problems(repository) == [
        "data/reported.yml:1:10: `othercorn` was not measured. Nothing was measured yet: run `make lab` first."
    ]


def test_what_was_observed_of_a_finding_is_a_problem(repository: Repository) -> None:
    fill(repository)
    one = measurement("examplecorn", "examplecorn", "Examplecorn", CORN)
    save_measurement(repository.root, "servers", one)
    (problem,) = problems(repository)
    text = "What was observed of a finding with security weight stands here."
    assert problem.startswith(f"data/facts/lab/servers/examplecorn.json:1:1: {text}")
    assert problem.endswith("Run `python -m scripts.lab run examplecorn --again`, which leaves it out.")
