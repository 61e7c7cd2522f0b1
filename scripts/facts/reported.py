"""Findings with security weight of which the projects were told: ``data/reported.yml``, written by hand."""

from collections.abc import Iterator, Sequence
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
    """That a project was told, in private, what one or more probes found."""

    entry: Slug = Field(description="The entry of the project.")
    probes: tuple[ProbeId, ...] = Field(min_length=1, description="The ids of the probes.")
    reported: Day = Field(description="The day on which the project was told.")
    advisory: DeepUrl | None = Field(default=None, description="What was published about it since, if anything.")


def load_reported(root: Path, lab: Lab) -> tuple[list[Report], list[Problem]]:
    """The reports, and what is wrong with the file."""
    advice = "Write `- entry: …` for each report, or `[]` for none."
    document, reports, problems = read_list(root, PATH, Report, advice)
    return [report for _, report in reports], [*problems, *_unknown(document, reports, lab)]


def _unknown(document: Document, reports: Sequence[tuple[int, Report]], lab: Lab) -> Iterator[Problem]:
    """Entries that were not measured, probes without security weight, and what is reported twice."""
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
                yield document.problem(place, f"`{shown(probe)}` was reported above already. Keep one of them.")
            seen.add((report.entry, probe))
