"""The numbers of the trend pages: software and publications of the catalogue, counted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from scripts.catalogue.vocabularies import Kind
from scripts.facts.models import PackageFacts
from scripts.view.activity import Activity
from scripts.view.counts import Counts, Observed, Series, origin, series
from scripts.view.rows import SoftwareRow, View
from scripts.view.traits import allowed_pythons, current_pythons, license_family

ENOUGH_KNOWN = 0.9  # of the packages of a kind, before its releases are drawn
QUARTERS = 40
MOST_LICENSES = 12
REST = "Others"


@dataclass(frozen=True, slots=True)
class Releases:
    """Releases per quarter. ``coverage`` has, for each kind, of how many packages they are known and how many there
    are; kinds of which too few are known are not in ``counts``. ``earlier`` releases are older than the first quarter.
    """

    counts: Counts
    coverage: Mapping[str, tuple[int, int]]
    earlier: int


def projects(view: View) -> Sequence[SoftwareRow]:
    """Software that lives by itself; a component shares repository, package and licence with what ships it."""
    return [row for row in view.software if not row.entry.part_of]


def releases(view: View) -> Releases:
    """Releases of the last ten years by quarter and kind; the quarter that is not over yet is left out."""
    quarters = quarters_before(view.as_of)
    coverage: dict[str, tuple[int, int]] = {}
    drawn: dict[str, list[PackageFacts]] = {}
    for kind in view.vocabularies.kinds.values():
        packages = [row.package for row in projects(view) if row.kind == kind.id and row.entry.package]
        known = [package for package in packages if package and package.releases is not None]
        if packages:
            coverage[kind.title] = len(known), len(packages)
        if known and len(known) >= ENOUGH_KNOWN * len(packages):
            drawn[kind.title] = known
    by_kind = {title: _by_quarter(known) for title, known in drawn.items()}
    everything = [*chain.from_iterable(drawn.values())]
    there = sum(total for title, (_, total) in coverage.items() if title in drawn)
    return Releases(
        Counts(
            quarters,
            tuple(series(title, quarters, counted) for title, counted in by_kind.items()),
            len(everything),
            there - len(everything),
            origin(everything),
        ),
        coverage,
        sum(number for counted in by_kind.values() for quarter, number in counted.items() if quarter < quarters[0]),
    )


def _by_quarter(packages: Iterable[PackageFacts]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for package in packages:
        counted.update(package.releases or {})
    return counted


def quarters_before(day: dt.date) -> tuple[str, ...]:
    """The quarters that are over on a day, ten years of them, oldest first."""
    current = day.year * 4 + (day.month - 1) // 3
    return tuple(f"{at // 4}-Q{at % 4 + 1}" for at in range(current - QUARTERS, current))


def activity(view: View) -> Iterator[tuple[Kind, Counts]]:
    """For each kind of software, its entries by category and activity."""
    for kind in view.vocabularies.kinds.values():
        rows = [row for row in view.software if row.kind == kind.id]
        if not rows:
            continue
        terms = [term for term, _ in view.groups(kind, rows)]
        counted = Counter((row.group, row.activity) for row in rows)
        states = tuple(
            Series(state.capitalize(), tuple(counted[term.id, state] for term in terms)) for state in Activity
        )
        yield kind, Counts(tuple(term.title for term in terms), states, len(rows), 0, origin(_facts(rows)))


def beginnings(view: View) -> Counts:
    """Projects by the year in which they began, and whether they live today."""
    rows = projects(view)
    dated = [(row.first_sign.year, row) for row in rows if row.first_sign]
    years = _years(year for year, _ in dated)
    columns = tuple(
        series(name, years, Counter(year for year, row in dated if row.activity.alive is alive))
        for name, alive in (("Living today", True), ("Dormant or ended", False))
    )
    read = origin(_facts(row for _, row in dated))
    return Counts(tuple(map(str, years)), columns, len(dated), len(rows) - len(dated), read)


def pythons(view: View) -> Mapping[str, Counts]:
    """Packages by the Python versions that they may be installed on, and by those that they name."""
    rows = [row for row in projects(view) if row.entry.package]
    versions = current_pythons(view.software)[::-1]
    asking = {row.slug: row.package for row in rows if row.package and row.package.requires_python}
    naming = {row.slug: row.package for row in rows if row.package and row.package.pythons}
    allowed = Counter(version for row in rows for version in allowed_pythons(row, versions))
    named = Counter(version for package in naming.values() for version in package.pythons)
    return {
        title: Counts(
            tuple(versions),
            (series("Packages", versions, counted),),
            len(packages),
            len(rows) - len(packages),
            origin(packages.values()),
        )
        for title, counted, packages in (("allowed", allowed, asking), ("named", named, naming))
    }


def license_families(view: View) -> Counts:
    """Projects by what their licence asks."""
    families = view.vocabularies.license_families
    found = [family for row in projects(view) if (family := license_family(row, families))]
    labels = [id_ for id_ in families if id_ in found]
    return _of_licenses(view, [families[id_].title for id_ in labels], [found.count(id_) for id_ in labels])


def licenses(view: View) -> Counts:
    """Projects by licence, the most frequent first; the rarer ones are one row."""
    named = Counter(row.license.spdx for row in projects(view) if row.license)
    ranked = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    common, rare = ranked[:MOST_LICENSES], ranked[MOST_LICENSES:]
    if rare:
        common.append((REST, sum(number for _, number in rare)))
    return _of_licenses(view, [name for name, _ in common], [number for _, number in common])


def _of_licenses(view: View, labels: Sequence[str], values: Sequence[int]) -> Counts:
    rows = projects(view)
    known = [row.license for row in rows if row.license]
    column = Series("Projects", tuple(values))
    return Counts(tuple(labels), (column,), len(known), len(rows) - len(known), origin(known))


def publications(view: View) -> Counts:
    """Publications by year, and whether they are in English."""
    dated = [(row.year, row.entry.language) for row in view.publications if row.year]
    years = _years(year for year, _ in dated)
    columns = (
        series("English", years, Counter(year for year, language in dated if language == "en")),
        series("Other languages", years, Counter(year for year, language in dated if language not in {"en", None})),
        series("Language unknown", years, Counter(year for year, language in dated if language is None)),
    )
    kept = tuple(column for column in columns if column.total)
    return Counts(tuple(map(str, years)), kept, len(dated), len(view.publications) - len(dated))


def languages(view: View) -> Counts:
    """Publications by language, the most frequent first."""
    spoken = Counter(row.entry.language for row in view.publications if row.entry.language)
    ranked = sorted(spoken.items(), key=lambda item: (-item[1], item[0]))
    labels = tuple(view.vocabularies.languages[language].title for language, _ in ranked)
    column = Series("Publications", tuple(number for _, number in ranked))
    return Counts(labels, (column,), spoken.total(), len(view.publications) - spoken.total())


def over_time(view: View, what: Literal["stars", "downloads"]) -> Counts:
    """What was counted month by month, summed over the repositories or packages that are known in every month; a sum
    over others would grow with the catalogue. There are no labels before the first month.
    """
    months = {month: counted for month, figures in sorted(view.months.items()) if (counted := getattr(figures, what))}
    everywhere = set.intersection(*(set(counted) for counted in months.values())) if months else set()
    somewhere = set().union(*months.values())
    values = tuple(sum(counted[name] for name in everywhere) for counted in months.values())
    return Counts(tuple(months), (Series(what.capitalize(), values),), len(everywhere), len(somewhere - everywhere))


def _years(found: Iterable[int]) -> Sequence[int]:
    """Every year from the first to the last, also those in which nothing was."""
    years = [*found]
    return range(min(years), max(years) + 1) if years else ()


def _facts(rows: Iterable[SoftwareRow]) -> Iterator[Observed]:
    for row in rows:
        yield from (fact for fact in (row.package, row.repository) if fact)
