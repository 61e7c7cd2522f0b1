"""The explorer: every entry of software as a row of one table, which reads without scripts and filters with one."""

from collections.abc import Mapping, Sequence

import htpy as h

from scripts.catalogue.models import Software
from scripts.catalogue.scope import ANY
from scripts.render import places
from scripts.render.filters import BAR, Facet, filter_form, values
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.parts import activity_word, address
from scripts.view.activity import RULES, Activity
from scripts.view.capabilities import CAPABILITIES, capabilities_of
from scripts.view.rows import SoftwareRow, View
from scripts.view.traits import PROTOCOLS, allowed_pythons, current_pythons, license_family, protocols

ORDERS = {
    "": "Best match, else name",
    "name": "Name",
    "released": "Last release, newest first",
    "stars": "Stars, most first",
    "downloads": "Downloads, most first",
    "added": "Added, newest first",
}
FIRST = 50  # rows that are shown before somebody asks for all
COLUMNS = (("name", "Entry"), ("", "Category"), ("", "Activity"), ("released", "Last release"), ("stars", "Stars"))


def explorer_page(view: View) -> str:
    """The page ``/catalogue/``."""
    page = places.CATALOGUE_INDEX
    kinds = " · ".join(
        link(kind.title, relative(page, places.kind(kind.folder))) for kind in view.vocabularies.kinds.values()
    )
    intro = (
        f"{plural(len(view.software), 'project')}, as of {view.as_of}. Dates are of releases on the package index,"
        " stars of the forge; every page says when and where they were read. An empty cell is unknown.\n\n"
        f"By kind: {kinds}. Across kinds: {link('all tags', relative(page, places.TAGS))}.\n\n"
    )
    description = "Every ASGI server, framework, middleware, library, tool and application, to filter and compare."
    head = front_matter("Catalogue", description=description, hide=["navigation", "toc"])
    # Not deferred: it must listen for steps back before the theme, which would fetch the page again at the first.
    script = h.script(src=address(page, places.EXPLORER_SCRIPT))
    return f"{head}# Catalogue\n\n{intro}{h.div[_explorer(view), script]}\n"


def _explorer(view: View) -> h.Element:
    rows = sorted(view.software, key=lambda row: not row.activity.alive)
    pythons = current_pythons(view.software)
    traits = {row.slug: _traits(row, view, pythons) for row in rows}
    facets = _facets(view, pythons)
    counted = {
        facet.name: [value for found in traits.values() for value in found[facet.name].split(BAR)] for facet in facets
    }
    dead = sum(not row.activity.alive for row in rows)
    elsewhere = {
        "data_elsewhere": address(places.CATALOGUE_INDEX, places.PUBLICATIONS_INDEX),
        "data_elsewhere_text": "Search the publications",
    }
    return h.section(data_explorer=True, data_noun="entry|entries", data_limit=str(FIRST), **elsewhere)[
        filter_form(
            facets,
            counted,
            search="Search by name, package, tag or former name",
            orders=ORDERS,
            switch=("dead", f"Show dormant and ended ({dead})"),
        ),
        h.form(".chosen", action=address(places.CATALOGUE_INDEX, places.COMPARE_INDEX), method="get")[
            h.div(".scroll")[
                # The roles say what the elements say: some browsers forget it where a row is laid out as a grid.
                h.table(".explorer", role="table")[
                    h.caption(".hidden-text")["Software of the catalogue"],
                    h.thead(role="rowgroup")[
                        h.tr(role="row")[
                            h.th(".choose", role="columnheader", scope="col")[h.span(".hidden-text")["Compare"]],
                            (
                                h.th(role="columnheader", scope="col", data_sort=order or None)[title]
                                for order, title in COLUMNS
                            ),
                        ]
                    ],
                    h.tbody(role="rowgroup", data_items=True)[
                        (
                            _row(row, view, traits[row.slug], later=at >= FIRST or not row.activity.alive)
                            for at, row in enumerate(rows)
                        )
                    ],
                ]
            ],
            h.div(".chosen__bar", hidden=True)[
                h.span(role="status"), h.button(".md-button.md-button--primary")["Compare"]
            ],
        ],
    ]


