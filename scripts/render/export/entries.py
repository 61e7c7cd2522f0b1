"""Rows of the view as exported entries."""

from collections.abc import Iterable, Mapping

from scripts.catalogue.models import Speaking
from scripts.render import places
from scripts.render.export import models
from scripts.render.export.measured import measured
from scripts.render.parts import place_of
from scripts.render.site import Site
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View
from scripts.view.traits import license_family, protocols

AnyEntry = models.Software | models.Publication


def exported(view: View, site: Site) -> Mapping[str, AnyEntry]:
    """Every entry by slug, in the order of the view."""
    return {
        slug: _software(row, view, site) if isinstance(row, SoftwareRow) else _publication(row, view, site)
        for slug, row in view.rows.items()
    }


def _common(row: Row, view: View, site: Site) -> dict[str, object]:
    return {
        "kind": row.kind,
        "slug": row.slug,
        "name": row.name,
        "url": site.of(place_of(row, view.vocabularies)),
        "json_url": site.of(places.api_entry(row.slug)),
        "category": row.group,
        "added": row.entry.added,
        "history": _history(row, view),
    }


def _history(row: Row, view: View) -> tuple[models.Event, ...]:
    """What happened to an entry. An entry that no refresh has noticed yet was added all the same."""
    events = tuple(models.Event.model_validate(event) for event in view.history(row.slug))
    if not any(event.event == "added" for event in events):
        events += (models.Event(date=row.entry.added, event="added", before=None, after=row.kind),)
    return tuple(sorted(events, key=lambda event: event.date, reverse=True))


def _software(row: SoftwareRow, view: View, site: Site) -> models.Software:
    entry = row.entry
    claims = entry.claims if isinstance(entry, Speaking) else None
    own: dict[str, object] = {
        "description": entry.description,
        "tags": entry.tags,
        "package": entry.package,
        "import_path": entry.import_path,
        "formerly": entry.formerly,
        "links": {
            "primary": row.link,
            "repository": entry.repository,
            "docs": entry.docs,
            "homepage": entry.homepage,
            "evidence": entry.evidence,
        },
        "relations": _relations(row, view),
        "activity": {
            "state": row.activity,
            "as_of": view.as_of,
            "last_sign": row.last_sign,
            "first_sign": row.first_sign,
            "status": entry.status or row.home.status,
        },
        "license": _license(row, view),
        "claims": claims,
        "protocols": protocols(row),
        "measured": measured(row.slug, view),
        "facts": _facts(row),
        "feed": site.of(places.entry_feed(row.slug)),
        "badge": site.of(places.badge_picture(row.slug)),
    }
    return models.Software.model_validate(_common(row, view, site) | own)


def _publication(row: PublicationRow, view: View, site: Site) -> models.Publication:
    entry = row.entry
    own: dict[str, object] = {
        "description": entry.summary,
        "tags": tuple(topic for topic in entry.topics if topic not in view.rows),
        "about": tuple(topic for topic in entry.topics if topic in view.rows),
        "link": entry.url,
        "authors": entry.authors,
        "published": entry.published,
        "language": entry.language,
        "event": entry.event,
        "level": entry.level,
        "background": entry.background,
        "seen_in": entry.seen_in,
    }
    return models.Publication.model_validate(_common(row, view, site) | own)


def _relations(row: SoftwareRow, view: View) -> dict[str, object]:
    entry = row.entry
    return {
        "works_with": entry.works_with,
        "part_of": entry.part_of,
        "ships": _slugs(view.components(row.slug)),
        "fork_of": entry.fork_of,
        "forked_as": _slugs(view.forks(row.slug)),
        "succeeded_by": entry.succeeded_by,
        "succeeds": _slugs(view.predecessors(row.slug)),
        "publications": _slugs(view.about(row.slug)),
    }


def _slugs(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.slug for row in rows)


def _license(row: SoftwareRow, view: View) -> dict[str, object] | None:
    if row.license is None:
        return None
    family = license_family(row, view.vocabularies.license_families)
    return {
        "spdx": row.license.spdx,
        "family": family,
        "observed": row.license.observed,
        "source": row.license.source,
    }


def _facts(row: SoftwareRow) -> dict[str, object]:
    package = {**dict(row.package), "name": row.home.package} if row.package else None
    return {
        "of": row.entry.part_of or row.slug,
        "package": package,
        "repository": row.repository,
        "stars": row.stars,
        "downloads": row.downloads,
    }
