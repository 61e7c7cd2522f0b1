"""Findings with security weight of which projects were told: ``data/reported.yml``, written by hand.

The file is public: what was found stands in it only once that is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from scripts.catalogue.document import Document
from scripts.catalogue.fields import Day, DeepUrl, Slug
from scripts.catalogue.lists import read_list
from scripts.catalogue.models import Model
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.facts.lab import Lab, ProbeId

PATH = "data/reported.yml"


class Report(Model):
    """That a project was told, in private, what was found."""

    entry: Slug = Field(description="The entry of the project.")
    reported: Day = Field(description="The day on which the project was told.")
    published: Day | None = Field(default=None, description="The day since which everybody may read it.")
    probes: tuple[ProbeId, ...] = Field(default=(), description="What was found, once it is published.")
    advisory: DeepUrl | None = Field(default=None, description="What was published about it, if anything.")


@dataclass(frozen=True, slots=True)
class Reports:
    """All of them, in the order of the file."""

    all: Sequence[Report] = ()

    def published(self, entry: str) -> frozenset[str]:
        """The probes whose findings everybody may read."""
        return frozenset(probe for one in self.all if one.entry == entry and one.published for probe in one.probes)

    def about(self, entry: str, probe: str) -> Report | None:
        """The published report of a finding."""
        return next((one for one in self.all if one.entry == entry and one.published and probe in one.probes), None)

    def pending(self, entry: str) -> Report | None:
        """The last one that is not published yet."""
        found = [one for one in self.all if one.entry == entry and not one.published]
        return max(found, key=lambda one: one.reported, default=None)


def load_reported(root: Path, lab: Lab) -> tuple[Reports, list[Problem]]:
    """The reports, and what is wrong with the file."""
    advice = "Write `- entry: …` for each report, or `[]` for none."
    document, found, problems = read_list(root, PATH, Report, advice)
    problems += [problem for index, report in found for problem in _premature(document, index, report)]
    return Reports([report for _, report in found]), [*problems, *_unknown(document, found, lab)]


def _premature(document: Document, index: int, report: Report) -> Iterator[Problem]:
    """What nobody may read yet, and what is published without saying what."""
    told = "probes" if report.probes else "advisory" if report.advisory else None
    if report.published is None and told:
        text = f"`{told}` says what was found before that is public. Add `published: …`, the day since which it is."
        yield document.problem((index, told), f"{text} Until then, leave `{told}` out.")
    elif report.published and not report.probes:
        text = "It is published, and does not say what. Add `probes: […]`, the ids whose answers may be read."
        yield document.problem((index, "published"), text)
    elif report.published and report.published < report.reported:
        text = f"It was published before the project was told, on {report.reported}. Write the later day."
        yield document.problem((index, "published"), text)


def _unknown(document: Document, reports: Sequence[tuple[int, Report]], lab: Lab) -> Iterator[Problem]:
    """Entries that were not measured, probes without security weight, and what is published twice."""
    sensitive = {probe for several in lab.probes.values() for probe, asked in several.items() if asked.sensitive}
    entries = {one.entry for several in lab.measurements.values() for one in several}
    seen: set[tuple[str, str]] = set()
    for index, report in reports:
        if report.entry not in entries:
            advice = suggestion(report.entry, entries) if entries else "Nothing was measured yet: run `make lab` first."
            yield document.problem((index, "entry"), f"`{shown(report.entry)}` was not measured. {advice}")
            continue
        for number, probe in enumerate(report.probes):
            place = (index, "probes", number)
            if probe not in sensitive:
                text = f"`{shown(probe)}` is no probe with security weight. {suggestion(probe, sensitive)}"
                yield document.problem(place, text)
            if (report.entry, probe) in seen:
                yield document.problem(place, f"`{shown(probe)}` was published above already. Keep one of them.")
            seen.add((report.entry, probe))