def _facets(view: View, pythons: Sequence[str]) -> Sequence[Facet]:
    terms = view.vocabularies
    categories = {
        term.id: f"{kind.title}: {term.title}"
        for kind in terms.kinds.values()
        if kind.id != "publication"
        for term in terms.categories[kind.id].values()
    }
    worked = {slug for row in view.software for slug in row.entry.works_with} - {ANY}
    frameworks = {slug: view.rows[slug].name for slug in sorted(worked, key=lambda slug: view.rows[slug].name.lower())}
    facets = (
        Facet("kind", "Kind", {kind.id: kind.title for kind in terms.kinds.values()}),
        Facet("category", "Category", categories),
        Facet("activity", "Activity", {state.value: f"{state.capitalize()}: {RULES[state]}" for state in Activity}),
        Facet("works", "Works with", {ANY: "Any ASGI application", **frameworks}),
        Facet("protocol", "Protocol", PROTOCOLS),
        Facet("measured", "Measured", {one.id: one.title for one in CAPABILITIES}),
        Facet("license", "Licence", {family.id: family.title for family in terms.license_families.values()}),
        Facet("python", "Installs on Python", {version: version for version in pythons}),
        Facet("typed", "Types", {"yes": "Declares that it ships types"}),
    )
    asked = any(sheet.measured for sheet in view.lab.sheets.values())
    return tuple(facet for facet in facets if asked or facet.name != "measured")


def _traits(row: SoftwareRow, view: View, pythons: Sequence[str]) -> Mapping[str, str]:
    """The values of a row by facet."""
    return {
        "kind": row.kind,
        "category": row.group,
        "activity": row.activity.value,
        "works": values(*row.entry.works_with),
        "protocol": values(*protocols(row)),
        "measured": values(*capabilities_of(row.slug, view.lab)),
        "license": values(license_family(row, view.vocabularies.license_families)),
        "python": values(*allowed_pythons(row, pythons)),
        "typed": "yes" if row.package and row.package.typed else "",
    }


def _row(row: SoftwareRow, view: View, traits: Mapping[str, str], *, later: bool) -> h.Element:
    """One entry. ``later``: the script would hide it at first, so the style sheet does before the script runs."""
    released = str(row.released or "")
    own = {
        "data_slug": row.slug,
        "data_released": released or None,
        "data_stars": str(row.stars.count) if row.stars else None,
        "data_downloads": str(row.downloads.last_month) if row.downloads else None,
        "data_added": str(row.entry.added),
    }
    facets = {f"data_{name}": found or None for name, found in traits.items()}
    return h.tr(role="row", data_item="later" if later else True, data_also=_also(row.entry, view), **facets, **own)[
        h.td(".choose", role="cell"),  # the script puts a box into it, which would do nothing without
        h.th(role="rowheader", scope="row")[h.a(href=_page_of(row, view))[row.name], h.span[row.entry.description]],
        h.td(role="cell")[view.vocabularies.categories[row.kind][row.group].title],
        h.td(role="cell")[h.span(class_=f"badge badge--{row.activity}")[activity_word(row)]],
        h.td(role="cell")[released],
        h.td(role="cell")[f"{row.stars.count:,}" if row.stars else None],
    ]


def _also(entry: Software, view: View) -> str | None:
    """Other words by which people look for it."""
    tags = (view.vocabularies.tags[tag].title for tag in entry.tags)
    words = (entry.package, entry.import_path, *entry.formerly, *tags)
    return " ".join(word for word in words if word) or None


def _page_of(row: SoftwareRow, view: View) -> str:
    return f"{view.vocabularies.kinds[row.kind].folder}/{row.slug}/"
