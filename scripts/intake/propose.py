"""What an entry could say, with the reason for each value. Never a description: that is the person's own sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.catalogue.document import Value
from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Software
from scripts.facts.models import RepositoryFacts
from scripts.intake.draft import Desk, free_slug
from scripts.intake.gathered import Gathered
from scripts.intake.guess import Guess, guess_categories, guess_tags
from scripts.intake.target import Target, repository_of

MOST_TAGS = 6
MOST_FRAMEWORKS = 3
GIVEN = "as given"
_DATED = re.compile(r"/((?:19|20)\d\d)(?:/(\d\d))?(?:/(\d\d))?/")
_HOME = ("homepage", "home page", "home", "website")
_TIED = {"middleware", "library"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value of a field, and why."""

    key: str
    value: Value
    because: str


def proposals(target: Target, gathered: Gathered, desk: Desk, kind: str | None) -> list[Proposal]:
    """Everything but kind, category, description and evidence, unless the target itself is the evidence."""
    today = Proposal("added", desk.today.isoformat(), "today")
    if kind == "publication":
        return [*_of_page(target), today]
    return [*_of_software(target, gathered, desk, kind), today]


def slug_for(fields_name: str, package: str, kind: str, desk: Desk) -> str:
    """The slug that the package, else the name suggests."""
    return free_slug(package or fields_name, kind, desk)


def likely(gathered: Gathered, target: Target, desk: Desk, kind: str | None) -> Sequence[Guess]:
    """Categories by what the project says of itself; without its words, by its name."""
    said = text_of(gathered) or f"{target.package or ''} {target.repository or ''}".replace("github.com", "")
    return guess_categories(said, desk.catalogue.listings, desk.vocabularies, kind)


def text_of(gathered: Gathered) -> str:
    """All that forge and index said in words."""
    return " ".join(" ".join((words.name, words.summary, *words.terms)) for words in gathered.words)


def _of_page(target: Target) -> Iterator[Proposal]:
    url = target.page or target.deep or target.repository
    if url:
        yield Proposal("url", url, GIVEN)
        if match := _DATED.search(url):
            yield Proposal("published", "-".join(part for part in match.groups() if part), "the address")


def _of_software(target: Target, gathered: Gathered, desk: Desk, kind: str | None) -> Iterator[Proposal]:
    seen = gathered.repository
    address = seen.url if seen and seen.url else target.repository or target.page
    names = [words for words in gathered.words if words.name]
    by_index = next((words for words in names if words.source == "package index"), None)
    if chosen := by_index or next(iter(names), None):
        yield Proposal("name", chosen.name, chosen.source)
    elif fallback := target.package or (address or "").rpartition("/")[2]:
        yield Proposal("name", fallback, GIVEN)
    if address:
        yield Proposal("repository", address, seen.source if seen else GIVEN)
    if package := gathered.package_name or target.package:
        yield Proposal("package", package, "package index" if gathered.package else GIVEN)
    yield from _pages(gathered, address or "")
    if tags := guess_tags(text_of(gathered), desk.vocabularies)[:MOST_TAGS]:
        yield Proposal("tags", [*tags], "its own words")
    if kind in _TIED and (frameworks := _frameworks(gathered, desk.catalogue.listings)):
        yield Proposal("works_with", [*frameworks], "its own words")
    if gathered.moved_from and seen:
        yield Proposal("formerly", [gathered.moved_from], f"{seen.source} calls it {seen.name} today")
    if origin := _origin(seen, desk.catalogue.listings):
        yield Proposal("fork_of", origin, "the forge")
    if target.deep:
        yield Proposal("evidence", target.deep, GIVEN)


def _pages(gathered: Gathered, address: str) -> Iterator[Proposal]:
    """Documentation and home page, where they are not the repository itself."""
    found: dict[str, Proposal] = {}
    for words in gathered.words:
        for label, url in words.urls.items():
            if comparable(url) == comparable(address) or (label in _HOME and repository_of(url)):
                continue
            looks_like_docs = "doc" in label or "//docs." in url or "readthedocs" in url
            key = "docs" if looks_like_docs else "homepage" if label in _HOME and "#" not in url else ""
            if key:
                found.setdefault(key, Proposal(key, url, words.source))
    pages = [found[key] for key in ("docs", "homepage") if key in found]
    same = len(pages) == 2 and comparable(str(pages[0].value)) == comparable(str(pages[1].value))
    yield from pages[:1] if same else pages


def _frameworks(gathered: Gathered, listings: Sequence[Listing]) -> list[str]:
    """The frameworks that keywords, classifiers or the name speak of."""
    said = {word for words in gathered.words for term in (words.name, *words.terms) for word in _parts(term)}
    known = (listing for listing in listings if listing.kind == "framework" and isinstance(listing.entry, Software))
    return [one.slug for one in known if one.slug in said][:MOST_FRAMEWORKS]


def _parts(term: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", term.casefold())


def _origin(seen: RepositoryFacts | None, listings: Sequence[Listing]) -> str | None:
    """The entry that a repository was forked from."""
    parent = (seen.parent or "").casefold() if seen else ""
    if not parent:
        return None
    for listing in listings:
        repository = listing.entry.repository if isinstance(listing.entry, Software) else None
        if repository and repository.removeprefix("https://").partition("/")[2].casefold() == parent:
            return listing.slug
    return None
