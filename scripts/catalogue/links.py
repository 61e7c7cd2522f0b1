"""Which address an entry is linked by: its repository, or something of its own where it shares one."""

from collections import Counter
from collections.abc import Iterable, Mapping

from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication

CASELESS = {"github.com", "gitlab.com", "codeberg.org"}  # forges whose owners and repositories ignore case


def primary_links(listings: Iterable[Listing]) -> Mapping[str, str]:
    """The address of each entry by slug. A repository that several entries share stands for none of them."""
    listings = tuple(listings)
    shared = Counter(
        comparable(listing.entry.repository)
        for listing in listings
        if not isinstance(listing.entry, Publication) and listing.entry.repository
    )
    return {listing.slug: _link(listing, shared) for listing in listings}


def comparable(url: str) -> str:
    """A URL in the form in which two spellings of one address are equal."""
    host, slash, path = url.partition("://")[2].partition("/")
    host = host.casefold().removeprefix("www.")
    return f"{host}{slash}{path.casefold() if host in CASELESS else path}".rstrip("/")


def _link(listing: Listing, shared: Mapping[str, int]) -> str:
    entry = listing.entry
    if isinstance(entry, Publication):
        return entry.url
    if entry.repository and shared[comparable(entry.repository)] == 1:
        return entry.repository
    return entry.docs or entry.homepage or entry.evidence
