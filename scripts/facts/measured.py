"""What the lab measured, with what people say of it: disputes, and reports of what has security weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.catalogue.load import Listing
from scripts.catalogue.problems import Problem, suggestion
from scripts.facts.disputes import Dispute, load_disputes
from scripts.facts.lab import Lab, load_lab, place_of
from scripts.facts.reported import Reports, load_reported
from scripts.facts.security import kept


@dataclass(frozen=True, slots=True)
class LabFacts:
    """Everything measured; ``disputes`` by subject and probe."""

    lab: Lab = field(default_factory=Lab)
    disputes: Mapping[tuple[str, str], Dispute] = field(default_factory=dict)
    reports: Reports = field(default_factory=Reports)


def load_lab_facts(root: Path) -> tuple[LabFacts, list[Problem]]:
    """All of it, and what is wrong with the files."""
    lab, problems = load_lab(root)
    disputes, disputed = load_disputes(root, lab)
    reports, reported = load_reported(root, lab)
    facts = LabFacts(lab, {(one.subject, one.probe): one for one in disputes}, reports)
    return facts, [*problems, *disputed, *reported]


def lab_problems(facts: LabFacts, listings: Sequence[Listing]) -> Iterator[Problem]:
    """Measurements of entries that there are not, and what was observed of findings."""
    slugs = {listing.slug for listing in listings}
    for kind, several in facts.lab.measurements.items():
        for one in several:
            place = str(place_of(kind, one.subject))
            if one.entry not in slugs:
                yield Problem(place, 1, 1, f"`{one.entry}` is no entry. {suggestion(one.entry, slugs)}")
            if one != kept(one, facts.lab.probes.get(kind, {})):
                text = "What was observed of a finding with security weight stands here."
                again = f"python -m scripts.lab run {one.subject} --again"
                yield Problem(place, 1, 1, f"{text} Run `{again}`, which leaves it out.")
