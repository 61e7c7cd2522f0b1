"""What the lab measured, in the words of pages (docs/decisions/0011-what-the-lab-says.md)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeAlias

from scripts.facts.disputes import Dispute
from scripts.facts.lab import KINDS, Asked, Kind, Level, Measurement, Verdict
from scripts.facts.measured import LabFacts
from scripts.facts.reported import Report
from scripts.facts.security import WITHHELD, held_back, is_finding

LabKind: TypeAlias = Kind  # for pages, which know the facts by what stands here
Probe: TypeAlias = Asked
Said: TypeAlias = Literal[Verdict, "held"]
SHEETS = KINDS

# By the first part of a probe's id, in the order of pages.
GROUPS = {
    "http1": "HTTP/1.1",
    "http2": "HTTP/2",
    "http3": "HTTP/3",
    "http": "HTTP",
    "streaming": "Streaming",
    "websocket": "WebSocket",
    "lifespan": "Lifespan",
    "scope": "The scope",
    "protocol": "Unknown protocols",
    "disconnect": "Disconnects",
    "errors": "Errors of the application",
    "extensions": "Extensions",
    "context": "Context variables",
    "middleware": "Middleware",
    "mount": "Mounted applications",
    "openapi": "OpenAPI",
    "concurrency": "Event loops",
    "tls": "TLS",
    "process": "Process and shutdown",
    "security": "Malformed and hostile requests",
    "server": "Behind a server",
    "package": "The package",
    "overhead": "Overhead",
}
LEVELS = {
    "must": "required by the specification",
    "should": "recommended by the specification",
    "claim": "optional, binding for whoever claims it",
    "policy": "left open by the specification, never a fault",
}
_HELD = (
    "At least one of its {} answers with security weight ({}) deviates from what is asked. It is not said which before"
    " that is public."
)


class Mark(StrEnum):
    """What a cell says."""

    YES = "yes"
    NO = "no"
    DEVIATES = "deviates"
    ABSENT = "absent"
    UNDECIDED = "undecided"
    HELD = "held"


WORDS = {
    Mark.YES: "yes",
    Mark.NO: "no",
    Mark.DEVIATES: "deviates",
    Mark.ABSENT: "not supported",
    Mark.UNDECIDED: "could not be decided",
    Mark.HELD: "held back",
}
MEANINGS = {
    Mark.YES: "Measured as the probe says.",
    Mark.NO: "Required by the specification, or claimed by the project, and measured otherwise.",
    Mark.DEVIATES: "Recommended by the specification, and measured otherwise.",
    Mark.ABSENT: "Not there. Nobody requires it, and the project does not claim it, so it is no fault.",
    Mark.UNDECIDED: "The probe could not tell.",
    Mark.HELD: "One or more of several answers with security weight deviates; which, is told once that is public.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer. ``detail`` is what may be shown of it."""

    probe: str
    mark: Mark
    detail: str
    level: Level
    result: Said
    flaky: bool = False
    dispute: Dispute | None = None
    report: Report | None = None

    @property
    def word(self) -> str:
        return WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured in one configuration."""

    kind: Kind
    record: Measurement
    cells: Mapping[str, Cell]

    @property
    def name(self) -> str:
        return self.record.title


@dataclass(frozen=True, slots=True)
class Group:
    """Probes under one title."""

    id: str
    title: str
    probes: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything of one kind: probes in the order of pages, and subjects by name, those that ran before the others."""

    kind: Kind
    probes: Mapping[str, Asked]
    subjects: tuple[Subject, ...]

    @property
    def measured(self) -> tuple[Subject, ...]:
        """Those of which something could be measured."""
        return tuple(one for one in self.subjects if one.cells)

    @cached_property
    def groups(self) -> Sequence[Group]:
        """Probes that somebody was asked, by group."""
        asked = {probe for one in self.subjects for probe in one.cells}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for probe in self.probes:
            if probe in asked:
                found[group_of(probe)].append(probe)
        order = sorted(found, key=lambda name: [*GROUPS, name].index(name))
        return tuple(Group(name, GROUPS.get(name, name.capitalize()), tuple(found[name])) for name in order)

    @cached_property
    def same(self) -> frozenset[str]:
        """Probes that everybody answers alike, beyond doubt; none where nobody is there to compare with."""
        if len(self.measured) < 2:
            return frozenset()
        return frozenset(probe for probe in self.probes if self._alike(probe))

    @cached_property
    def twins(self) -> frozenset[str]:
        """Configurations that differ in nothing that is shown from another of the same entry, the default first."""
        seen: set[object] = set()
        found = []
        for one in sorted(self.measured, key=lambda one: not one.record.default):
            said = frozenset((name, cell.mark, cell.flaky, cell.dispute) for name, cell in one.cells.items())
            if (one.record.entry, said) in seen:
                found.append(one.record.subject)
            seen.add((one.record.entry, said))
        return frozenset(found)

    def _alike(self, probe: str) -> bool:
        cells = [one.cells.get(probe) for one in self.measured]
        known = [cell for cell in cells if cell]
        doubted = any(cell.flaky or cell.dispute or cell.mark is Mark.HELD for cell in known)
        return len(known) == len(cells) and not doubted and len({cell.mark for cell in known}) == 1


