"""Comparing: the page ``/compare/`` with what its script asks for, and one written page for each hard choice."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import htpy as h

from scripts.render import places
from scripts.render.comparison import written_page
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.parts import address, place_of
from scripts.view.comparison import SECTIONS, Ground, Section
from scripts.view.rows import Row, SoftwareRow, View
from scripts.view.values import Origin, Value
from scripts.view.written import Written, written_comparisons

MOST = 6  # entries beside each other; the explorer lets nobody choose more
_HOME = PurePosixPath("index.md")


def compare_pages(ground: Ground) -> Iterator[tuple[PurePosixPath, str]]:
    """Everything below ``/compare/``."""
    written = list(written_comparisons(ground))
    yield places.COMPARE_INDEX, _index(written)
    yield places.COMPARE_NAMES, _compact({row.slug: row.name for row in ground.view.software})
    for comparison in written:
        yield places.comparison(comparison.category.id), written_page(comparison, ground.view)
    for row in ground.view.software:
        yield places.compared(row.slug), _compact(entry_data(row, ground))


def _index(written: list[Written]) -> str:
    page = places.COMPARE_INDEX
    description = "Servers, frameworks, middleware and tools for ASGI side by side, every value with its source."
    head = front_matter("Compare", description=description, hide=["navigation", "toc"])
    intro = (
        "Two to six entries side by side: what they claim, what was measured, what they ask for, how they are kept."
        " Each value says when and where it was read. There is no score and no winner.\n\n"
    )
    lines = "".join(
        f"- {link(f'{one.kind.title}: {one.category.title}', relative(page, places.comparison(one.category.id)))},"
        f" {plural(len(one.rows), 'living entry', 'living entries')}\n"
        for one in written
    )
    listed = "## Written comparisons\n\nFor the choices that are hard, with a note on what to look at.\n\n"
    # Not deferred: it keeps the place of the table before what follows is there to be pushed down.
    script = h.script(src=address(page, places.COMPARE_SCRIPT))
    return f"{head}# Compare\n\n{intro}{h.div[_tool(page), script]}\n\n{listed}{lines}"


def _tool(page: PurePosixPath) -> h.Element:
    """Everything that the script fills; without it, only the first sentence is there."""
    return h.section(data_compare=True, data_most=str(MOST), data_root=address(page, _HOME))[
        h.p(".without-scripts")[
            "Choosing entries to compare needs JavaScript, which is off here. The written comparisons below and"
            " the page of each entry read without it."
        ],
        h.form(".compare__add", hidden=True)[
            h.label(for_="compare-add")["Add an entry"],
            h.input("#compare-add", list="compare-names", maxlength="100", autocomplete="off", spellcheck="false"),
            h.datalist("#compare-names"),
            h.button(type="submit")["Add"],
        ],
        h.p(".compare__status", role="status"),
        h.div(".compare__messages"),
        h.div(".compare__bar", hidden=True)[
            h.label[h.input(type="checkbox", name="differ"), "Only rows that differ"],
            h.button(".compare__copy", type="button")["Copy address"],
        ],
        h.div(".compared-scroll", hidden=True, tabindex="0", role="region", aria_label="Comparison")[
            h.table(".compared")[
                h.caption(".hidden-text")["The entries by aspect"],
                h.thead[h.tr[h.td]],
                (_section(section) for section in SECTIONS if section.aspects),
            ]
        ],
    ]


def _section(section: Section) -> h.Element:
    return h.tbody[
        h.tr(".compared__section")[h.th(scope="rowgroup")[h.span[section.title]]],
        (
            h.tr(data_aspect=aspect.id, data_optional=aspect.optional)[h.th(scope="row")[aspect.title]]
            for aspect in section.aspects
        ),
    ]


def entry_data(row: SoftwareRow, ground: Ground) -> Mapping[str, object]:
    """What ``docs/assets/compare.js`` shows of an entry. Values point into the list of origins; what is unknown is
    left out.
    """
    values = {id_: value for id_, value in ground.values[row.slug].items() if value.known}
    origins = list(dict.fromkeys(value.origin for value in values.values() if value.origin))
    return {
        "name": row.name,
        "page": _address(row, ground.view),
        "origins": [[str(origin.date), origin.source, *([origin.url] if origin.url else [])] for origin in origins],
        "values": {id_: _value(value, origins, ground.view) for id_, value in values.items()},
    }


def _value(value: Value, origins: list[Origin], view: View) -> Mapping[str, object]:
    found: dict[str, object] = {"text": value.text}
    if value.origin:
        found["origin"] = origins.index(value.origin)
    if value.note:
        found["note"] = value.note
    if value.empty:
        found["empty"] = True
    if value.odd:
        found["odd"] = True
    if any(part.slug for part in value.parts):
        found["links"] = [[part.text, _address(view.rows[part.slug], view)] for part in value.parts]
    return found


def _address(row: Row, view: View) -> str:
    return address(_HOME, place_of(row, view.vocabularies))


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
