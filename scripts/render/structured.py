"""What an entry is in the words of schema.org, for programs that read pages. Addresses are absolute."""

from collections.abc import Mapping

from scripts.render.parts import place_of
from scripts.render.site import Site
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View

CONTEXT = "https://schema.org"
LICENSES = "https://spdx.org/licenses/"


def structured(row: Row, view: View, site: Site) -> Mapping[str, object]:
    """The description; what is unknown is left out."""
    found = _publication(row, view) if isinstance(row, PublicationRow) else _software(row, view, site)
    page = _page(row, view, site)
    return {"@context": CONTEXT, **{key: value for key, value in found.items() if value}, "mainEntityOfPage": page}


def _page(row: Row, view: View, site: Site) -> str:
    return site.of(place_of(row, view.vocabularies))


def _software(row: SoftwareRow, view: View, site: Site) -> Mapping[str, object]:
    entry, home, package = row.entry, row.home, row.package
    parent = view.rows.get(entry.part_of or "")
    return {
        "@type": "SoftwareSourceCode",
        "name": entry.name,
        "description": entry.description,
        "url": entry.homepage or entry.docs or home.docs or home.repository or _page(row, view, site),
        "codeRepository": home.repository,
        "programmingLanguage": "Python",
        "runtimePlatform": package and package.requires_python and f"Python {package.requires_python}",
        "license": row.license and _license(row.license.spdx),
        "version": package and package.version,
        "dateCreated": package and str(package.first_release or ""),
        "dateModified": str(row.released or ""),
        "keywords": [view.vocabularies.tags[tag].title for tag in entry.tags],
        "isPartOf": parent and {"@type": "SoftwareSourceCode", "name": parent.name, "url": _page(parent, view, site)},
    }


def _license(spdx: str) -> str | None:
    """The address of a licence; an expression of several has none, and neither has one that SPDX does not list."""
    return None if " " in spdx or spdx.startswith("LicenseRef-") else f"{LICENSES}{spdx}"


def _publication(row: PublicationRow, view: View) -> Mapping[str, object]:
    entry = row.entry
    return {
        "@type": view.vocabularies.publication_types[entry.type].structured,
        "name": entry.title,
        "description": entry.summary,
        "url": entry.url,
        "author": [{"@type": "Person", "name": name} for name in entry.authors],
        "datePublished": entry.published,
        "inLanguage": entry.language,
        "about": [_topic(topic, view) for topic in entry.topics],
    }


def _topic(topic: str, view: View) -> str:
    return view.rows[topic].name if topic in view.rows else view.vocabularies.tags[topic].title