class LabView:
    """All of it."""

    def __init__(self, facts: LabFacts) -> None:
        self._facts = facts

    @cached_property
    def sheets(self) -> Mapping[Kind, Sheet]:
        """By kind; one that nobody measured is empty."""
        return {kind: self._sheet(kind) for kind in KINDS}

    def of_entry(self, slug: str) -> Sequence[tuple[Sheet, Sequence[Subject]]]:
        """What was measured of an entry: its variants by kind, defaults first."""
        return self._by_entry.get(slug, ())

    @cached_property
    def _by_entry(self) -> Mapping[str, Sequence[tuple[Sheet, Sequence[Subject]]]]:
        found: defaultdict[str, list[tuple[Sheet, Sequence[Subject]]]] = defaultdict(list)
        for sheet in self.sheets.values():
            of_kind: defaultdict[str, list[Subject]] = defaultdict(list)
            for one in sheet.subjects:
                of_kind[one.record.entry].append(one)
            for slug, several in of_kind.items():
                found[slug].append((sheet, sorted(several, key=lambda one: not one.record.default)))
        return found

    def _sheet(self, kind: Kind) -> Sheet:
        probes = self._facts.lab.probes.get(kind, {})
        order = sorted(probes, key=lambda probe: ([*GROUPS, group_of(probe)].index(group_of(probe)), probe))
        subjects = [
            Subject(kind, record, {cell.probe: cell for cell in self._cells(record, probes)})
            for record in self._facts.lab.measurements.get(kind, ())
        ]
        subjects.sort(key=lambda one: (not one.cells, one.name.casefold(), one.record.subject))
        return Sheet(kind, {probe: probes[probe] for probe in order}, tuple(subjects))

    def _cells(self, record: Measurement, probes: Mapping[str, Asked]) -> Iterator[Cell]:
        """The answers to probes that there still are."""
        reports, disputes = self._facts.reports, self._facts.disputes
        held = held_back(record, probes, reports.published(record.entry))
        notice = f"{_held(held)} {_told(reports.pending(record.entry))}"
        for probe, measured in record.results.items():
            asked = probes.get(probe)
            dispute = disputes.get((record.subject, probe))
            if asked is None:
                continue
            if probe in held:
                yield Cell(probe, Mark.HELD, notice, asked.level, "held", dispute=dispute)
                continue
            report = reports.about(record.entry, probe) if is_finding(asked, measured) else None
            detail = f"{WITHHELD} {_told(report)}" if report else measured.detail
            mark = mark_of(asked.level, measured.result)
            yield Cell(probe, mark, detail, asked.level, measured.result, measured.flaky, dispute, report)


def mark_of(level: Level, result: Verdict) -> Mark:
    """A word for people. What a specification leaves open is never a fault."""
    if result == "fail":
        return {"must": Mark.NO, "claim": Mark.NO, "should": Mark.DEVIATES, "policy": Mark.ABSENT}[level]
    return {"pass": Mark.YES, "unsupported": Mark.ABSENT, "error": Mark.UNDECIDED}[result]


def _held(probes: Collection[str]) -> str:
    """That something was found, and about what."""
    groups = {group_of(probe) for probe in probes}
    return _HELD.format(len(probes), ", ".join(title for group, title in GROUPS.items() if group in groups))


def _told(report: Report | None) -> str:
    return f"The project was told on {report.reported}." if report else "The project has not been told yet."


def group_of(probe: str) -> str:
    return probe.partition(".")[0]
