"""Where each entry stands in the stack, and how strongly its tile is shaded by each of the facts."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scripts.catalogue.scope import ANY
from scripts.catalogue.vocabularies import Layer, Term
from scripts.view.activity import Activity, months_before
from scripts.view.rows import SoftwareRow, View

UNKNOWN = 0
_ACTIVITIES = {Activity.ENDED: 1, Activity.DORMANT: 2, Activity.QUIET: 3, Activity.ACTIVE: 4}
_STARS = (100, 1_000, 10_000)
_RELEASE_MONTHS = (36, 12, 3)
_AGE_MONTHS = (12, 36, 72)


@dataclass(frozen=True, slots=True)
class Shade:
    """A fact to shade tiles by. ``level`` is from 1 to 4, or 0 where the fact is not known; ``words`` says what each
    level means, 0 first, and is empty for a level that does not occur.
    """

    id: str
    title: str
    words: Sequence[str]
    level: Callable[[SoftwareRow, dt.date], int]


def layers(view: View) -> Iterator[tuple[Layer, Sequence[tuple[Term, Sequence[SoftwareRow]]]]]:
    """The software by layer and category, in the order of the vocabularies, empty ones left out."""
    terms = view.vocabularies
    for layer in terms.layers.values():
        found = [
            (term, [row for row in members if isinstance(row, SoftwareRow)])
            for kind in terms.kinds.values()
            for term, members in view.groups(kind, view.of_kind(kind.id))
            if terms.layer_of(kind.id, term.id) == layer.id
        ]
        if found:
            yield layer, found


def _activity(row: SoftwareRow, _: dt.date) -> int:
    return _ACTIVITIES.get(row.activity, UNKNOWN)


def _stars(row: SoftwareRow, _: dt.date) -> int:
    return 1 + sum(row.stars.count >= least for least in _STARS) if row.stars else UNKNOWN


def _release(row: SoftwareRow, as_of: dt.date) -> int:
    day = row.released
    return 1 + sum(day >= months_before(as_of, months) for months in _RELEASE_MONTHS) if day else UNKNOWN


def _age(row: SoftwareRow, as_of: dt.date) -> int:
    day = row.first_sign
    return 1 + sum(day <= months_before(as_of, months) for months in _AGE_MONTHS) if day else UNKNOWN


def _works(row: SoftwareRow, _: dt.date) -> int:
    if not row.entry.works_with:
        return UNKNOWN
    return 4 if ANY in row.entry.works_with else 2


SHADES = (
    Shade("activity", "Activity", ("unknown", "ended", "dormant", "quiet", "active"), _activity),
    Shade("stars", "Stars", ("unknown", "fewer than 100", "100 to 999", "1,000 to 9,999", "10,000 or more"), _stars),
    Shade(
        "release",
        "Last release",
        ("unknown", "more than 3 years ago", "1 to 3 years ago", "3 to 12 months ago", "within 3 months"),
        _release,
    ),
    Shade("age", "Age", ("unknown", "less than a year", "1 to 3 years", "3 to 6 years", "6 years or more"), _age),
    Shade("works", "Works with", ("not stated", "", "named frameworks only", "", "any ASGI application"), _works),
)
