"""What happened, as people read it: what is one thing stands once, and things of one sort on one day stand together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from scripts.facts.changes import Event, Name
from scripts.view.rows import Row, View

# Of one day, what a reader must know first stands first.
ORDER: tuple[Name, ...] = (
    "vulnerable",
    "gone",
    "archived",
    "renamed",
    "license",
    "unarchived",
    "back",
    "released",
    "added",
)
_OF_REPOSITORIES = ("renamed", "archived", "unarchived")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: to one entry, or to all that share a repository."""

    day: dt.date
    name: Name
    rows: tuple[Row, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """All happenings of one sort on one day, by the name of the entry."""

    day: dt.date
    name: Name
    happenings: Sequence[Happening]


def bundles(view: View) -> list[Bundle]:
    """Everything that happened, the newest day first."""
    found = sorted(_happenings(view), key=lambda one: (one.rows[0].name.casefold(), one.rows[0].slug))
    found.sort(key=lambda one: (-one.day.toordinal(), ORDER.index(one.name)))
    return [Bundle(day, name, tuple(same)) for (day, name), same in groupby(found, key=lambda one: (one.day, one.name))]


def _happenings(view: View) -> list[Happening]:
    """Of one day, the same of one entry is one thing: its package and its repository may both have said it."""
    found: defaultdict[tuple[object, ...], dict[str, Event]] = defaultdict(dict)
    for event in view.newest_events:
        # The name of a repository tells which one it was, so entries that share it stand together.
        shared = event.event in _OF_REPOSITORIES and event.after is not None
        found[event.date, event.event, event.before, event.after, None if shared else event.entry][event.entry] = event
    return [_happening(events, view) for events in found.values()]


def _happening(events: dict[str, Event], view: View) -> Happening:
    event = next(iter(events.values()))
    rows = sorted((view.rows[slug] for slug in events), key=lambda row: row.name.casefold())
    return Happening(event.date, event.event, tuple(rows), event.before, event.after)
