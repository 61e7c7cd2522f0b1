"""Checks addresses: HEAD, then GET where HEAD is refused, odd or says too little; hosts side by side."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

from scripts.facts.links.ask import Asker
from scripts.facts.links.judge import Day, Finding, is_settled, judge
from scripts.facts.links.public import host_of
from scripts.facts.links.state import Link, Links
from scripts.facts.links.traces import Page, Sort, Trace, Trouble
from scripts.facts.links.turns import ClosedError
from scripts.facts.targets import HOSTS

READ_EVERY = 28  # days: in between, a page that answers HEAD need not be read again
_UNANSWERED = {Sort.CONNECTION, Sort.SILENCE, Sort.BROKEN}


async def findings(
    asker: Asker, urls: Sequence[str], known: Links, today: dt.date
) -> AsyncIterator[tuple[str, Finding]]:
    """What was found, as it is found. An address whose host wants to be left in peace is missing.

    Those that were not asked for longest come first, so that a host that limits us is seen whole after some runs.
    """
    order = sorted(urls, key=lambda url: (known[url].observed if url in known else dt.date.min, url))

    async def one(url: str) -> tuple[str, Finding | None]:
        return url, await look(asker, url, known.get(url), today)

    tasks = [asyncio.ensure_future(one(url)) for url in order]
    try:
        for task in asyncio.as_completed(tasks):
            url, finding = await task
            if finding:
                yield url, finding
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def look(asker: Asker, url: str, known: Link | None, today: dt.date) -> Finding | None:
    """What an address is today; None if its host is not to be asked again today."""
    try:
        trace = await asker.trace("HEAD", url)
    except ClosedError:
        return None
    finding = judge(trace)
    if is_settled(finding, trace) and not _wants_reading(trace, known, today):
        return finding
    try:
        second = await asker.trace("GET", url)
        if isinstance(second.end, Trouble) and second.end.sort in _UNANSWERED and isinstance(trace.end, Page):
            second = await asker.trace("GET", url)
    except ClosedError:
        return finding
    return finding if _is_hindered(second) and _is_plain(finding) else judge(second)


def _is_hindered(trace: Trace) -> bool:
    """Whether a GET came to nothing that speaks of the page, so that a plain yes to HEAD stands."""
    finding = judge(trace)
    answered = isinstance(trace.end, Page) and 200 <= trace.end.status < 300  # a wall: HEAD met it, too
    return finding.day in {Day.TROUBLE, Day.BLOCKED} and not finding.doubt and not answered


def _is_plain(finding: Finding) -> bool:
    return finding.day is Day.OK and not finding.doubt


def _wants_reading(trace: Trace, known: Link | None, today: dt.date) -> bool:
    """Whether an answer must be read to be believed. Forges say 404 where they mean it; others may say 200."""
    if urlsplit(trace.final).hostname in HOSTS or not isinstance(trace.end, Page):
        return False
    if trace.end.content_type not in {"", "text/html", "application/xhtml+xml"}:
        return False
    return known is None or known.read is None or (today - known.read).days >= READ_EVERY


def hosts_of(urls: Sequence[str]) -> set[str]:
    return {host_of(url) for url in urls}
