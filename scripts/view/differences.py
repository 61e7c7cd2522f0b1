"""What tells one entry from another, in a few words: for lists of alternatives."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from scripts.catalogue.scope import ANY
from scripts.view.rows import SoftwareRow, View
from scripts.view.traits import PROTOCOLS, license_family, lowest_python, protocols

MOST = 3
MOST_NAMES = 3  # of tags, protocols or frameworks in one phrase
YEAR = 365
MANY = 8  # more required distributions than the other has


def differences(row: SoftwareRow, other: SoftwareRow, view: View) -> tuple[str, ...]:
    """How ``other`` differs from ``row``: at most three phrases, the most telling first. Only what is known counts."""
    return tuple(islice((phrase for rule in _RULES for phrase in rule(row, other, view)), MOST))


def _danger(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    if other.package and other.package.vulnerabilities and not (row.package and row.package.vulnerabilities):
        yield "has a known vulnerability"


def _fit(row: SoftwareRow, other: SoftwareRow, view: View) -> Iterator[str]:
    """For what it was made: any application, or which frameworks."""
    mine, its = set(row.entry.works_with), set(other.entry.works_with)
    if not mine or not its or mine == its:
        return
    if ANY in its:
        yield "works with any ASGI application"
    elif ANY in mine or not mine & its:
        yield f"made for {_names(view, other.entry.works_with)}"
    elif more := [slug for slug in other.entry.works_with if slug not in mine]:
        yield f"also for {_names(view, more)}"
    else:
        yield f"not for {_names(view, [slug for slug in row.entry.works_with if slug not in its])}"


def _names(view: View, slugs: Sequence[str]) -> str:
    return _some([view.rows[slug].name for slug in slugs])


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    if more > 0:
        return f"{', '.join(names[:MOST_NAMES])} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _speech(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    """Protocols, by claims and tags."""
    if more := [PROTOCOLS[name] for name in protocols(other) if name not in protocols(row)]:
        yield f"also {_some(more)}"


def _silence(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    """Protocols of which nothing is noted. Of whom none at all is noted, nobody has asked yet."""
    its = protocols(other)
    if its and (fewer := [PROTOCOLS[name] for name in protocols(row) if name not in its]):
        yield f"{_some(fewer)} not noted"


def _home(row: SoftwareRow, other: SoftwareRow, view: View) -> Iterator[str]:
    if other.entry.part_of and other.entry.part_of != row.entry.part_of:
        yield f"comes with {view.rows[other.entry.part_of].name}"
    elif row.entry.part_of and not other.entry.part_of:
        yield "a distribution of its own"


def _other_terms(row: SoftwareRow, other: SoftwareRow, view: View) -> Iterator[str]:
    """A licence that asks for something else."""
    mine, its = row.license, other.license
    if mine and its and mine.spdx != its.spdx:
        families = view.vocabularies.license_families
        family = license_family(other, families)
        if family and family != license_family(row, families):
            yield f"{its.spdx} ({families[family].title.lower()}) instead of {mine.spdx}"


def _same_terms(row: SoftwareRow, other: SoftwareRow, view: View) -> Iterator[str]:
    """Another licence that asks for the same."""
    mine, its = row.license, other.license
    if mine and its and mine.spdx != its.spdx and not any(_other_terms(row, other, view)):
        yield f"{its.spdx} instead of {mine.spdx}"


def _tags(row: SoftwareRow, other: SoftwareRow, view: View) -> Iterator[str]:
    said = set(PROTOCOLS.values())
    titles = [view.vocabularies.tags[tag].title for tag in other.entry.tags if tag not in row.entry.tags]
    if more := [title for title in titles if title not in said]:
        yield f"tagged {_some(more)}"


def _last_release(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    mine = row.package.last_release if row.package else None
    its = other.package.last_release if other.package else None
    if years := _years(mine, its):
        yield f"last release {_age(years)}"


def _first_release(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    years = _years(row.first_sign, other.first_sign)
    if years and not (row.entry.part_of or other.entry.part_of):
        yield f"begun {_span(years)} {'later' if years > 0 else 'earlier'}"


def _years(mine: dt.date | None, its: dt.date | None) -> int:
    """Whole years from the one to the other; 0 where one is not known."""
    return int((its - mine).days / YEAR) if mine and its else 0


def _age(years: int) -> str:
    return f"{_span(years)} {'newer' if years > 0 else 'older'}"


def _span(years: int) -> str:
    return f"{abs(years)} year{'s' if abs(years) > 1 else ''}"


def _python(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    mine, its = lowest_python(row), lowest_python(other)
    if mine and its and mine != its:
        yield f"Python {its[0]}.{its[1]}+ instead of {mine[0]}.{mine[1]}+"


def _dependencies(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    mine = row.package.dependencies if row.package else None
    its = other.package.dependencies if other.package else None
    if mine is None or its is None:
        return
    if mine and not its:
        yield "requires no other distribution"
    elif abs(its - mine) >= MANY:
        yield f"requires {its} distributions instead of {mine}"


def _types(row: SoftwareRow, other: SoftwareRow, _: View) -> Iterator[str]:
    if row.package and other.package and bool(row.package.typed) != bool(other.package.typed):
        yield "declares types" if other.package.typed else "no types declared"


_Rule = Callable[[SoftwareRow, SoftwareRow, View], Iterator[str]]
# The order of telling: danger, whether it fits at all, what it can do, on which terms, how it is kept, what it asks.
_RULES: tuple[_Rule, ...] = (
    _danger,
    _fit,
    _speech,
    _home,
    _other_terms,
    _tags,
    _silence,
    _last_release,
    _same_terms,
    _python,
    _dependencies,
    _types,
    _first_release,
)
