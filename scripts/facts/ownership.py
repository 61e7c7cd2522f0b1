"""Whether a distribution belongs to the repository of its entry, by the addresses that it names itself."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from scripts.catalogue.links import CASELESS, comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Entry, Software
from scripts.catalogue.problems import Problem

# First parts of paths on forges that are no owner.
_NO_OWNER = {"sponsors", "orgs", "users", "groups", "about", "marketplace"}


def strangers(found: Iterable[tuple[Listing, Iterable[str]]], by_slug: Mapping[str, Listing]) -> Iterator[Problem]:
    """A problem for each entry whose distribution names another repository."""
    for listing, named_urls in found:
        if not isinstance(listing.entry, Software):
            continue
        origin = by_slug.get(listing.entry.fork_of or "")
        urls = tuple(named_urls)
        if waived := _needless(listing.entry, urls):
            yield listing.document.problem(("package_repository",), waived)
        if named := stranger(listing.entry, origin.entry if origin else None, urls):
            text = f"`{listing.entry.package}` names {named}, the entry names {listing.entry.repository}."
            advice = "Correct `repository` or `package`, or say why: `formerly`, `fork_of` or `package_repository`."
            yield listing.document.problem(("package",), f"{text} {advice}")


def stranger(entry: Software, origin: Entry | None, urls: Iterable[str]) -> str | None:
    """The repository that a distribution names, where that is not the entry's, today or before.

    Forks often keep the addresses of their origin, so those count as well.
    """
    named = sorted(set(repositories(urls)))
    if not named or not entry.repository:
        return None
    host, _, path = comparable(entry.repository).partition("/")
    own = {path.casefold(), *(former.casefold() for former in entry.formerly)}
    if entry.package_repository:
        own.add(comparable(entry.package_repository).partition("/")[2])
    if isinstance(origin, Software) and origin.repository:
        own.add(comparable(origin.repository).partition("/")[2])
    if host not in CASELESS or any(name.partition("/")[2] in own for name in named):
        return None
    return f"https://{named[0]}"


def _needless(entry: Software, urls: Iterable[str]) -> str | None:
    """Why `package_repository` is not needed any more."""
    known = entry.package_repository
    if known is None or comparable(known) in repositories(urls):
        return None
    return f"`{entry.package}` does not name {known} any more. Remove the line."


def repositories(urls: Iterable[str]) -> Iterator[str]:
    """The roots of repositories on known forges, as ``host/owner/name`` in lower case."""
    for url in urls:
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            continue
        host = (parts.hostname or "").removeprefix("www.")
        path = [part for part in parts.path.casefold().split("/") if part]
        if host in CASELESS and len(path) >= 2 and path[0] not in _NO_OWNER:
            yield f"{host}/{path[0]}/{path[1].removesuffix('.git')}"
