"""A row: an entry with its facts and what follows from both on one date. All that pages show comes from rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scripts.catalogue.links import primary_links
from scripts.catalogue.load import Catalogue, Listing
from scripts.catalogue.models import Publication, Software
from scripts.catalogue.vocabularies import Kind, Term, Vocabularies
from scripts.facts.changes import Event
from scripts.facts.history import Month
from scripts.facts.measured import LabFacts
from scripts.facts.models import Downloads, PackageFacts, RepositoryFacts
from scripts.facts.store import Facts
from scripts.view.activity import Activity, activity, is_established
from scripts.view.lab import LabView


@dataclass(frozen=True, slots=True)
class Stars:
    """How many there were, on which day, by whose count."""

    count: int
    observed: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class License:
    """An SPDX expression, with the day and source that it was read from."""

    spdx: str
    observed: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class SoftwareRow:
    """A software entry. ``home`` is the entry that ships it: itself, unless it is a component."""

    kind: str
    slug: str
    path: str
    link: str
    entry: Software
    home: Software
    package: PackageFacts | None
    repository: RepositoryFacts | None
    downloads: Downloads | None
    last_sign: dt.date | None
    activity: Activity

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def group(self) -> str:
        return self.entry.category

    @property
    def stars(self) -> Stars | None:
        """Stars of the repository; a component has none of its own."""
        seen = None if self.entry.part_of else self.repository
        if seen is None or seen.stars is None:
            return None
        return Stars(seen.stars, seen.stars_observed or seen.observed, seen.stars_source or seen.source)

    @property
    def first_sign(self) -> dt.date | None:
        """The first release, or the beginning of the repository if that is older."""
        dates = (self.package and self.package.first_release, self.repository and self.repository.created)
        return min((day for day in dates if day), default=None)

    @property
    def released(self) -> dt.date | None:
        """The day of the last release of the package, or of the repository where there is no package."""
        dates = (self.package and self.package.last_release, self.repository and self.repository.released)
        return next((day for day in dates if day), None)

    @property
    def license(self) -> License | None:
        """A human's word, else the package index's, else the forge's."""
        if self.home.license:
            return License(self.home.license, self.home.added, "this entry")
        known = (fact for fact in (self.package, self.repository) if fact and fact.license)
        return next((License(fact.license or "", fact.observed, fact.source) for fact in known), None)


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication."""

    kind: str
    slug: str
    path: str
    link: str
    entry: Publication

    @property
    def name(self) -> str:
        return self.entry.title

    @property
    def group(self) -> str:
        return self.entry.type

    @property
    def year(self) -> int | None:
        return int(self.entry.published[:4]) if self.entry.published else None


Row = SoftwareRow | PublicationRow


@dataclass(frozen=True)
class View:
    """The whole catalogue as pages see it. ``as_of`` is the newest date in the data, so that the same data always
    gives the same pages (docs/decisions/0002-date-of-the-data.md).
    """

    vocabularies: Vocabularies
    rows: Mapping[str, Row]
    as_of: dt.date
    events: Sequence[Event] = ()
    months: Mapping[str, Month] = field(default_factory=dict)
    measured: LabFacts = field(default_factory=LabFacts)

    @cached_property
    def lab(self) -> LabView:
        """What was measured, for people."""
        return LabView(self.measured)

    @cached_property
    def software(self) -> tuple[SoftwareRow, ...]:
        return tuple(row for row in self.rows.values() if isinstance(row, SoftwareRow))

    @cached_property
    def publications(self) -> tuple[PublicationRow, ...]:
        """Publications about ASGI; background reading is apart."""
        return tuple(row for row in self._all_publications if not row.entry.background)

    @cached_property
    def background(self) -> tuple[PublicationRow, ...]:
        return tuple(row for row in self._all_publications if row.entry.background)

    @property
    def _all_publications(self) -> Iterator[PublicationRow]:
        return (row for row in self.rows.values() if isinstance(row, PublicationRow))

    def of_kind(self, kind: str) -> Sequence[Row]:
        """The rows of a kind, background left out."""
        return self._by_kind.get(kind, ())

    def groups(self, kind: Kind, rows: Iterable[Row]) -> Iterator[tuple[Term, Sequence[Row]]]:
        """Rows of one kind by category (publications: by type), in the order of the vocabulary, empty ones left out."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[row.group].append(row)
        for id_, term in self.vocabularies.categories[kind.id].items():
            if found[id_]:
                yield term, found[id_]

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Row]]:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        rows: tuple[Row, ...] = (*self.software, *self.publications)
        for row in rows:
            found[row.kind].append(row)
        return found

    @cached_property
    def _by_group(self) -> Mapping[str, Sequence[SoftwareRow]]:
        found: defaultdict[str, list[SoftwareRow]] = defaultdict(list)
        for row in self.software:
            found[row.group].append(row)
        return found

    def alternatives(self, row: SoftwareRow) -> Sequence[SoftwareRow]:
        """Living entries of the same category: the most active first, of these the established, of these those that
        share most tags.
        """
        others = [other for other in self._by_group[row.group] if other.slug != row.slug and other.activity.alive]
        ranks, (*_, mine) = self._ranks, self._ranks[row.slug]
        return sorted(others, key=lambda other: (*ranks[other.slug][:2], -len(mine & ranks[other.slug][2])))

    @cached_property
    def _ranks(self) -> Mapping[str, tuple[int, bool, frozenset[str]]]:
        """Of each entry: how active it is, whether it is still young, and what others may share with it."""
        order = list(Activity)
        return {
            row.slug: (
                order.index(row.activity),
                not is_established(row.activity, row.first_sign, self.as_of),
                frozenset((*row.entry.tags, *row.entry.works_with)),
            )
            for row in self.software
        }

    @cached_property
    def _users(self) -> Mapping[str, Sequence[SoftwareRow]]:
        found: defaultdict[str, list[SoftwareRow]] = defaultdict(list)
        for row in self.software:
            for slug in row.entry.works_with:
                found[slug].append(row)
        return found

    def users(self, slug: str) -> Sequence[SoftwareRow]:
        """Entries that name another one as what they work with."""
        return self._users.get(slug, ())

    @cached_property
    def _history(self) -> Mapping[str, Sequence[Event]]:
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.newest_events:
            found[event.entry].append(event)
        return found

    @cached_property
    def newest_events(self) -> Sequence[Event]:
        """What happened to entries that there still are, newest first."""
        present = (event for event in self.events if event.entry in self.rows)
        return sorted(present, key=lambda event: event.date, reverse=True)

    def history(self, slug: str) -> Sequence[Event]:
        """What happened to an entry, newest first."""
        return self._history.get(slug, ())

    @cached_property
    def _about(self) -> Mapping[str, Sequence[PublicationRow]]:
        found: defaultdict[str, list[PublicationRow]] = defaultdict(list)
        for row in self._all_publications:
            for topic in row.entry.topics:
                found[topic].append(row)
        return found

    def about(self, slug: str) -> Sequence[PublicationRow]:
        """Publications that name an entry or tag among their topics, newest first."""
        return newest_first(self._about.get(slug, ()))

    @cached_property
    def _relations(self) -> Mapping[tuple[str, str], Sequence[SoftwareRow]]:
        found: defaultdict[tuple[str, str], list[SoftwareRow]] = defaultdict(list)
        for row in self.software:
            if row.entry.part_of:
                found["ships", row.entry.part_of].append(row)
            if row.entry.fork_of:
                found["forks", row.entry.fork_of].append(row)
            if row.entry.succeeded_by:
                found["succeeds", row.entry.succeeded_by].append(row)
        return found

    def components(self, slug: str) -> Sequence[SoftwareRow]:
        """Entries that a package ships."""
        return self._relations.get(("ships", slug), ())

    def forks(self, slug: str) -> Sequence[SoftwareRow]:
        """Entries that were forked from an entry."""
        return self._relations.get(("forks", slug), ())

    def predecessors(self, slug: str) -> Sequence[SoftwareRow]:
        """Entries that an entry took over from."""
        return self._relations.get(("succeeds", slug), ())


