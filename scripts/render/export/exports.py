"""Every file that programs read, by its place below ``docs/``."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.render import places
from scripts.render.export import badges, documents, texts
from scripts.render.export.database import database
from scripts.render.export.entries import exported
from scripts.render.export.feeds import feeds
from scripts.render.export.measured import lab_text
from scripts.render.export.openapi import openapi
from scripts.render.export.spreadsheet import spreadsheet
from scripts.render.files import Content
from scripts.render.site import Site
from scripts.view.rows import View


def exports(view: View, site: Site) -> Iterator[tuple[PurePosixPath, Content]]:
    """The files."""
    entries = exported(view, site)
    lines = {slug: documents.entry_text(entry) for slug, entry in entries.items()}
    yield places.API_CATALOGUE, documents.catalogue_text(view, lines.values(), site)
    yield from ((places.api_entry(slug), f"{line}\n") for slug, line in lines.items())
    yield places.api_schema("entry"), documents.entry_schema(site)
    yield places.api_schema("catalogue"), documents.catalogue_schema(site)
    yield places.API_LAB, lab_text(view, site)
    yield places.api_schema("lab"), documents.lab_schema(site)
    yield places.API_DESCRIPTION, openapi(site)
    yield places.API_CSV, spreadsheet(entries.values())
    yield places.API_DATABASE, database(view, entries.values(), site)
    yield from feeds(view, entries, site)
    for row in view.software:
        yield places.badge_picture(row.slug), badges.picture(row, view, site)
        yield places.badge_endpoint(row.slug), badges.endpoint(row, site)
    yield places.LLMS, texts.llms(view, site)
    yield places.OPENSEARCH, texts.opensearch(site)
