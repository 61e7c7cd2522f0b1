"""Refuses to believe a day on which much of the web fails at once: then it is our own connection that fails."""

from collections import defaultdict
from collections.abc import Mapping

from scripts.facts.links.judge import Day, Finding
from scripts.facts.links.public import host_of
from scripts.facts.links.state import Links, Verdict

MOST_FAILING = 0.2
FEWEST_HOSTS = 5  # of fewer, nothing follows
_FINE = {Verdict.OK, Verdict.MOVED}


def refusal(known: Links, found: Mapping[str, Finding]) -> str | None:
    """Why the findings must not be written; None if they may."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in found:
        by_host[host_of(url)].append(url)
    failing = sorted(host for host, urls in by_host.items() if _fails(urls, known, found))
    if len(by_host) < FEWEST_HOSTS or len(failing) <= MOST_FAILING * len(by_host):
        return None
    text = f"{len(failing)} of {len(by_host)} hosts fail at once, {failing[0]} among them: the outside is broken"
    return f"{text}. Nothing was written. Look whether this machine reaches the web, then run again."


def _fails(urls: list[str], known: Links, found: Mapping[str, Finding]) -> bool:
    """Whether nothing at a host answers that answered before, or was never asked."""
    if any(found[url].day in {Day.OK, Day.MOVED} for url in urls):
        return False
    was_fine = any(url in known and known[url].verdict in _FINE for url in urls)
    if all(found[url].day is Day.BLOCKED for url in urls):  # some hosts block robots from the first day on
        return was_fine
    return was_fine or any(url not in known for url in urls)