def newest_first(rows: Iterable[PublicationRow]) -> list[PublicationRow]:
    """By date, undated ones last; equal dates by title."""
    by_title = sorted(rows, key=lambda row: row.name.casefold())
    return sorted(by_title, key=lambda row: row.entry.published or "", reverse=True)


def make_view(
    catalogue: Catalogue,
    facts: Facts,
    events: Sequence[Event] = (),
    months: Mapping[str, Month] | None = None,
    measured: LabFacts | None = None,
) -> View:
    """Joins entries, facts, what happened, what was counted by month and what was measured. The catalogue must be free
    of problems.
    """
    if catalogue.vocabularies is None:
        raise ValueError("the vocabularies have problems; run the check first")
    measured = measured or LabFacts()
    as_of = newest_date(catalogue, facts, measured)
    links = primary_links(catalogue.listings)
    by_slug = {listing.slug: listing for listing in catalogue.listings}
    rows = [_row(listing, by_slug, facts, links[listing.slug], as_of) for listing in catalogue.listings]
    rows.sort(key=lambda row: (row.name.casefold(), row.slug))
    return View(catalogue.vocabularies, {row.slug: row for row in rows}, as_of, events, months or {}, measured)


def newest_date(catalogue: Catalogue, facts: Facts, measured: LabFacts) -> dt.date:
    """The day that the data describes: the newest day on which something was observed or added."""
    observed = (record.observed for record in facts.records())
    added = (listing.entry.added for listing in catalogue.listings)
    measurements = (one.measured for several in measured.lab.measurements.values() for one in several)
    return max((*observed, *added, *measurements), default=dt.date(1970, 1, 1))


def _row(listing: Listing, by_slug: Mapping[str, Listing], facts: Facts, link: str, as_of: dt.date) -> Row:
    entry = listing.entry
    if isinstance(entry, Publication):
        return PublicationRow(listing.kind, listing.slug, listing.path, link, entry)
    parent = by_slug[entry.part_of].entry if entry.part_of else entry
    home = parent if isinstance(parent, Software) else entry
    package = facts.packages.get(home.package) if home.package else None
    downloads = facts.downloads.get(home.package) if home.package and not entry.part_of else None
    repository = facts.of_repository(home.repository)
    signs = (package and package.last_release, repository and repository.last_commit)
    last_sign = max((sign for sign in signs if sign), default=None)
    archived = bool(repository and repository.archived)
    alive = activity(entry.status or home.status, last_sign, as_of, archived=archived)
    return SoftwareRow(
        listing.kind,
        listing.slug,
        listing.path,
        link,
        entry,
        home,
        package,
        repository,
        downloads,
        last_sign,
        alive,
    )
