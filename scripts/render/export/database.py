"""The catalogue as an SQLite database, made in memory. The same data gives the same bytes with one SQLite library."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

from scripts.catalogue.scope import ANY
from scripts.catalogue.vocabularies import Term
from scripts.render.export import models
from scripts.render.export.documents import LICENSE
from scripts.render.export.entries import AnyEntry
from scripts.render.export.tables import TABLES, USER_VERSION
from scripts.render.site import Site
from scripts.view.activity import RULES
from scripts.view.rows import View

Value = str | int | None
Table = Iterable[tuple[Value, ...]]
ORIGIN = {"observed", "source"}  # columns of their own beside each fact


def database(view: View, entries: Iterable[AnyEntry], site: Site) -> bytes:
    """The file."""
    entries = tuple(entries)
    software = [entry for entry in entries if isinstance(entry, models.Software)]
    publications = [entry for entry in entries if isinstance(entry, models.Publication)]
    tables = {
        **_vocabularies(view),
        "meta": (("as_of", str(view.as_of)), ("license", LICENSE), ("url", site.address), ("repository", site.project)),
        **_of_entries(entries, view),
        **_of_software(software),
        **_of_publications(publications),
        **_of_lab(software, view),
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        for name, rows in tables.items():
            _insert(connection, name, rows)
        connection.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
        connection.execute("INSERT INTO entries_fts (entries_fts) VALUES ('optimize')")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.commit()
        return connection.serialize()


def _insert(connection: sqlite3.Connection, table: str, rows: Table) -> None:
    rows = tuple(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of ours


def _vocabularies(view: View) -> dict[str, Table]:
    terms = view.vocabularies
    return {
        "kinds": _terms(terms.kinds),
        "tags": _terms(terms.tags),
        "languages": _terms(terms.languages),
        "license_families": _terms(terms.license_families),
        "activities": [(state.value, state.capitalize(), rule) for state, rule in RULES.items()],
        "categories": [
            (term.id, kind, term.title, term.description)
            for kind, members in terms.categories.items()
            for term in members.values()
        ],
    }


def _terms(terms: Mapping[str, Term]) -> Table:
    return [(term.id, term.title, term.description) for term in terms.values()]


def _of_entries(entries: Iterable[AnyEntry], view: View) -> dict[str, Table]:
    tags = view.vocabularies.tags
    return {
        "entries": [
            (
                entry.slug,
                entry.kind,
                entry.category,
                entry.name,
                entry.description,
                ", ".join(tags[tag].title for tag in entry.tags),
                entry.url,
                str(entry.added),
            )
            for entry in entries
        ],
        "entry_tags": [(entry.slug, tag) for entry in entries for tag in dict.fromkeys(entry.tags)],
        "events": [
            (entry.slug, str(event.date), event.event, event.before, event.after)
            for entry in entries
            for event in reversed(entry.history)
        ],
    }


def _of_software(software: Iterable[models.Software]) -> dict[str, Table]:
    return {
        "software": [_software(entry) for entry in software],
        "works_with": [
            (entry.slug, other)
            for entry in software
            for other in dict.fromkeys(entry.relations.works_with)
            if other != ANY
        ],
        "formerly": [(entry.slug, name) for entry in software for name in dict.fromkeys(entry.formerly)],
        "claims": [
            (entry.slug, protocol, entry.claims.source)
            for entry in software
            if entry.claims
            for protocol in dict.fromkeys(entry.claims.protocols)
        ],
        "facts": [fact for entry in software for fact in _facts(entry)],
    }


def _software(entry: models.Software) -> tuple[Value, ...]:
    activity, status, links = entry.activity, entry.activity.status, entry.links
    relations, found = entry.relations, entry.license
    return (
        entry.slug,
        activity.state.value,
        str(activity.as_of),
        _value(activity.last_sign),
        _value(activity.first_sign),
        *((status.state, status.since, status.reason, status.source) if status else (None,) * 4),
        entry.package,
        entry.import_path,
        *(links.primary, links.repository, links.docs, links.homepage, links.evidence),
        *(relations.part_of, relations.fork_of, relations.succeeded_by, ANY in relations.works_with),
        *((found.spdx, found.family, str(found.observed), found.source) if found else (None,) * 4),
    )


def _facts(entry: models.Software) -> Iterator[tuple[Value, ...]]:
    """The facts of an entry's own package and repository, unknown ones left out."""
    if entry.facts.of != entry.slug:
        return
    for subject in ("package", "repository", "stars", "downloads"):
        record: models.Observed | None = getattr(entry.facts, subject)
        if record is None:
            continue
        for name in type(record).model_fields:
            value = None if name in ORIGIN else _value(getattr(record, name))
            if value is not None:
                yield entry.slug, subject, name, value, str(record.observed), record.source


def _of_lab(software: Iterable[models.Software], view: View) -> dict[str, Table]:
    found = [one for entry in software for one in entry.measured]
    return {
        "probes": [
            (sheet.kind, id_, one.title, one.level, one.how, one.source or None, one.url or None, one.claim)
            for sheet in view.lab.sheets.values()
            for id_, one in sheet.probes.items()
        ],
        "subjects": [
            (
                *(one.kind, one.subject, one.entry, one.title, one.default, one.version),
                *(json.dumps(one.requirements), json.dumps(one.options)),
                *(one.python, one.platform, str(one.measured), one.error),
            )
            for one in found
        ],
        "measured": [
            (
                *(one.kind, one.subject, probe, said.result, said.detail, said.flaky, said.disputed),
                *(one.version, str(one.measured)),
            )
            for one in found
            for probe, said in one.results.items()
        ],
    }


def _value(found: object) -> Value:
    if found is None or found == ():
        return None
    if isinstance(found, tuple):
        parts = [part.model_dump() if isinstance(part, models.Exported) else part for part in found]
        return json.dumps(parts, ensure_ascii=False)
    if isinstance(found, dt.date):
        return found.isoformat()
    return found if isinstance(found, int) else str(found)


def _of_publications(publications: Iterable[models.Publication]) -> dict[str, Table]:
    return {
        "publications": [
            (entry.slug, entry.link, entry.published, entry.language, entry.event, entry.level, entry.background)
            for entry in publications
        ],
        "authors": [
            (entry.slug, position, name) for entry in publications for position, name in enumerate(entry.authors, 1)
        ],
        "topics": [(entry.slug, about) for entry in publications for about in dict.fromkeys(entry.about)],
    }
