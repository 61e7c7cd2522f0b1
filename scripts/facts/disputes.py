"""What the lab measured, with what projects object to: ``data/disputes.yml``, written by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, ValidationError

from scripts.catalogue.document import Document, parse
from scripts.catalogue.explain import explain
from scripts.catalogue.fields import Day, DeepUrl, Sentence, Slug
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Model
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.facts.lab import Lab, ProbeId, load_lab, place_of

PATH = "data/disputes.yml"


class Dispute(Model):
    """One result that somebody objects to, until it is measured again or the probe is mended."""

    subject: Slug = Field(description="What was measured, by its name in data/facts/lab.")
    probe: ProbeId = Field(description="The id of the probe.")
    since: Day = Field(description="The day on which somebody objected.")
    source: DeepUrl = Field(description="The issue where it is discussed.")
    note: Sentence = Field(description="What it should be and why, in one sentence.")


@dataclass(frozen=True, slots=True)
class LabFacts:
    """Everything measured; ``disputes`` by subject and probe."""

    lab: Lab = field(default_factory=Lab)
    disputes: Mapping[tuple[str, str], Dispute] = field(default_factory=dict)


def load_lab_facts(root: Path) -> tuple[LabFacts, list[Problem]]:
    """Both, and what is wrong with the files of either."""
    lab, problems = load_lab(root)
    document, disputes, found = _read(root)
    problems += [*found, *_unknown(document, disputes, lab)]
    return LabFacts(lab, {(one.subject, one.probe): one for _, one in disputes}), problems


def lab_problems(lab: Lab, listings: Sequence[Listing]) -> Iterator[Problem]:
    """Measurements of entries that there are not."""
    slugs = {listing.slug for listing in listings}
    for kind, several in lab.measurements.items():
        for one in several:
            if one.entry not in slugs:
                text = f"`{one.entry}` is no entry. {suggestion(one.entry, slugs)}"
                yield Problem(str(place_of(kind, one.subject)), 1, 1, text)


def _read(root: Path) -> tuple[Document, list[tuple[int, Dispute]], list[Problem]]:
    """No file yet is nothing disputed yet."""
    try:
        document = parse(PATH, (root / PATH).read_bytes())
    except FileNotFoundError:
        return Document(PATH), [], []
    except OSError as error:
        problem = Problem(PATH, 1, 1, f"Cannot be read ({error.strerror}). Check its permissions.")
        return Document(PATH), [], [problem]
    if document.problems or not isinstance(document.value, list):
        problem = document.problem((), "This is not a list. Write `- subject: …` for each dispute, or `[]` for none.")
        return document, [], document.problems or [problem]
    disputes: list[tuple[int, Dispute]] = []
    problems: list[Problem] = []
    for index, value in enumerate(document.value):
        try:
            disputes.append((index, Dispute.model_validate(value)))
        except ValidationError as error:
            problems += [document.problem((index,), problem.text) for problem in explain(error, document, Dispute)]
    return document, disputes, problems


def _unknown(document: Document, disputes: Sequence[tuple[int, Dispute]], lab: Lab) -> Iterator[Problem]:
    """Subjects and probes that there are not, and what is disputed twice."""
    known = {one.subject: one for several in lab.measurements.values() for one in several}
    seen: set[tuple[str, str]] = set()
    for index, dispute in disputes:
        subject = known.get(dispute.subject)
        if subject is None:
            advice = suggestion(dispute.subject, known) if known else "Nothing was measured yet."
            yield document.problem((index, "subject"), f"`{shown(dispute.subject)}` was not measured. {advice}")
        elif dispute.probe not in subject.results:
            advice = suggestion(dispute.probe, subject.results)
            text = f"`{shown(dispute.probe)}` is no probe of `{dispute.subject}`. {advice}"
            yield document.problem((index, "probe"), text)
        if (dispute.subject, dispute.probe) in seen:
            yield document.problem((index,), "This is disputed above already. Keep one of them.")
        seen.add((dispute.subject, dispute.probe))
