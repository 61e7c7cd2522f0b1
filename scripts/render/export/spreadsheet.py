"""The catalogue as CSV (RFC 4180): one row an entry, for spreadsheets."""

import csv
import datetime as dt
import io
from collections.abc import Iterable

from scripts.render.export.entries import AnyEntry

BETWEEN = " | "  # between several values of a cell: no comma, semicolon or tab, which some programs split at
# What makes a spreadsheet take a cell for a formula, or skip to the next character and take that one.
# The wide forms count in spreadsheets set to Chinese or Japanese.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS = {
    "slug": "slug",
    "kind": "kind",
    "category": "category",
    "name": "name",
    "description": "description",
    "url": "url",
    "added": "added",
    "tags": "tags",
    "activity": "activity.state",
    "activity_as_of": "activity.as_of",
    "last_sign": "activity.last_sign",
    "status": "activity.status.state",
    "status_since": "activity.status.since",
    "status_source": "activity.status.source",
    "package": "package",
    "import": "import_path",
    "formerly": "formerly",
    "repository": "links.repository",
    "docs": "links.docs",
    "homepage": "links.homepage",
    "evidence": "links.evidence",
    "works_with": "relations.works_with",
    "part_of": "relations.part_of",
    "fork_of": "relations.fork_of",
    "succeeded_by": "relations.succeeded_by",
    "protocols": "protocols",
    "license": "license.spdx",
    "license_family": "license.family",
    "license_observed": "license.observed",
    "license_source": "license.source",
    "version": "facts.package.version",
    "first_release": "facts.package.first_release",
    "last_release": "facts.package.last_release",
    "requires_python": "facts.package.requires_python",
    "typed": "facts.package.typed",
    "dependencies": "facts.package.dependencies",
    "package_observed": "facts.package.observed",
    "package_source": "facts.package.source",
    "last_commit": "facts.repository.last_commit",
    "repository_created": "facts.repository.created",
    "archived": "facts.repository.archived",
    "repository_observed": "facts.repository.observed",
    "repository_source": "facts.repository.source",
    "stars": "facts.stars.count",
    "stars_observed": "facts.stars.observed",
    "stars_source": "facts.stars.source",
    "downloads_last_month": "facts.downloads.last_month",
    "downloads_observed": "facts.downloads.observed",
    "downloads_source": "facts.downloads.source",
    "link": "link",
    "authors": "authors",
    "published": "published",
    "language": "language",
    "event": "event",
    "about": "about",
    "level": "level",
    "background": "background",
}


def spreadsheet(entries: Iterable[AnyEntry]) -> str:
    """The text, lines ended as the format asks, every text in quotes."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    paths = [path.split(".") for path in COLUMNS.values()]
    writer.writerows([_cell(_at(entry, path)) for path in paths] for entry in entries)
    return stream.getvalue()


def _at(entry: AnyEntry, path: Iterable[str]) -> object:
    """The value at the end of a path of attributes; nothing where one of them is not there."""
    found: object = entry
    for name in path:
        found = getattr(found, name, None)
    return found


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    return harmless(BETWEEN.join(map(str, value)) if isinstance(value, tuple) else _text(value))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(FORMULA) else text
