"""Takes outcomes into the facts: what was seen replaces what was known, and what was not seen stays."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from scripts.facts.models import PackageFacts, Record, RepositoryFacts
from scripts.facts.outcomes import Failed, Found, Gone, Outcome, Seen, Unchanged

AnyFacts = TypeVar("AnyFacts", PackageFacts, RepositoryFacts)


@dataclass(slots=True)
class Tally:
    """What came of a refresh, by name of the repository or distribution."""

    refreshed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    archived: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    reused: dict[str, str] = field(default_factory=dict)
    urls: dict[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

    def summary(self) -> str:
        """The counts in one line."""
        names = ("refreshed", "unchanged", "failed", "renamed", "archived", "gone")
        return ", ".join(f"{len(getattr(self, name))} {name}" for name in names) + self.note


def take(
    known: Mapping[str, AnyFacts], outcomes: Iterable[tuple[str, Outcome]], today: dt.date, tally: Tally
) -> dict[str, AnyFacts]:
    """The records after a refresh. ``tally`` learns what happened."""
    records = dict(known)
    for name, outcome in outcomes:
        old = records.get(name)
        new = _record(name, old, outcome, today, tally)
        if new is None:
            continue
        same = old is not None and new.model_copy(update={"observed": old.observed}) == old
        (tally.unchanged if same else tally.refreshed).append(name)
        records[name] = new
    return records


def _record(name: str, old: AnyFacts | None, outcome: Outcome, today: dt.date, tally: Tally) -> AnyFacts | None:
    """What is known after one outcome; None where that is what was known before, or nothing."""
    match outcome:
        case Seen(facts):
            return facts if _is_the_same(name, old, facts, tally) else None  # type: ignore[return-value]  # (1)
        case Found(facts, urls):
            tally.urls[name] = urls
            return facts  # type: ignore[return-value]  # (1) what was asked decides what is answered
        case Unchanged():
            return old.model_copy(update={"observed": today}) if old else None
        case Gone(reason):
            tally.gone[name] = reason
            return old.model_copy(update={"gone": old.gone or today}) if old else None
        case Failed(reason):
            tally.failed[name] = reason
    return None


def _is_the_same(name: str, old: Record | None, new: RepositoryFacts, tally: Tally) -> bool:
    """Whether a name still means the repository that it meant; notes where it went and whether it ended."""
    known = old if isinstance(old, RepositoryFacts) else None
    if known and known.id and known.id != new.id:
        tally.reused[name] = f"was {known.name or name} ({known.id}), and is another repository now ({new.id})"
        return False
    said = (new.name or name).casefold()
    if not f"/{name}".casefold().endswith(f"/{said}"):
        tally.renamed[name] = new.name or name
    if new.archived and known and not known.archived:
        tally.archived.append(name)
    return True
