"""What the rules look at: every entry, by slug and by sort, with the vocabularies and the day."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication, Software
from scripts.catalogue.vocabularies import Vocabularies

ANY = "any"  # in `works_with`: every ASGI application


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rules look at. ``today`` is the day that dates may not lie after.

    ``claimed`` are the slugs of files that have a problem of shape or of name. A reference to them is no second one.
    """

    listings: tuple[Listing, ...]
    by_slug: Mapping[str, Listing]
    claimed: frozenset[str]
    vocabularies: Vocabularies
    today: dt.date

    def software(self) -> Iterator[tuple[Listing, Software]]:
        for listing in self.listings:
            if isinstance(listing.entry, Software):
                yield listing, listing.entry

    def publications(self) -> Iterator[tuple[Listing, Publication]]:
        for listing in self.listings:
            if isinstance(listing.entry, Publication):
                yield listing, listing.entry

    def sentences(self) -> Iterator[tuple[Listing, str, str, str]]:
        """Each entry with its sentence: the field, the sentence, and the name that it belongs to."""
        for listing, entry in self.software():
            yield listing, "description", entry.description, entry.name
        for listing, publication in self.publications():
            yield listing, "summary", publication.summary, publication.title


def as_slug(name: str) -> str:
    """The slug that a name suggests."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "a-name"
