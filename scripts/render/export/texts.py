"""Two small files at the root of the site: one for language models, one for the search field of browsers."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from scripts.render import places
from scripts.render.markdown import escape, link, plural
from scripts.render.site import Site
from scripts.view.rows import SoftwareRow, View

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


def llms(view: View, site: Site) -> str:
    """What the catalogue is, and each living project in one line (llmstxt.org). Links are relative: they are many."""
    return "\n".join(_lines(view, site)) + "\n"


def _lines(view: View, site: Site) -> Iterator[str]:
    living = sum(row.activity.alive for row in view.software)
    rest = len(view.software) - living
    yield f"# {site.name}\n"
    yield (
        "> A catalogue of the ASGI ecosystem (the Asynchronous Server Gateway Interface of Python): servers,"
        " frameworks, middleware, libraries, tools, applications and publications."
        f" As of {view.as_of}. Data: CC0-1.0.\n"
    )
    yield (
        f"{plural(living, 'living project')} below, in one line each; {rest} dormant or ended ones and"
        f" {plural(len(view.publications), 'publication')} are in the data. Links are relative to {site.address} and"
        " lead to JSON: facts, each with the day and source of its reading. No score, no ranking; unknown is null.\n"
    )
    yield "## Data\n"
    for place, title, text in (
        (places.API_CATALOGUE, "Everything as JSON", "all entries, with vocabularies"),
        (places.API_DATABASE, "SQLite", "the same, to be queried"),
        (places.API_CSV, "CSV", "one row an entry"),
        (places.API_DESCRIPTION, "OpenAPI", "every file and its schema"),
        (places.feed("changes"), "Changes", "an Atom feed"),
    ):
        yield f"- {link(title, place.as_posix())}: {text}"
    for kind in view.vocabularies.kinds.values():
        for term, members in view.groups(kind, view.of_kind(kind.id)):
            rows = [row for row in members if isinstance(row, SoftwareRow) and row.activity.alive]
            if rows:
                yield f"\n## {kind.title}: {escape(term.title)}\n"
                yield from (f"- {link(row.name, _place(row))}: {escape(row.entry.description)}" for row in rows)


def _place(row: SoftwareRow) -> str:
    return places.api_entry(row.slug).as_posix()


def opensearch(site: Site) -> str:
    """Lets a browser search the catalogue from its address bar."""
    root = ET.Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    for name, text in (
        ("ShortName", site.name[:16]),
        ("Description", f"Search {site.name}, the catalogue of the ASGI ecosystem"),
        ("InputEncoding", "UTF-8"),
    ):
        ET.SubElement(root, name).text = text
    template = f"{site.of(places.CATALOGUE_INDEX)}?q={{searchTerms}}"
    ET.SubElement(root, "Url", {"type": "text/html", "template": template})
    ET.SubElement(
        root,
        "Url",
        {"type": "application/opensearchdescription+xml", "rel": "self", "template": site.of(places.OPENSEARCH)},
    )
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
