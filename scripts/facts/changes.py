"""What happened: one line for each event, appended to ``data/facts/changes.jsonl`` and never changed."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from pydantic import ConfigDict, Field, ValidationError

from scripts.catalogue.disk import replace
from scripts.catalogue.load import Listing
from scripts.catalogue.problems import Problem
from scripts.facts.models import PackageFacts, Record, RepositoryFacts, Strict
from scripts.facts.store import Facts
from scripts.facts.targets import Targets

PATH = PurePosixPath("data/facts/changes.jsonl")
Name: TypeAlias = Literal[
    "added", "released", "renamed", "archived", "unarchived", "license", "vulnerable", "gone", "back"
]


class Event(Strict):
    """Something that happened to an entry, with the value before and after."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    date: dt.date = Field(description="The day on which it was noticed; for `added`, the day of the entry.")
    event: Name
    entry: str = Field(description="The slug.")
    before: str | None = Field(default=None, alias="from")
    after: str | None = Field(default=None, alias="to")

    def line(self) -> str:
        return json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False) + "\n"

    def happening(self) -> tuple[str, str, str | None, str | None]:
        """What happened, whenever it was noticed."""
        return self.event, self.entry, self.before, self.after


def load_changes(root: Path) -> tuple[list[Event], list[Problem]]:
    """Reads the file; no file yet is nothing that happened yet."""
    events: list[Event] = []
    try:
        text = (root / PATH).read_text(encoding="utf-8")
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(str(PATH), 1, 1, f"Cannot be read ({type(error).__name__}). {_REMEDY}")]
    for number, line in enumerate(text.splitlines(), 1):
        try:
            events.append(Event.model_validate_json(line))
        except ValidationError as error:
            return [], [Problem(str(PATH), number, 1, f"This is no event: {error.errors()[0]['msg']}. {_REMEDY}")]
    return events, []


_REMEDY = f"Restore the file: `git checkout -- {PATH}`."


def append_changes(root: Path, known: Iterable[Event], new: Iterable[Event]) -> list[Event]:
    """Adds events that are not there yet, and says which. Raises OSError, and then the file is as it was.

    An event whose refresh was killed before its facts were written is noticed again; it is not written twice.
    """
    last = {(event.entry, event.event): event.happening() for event in known}
    fresh = [event for event in new if last.get((event.entry, event.event)) != event.happening()]
    if fresh:
        target = root / PATH
        old = target.read_bytes() if target.exists() else b""
        replace(root, PATH, old + "".join(event.line() for event in fresh).encode("utf-8"), durable=True)
    return fresh


def additions(listings: Iterable[Listing], known: Iterable[Event]) -> Iterator[Event]:
    """An event for each entry that has none yet."""
    noted = {event.entry for event in known if event.event == "added"}
    for listing in listings:
        if listing.slug not in noted:
            yield Event(date=listing.entry.added, event="added", entry=listing.slug, before=None, after=listing.kind)


def differences(targets: Targets, old: Facts, new: Facts, today: dt.date) -> Iterator[Event]:
    """What happened between two states of the facts. What was not known before cannot have changed."""
    for name, slugs in targets.packages.items():
        yield from _each(slugs, _package(old.packages.get(name), new.packages.get(name)), today)
    for forge, names in targets.repositories.items():
        before, after = old.forges.get(forge, {}), new.forges.get(forge, {})
        for name, slugs in names.items():
            yield from _each(slugs, _repository(name, before.get(name), after.get(name)), today)


Change: TypeAlias = tuple[Name, str | None, str | None]


def _each(slugs: Iterable[str], changes: Iterable[Change], today: dt.date) -> Iterator[Event]:
    for event, before, after in changes:
        for slug in slugs:
            yield Event(date=today, event=event, entry=slug, before=before, after=after)


def _package(old: PackageFacts | None, new: PackageFacts | None) -> Iterator[Change]:
    if old is None or new is None:
        return
    yield from _presence(old, new)
    if old.version and new.version and old.version != new.version:
        yield "released", old.version, new.version
    yield from _license(old.license, new.license)
    known = {found.id for found in old.vulnerabilities}
    if fresh := [found.id for found in new.vulnerabilities if found.id not in known]:
        yield "vulnerable", ", ".join(sorted(known)) or None, ", ".join(fresh)


def _repository(key: str, old: RepositoryFacts | None, new: RepositoryFacts | None) -> Iterator[Change]:
    if old is None or new is None:
        return
    yield from _presence(old, new)
    name = old.name or (key if key.count("/") == 1 else key.partition("/")[2])
    if new.name and name.casefold() != new.name.casefold():
        yield "renamed", name, new.name
    if old.archived is not None and new.archived is not None and old.archived != new.archived:
        yield ("archived" if new.archived else "unarchived"), None, new.name
    yield from _license(old.license, new.license)


def _license(old: str | None, new: str | None) -> Iterator[Change]:
    if old and new and old != new:
        yield "license", old, new


def _presence(old: Record, new: Record) -> Iterator[Change]:
    if bool(old.gone) != bool(new.gone):
        yield ("gone" if new.gone else "back"), _text(old.gone), _text(new.gone)


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# In the order of a subject line: what needs a look comes first.
_TOLD: tuple[Name, ...] = (
    "vulnerable",
    "gone",
    "archived",
    "renamed",
    "license",
    "back",
    "unarchived",
    "released",
    "added",
)


def subject(events: Iterable[Event]) -> str:
    """What happened, as the subject of a commit: counts only, so that nothing from outside gets into it."""
    counts = Counter(event.event for event in events)
    words = {"license": "relicensed"}
    told = [f"{counts[name]} {words.get(name, name)}" for name in _TOLD if counts[name]]
    kept = told[:3] if len(told) <= 3 else [*told[:2], "more"]
    return f"facts: {', '.join(kept) or 'nothing happened'}"


def by_entry(events: Iterable[Event]) -> Mapping[str, list[Event]]:
    """The events of each entry, in the order of the file."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.entry, []).append(event)
    return found
