"""Values that the package index and the forge know: versions, dates, Pythons, dependencies, vulnerabilities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scripts.facts.models import Record, Vulnerability
from scripts.view.rows import SoftwareRow
from scripts.view.traits import allowed_pythons
from scripts.view.values import Origin, Part, Value, span


def origin(record: Record) -> Origin:
    """The day and source of a record; that it is gone from there is part of the source."""
    gone = f", gone from there since {record.gone}" if record.gone else ""
    return Origin(record.observed, f"{record.source}{gone}")


def version(row: SoftwareRow) -> Value:
    package = row.package
    if package is None:
        return Value()
    return Value.of(package.version, origin(package), "withdrawn by its authors (yanked)" if package.yanked else "")


def last_release(row: SoftwareRow) -> Value:
    """Of the package, or of the repository where the index knows none."""
    if row.package and row.package.last_release:
        return Value.of(row.package.last_release, origin(row.package))
    seen = row.repository
    return Value.of(seen.released, origin(seen)) if seen else Value()


def first_release(row: SoftwareRow) -> Value:
    return Value.of(row.package.first_release, origin(row.package)) if row.package else Value()


def last_commit(row: SoftwareRow) -> Value:
    return Value.of(row.repository.last_commit, origin(row.repository)) if row.repository else Value()


def required_python(row: SoftwareRow) -> Value:
    return Value.of(row.package.requires_python, origin(row.package)) if row.package else Value()


def allowed(row: SoftwareRow, pythons: Sequence[str]) -> Value:
    """Those of today's Pythons that the requirement allows."""
    if row.package is None or not row.package.requires_python:
        return Value()
    found = span(allowed_pythons(row, pythons))
    return Value.of(found or "none of today's", origin(row.package), "by what it requires")


def declared(row: SoftwareRow) -> Value:
    if row.package is None:
        return Value()
    if not row.package.pythons:
        return Value.none("none", origin(row.package))
    return Value.of(span(row.package.pythons), origin(row.package), "by its classifiers")


def dependencies(row: SoftwareRow) -> Value:
    return Value.of(row.package.dependencies, origin(row.package)) if row.package else Value()


def typed(row: SoftwareRow) -> Value:
    if row.package is None:
        return Value()
    return Value.of("declared" if row.package.typed else "not declared", origin(row.package), "by its classifiers")


def vulnerabilities(row: SoftwareRow) -> Value:
    """Those of the latest version."""
    if row.package is None:
        return Value()
    found = distinct(row.package.vulnerabilities)
    if not found:
        return Value.none("none", origin(row.package))
    fixes = [f"{known.id} fixed in {', '.join(known.fixed_in)}" for known in found if known.fixed_in]
    return Value(tuple(Part(known.id) for known in found), origin(row.package), "; ".join(fixes) or "no fix is known")


def distinct(found: Iterable[Vulnerability]) -> Sequence[Vulnerability]:
    """One of each: several databases number the same one, and say so in aliases. Its CVE number is its name."""
    groups: list[set[str]] = []
    fixes: dict[str, tuple[str, ...]] = {}
    for one in found:
        names = {one.id, *one.aliases}
        fixes |= dict.fromkeys(names, one.fixed_in) if one.fixed_in else {}
        near = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names] + [names.union(*near)]
    return [_merged(sorted(group, key=lambda name: (not name.startswith("CVE-"), name)), fixes) for group in groups]


def _merged(names: Sequence[str], fixes: Mapping[str, tuple[str, ...]]) -> Vulnerability:
    fixed = next((fixes[name] for name in names if name in fixes), ())
    return Vulnerability(id=names[0], aliases=tuple(names[1:]), fixed_in=fixed)


def more_of_package(row: SoftwareRow) -> Iterator[tuple[str, Value]]:
    """What nobody compares by but some look for, with its name."""
    if row.package:
        yield "Extras", Value.of(", ".join(row.package.extras), origin(row.package))


def more_of_repository(row: SoftwareRow) -> Iterator[tuple[str, Value]]:
    """The same for the repository."""
    seen = row.repository
    if seen:
        yield "Begun", Value.of(seen.created, origin(seen))
        yield "Archived", Value.of("yes" if seen.archived else None, origin(seen))
        yield "Forks", Value.of(seen.forks, origin(seen))
        yield "Open issues", Value.of(seen.open_issues, origin(seen))
        yield "Topics", Value.of(", ".join(seen.topics), origin(seen))
