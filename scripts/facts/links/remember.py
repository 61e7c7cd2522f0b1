"""Compares one day with the days before: a verdict needs more than a bad day."""

import datetime as dt

from scripts.facts.links.judge import Day, Finding
from scripts.facts.links.state import Link, Verdict

DAYS = 3  # on so many different days a page must be missing before it is gone
LONG = 28  # and so many days must lie between the first and the last day of other trouble


def remembered(old: Link | None, finding: Finding, today: dt.date) -> Link:
    """The record after another day."""
    if finding.day in {Day.OK, Day.MOVED}:
        return _answered(old, finding, today)
    missing = old.missing if old else ()
    trouble = old.trouble if old else ()
    if finding.day is Day.MISSING:
        missing, trouble = _with(missing, today)[-DAYS:], ()  # whoever says 404 is not in trouble
    elif finding.day is Day.TROUBLE:
        days = _with(trouble, today)
        trouble = days if len(days) <= DAYS else (days[0], *days[-DAYS + 1 :])
    gone = _is_gone(missing, trouble) or (old is not None and old.verdict is Verdict.GONE)
    blocked = finding.day is Day.BLOCKED and not gone  # says that somebody is there, not that the page is
    return Link(
        observed=today,
        verdict=Verdict.GONE if gone else Verdict.BLOCKED if blocked else Verdict.FLAKY,
        reason=old.reason if old and gone and finding.day is Day.BLOCKED else finding.reason,
        to=finding.to,
        doubt=finding.doubt,
        accepted=old.accepted if old else "",
        missing=missing,
        trouble=trouble,
        read=old.read if old else None,
        archived=old.archived if old and gone else None,
    )


def _answered(old: Link | None, finding: Finding, today: dt.date) -> Link:
    return Link(
        observed=today,
        verdict=Verdict.MOVED if finding.day is Day.MOVED else Verdict.OK,
        reason=finding.reason,
        to=finding.to,
        doubt=finding.doubt,
        accepted=old.accepted if old else "",
        read=today if finding.read else old.read if old else None,
    )


def _is_gone(missing: tuple[dt.date, ...], trouble: tuple[dt.date, ...]) -> bool:
    if len(missing) >= DAYS:
        return True
    return len(trouble) >= DAYS and (trouble[-1] - trouble[0]).days >= LONG


def _with(days: tuple[dt.date, ...], today: dt.date) -> tuple[dt.date, ...]:
    return tuple(sorted({*days, today}))
