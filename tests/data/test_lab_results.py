"""What the lab found, as it is committed: whole, steady, and of entries and subjects that there are."""

from collections import Counter

import pytest

from scripts.catalogue.load import load
from scripts.facts.lab import Kind, Lab, Measurement, load_lab
from scripts.facts.security import kept
from scripts.lab.subjects import load_subjects
from tests.conftest import PROJECT

FEWEST: dict[Kind, tuple[int, int, int]] = {
    "servers": (18, 12, 140),
    "frameworks": (16, 16, 30),
    "middleware": (25, 25, 16),
}  # subjects, entries, probes
MOST_FLAKY = 0.005


@pytest.fixture(scope="module")
def lab() -> Lab:
    found, problems = load_lab(PROJECT)
    assert problems == []
    return found


def all_of(lab: Lab) -> list[tuple[Kind, Measurement]]:
    return [(kind, one) for kind, several in lab.measurements.items() for one in several]


def test_every_subject_was_measured_three_times_by_every_probe(lab: Lab) -> None:
    for kind, one in all_of(lab):
        if one.error:
            continue
        assert set(one.results) == set(lab.probes[kind]), one.subject
        assert {len(result.repeats) for result in one.results.values()} == {3}, one.subject


def test_what_is_measured_is_what_the_lab_promises(lab: Lab) -> None:
    for kind, (subjects, entries, probes) in FEWEST.items():
        measured = [one for one in lab.measurements[kind] if one.results]
        assert len(measured) >= subjects
        assert len({one.entry for one in measured}) >= entries
        assert len(lab.probes[kind]) >= probes


def test_subjects_and_their_entries_are_there(lab: Lab) -> None:
    subjects, problems = load_subjects()
    assert problems == []
    known = {(kind.value, one.subject) for kind, several in subjects.items() for one in several}
    assert {(kind, one.subject) for kind, one in all_of(lab)} == known
    assert {one.entry for _, one in all_of(lab)} <= {listing.slug for listing in load(PROJECT).listings}


def test_repeats_hardly_ever_differ(lab: Lab) -> None:
    flaky = Counter(result.flaky for _, one in all_of(lab) for result in one.results.values())
    assert flaky[True] <= MOST_FLAKY * flaky.total()


def test_nothing_is_kept_that_attackers_could_use(lab: Lab) -> None:
    assert [one.subject for kind, one in all_of(lab) if one != kept(one, lab.probes[kind])] == []


def test_details_are_sentences_without_what_differs_from_run_to_run(lab: Lab) -> None:
    for _, one in all_of(lab):
        for probe, result in one.results.items():
            assert result.detail.endswith((".", "?", "!", "…")), (one.subject, probe, result.detail)
            assert "/tmp/" not in result.detail, (one.subject, probe, result.detail)  # noqa: S108 - nobody's path
