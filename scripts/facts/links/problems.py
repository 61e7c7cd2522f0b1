"""What people are told: where an address stands, what became of it, and what to do about it."""

from collections.abc import Iterable, Iterator

from scripts.catalogue.problems import Problem, shown
from scripts.facts.links.places import Place
from scripts.facts.links.propose import is_followed_by_facts, is_publication
from scripts.facts.links.state import Link, Verdict


def problems_of(found: Iterable[tuple[Place, Link]]) -> Iterator[Problem]:
    """A problem for each place whose address needs a human."""
    for place, link in found:
        if link.needs_human:
            text = f"`{place.field}` {_text(place, link)}"
            yield place.listing.document.problem(place.location, text)


def _text(place: Place, link: Link) -> str:
    to = f" to {shown(link.to, 400)}" if link.to else ""
    match link.verdict:
        case Verdict.MOVED if is_followed_by_facts(place):
            return f"has moved for good{to}. Follow it: `python -m scripts.enrich --fix {place.listing.slug}`."
        case Verdict.MOVED:
            remedy = "Write the new address; `python -m scripts.links --propose` prints the edit."
            return f"has moved for good{to}. {remedy}"
        case Verdict.GONE:
            return f"is gone: it {link.reason}, {_since(link)}. {_instead(place, link)}"
    return f"looks wrong: it {link.reason}{f' ({shown(link.to, 400)})' if link.to else ''}. {_doubtful(place)}"


def _since(link: Link) -> str:
    if link.missing:
        return f"on {len(link.missing)} days, first on {link.missing[0]}"
    return f"since {link.trouble[0]}" if link.trouble else f"on {link.observed}"


def _instead(place: Place, link: Link) -> str:
    if is_publication(place) and link.archived:
        return f"Link the archived copy: {link.archived}"
    if place.field in {"docs", "homepage"}:
        return "Remove the line, or link what took its place."
    return "Link what took its place, or give the entry a status."


def _doubtful(place: Place) -> str:
    return f"Open it; then mend the entry, or run `python -m scripts.links --accept {place.url.partition('#')[0]}`."
