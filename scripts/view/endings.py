"""How projects ended, and the last sign of life of those that sleep: each with its date and source."""

import datetime as dt
from dataclasses import dataclass

from scripts.view.activity import Activity
from scripts.view.rows import SoftwareRow, View


@dataclass(frozen=True, slots=True)
class Ending:
    """``since`` is a year, month or day, as exact as the source says; ``page`` the address that shows it.

    ``source`` names the machine's source, and is None where a human noted it from the page.
    """

    row: SoftwareRow
    since: str | None
    reason: str
    page: str | None
    source: str | None
    noted: dt.date


@dataclass(frozen=True, slots=True)
class Sign:
    """The newest thing known of a project, with the day and source that it was read from."""

    what: str
    day: dt.date
    observed: dt.date
    source: str


def endings(view: View) -> list[Ending]:
    """Of all projects that ended; the last to end first, those whose date nobody knows at the end."""
    found = [_ending(row, view) for row in view.software if row.activity is Activity.ENDED]
    return sorted(found, key=lambda ending: ending.since or "", reverse=True)


def _ending(row: SoftwareRow, view: View) -> Ending:
    """A human's word, else the forge's."""
    if status := row.entry.status or row.home.status:
        return Ending(row, status.since, status.reason, status.source, None, row.home.added)
    repository = row.repository
    if repository is None:
        raise ValueError(f"{row.slug} ended, and neither an entry nor a forge says so")
    noticed = [event.date for event in view.history(row.slug) if event.event == "archived"]
    since = max(noticed).isoformat() if noticed else None
    reason = f"The forge shows its repository as archived{', noticed on that day' if noticed else ''}."
    return Ending(row, since, reason, row.home.repository, repository.source, repository.observed)


def dormant(view: View) -> list[tuple[SoftwareRow, Sign]]:
    """Projects that sleep, each with its last sign; the newest sign first."""
    found = [
        (row, sign)
        for row in view.software
        if row.activity is Activity.DORMANT and (sign := last_sign(row)) is not None
    ]
    return sorted(found, key=lambda pair: pair[1].day, reverse=True)


def last_sign(row: SoftwareRow) -> Sign | None:
    """The newer one of the last release and the last commit."""
    package, repository = row.package, row.repository
    signs = []
    if package and package.last_release:
        signs.append(Sign("release", package.last_release, package.observed, package.source))
    if repository and repository.last_commit:
        signs.append(Sign("commit", repository.last_commit, repository.observed, repository.source))
    return max(signs, key=lambda sign: sign.day, default=None)
