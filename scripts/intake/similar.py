"""What may be the same as a newcomer: entries, also under former names or as forks, and what was declined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scripts.catalogue.declined import Decision
from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication, Software
from scripts.facts.store import Facts

ALIKE = 0.86  # of SequenceMatcher: one letter in seven may differ
SHORTEST = 4  # letters; shorter names are alike by chance
MOST = 5


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is compared. ``former`` and ``parent`` are ``owner/name``, ``id`` is the forge's own."""

    name: str
    slug: str = ""
    repository: str = ""
    package: str = ""
    url: str = ""
    former: tuple[str, ...] = ()
    parent: str = ""
    id: str = ""
    component: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """One sentence. ``certain`` is the same thing; ``declined`` was judged before."""

    text: str
    certain: bool = False
    declined: bool = False


def newcomer_of(entry: Software | Publication) -> Newcomer:
    """An entry that is there, as if it came only now."""
    if isinstance(entry, Publication):
        return Newcomer(entry.title, url=entry.url)
    return Newcomer(
        entry.name,
        repository=entry.repository or "",
        package=entry.package or "",
        former=tuple(name for name in entry.formerly if "/" in name),
        component=bool(entry.part_of),
    )


def likenesses(
    newcomer: Newcomer, listings: Sequence[Listing], facts: Facts, decisions: Iterable[Decision]
) -> list[Likeness]:
    """The certain ones first; of the merely similar names, the few that are most alike."""
    found: list[Likeness] = []
    alike: list[tuple[float, Likeness]] = []
    for listing in listings:
        if certain := _same(newcomer, listing, facts):
            found.append(Likeness(certain, certain=True))
        elif maybe := _related(newcomer, listing, facts):
            found.append(Likeness(maybe))
        elif ratio := _ratio(newcomer.name, _name(listing)):
            text = f"The name is like that of `{listing.slug}` ({listing.path}). Is it something else?"
            alike.append((ratio, Likeness(text)))
    found += [likeness for _, likeness in sorted(alike, key=lambda one: (-one[0], one[1].text))[:MOST]]
    return [*sorted(found, key=lambda one: not one.certain), *_declined(newcomer, decisions)]


def _same(newcomer: Newcomer, listing: Listing, facts: Facts) -> str | None:
    entry = listing.entry
    here = f"`{listing.slug}` ({listing.path})"
    if isinstance(entry, Publication):
        same = newcomer.url and comparable(newcomer.url) == comparable(entry.url)
        return f"{here} has this address already." if same else None
    if newcomer.component:  # lives with its parent
        return None
    if newcomer.package and newcomer.package == entry.package:
        return f"{here} has this package already."
    return _same_repository(newcomer, entry, here, facts)


def _same_repository(newcomer: Newcomer, entry: Software, here: str, facts: Facts) -> str | None:
    ours = _path(newcomer.repository)
    if not ours:
        return None
    if entry.repository and comparable(entry.repository) == comparable(newcomer.repository):
        several = newcomer.package and entry.package and newcomer.package != entry.package
        return None if several else f"{here} has this repository already."
    former = {name.casefold() for name in entry.formerly if "/" in name}
    if ours in former:
        return f"{here} is this project: it was at {_shown(newcomer.repository)} before."
    today = facts.of_repository(entry.repository)
    names = {_path(entry.repository or ""), (today.name or "").casefold() if today else ""} - {""}
    if newcomer.id and today and today.id == newcomer.id:
        names.add(ours)
    if ours in names or names & {name.casefold() for name in newcomer.former}:
        return f"{here} is this project: {_shown(newcomer.repository)} is its repository under another name."
    return None


def _related(newcomer: Newcomer, listing: Listing, facts: Facts) -> str | None:
    """Forks, other packages of one repository, and names that the other one had."""
    entry = listing.entry
    here = f"`{listing.slug}` ({listing.path})"
    if not isinstance(entry, Software):
        return None
    ours, theirs = _path(newcomer.repository), _path(entry.repository or "")
    if theirs and theirs == newcomer.parent.casefold():
        return f"It is a fork of {here}. Does it differ enough to be an entry? Then say so with `fork_of`."
    seen = facts.of_repository(entry.repository)
    if ours and seen and (seen.parent or "").casefold() == ours:
        return f"{here} is a fork of it."
    if ours and ours == theirs and not newcomer.component:
        return f"{here} is another package of this repository."
    if newcomer.name.casefold() in {name.casefold() for name in entry.formerly}:
        return f"{here} had this name before."
    return None


def _declined(newcomer: Newcomer, decisions: Iterable[Decision]) -> Iterator[Likeness]:
    addresses = {comparable(address) for address in (newcomer.repository, newcomer.url) if address}
    names = {newcomer.name.casefold(), newcomer.package.casefold()} - {""}
    for decision in decisions:
        declined = decision.declined
        same = declined.address and comparable(declined.address) in addresses
        if same or declined.name.casefold() in names:
            which = f"{declined.name} was looked at before and left out ({declined.reason})"
            yield Likeness(f"{which}: {declined.note}", declined=True)


def _ratio(ours: str, theirs: str) -> float:
    """How alike two names are, apart from case and punctuation; 0 unless very much."""
    one, other = _letters(ours), _letters(theirs)
    if min(len(one), len(other)) < SHORTEST:
        return float(one == other and bool(one))
    if 2 * min(len(one), len(other)) < ALIKE * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold()[:160] if character.isalnum())


def _name(listing: Listing) -> str:
    return listing.entry.title if isinstance(listing.entry, Publication) else listing.entry.name


def _path(url: str) -> str:
    """``owner/name`` in lower case, of the address of a repository."""
    return url.removeprefix("https://").partition("/")[2].casefold()


def _shown(url: str) -> str:
    return url.removeprefix("https://")
