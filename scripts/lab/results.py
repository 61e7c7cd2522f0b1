"""From the outcomes of repeats to what is kept."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.facts.lab import Asked, Measured, Measurement
from scripts.lab.environment import Environment
from scripts.lab.plan import Kind, Outcome, Probe
from scripts.lab.subjects import ServerSubject, Subject

HERE = Path(__file__).parent
# Whose text decides what a probe of a kind measures: a change of any of it makes results old.
DECIDES: Mapping[Kind, Sequence[str]] = {
    Kind.SERVER: ("plan.py", "bench.py", "events.py", "servers", "clients", "app"),
    Kind.FRAMEWORK: ("plan.py", "inside", "frameworks"),
    Kind.MIDDLEWARE: ("plan.py", "inside", "middleware"),
}


def probes_digest(kind: Kind, folder: Path = HERE) -> str:
    """Of the texts of all probes of a kind, and of what they are built on."""
    digest = hashlib.sha256()
    for name in DECIDES[kind]:
        path = folder / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def key_of(subject: Subject, installed: Mapping[str, str], python: str, probes: str) -> str:
    """What a run depends on; the same key needs no new run."""
    parts = [subject.model_dump_json(), *(f"{name}=={version}" for name, version in sorted(installed.items()))]
    return hashlib.sha256("\n".join([*parts, python, probes]).encode()).hexdigest()[:16]


def judged(outcomes: Sequence[Outcome]) -> Measured:
    """What most repeats said, and in the words of the first that said so."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    most = max(counts.values())
    first = next(outcome for outcome in outcomes if counts[outcome.verdict] == most)
    return Measured(
        result=first.verdict.value,
        detail=" ".join(first.detail.split())[:500],
        repeats=tuple(outcome.verdict.value for outcome in outcomes),
    )


def measurement(  # noqa: PLR0913 - each is a fact that people are shown
    subject: Subject,
    environment: Environment,
    outcomes: Mapping[str, Sequence[Outcome]],
    *,
    day: dt.date,
    key: str,
    platform: str,
) -> Measurement:
    """Everything, also what has security weight."""
    return Measurement(
        subject=subject.subject,
        entry=subject.entry,
        title=subject.title,
        default=subject.default,
        version=environment.installed.get(subject.package, ""),
        requirements=subject.install,
        options=subject.options if isinstance(subject, ServerSubject) else (),
        installed=environment.installed,
        python=environment.python,
        platform=platform,
        measured=day,
        key=key,
        results={name: judged(several) for name, several in sorted(outcomes.items())},
    )


def shown(probes: Iterable[Probe[Any]]) -> dict[str, Asked]:
    """The probes as people are told of them."""
    return {
        probe.id: Asked(
            title=probe.title,
            level=probe.level.value,
            how=probe.how,
            source=probe.source.label if probe.source else "",
            url=probe.source.url if probe.source else "",
            claim=probe.claim,
            sensitive=probe.sensitive,
        )
        for probe in probes
    }
