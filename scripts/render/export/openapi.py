"""The OpenAPI description of the files: each is a path, and the schemas are those of the models."""

from typing import Any

from pydantic.json_schema import models_json_schema

from scripts.render import places
from scripts.render.export import models
from scripts.render.export.documents import text_of
from scripts.render.site import Site

REFERENCE = "#/components/schemas/{model}"
SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "The key of the entry.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "examples": ["uvicorn"]},
}
ENTRY = {
    "oneOf": [{"$ref": REFERENCE.format(model=name)} for name in ("Software", "Publication")],
}
JSON, ATOM = "application/json", "application/atom+xml"
ANY_SCHEMA = {"type": "object", "description": "A JSON Schema, draft 2020-12."}


def openapi(site: Site) -> str:
    """The description, whose server is the site."""
    _, schemas = models_json_schema(
        [
            (model, "serialization")
            for model in (models.Catalogue, models.Software, models.Publication, models.LabFile, models.Badge)
        ],
        ref_template=REFERENCE,
    )
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.name}: data",
            "version": f"{models.VERSION}.0.0",
            "summary": "Static files: no key, no limit, no query parameters.",
            "description": f"What there is and what is promised: {site.of(places.API_INDEX)}",
            "license": {"name": "CC0 1.0 Universal", "identifier": "CC0-1.0"},
            "contact": {"name": site.name, "url": f"{site.project}/issues"},
        },
        "servers": [{"url": site.address.rstrip("/")}],
        "security": [],
        "paths": _paths(),
        "components": {"schemas": schemas["$defs"]},
    }
    return text_of(document)


def _paths() -> dict[str, Any]:
    reference = {"$ref": REFERENCE.format(model="Catalogue")}
    lab = {"$ref": REFERENCE.format(model="LabFile")}
    badge = {"$ref": REFERENCE.format(model="Badge")}
    found = (
        _get(places.API_CATALOGUE, "catalogue", "Every entry, with the vocabularies", JSON, reference),
        _get(places.api_entry("{slug}"), "entry", "One entry", JSON, ENTRY),
        _get(places.API_LAB, "lab", "Everything measured, with the probes", JSON, lab),
        _get(places.API_CSV, "catalogueCsv", "Every entry as a row", "text/csv"),
        _get(places.API_DATABASE, "catalogueSqlite", "Everything as a database", "application/vnd.sqlite3"),
        _get(places.feed("entries"), "newEntries", "The newest entries", ATOM),
        _get(places.feed("changes"), "changes", "The newest changes of all entries", ATOM),
        _get(places.feed("publications"), "newPublications", "The newest publications of the catalogue", ATOM),
        _get(places.entry_feed("{slug}"), "history", "The history of one project", ATOM),
        _get(places.badge_picture("{slug}"), "badge", "The activity of a project as a picture", "image/svg+xml"),
        _get(places.badge_endpoint("{slug}"), "badgeEndpoint", "The same for shields.io", JSON, badge),
        _get(places.api_schema("catalogue"), "catalogueSchema", "The JSON Schema of the catalogue", JSON, ANY_SCHEMA),
        _get(places.api_schema("lab"), "labSchema", "The JSON Schema of what was measured", JSON, ANY_SCHEMA),
        _get(places.api_schema("entry"), "entrySchema", "The JSON Schema of one entry", JSON, ANY_SCHEMA),
    )
    return dict(found)


def _get(
    place: Any, operation: str, summary: str, media: str, schema: dict[str, Any] | None = None
) -> tuple[str, dict[str, Any]]:
    """A path with its one operation."""
    content: dict[str, Any] = {media: {"schema": schema} if schema else {}}
    responses: dict[str, Any] = {"200": {"description": summary, "content": content}}
    about: dict[str, Any] = {"operationId": operation, "summary": summary, "responses": responses}
    if "{slug}" in place.as_posix():
        about["parameters"] = [SLUG]
        responses["404"] = {"description": "There is no such entry, or it is a publication and this is for software."}
    return f"/{place.as_posix()}", {"get": about}
