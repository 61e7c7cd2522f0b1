"""The report on candidates: one line to judge each by, and what to type for it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from scripts.render.issue import bounded, literal
from scripts.render.markdown import link, plural
from scripts.view.candidates import Promise, Proposal

MARKER = "<!-- candidates -->"  # by which a workflow finds the issue that it wrote before
HEADINGS = {
    Promise.SEVERAL: "Found in several places",
    Promise.SAYS_SO: "They say ASGI, or the name of a framework",
    Promise.ONE: "Found in one place",
    Promise.SLEEPS: "Archived, or no commit for three years",
    Promise.COPY: "Forks",
}
HOW = (
    "Take one: `python -m scripts.new ADDRESS`. Leave one out for good: add it to `data/declined.yml` with the reason."
    " Or do nothing: what stands here is not shown again."
)
MOST_SHOWN = 140  # characters of a description
MOST_PLACES = 4


def candidates_report(
    found: Sequence[tuple[Promise, Proposal]], notes: Sequence[str], today: dt.date, asked: str
) -> str:
    """As the body of one issue. ``notes`` say what could not be asked, ``asked`` how much was."""
    return bounded(lambda most: "".join(_report(found, notes, today, asked, most)))


def _report(
    found: Sequence[tuple[Promise, Proposal]], notes: Sequence[str], today: dt.date, asked: str, most: int
) -> Iterator[str]:
    count = plural(len(found), "candidate")
    yield f"{MARKER}\n{count} on {today}, after {asked}"
    yield f"\n\n{HOW if found else 'Nothing new.'}\n"
    for promise, members in groupby(found, key=lambda pair: pair[0]):
        listed = [proposal for _, proposal in members]
        yield f"\n### {HEADINGS[promise]} ({len(listed)})\n\n"
        yield from (_line(proposal) for proposal in listed[:most])
        if len(listed) > most:
            yield f"- … and {len(listed) - most:,} more\n"
    if notes:
        yield "\n### What could not be asked\n\n"
        yield from (f"- {literal(note)}\n" for note in notes[:most])


def _line(proposal: Proposal) -> str:
    remote = proposal.remote
    facts = [f"{remote.stars:,} stars", f"pushed {remote.pushed}" if remote.pushed else "empty"]
    facts += ["archived"] * remote.archived + ["fork"] * remote.fork
    places = [literal(place) for place in proposal.places[:MOST_PLACES]]
    more = len(proposal.places) - MOST_PLACES
    found = "; ".join(places) + (f"; {more} more" if more > 0 else "")
    said = f" “{literal(remote.description, MOST_SHOWN)}”" if remote.description else ""
    same = f" **Has the name of the package of `{proposal.namesake}`.**" if proposal.namesake else ""
    name = link(remote.name, f"https://github.com/{remote.name}")
    return f"- [ ] {name} ({', '.join(facts)}):{said} Found by {found}.{same}\n"
