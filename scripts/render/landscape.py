"""The landscape: every project as a tile in its layer of the stack, shaded by a fact of the reader's choice.

Tiles carry a class for each fact; docs/assets/site.css shows those of the chosen one, so that no script is needed.
"""

from collections.abc import Mapping, Sequence

import htpy as h

from scripts.catalogue.scope import ANY
from scripts.catalogue.vocabularies import Layer, Term
from scripts.render import places
from scripts.render.filters import BAR, Facet, filter_form, values
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.parts import activity_word, address, place_of
from scripts.view.activity import Activity
from scripts.view.landscape import SHADES, Shade, layers
from scripts.view.rows import SoftwareRow, View
from scripts.view.traits import PROTOCOLS, license_family, protocols

PAGE = places.LANDSCAPE_INDEX


def landscape_page(view: View) -> str:
    """The page ``/landscape/``."""
    explorer = link("catalogue", relative(PAGE, places.CATALOGUE_INDEX))
    intro = (
        f"{plural(len(view.software), 'project')} as of {view.as_of}, where they stand between a client and an"
        " application. Each tile leads to its entry, which says when and where every figure was read; the"
        f" {explorer} has the same projects as a table.\n\n"
    )
    description = "The whole ASGI ecosystem on one screen: clients, servers, middleware, frameworks, applications."
    head = front_matter("Landscape", description=description, hide=["navigation", "toc"], search={"exclude": True})
    script = h.script(src=address(PAGE, places.EXPLORER_SCRIPT), defer=True)
    return f"{head}# Landscape\n\n{intro}{h.div[_landscape(view), script]}\n"


def _landscape(view: View) -> h.Element:
    facets = _facets(view)
    traits = {row.slug: _traits(row, view) for row in view.software}
    counted = {
        facet.name: [value for found in traits.values() for value in found[facet.name].split(BAR)] for facet in facets
    }
    dead = sum(not row.activity.alive for row in view.software)
    elsewhere = {
        "data_elsewhere": address(PAGE, places.CATALOGUE_INDEX),
        "data_elsewhere_text": "Search the descriptions in the catalogue",
    }
    return h.section(".landscape", data_explorer=True, data_noun="project|projects", **elsewhere)[
        filter_form(
            facets,
            counted,
            search="Search by name, package, tag or former name",
            orders={},
            switch=("dead", f"Show dormant and ended ({dead})"),
        ),
        h.div(".shades")[
            h.label[
                h.span["Shade by"],
                h.select(autocomplete="off")[(h.option(value=shade.id)[shade.title] for shade in SHADES)],
            ],
            (_legend(shade) for shade in SHADES),
            h.label(".switch", hidden=True)[
                h.input(".overview", type="checkbox", autocomplete="off"), "On one screen, without names"
            ],
        ],
        (_layer(layer, groups, view, traits) for layer, groups in layers(view)),
    ]


def _legend(shade: Shade) -> h.Element:
    """What the tiles look like, the strongest first."""
    known = [(level, words) for level, words in enumerate(shade.words) if words]
    return h.ul(class_=f"legend legend--{shade.id}", aria_label=f"{shade.title}: shades of the tiles")[
        (h.li(class_=_class(shade, level))[words] for level, words in reversed(known))
    ]


def _layer(
    layer: Layer,
    groups: Sequence[tuple[Term, Sequence[SoftwareRow]]],
    view: View,
    traits: Mapping[str, Mapping[str, str]],
) -> h.Element:
    return h.section(class_="layer layer--beside" if layer.beside else "layer", data_group=True)[
        h.header[h.h2(id=f"layer-{layer.id}")[layer.title], h.p[layer.description]],
        h.div(".layer__groups")[
            (
                h.div(data_group=True)[
                    h.h3[h.a(href=address(PAGE, places.category(term.id)))[term.title]],
                    h.ul[(_tile(row, view, traits[row.slug]) for row in rows)],
                ]
                for term, rows in groups
            )
        ],
    ]


def _tile(row: SoftwareRow, view: View, traits: Mapping[str, str]) -> h.Element:
    facets = {f"data_{name}": found or None for name, found in traits.items()}
    shades = " ".join(_class(shade, shade.level(row, view.as_of)) for shade in SHADES)
    page = address(PAGE, place_of(row, view.vocabularies))
    later = not row.activity.alive  # the script would hide it at first, so the style sheet does before the script runs
    return h.li(data_item="later" if later else True, class_=shades, data_also=_also(row, view), **facets)[
        h.a(href=page, data_tip=f"{row.name}: {row.entry.description} {_facts(row)}.")[row.name]
    ]


def _class(shade: Shade, level: int) -> str:
    return f"{shade.id[:2]}{level}"


def _facts(row: SoftwareRow) -> str:
    known = (
        activity_word(row),
        row.released and f"released {row.released}",
        row.stars and f"{plural(row.stars.count, 'star')} on {row.stars.observed}",
    )
    return ", ".join(fact for fact in known if fact)


def _facets(view: View) -> Sequence[Facet]:
    worked = {slug for row in view.software for slug in row.entry.works_with} - {ANY}
    frameworks = {slug: view.rows[slug].name for slug in sorted(worked, key=lambda slug: view.rows[slug].name.lower())}
    families = view.vocabularies.license_families.values()
    return (
        Facet("activity", "Activity", {state.value: state.capitalize() for state in Activity}),
        Facet("works", "Works with", {ANY: "Any ASGI application", **frameworks}),
        Facet("protocol", "Protocol", PROTOCOLS),
        Facet("license", "Licence", {family.id: family.title for family in families}),
    )


def _traits(row: SoftwareRow, view: View) -> Mapping[str, str]:
    """The values of a row by facet."""
    return {
        "activity": row.activity.value,
        "works": values(*row.entry.works_with),
        "protocol": values(*protocols(row)),
        "license": values(license_family(row, view.vocabularies.license_families)),
    }


def _also(row: SoftwareRow, view: View) -> str | None:
    """Other words by which people look for it."""
    tags = (view.vocabularies.tags[tag].title for tag in row.entry.tags)
    package = row.entry.package if row.entry.package != row.name.lower() else None
    return " ".join(word for word in (package, *row.entry.formerly, *tags) if word) or None
