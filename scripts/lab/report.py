"""The lab's words on a terminal. Pure: from data to text."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from scripts.facts.lab import Asked, Lab, Measured, Measurement
from scripts.facts.security import WITHHELD
from scripts.lab.plan import Kind, Level, Verdict
from scripts.lab.subjects import Subject

_LEVELS = {
    Level.MUST: "required",
    Level.SHOULD: "recommended",
    Level.CLAIM: "optional: binding for whoever claims it",
    Level.POLICY: "left open: never a fault",
}
_TELL = "python -m scripts.lab run {} --sensitive says what was observed; CONTRIBUTING.md says whom to tell first."


def finished(kind: Kind, measured: Measurement) -> str:
    """One line about a subject that is done."""
    counts = dict.fromkeys(Verdict, 0)
    for one in measured.results.values():
        counts[Verdict(one.result)] += 1
    told = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)
    flaky = sum(one.flaky for one in measured.results.values())
    return f"{kind.value}/{measured.subject} {measured.version}: {told}" + (f"; {flaky} flaky" if flaky else "")


def listing(subjects: Mapping[Kind, Sequence[Subject]], lab: Lab, counts: Mapping[Kind, int]) -> Iterator[str]:
    """Every subject, with what is known of it."""
    known = lab.by_subject()
    for kind, several in subjects.items():
        yield f"{kind.value}: {len(several)} subjects, {counts[kind]} probes"
        for subject in several:
            one = known.get((kind.value, subject.subject))
            when = f"{one.version}, measured {one.measured}" if one else "not measured"
            yield f"  {subject.subject:<36} {subject.title} ({when})"


def explained(name: str, asked: Asked, lab: Lab, kind: Kind) -> Iterator[str]:
    """What a probe does, and what came out for whom."""
    yield f"{name}: {asked.title}"
    yield f"  {_LEVELS[Level(asked.level)]}{f' (claim: {asked.claim})' if asked.claim else ''}"
    if asked.source:
        yield f"  {asked.source}, {asked.url}"
    yield from textwrap.wrap(asked.how, 100, initial_indent="  ", subsequent_indent="  ")
    for one in lab.measurements.get(kind.value, ()):
        if result := one.results.get(name):
            yield f"  {result.result:<12} {one.subject:<32} {one.version:<12} {result.detail}{_doubt(result)}"


def _doubt(result: Measured) -> str:
    return f" [repeats: {', '.join(result.repeats)}]" if result.flaky else ""


def summary(lab: Lab) -> Iterator[str]:
    """Each subject in a line, then what failed, could not be decided or differed between repeats."""
    answers = doubtful = 0
    for kind, several in lab.measurements.items():
        for one in several:
            yield finished(Kind(kind), one)
            if any(result.detail == WITHHELD for result in one.results.values()):
                yield f"    {_TELL.format(one.subject)}"
            for name, result in one.results.items():
                answers += len(result.repeats)
                doubtful += result.flaky
                if result.result in {"fail", "error"} or result.flaky:
                    yield f"    {result.result:<8} {name}: {result.detail}{_doubt(result)}"
    if answers:
        yield f"{answers:,} answers; results that differed between repeats: {doubtful}."
    else:
        yield "Nothing was measured yet: python -m scripts.lab run"
