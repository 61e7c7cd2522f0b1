"""What needs a human: what machines noticed about entries and must not decide. Each with the day since when."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from scripts.catalogue.links import comparable
from scripts.facts.disagreements import compatible
from scripts.facts.models import Record
from scripts.facts.targets import forge_of
from scripts.view.activity import Activity, months_before
from scripts.view.endings import last_sign
from scripts.view.packages import distinct
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View

OLD_MONTHS = 24  # after which evidence is looked at again, and a quiet project asked about


class Need(StrEnum):
    """Why somebody should look, the most urgent first."""

    VULNERABLE = "vulnerable"
    GONE = "gone"
    LINK_GONE = "link-gone"
    RECOMMENDED = "recommended"
    ARCHIVED = "archived"
    LICENSE = "license"
    LINK_DOUBTFUL = "link-doubtful"
    QUIET = "quiet"
    EVIDENCE = "evidence"
    UNVERIFIED = "unverified"
    DATELESS = "dateless"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an address, as its last check has it."""

    since: dt.date
    gone: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Concern:
    """One entry that needs a human. ``said`` is what was found, as a clause without its end."""

    need: Need
    row: Row
    since: dt.date
    said: str


@dataclass(frozen=True)
class Signals:
    """What is known besides entries and facts: troubled addresses, and slugs that hand-written pages link to."""

    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    recommended: Mapping[str, Collection[str]] = field(default_factory=dict)  # slug to the paths of pages

    @cached_property
    def by_address(self) -> Mapping[str, Trouble]:
        return {comparable(url): trouble for url, trouble in self.troubles.items()}


def attention(view: View, signals: Signals) -> Mapping[Need, list[Concern]]:
    """Every concern, by need in the order of urgency, the oldest first; needs without any are left out."""
    found: dict[Need, list[Concern]] = {need: [] for need in Need}
    for row in view.rows.values():
        rules = _OF_SOFTWARE if isinstance(row, SoftwareRow) else _OF_PUBLICATIONS
        for rule in (*rules, _links):
            for need, since, said in rule(row, view, signals):
                found[need].append(Concern(need, row, since, said))
    for concerns in found.values():
        concerns.sort(key=lambda concern: (concern.since, concern.row.slug))
    return {need: concerns for need, concerns in found.items() if concerns}


_Found = Iterator[tuple[Need, dt.date, str]]


def _vulnerable(row: SoftwareRow, view: View, _: Signals) -> _Found:
    package = row.package
    if package is None or not package.vulnerabilities or row.entry.part_of:
        return
    noticed = [event.date for event in view.history(row.slug) if event.event == "vulnerable"]
    names = ", ".join(found.id for found in distinct(package.vulnerabilities))
    version = package.version or "the latest version"
    yield Need.VULNERABLE, min(noticed, default=package.observed), f"{version} has {names} ({_read(package)})"


def _gone(row: SoftwareRow, _view: View, _: Signals) -> _Found:
    if row.entry.part_of:
        return
    for what, record in (("package", row.package), ("repository", row.repository)):
        if record and record.gone:
            yield Need.GONE, record.gone, f"{record.source} no longer knows its {what}"


def _archived(row: SoftwareRow, view: View, _: Signals) -> _Found:
    """The forge's word without a human's: when, why and what came after are still to be told."""
    seen = row.repository
    if seen is None or not seen.archived or row.entry.part_of:
        return
    noticed = [event.date for event in view.history(row.slug) if event.event == "archived"]
    since = max(noticed, default=seen.observed)
    if row.activity.alive:
        yield Need.RECOMMENDED, since, f"stands in README.md, but its repository is archived ({_read(seen)})"
    elif row.home.status is None:
        yield Need.ARCHIVED, since, f"its repository is archived ({_read(seen)}), and the entry has no `status`"


def _recommended(row: SoftwareRow, view: View, signals: Signals) -> _Found:
    if row.activity.alive:
        return
    sign = last_sign(row)
    since = sign.day if sign else row.entry.added
    if pages := sorted(signals.recommended.get(row.slug, ())):
        yield Need.RECOMMENDED, since, f"is {row.activity}, and is linked from {', '.join(pages)}"
    for other in view.predecessors(row.slug):
        yield Need.RECOMMENDED, since, f"is {row.activity}, and is the successor that {other.path} names"


def _license(row: SoftwareRow, _view: View, _: Signals) -> _Found:
    package, repository = row.package, row.repository
    if row.entry.part_of or row.entry.license or not (package and repository):
        return
    if package.license and repository.license and not compatible(package.license, repository.license):
        said = f"{package.source} says {package.license}, {repository.source} says {repository.license}"
        yield Need.LICENSE, min(package.observed, repository.observed), said


def _quiet(row: SoftwareRow, view: View, _: Signals) -> _Found:
    """Still among the living, and without a word of anybody. Who sleeps for longer is in the archive already."""
    if row.activity is Activity.QUIET and not row.entry.part_of and row.last_sign:
        sign = last_sign(row)
        if sign and row.last_sign < months_before(view.as_of, OLD_MONTHS):
            yield Need.QUIET, sign.day, f"last {sign.what} on that day ({sign.source}, {sign.observed})"


def _evidence(row: SoftwareRow, view: View, _: Signals) -> _Found:
    if row.activity.alive and row.entry.added < months_before(view.as_of, OLD_MONTHS):
        yield Need.EVIDENCE, row.entry.added, "its evidence was last looked at on that day"


def _unknown(row: SoftwareRow, _view: View, _: Signals) -> _Found:
    if row.entry.part_of:
        return
    if (row.entry.package and not row.package) or (forge_of(row.entry.repository) and not row.repository):
        what = "repository" if row.repository is None else "package"
        yield Need.UNREAD, row.entry.added, f"nothing was ever read of its {what}"
    elif row.activity is Activity.UNKNOWN:
        yield Need.DATELESS, row.entry.added, "no machine found a release or commit with a date"


def _unverified(row: PublicationRow, _view: View, _: Signals) -> _Found:
    missing = [name for name in ("published", "authors") if not getattr(row.entry, name)]
    if missing:
        yield Need.UNVERIFIED, row.entry.added, f"has no {' and no '.join(f'`{name}`' for name in missing)}"


def _links(row: Row, _view: View, signals: Signals) -> _Found:
    for field_name, url in addresses(row):
        if trouble := signals.by_address.get(comparable(url)):
            need = Need.LINK_GONE if trouble.gone else Need.LINK_DOUBTFUL
            yield need, trouble.since, f"`{field_name}`, {url}: {trouble.reason or 'nothing answers there'}"


def addresses(row: Row) -> Iterator[tuple[str, str]]:
    """Every address of an entry with its field, also inside `status` and `claims`."""
    for name, value in row.entry:
        if isinstance(value, str) and value.startswith("https://"):
            yield name, value
        elif source := getattr(value, "source", None):
            yield f"{name}.source", source


def _read(record: Record) -> str:
    return f"{record.source}, {record.observed}"


_OF_SOFTWARE: tuple[Callable[[SoftwareRow, View, Signals], _Found], ...] = (
    _vulnerable,
    _gone,
    _archived,
    _recommended,
    _license,
    _quiet,
    _evidence,
    _unknown,
)
_OF_PUBLICATIONS: tuple[Callable[[PublicationRow, View, Signals], _Found], ...] = (_unverified,)
