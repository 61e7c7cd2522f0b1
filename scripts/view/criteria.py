"""The criteria that a machine can tick for one entry, from what is known without asking anybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scripts.catalogue.declined import Decision
from scripts.catalogue.links import comparable
from scripts.view.attention import Signals, addresses
from scripts.view.packages import origin
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View


@dataclass(frozen=True, slots=True)
class Criterion:
    """One sentence. ``met`` is None where nobody has looked yet; ``url`` is where to look."""

    met: bool | None
    text: str
    url: str = ""


def criteria(row: Row, view: View, signals: Signals, decisions: Iterable[Decision]) -> Iterator[Criterion]:
    """Those of docs/criteria.md, in its order."""
    yield _answers(row, signals)
    if isinstance(row, SoftwareRow):
        yield _alive(row)
        yield _package(row)
    yield _namesake(row, view)
    yield _declined(row, decisions)


def _answers(row: Row, signals: Signals) -> Criterion:
    what = "address" if isinstance(row, PublicationRow) else "evidence"
    url = row.entry.url if isinstance(row, PublicationRow) else row.entry.evidence
    trouble = signals.by_address.get(comparable(url))
    if trouble:
        return Criterion(False, f"Its {what} is in trouble: {trouble.reason or 'nothing answers there'}.", url)
    return Criterion(None, f"Its {what} shows what it should: please look.", url)


def _alive(row: SoftwareRow) -> Criterion:
    seen = row.repository
    if seen is None:
        return Criterion(None, "Its repository is alive: no machine has read it yet.")
    if seen.gone or seen.archived:
        word = "gone" if seen.gone else "archived"
        return Criterion(bool(row.home.status), f"Its repository is {word}, so it needs a `status` ({_read(row)}).")
    if seen.archived is None:
        return Criterion(None, f"Its repository was there ({_read(row)}); nobody has looked whether it is archived.")
    return Criterion(met=True, text=f"Its repository is there and not archived ({_read(row)}).")


def _read(row: SoftwareRow) -> str:
    found = origin(row.repository) if row.repository else None
    return f"{found.source}, {found.date}" if found else "unknown"


def _package(row: SoftwareRow) -> Criterion:
    if not row.home.package:
        return Criterion(met=True, text="It names no package that could be another's.")
    if row.package is None:
        text = f"`{row.home.package}` is its own package: no machine has read it yet."
        return Criterion(None, text)
    return Criterion(met=not row.package.gone, text=f"`{row.home.package}` is on the package index.")


def _namesake(row: Row, view: View) -> Criterion:
    """Beyond what the rules find (same repository, package, name or address): former names."""
    if isinstance(row, SoftwareRow):
        path = comparable(row.entry.repository or "").partition("/")[2].casefold()
        names = {name for name in (path, row.name.casefold()) if name}
        for other in view.software:
            former = {name.casefold() for name in other.entry.formerly}
            if other.slug != row.slug and names & former:
                return Criterion(met=False, text=f"It may be there already: {other.path} was once called so.")
    return Criterion(met=True, text="No other entry has its address, package or name, today or formerly.")


def _declined(row: Row, decisions: Iterable[Decision]) -> Criterion:
    own = {comparable(url) for _, url in addresses(row)}
    for decision in decisions:
        declined = decision.declined
        same = declined.address and comparable(declined.address) in own
        if same or declined.name.casefold() == row.name.casefold():
            return Criterion(met=False, text=f"Something like it was declined ({declined.reason}): {declined.note}")
    return Criterion(met=True, text="It was not declined before.")
