"""Where people and machines say different things about an entry. Facts never override people: somebody has to look."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Software
from scripts.catalogue.problems import Problem
from scripts.facts.echo import repeats
from scripts.facts.models import RepositoryFacts
from scripts.facts.store import Facts


def disagreements(listings: Iterable[Listing], facts: Facts) -> Iterator[Problem]:
    """Licences, endings and addresses that do not fit what was observed."""
    software = [(listing, listing.entry) for listing in listings if isinstance(listing.entry, Software)]
    shared = Counter(comparable(entry.repository) for _, entry in software if entry.repository)
    for listing, entry in software:
        yield from _echo(listing, entry, facts)
        repository = facts.of_repository(entry.repository)
        if repository is None:
            yield from _license(listing, entry, facts, None)
            continue
        yield from _moved(listing, entry, repository)
        yield from _ended(listing, entry, repository)
        alone = shared[comparable(entry.repository or "")] == 1  # else the licence may be another part's
        yield from _license(listing, entry, facts, repository.license if alone else None)


def _echo(listing: Listing, entry: Software, facts: Facts) -> Iterator[Problem]:
    package = facts.packages.get(entry.package or "")
    if package and repeats(entry.description, tuple(package.summary.split())):
        text = "`description` has six words in a row of the package's own summary. Write it in your own words."
        yield listing.document.problem(("description",), text)


def _moved(listing: Listing, entry: Software, seen: RepositoryFacts) -> Iterator[Problem]:
    if seen.url and comparable(seen.url) != comparable(entry.repository or ""):
        text = f"`repository` moved to {seen.url} ({seen.source}, {seen.observed})."
        advice = "Write that address and keep the old name in `formerly`: `make enrich-fix` does it."
        yield listing.document.problem(("repository",), f"{text} {advice}")


def _ended(listing: Listing, entry: Software, seen: RepositoryFacts) -> Iterator[Problem]:
    status = entry.status
    if status is None or seen.archived is None:
        return
    if status.state == "active" and seen.archived:
        text = f"`status` says active, but {seen.source} has it as archived ({seen.observed}). Correct the status."
        yield listing.document.problem(("status", "state"), text)
    if status.state == "archived" and not seen.archived and comparable(status.source) == comparable(seen.url or ""):
        text = f"`status` says archived, but {seen.source} has it as open ({seen.observed}). Correct the status."
        yield listing.document.problem(("status", "state"), text)


def _license(listing: Listing, entry: Software, facts: Facts, forge: str | None) -> Iterator[Problem]:
    package = facts.packages.get(entry.package or "")
    index = package.license if package else None
    said = [license_ for license_ in (index, forge) if license_]
    if entry.license and said and all(license_ == entry.license for license_ in said):
        yield listing.document.problem(("license",), "`license` repeats what machines found. Remove the line.")
    if not entry.license and index and forge and not compatible(index, forge):
        text = f"The package index says {index}, the forge says {forge}. Look into the repository and write `license`."
        yield listing.document.problem((), text)


def compatible(index: str, forge: str) -> bool:
    """Whether a forge, which finds one licence file and no "or later", may mean what the index says."""
    return _family(forge) in {_family(part) for part in re.split(r" (?:AND|OR|WITH) |[()]", index)}


def _family(license_: str) -> str:
    return re.sub(r"-only$|-or-later$|\+$", "", license_.strip())
