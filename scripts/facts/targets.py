"""What has to be asked for which entries: repositories by forge, and distributions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scripts.catalogue.load import Listing
from scripts.catalogue.models import Software

GITHUB, GITLAB, FORGEJO = "github", "gitlab", "forgejo"
# Hosts whose forge we know how to ask. An entry elsewhere has no forge facts, and that is no error.
HOSTS = {"github.com": GITHUB, "gitlab.com": GITLAB, "codeberg.org": FORGEJO}


@dataclass(frozen=True, slots=True)
class Targets:
    """By forge and name, and by distribution, the slugs of the entries that want to know."""

    repositories: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def targets_of(listings: Iterable[Listing]) -> Targets:
    """The targets of some entries. Components have none: they live with their package."""
    repositories: dict[str, defaultdict[str, list[str]]] = {forge: defaultdict(list) for forge in HOSTS.values()}
    packages: defaultdict[str, list[str]] = defaultdict(list)
    for listing in listings:
        entry = listing.entry
        if not isinstance(entry, Software):
            continue
        if place := forge_of(entry.repository):
            forge, name = place
            repositories[forge][name].append(listing.slug)
        if entry.package:
            packages[entry.package].append(listing.slug)
    return Targets(
        {forge: {name: tuple(slugs) for name, slugs in sorted(found.items())} for forge, found in repositories.items()},
        {name: tuple(slugs) for name, slugs in sorted(packages.items())},
    )


def forge_of(url: str | None) -> tuple[str, str] | None:
    """The forge of an address and the name there: ``owner/name`` on GitHub, ``host/owner/name`` elsewhere."""
    host, _, path = (url or "").removeprefix("https://").partition("/")
    forge = HOSTS.get(host.casefold().removeprefix("www."))
    if forge is None or not path:
        return None
    return forge, path if forge == GITHUB else f"{host.casefold()}/{path}"


def address_of(forge: str, name: str) -> str:
    """The address of a repository: ``forge_of`` the other way round."""
    return f"https://github.com/{name}" if forge == GITHUB else f"https://{name}"
