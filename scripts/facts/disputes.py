"""Measured results that projects object to: ``data/disputes.yml``, written by hand."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from scripts.catalogue.document import Document
from scripts.catalogue.fields import Day, DeepUrl, Sentence, Slug
from scripts.catalogue.lists import read_list
from scripts.catalogue.models import Model
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.facts.lab import Lab, ProbeId

PATH = "data/disputes.yml"


class Dispute(Model):
    """One result that somebody objects to, until it is measured again or the probe is mended."""

    subject: Slug = Field(description="What was measured, by its name in data/facts/lab.")
    probe: ProbeId = Field(description="The id of the probe.")
    since: Day = Field(description="The day on which somebody objected.")
    source: DeepUrl = Field(description="The issue where it is discussed.")
    note: Sentence = Field(description="What it should be and why, in one sentence.")


def load_disputes(root: Path, lab: Lab) -> tuple[list[Dispute], list[Problem]]:
    """The disputes, and what is wrong with the file."""
    advice = "Write `- subject: …` for each dispute, or `[]` for none."
    document, disputes, problems = read_list(root, PATH, Dispute, advice)
    return [dispute for _, dispute in disputes], [*problems, *_unknown(document, disputes, lab)]


def _unknown(document: Document, disputes: Sequence[tuple[int, Dispute]], lab: Lab) -> Iterator[Problem]:
    """Subjects and probes that there are not, and what is disputed twice."""
    known = {one.subject: one for several in lab.measurements.values() for one in several}
    seen: set[tuple[str, str]] = set()
    for index, dispute in disputes:
        subject = known.get(dispute.subject)
        if subject is None:
            advice = suggestion(dispute.subject, known) if known else "Nothing was measured yet: run `make lab` first."
            yield document.problem((index, "subject"), f"`{shown(dispute.subject)}` was not measured. {advice}")
        elif dispute.probe not in subject.results:
            advice = suggestion(dispute.probe, subject.results)
            text = f"`{shown(dispute.probe)}` is no probe of `{dispute.subject}`. {advice}"
            yield document.problem((index, "probe"), text)
        if (dispute.subject, dispute.probe) in seen:
            yield document.problem((index,), "This is disputed above already. Keep one of them.")
        seen.add((dispute.subject, dispute.probe))
