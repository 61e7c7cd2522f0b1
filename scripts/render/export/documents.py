"""The JSON files and the schemas that describe them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaValue

from scripts.catalogue.vocabularies import Term
from scripts.render import places
from scripts.render.export import models
from scripts.render.export.entries import AnyEntry
from scripts.render.site import Site
from scripts.view.activity import RULES
from scripts.view.rows import View

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LICENSE = models.LICENSE
ENTRY: TypeAdapter[AnyEntry] = TypeAdapter(models.AnyEntry)


def entry_text(entry: AnyEntry) -> str:
    """One entry in one line: the same text in its own file and in the catalogue."""
    return entry.model_dump_json(by_alias=True)


def catalogue_text(view: View, entries: Iterable[str], site: Site) -> str:
    """Everything, with one entry a line, so that line tools and diffs can read it."""
    head = _catalogue(view, site).model_dump_json(by_alias=True, exclude={"entries"})
    listed = ",\n".join(entries)
    return f'{head[:-1]},"entries":[\n{listed}\n]}}\n'


def _catalogue(view: View, site: Site) -> models.Catalogue:
    terms = view.vocabularies
    return models.Catalogue(
        version=models.VERSION,
        as_of=view.as_of,
        license=LICENSE,
        url=site.of(places.CATALOGUE_INDEX),
        repository=site.project,
        activities=tuple(
            models.Term(id=state, title=state.capitalize(), description=rule) for state, rule in RULES.items()
        ),
        kinds=_terms(terms.kinds),
        categories=tuple(
            models.Category(id=term.id, title=term.title, description=term.description, kind=kind)
            for kind, members in terms.categories.items()
            for term in members.values()
        ),
        tags=_terms(terms.tags),
        languages=_terms(terms.languages),
        license_families=_terms(terms.license_families),
        entries=(),
    )


def _terms(terms: Mapping[str, Term]) -> tuple[models.Term, ...]:
    return tuple(models.Term.model_validate(term) for term in terms.values())


def entry_schema(site: Site) -> str:
    """The schema of one entry."""
    return _schema(ENTRY.json_schema(mode="serialization"), "entry", site)


def catalogue_schema(site: Site) -> str:
    """The schema of the whole catalogue."""
    return _schema(models.Catalogue.model_json_schema(mode="serialization"), "catalogue", site)


def lab_schema(site: Site) -> str:
    """The schema of what was measured."""
    return _schema(models.LabFile.model_json_schema(mode="serialization"), "lab", site)


def _schema(schema: JsonSchemaValue, name: str, site: Site) -> str:
    head = {"$schema": DIALECT, "$id": site.of(places.api_schema(name)), "title": f"{site.name}: {name}"}
    return text_of({**schema, **head})


def text_of(document: Any) -> str:
    """A document for people to read as well."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
