"""Whether a project is alive: a rule made of facts and a date, with a human's word before it."""

import datetime as dt
from enum import StrEnum

from scripts.catalogue.models import Status

ACTIVE_MONTHS = 12
QUIET_MONTHS = 36
ESTABLISHED_MONTHS = 24


class Activity(StrEnum):
    """In the order in which pages show them. `RULES` says when each holds."""

    ACTIVE = "active"
    QUIET = "quiet"
    UNKNOWN = "unknown"
    DORMANT = "dormant"
    ENDED = "ended"

    @property
    def alive(self) -> bool:
        return self in (Activity.ACTIVE, Activity.QUIET, Activity.UNKNOWN)


RULES: dict[Activity, str] = {
    Activity.ACTIVE: f"a release or commit within the last {ACTIVE_MONTHS} months",
    Activity.QUIET: f"the last release or commit is {ACTIVE_MONTHS} to {QUIET_MONTHS} months old; quiet is not dead",
    Activity.UNKNOWN: "no date of a release or commit is known yet",
    Activity.DORMANT: f"no release or commit for more than {QUIET_MONTHS} months",
    Activity.ENDED: "archived, superseded or abandoned, by the word of its forge or authors",
}


def activity(status: Status | None, last_sign: dt.date | None, as_of: dt.date, *, archived: bool = False) -> Activity:
    """The activity on a day. ``last_sign`` is the newest release or commit known, ``archived`` the forge's word."""
    if status is not None:
        return Activity.ACTIVE if status.state == "active" else Activity.ENDED
    if archived:
        return Activity.ENDED
    if last_sign is None:
        return Activity.UNKNOWN
    if last_sign >= months_before(as_of, ACTIVE_MONTHS):
        return Activity.ACTIVE
    if last_sign >= months_before(as_of, QUIET_MONTHS):
        return Activity.QUIET
    return Activity.DORMANT


SHOWN_STATES = {"archived": "Archived", "superseded": "Superseded", "abandoned": "Abandoned"}


def word(state: Activity, status: Status | None) -> str:
    """The activity for people; how it ended, where that is known."""
    if state is Activity.ENDED:
        return SHOWN_STATES[status.state if status else "archived"]
    return state.capitalize()


def is_established(state: Activity, first_sign: dt.date | None, as_of: dt.date) -> bool:
    """Active, and begun long enough ago. ``first_sign`` is the first release or the beginning of the repository."""
    return (
        state is Activity.ACTIVE and first_sign is not None and first_sign <= months_before(as_of, ESTABLISHED_MONTHS)
    )


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier; the last of the month where it has no such day."""
    total = day.year * 12 + day.month - 1 - months
    first = dt.date(total // 12, total % 12 + 1, 1)
    following = dt.date((total + 1) // 12, (total + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - dt.timedelta(days=1)).day))
