"""What projects object to, and what was measured of nothing: mistakes are named with their place."""

import datetime as dt

import pytest

from scripts.catalogue.load import load
from scripts.facts.audit import audit
from scripts.facts.measured import load_lab_facts
from tests.conftest import TODAY, Repository
from tests.measured import DISPUTES, fill


def problems(repository: Repository) -> list[str]:
    return [str(problem) for problem in audit(repository.root, load(repository.root), TODAY)[1]]


def test_nothing_measured_and_nothing_disputed_is_no_problem(repository: Repository) -> None:
    assert problems(repository) == []
    repository.write("data/disputes.yml", "[]\n")
    assert problems(repository) == []


def test_a_good_dispute_is_found_by_subject_and_probe(repository: Repository) -> None:
    fill(repository)
    assert problems(repository) == []
    dispute = load_lab_facts(repository.root)[0].disputes["othercorn", "http1.date_header"]
    assert (dispute.since, dispute.source) == (dt.date(2026, 11, 22), "https://github.com/example/catalogue/issues/9")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("subject: othercorn", "subject: othercron", "1:12: `othercron` was not measured. Did you mean `othercorn`?"),
        ("date_header", "dat_header", "2:10: `http1.dat_header` is no probe of `othercorn`. Did you mean `http1.date"),
        ("date_header", "Date Header", "1:3: `probe` is not valid"),
        ("source: https:", "source: http:", "does not start with `https://`"),
        ("  note: The", "  nota: The", "Did you mean `note`?"),
        ("when this was measured.", "when this was measured", "1:3: `note` does not end with a full stop."),
        ("2026-11-22", "yesterday", "1:3: `since` `yesterday` is not a date."),
        (DISPUTES, DISPUTES + DISPUTES, "6:3: This is disputed above already."),
        (DISPUTES, "subject: x\n", "1:1: This is not a list."),
        (DISPUTES, "- [", "This is not YAML"),
    ],
)
def test_mistakes_are_named_with_their_place(repository: Repository, old: str, new: str, expected: str) -> None:
    fill(repository)
    repository.write("data/disputes.yml", DISPUTES.replace(old, new))
    (problem,) = problems(repository)
    assert problem.startswith("data/disputes.yml:")
    assert expected in problem


def test_a_dispute_about_nothing_measured_is_a_problem(repository: Repository) -> None:
    repository.write("data/disputes.yml", DISPUTES)
    assert problems(repository) == [
        "data/disputes.yml:1:12: `othercorn` was not measured. Nothing was measured yet: run `make lab` first."
    ]


def test_measurements_of_no_entry_are_a_problem(repository: Repository) -> None:
    fill(repository)
    (repository.root / "data/servers/othercorn.yml").unlink()
    found = problems(repository)
    assert [text.partition(": ")[0] for text in found] == [
        "data/facts/lab/servers/othercorn-fast.json:1:1",
        "data/facts/lab/servers/othercorn.json:1:1",
    ]
    assert "`othercorn` is no entry. Choose one of: example-guard, " in found[0]


def test_a_corrupt_file_is_a_problem(repository: Repository) -> None:
    fill(repository)
    repository.write("data/facts/lab/servers/examplecorn.json", "{}")
    assert any("data/facts/lab/servers/examplecorn.json:1:1: `subject`" in text for text in problems(repository))
