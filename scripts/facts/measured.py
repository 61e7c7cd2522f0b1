"""What the lab measured, with what people say of it: disputes, and reports of what has security weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.catalogue.load import Listing
from scripts.catalogue.problems import Problem, suggestion
from scripts.facts.disputes import Dispute, load_disputes
from scripts.facts.lab import Lab, load_lab, place_of
from scripts.facts.reported import Report, load_reported


@dataclass(frozen=True, slots=True)
class LabFacts:
    """Everything measured; ``disputes`` by subject and probe, ``reports`` by entry and probe."""

    lab: Lab = field(default_factory=Lab)
    disputes: Mapping[tuple[str, str], Dispute] = field(default_factory=dict)
    reports: Mapping[tuple[str, str], Report] = field(default_factory=dict)


def load_lab_facts(root: Path) -> tuple[LabFacts, list[Problem]]:
    """All of it, and what is wrong with the files."""
    lab, problems = load_lab(root)
    disputes, disputed = load_disputes(root, lab)
    reports, reported = load_reported(root, lab)
    facts = LabFacts(
        lab,
        {(one.subject, one.probe): one for one in disputes},
        {(one.entry, probe): one for one in reports for probe in one.probes},
    )
    return facts, [*problems, *disputed, *reported]


def lab_problems(lab: Lab, listings: Sequence[Listing]) -> Iterator[Problem]:
    """Measurements of entries that there are not."""
    slugs = {listing.slug for listing in listings}
    for kind, several in lab.measurements.items():
        for one in several:
            if one.entry not in slugs:
                text = f"`{one.entry}` is no entry. {suggestion(one.entry, slugs)}"
                yield Problem(str(place_of(kind, one.subject)), 1, 1, text)
