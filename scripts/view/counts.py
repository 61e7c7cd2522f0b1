"""A table of numbers with what it does not tell and where it comes from: what a plot is drawn of."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Label = TypeVar("Label")


class Observed(Protocol):
    """Anything that was read on a day from a source."""

    @property
    def observed(self) -> dt.date: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Between which days the facts behind a table were read, and where."""

    first: dt.date
    last: dt.date
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One column of the table, one colour of the plot: a number for each label."""

    name: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Counts:
    """A table: ``series`` by ``labels``. It tells of ``known`` things; of ``unknown`` ones it cannot."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    known: int
    unknown: int = 0
    origin: Origin | None = None

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of the series for each label."""
        return tuple(sum(column) for column in zip(*(one.values for one in self.series), strict=True))


def series(name: str, labels: Sequence[Label], counted: Mapping[Label, int]) -> Series:
    """A series of the labels' counts; 0 where there is none."""
    return Series(name, tuple(counted.get(label, 0) for label in labels))


def origin(facts: Iterable[Observed]) -> Origin | None:
    """Where facts come from; None if there are none."""
    read = {(fact.observed, fact.source) for fact in facts}
    days = [day for day, _ in read]
    return Origin(min(days), max(days), tuple(sorted({source for _, source in read}))) if read else None
