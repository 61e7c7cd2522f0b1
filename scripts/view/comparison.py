"""The aspects by which entries are compared. Each reads one value, with its day and source, from one row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.catalogue.models import Speaking
from scripts.catalogue.scope import ANY
from scripts.view import packages
from scripts.view.activity import RULES, word
from scripts.view.capabilities import CAPABILITIES, Capability, measured_protocols, measured_value
from scripts.view.rows import SoftwareRow, View
from scripts.view.traits import PROTOCOLS, current_pythons, license_family, protocols
from scripts.view.values import ENTRY, Origin, Part, Value

ANY_APPLICATION = "any ASGI application"
CLAIMED = {"http/1.1": "HTTP/1.1"} | PROTOCOLS


@dataclass(frozen=True)
class Ground:
    """What an aspect may look at besides the row."""

    view: View

    @cached_property
    def pythons(self) -> Sequence[str]:
        """The Pythons of today, newest first."""
        return current_pythons(self.view.software)

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, Value]]:
        """Every value of every entry, by slug and aspect."""
        return {row.slug: compared(row, self) for row in self.view.software}


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row of a comparison. An optional one is left out where no entry has anything to say."""

    id: str
    title: str
    read: Callable[[SoftwareRow, Ground], Value]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Aspects under one title."""

    title: str
    aspects: tuple[Aspect, ...]


def compared(row: SoftwareRow, ground: Ground) -> Mapping[str, Value]:
    """Every value of an entry, by aspect."""
    return {aspect.id: aspect.read(row, ground) for section in SECTIONS for aspect in section.aspects}


def differs(values: Iterable[Value]) -> bool:
    """Whether entries differ in an aspect; what is unknown differs from what is known, and not from itself."""
    return len({value.text for value in values}) > 1


def _entry(row: SoftwareRow, url: str = "") -> Origin:
    return Origin(row.entry.added, ENTRY, url)


def _does(row: SoftwareRow, _: Ground) -> Value:
    return Value.of(row.entry.description, _entry(row))


def _category(row: SoftwareRow, ground: Ground) -> Value:
    terms = ground.view.vocabularies
    return Value.of(f"{terms.kinds[row.kind].title}: {terms.categories[row.kind][row.group].title}", _entry(row))


def _activity(row: SoftwareRow, ground: Ground) -> Value:
    said = row.entry.status or row.home.status
    shown = word(row.activity, said)
    if said is None:
        return Value.of(shown, Origin(ground.view.as_of, "the rule, by the dates known"), RULES[row.activity])
    origin = Origin(row.entry.added, "its authors or forge", said.source)
    return Value.of(shown, origin, f"{said.reason}{f' Since {said.since}.' if said.since else ''}")


def _successor(row: SoftwareRow, ground: Ground) -> Value:
    return _named([row.entry.succeeded_by] if row.entry.succeeded_by else (), row, ground, "none named")


def _part_of(row: SoftwareRow, ground: Ground) -> Value:
    return _named([row.entry.part_of] if row.entry.part_of else (), row, ground, "stands alone")


def _ships(row: SoftwareRow, ground: Ground) -> Value:
    return _named([part.slug for part in ground.view.components(row.slug)], row, ground, "no entry of its own")


def _named(slugs: Sequence[str], row: SoftwareRow, ground: Ground, nothing: str) -> Value:
    parts = tuple(Part(ground.view.rows[slug].name, slug) for slug in slugs)
    return Value(parts, _entry(row)) if parts else Value.none(nothing, _entry(row))


def _works_with(row: SoftwareRow, ground: Ground) -> Value:
    if row.entry.works_with == (ANY,):
        return Value.of(ANY_APPLICATION, _entry(row))
    return _named(row.entry.works_with, row, ground, "not stated")


def _protocols(row: SoftwareRow, _: Ground) -> Value:
    """What its documentation claims, with the page; what only a tag says is a note, or the value if that is all."""
    claims = row.entry.claims if isinstance(row.entry, Speaking) else None
    if claims is None:
        tagged = tuple(Part(PROTOCOLS[name]) for name in protocols(row))
        note = "by its tags alone"
        return Value(tagged, _entry(row), note) if tagged else Value.none("none noted", _entry(row))
    more = ", ".join(PROTOCOLS[name] for name in protocols(row) if name not in claims.protocols)
    note = f"tagged {more} besides" if more else ""
    parts = tuple(Part(CLAIMED[name]) for name in claims.protocols)
    return Value(parts, Origin(row.entry.added, "its documentation", claims.source), note)


def _tags(row: SoftwareRow, ground: Ground) -> Value:
    tags = ground.view.vocabularies.tags
    parts = tuple(Part(tags[tag].title) for tag in row.entry.tags if tags[tag].title not in PROTOCOLS.values())
    return Value(parts, _entry(row)) if parts else Value.none("none", _entry(row))


def _license(row: SoftwareRow, ground: Ground) -> Value:
    families = ground.view.vocabularies.license_families
    family = license_family(row, families)
    if row.license is None or family is None:
        return Value()
    return Value.of(row.license.spdx, Origin(row.license.observed, row.license.source), families[family].title)


def _stars(row: SoftwareRow, _: Ground) -> Value:
    if row.stars is None:
        return Value()
    return Value.of(row.stars.count, Origin(row.stars.observed, row.stars.source))


def _downloads(row: SoftwareRow, _: Ground) -> Value:
    found = row.downloads
    if found is None:
        return Value()
    return Value.of(found.last_month, Origin(found.observed, found.source), "in 30 days, mirrors and robots included")


def _measured(capability: Capability) -> Aspect:
    def read(row: SoftwareRow, ground: Ground) -> Value:
        return measured_value(row, ground.view.lab, capability)

    return Aspect(f"measured-{capability.id}", capability.title, read, optional=True)


SECTIONS = (
    Section(
        "What it is",
        (
            Aspect("does", "What it does", _does),
            Aspect("activity", "Activity", _activity),
            Aspect("successor", "Succeeded by", _successor, optional=True),
            Aspect("category", "Kind and category", _category),
            Aspect("part-of", "Part of", _part_of, optional=True),
            Aspect("ships", "Ships", _ships, optional=True),
        ),
    ),
    Section(
        "What it fits",
        (
            Aspect("works", "Works with", _works_with, optional=True),
            Aspect("protocols", "Protocols", _protocols, optional=True),
            Aspect("tags", "Other tags", _tags, optional=True),
        ),
    ),
    Section(
        "Measured here",
        (
            Aspect(
                "measured-protocols",
                "Protocols, measured",
                lambda row, ground: measured_protocols(row, ground.view.lab),
                optional=True,
            ),
            *(_measured(capability) for capability in CAPABILITIES),
        ),
    ),
    Section(
        "Releases",
        (
            Aspect("version", "Latest version", lambda row, _: packages.version(row)),
            Aspect("released", "Last release", lambda row, _: packages.last_release(row)),
            Aspect("first", "First release", lambda row, _: packages.first_release(row)),
            Aspect("commit", "Last commit", lambda row, _: packages.last_commit(row)),
        ),
    ),
    Section(
        "To install it",
        (
            Aspect("license", "Licence", _license),
            Aspect("python", "Requires Python", lambda row, _: packages.required_python(row)),
            Aspect("allowed", "Installs on", lambda row, ground: packages.allowed(row, ground.pythons)),
            Aspect("declared", "Declared Pythons", lambda row, _: packages.declared(row)),
            Aspect("dependencies", "Required distributions", lambda row, _: packages.dependencies(row)),
            Aspect("typed", "Ships types", lambda row, _: packages.typed(row)),
            Aspect("vulnerabilities", "Known vulnerabilities", lambda row, _: packages.vulnerabilities(row)),
        ),
    ),
    Section(
        "Attention",
        (Aspect("stars", "Stars", _stars), Aspect("downloads", "Downloads", _downloads)),
    ),
)
