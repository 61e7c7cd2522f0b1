"""Proposes new addresses as an edit of entries that keeps their comments and their order."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from scripts.facts.links.places import Place
from scripts.facts.links.state import Link, Verdict
from scripts.facts.renames import edited, proposal
from scripts.facts.targets import forge_of


def proposals(root: Path, found: Iterable[tuple[Place, Link]]) -> Iterator[str]:
    """A unified diff for each entry with addresses that should be others. Raises OSError."""
    by_path: dict[str, list[tuple[Place, str]]] = {}
    for place, link in found:
        if address := replacement(place, link):
            by_path.setdefault(place.listing.path, []).append((place, address))
    for path, changes in sorted(by_path.items()):
        before = (root / path).read_text(encoding="utf-8")
        after = edited(before, {place.location: address for place, address in changes})
        yield proposal(path, before, after)


def replacement(place: Place, link: Link) -> str | None:
    """What an entry should link instead: the new address, or an archived copy of a publication that is gone."""
    if not link.needs_human:
        return None
    if link.verdict is Verdict.GONE:
        return link.archived if is_publication(place) else None
    if link.verdict is not Verdict.MOVED or not link.to or is_followed_by_facts(place):
        return None
    fragment = urlsplit(place.url).fragment
    return link.to if urlsplit(link.to).fragment or not fragment else f"{urldefrag(link.to).url}#{fragment}"


def is_publication(place: Place) -> bool:
    return place.listing.kind == "publication" and place.location == ("url",)


def is_followed_by_facts(place: Place) -> bool:
    """A renamed repository takes its facts and its former name along, which ``enrich --fix`` knows how to do."""
    return place.location == ("repository",) and forge_of(place.url) is not None
