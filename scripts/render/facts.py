"""The table of facts on an entry's page: every value with the day and the source it was read from."""

from collections.abc import Iterator

from scripts.render.markdown import escape, link, table
from scripts.render.parts import activity_word
from scripts.view.activity import RULES
from scripts.view.rows import SoftwareRow, View

Fact = tuple[str, str, str]  # name, value, when and where it was read


def facts_table(row: SoftwareRow, view: View) -> str:
    """Two columns: four do not fit a phone, so date and source stand below the value."""
    return table(("What", "Value"), [(name, f"{value}{_origin(asof)}") for name, value, asof in _facts(row, view)])


def _origin(asof: str) -> str:
    return f'<br><span class="facts">{asof}</span>' if asof else ""


def _facts(row: SoftwareRow, view: View) -> Iterator[Fact]:
    yield _activity(row, view)
    yield from _of_package(row)
    yield from _of_repository(row)
    if row.stars:
        yield "Stars", f"{row.stars.count:,}", f"{row.stars.observed}, {escape(row.stars.source)}"
    yield _license(row)


def _activity(row: SoftwareRow, view: View) -> Fact:
    said = row.entry.status or row.home.status
    if said is None:
        return "Activity", f"{activity_word(row)}: {RULES[row.activity]}", f"{view.as_of}, by the dates below"
    source = link("said by its authors or forge", said.source)
    return "Activity", f"{activity_word(row)}: {escape(said.reason)}", f"{said.since or row.entry.added}, {source}"


def _of_package(row: SoftwareRow) -> Iterator[Fact]:
    package = row.package
    if package is None:
        return
    asof = f"{package.observed}, {escape(package.source)}"
    if package.gone:
        asof += f"; it is gone from there since {package.gone}"
    yanked = " (yanked: withdrawn by its authors)" if package.yanked else ""
    yield from _known("Latest version", package.version and package.version + yanked, asof)
    yield from _known("Last release", package.last_release, asof)
    yield from _known("First release", package.first_release, asof)
    yield from _known("Requires Python", package.requires_python, asof)
    yield from _known("Declared Pythons", ", ".join(package.pythons), f"{asof}, by its classifiers")
    yield from _known("Ships types", "yes" if package.typed else None, f"{asof}, by its classifiers")
    yield from _known("Required distributions", package.dependencies, asof)
    yield from _known("Extras", ", ".join(package.extras), asof)
    for found in package.vulnerabilities:
        fixed = f"fixed in {', '.join(found.fixed_in)}" if found.fixed_in else "no fixed version known"
        yield "Known vulnerability", escape(f"{', '.join((found.id, *found.aliases))}: {fixed}"), asof


def _of_repository(row: SoftwareRow) -> Iterator[Fact]:
    repository = row.repository
    if repository is None:
        return
    asof = f"{repository.observed}, {escape(repository.source)}"
    if repository.gone:
        asof += f"; it is gone from there since {repository.gone}"
    yield from _known("Last commit", repository.last_commit, asof)
    yield from _known("Archived", "yes" if repository.archived else None, asof)
    yield from _known("Forks", repository.forks, asof)
    yield from _known("Open issues", repository.open_issues, asof)
    yield from _known("Topics", ", ".join(repository.topics), asof)


def _known(name: str, value: object, asof: str) -> Iterator[Fact]:
    if value is not None and value != "":
        yield name, escape(f"{value:,}" if isinstance(value, int) else str(value)), asof


def _license(row: SoftwareRow) -> Fact:
    found = row.license
    if found is None:
        return "Licence", "unknown", ""
    return "Licence", escape(found.spdx), f"{found.observed}, {escape(found.source)}"
