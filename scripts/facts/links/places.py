"""Which addresses entries hold, each once, and where."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag

from scripts.catalogue.document import Location, Value, dotted
from scripts.catalogue.load import Listing

# It quotes the metadata of a distribution that is known to be wrong: nobody follows it, and nothing is to be mended.
QUOTED = "package_repository"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands: ``url`` as written, with its fragment."""

    listing: Listing
    location: Location
    url: str

    @property
    def field(self) -> str:
        """As people write it: ``status.source``."""
        return dotted(self.location)


def places_of(listings: Iterable[Listing]) -> Mapping[str, tuple[Place, ...]]:
    """The places of every address. Addresses are without fragment, which no server ever sees."""
    found: dict[str, list[Place]] = {}
    for listing in listings:
        for location, url in _addresses(listing.document.value, ()):
            found.setdefault(urldefrag(url).url, []).append(Place(listing, location, url))
    return {url: tuple(places) for url, places in sorted(found.items())}


def _addresses(value: "Value | None", location: Location) -> Iterator[tuple[Location, str]]:
    """Every text that is an address, whatever its field is called."""
    match value:
        case dict():
            for key, item in value.items():
                if key != QUOTED:
                    yield from _addresses(item, (*location, key))
        case list():
            for number, item in enumerate(value):
                yield from _addresses(item, (*location, number))
        case str() if value.startswith("https://"):
            yield location, value
