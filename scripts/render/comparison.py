"""A written comparison: the note on how to choose, and the living entries of a category as rows of one table."""

from pathlib import PurePosixPath

import htpy as h

from scripts.render import places
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.parts import activity_word, address, origin_text, place_of
from scripts.view.activity import ESTABLISHED_MONTHS, RULES
from scripts.view.rows import SoftwareRow, View
from scripts.view.values import Origin, Part, Value
from scripts.view.written import Column, Written


def written_page(written: Written, view: View) -> str:
    """The page ``/compare/<category>/``."""
    kind, category = written.kind, written.category
    page = places.comparison(category.id)
    title = f"{kind.title} compared: {category.title}"
    head = front_matter(title, description=f"{category.description} Side by side.", hide=["navigation", "toc"])
    path = f"{link('Compare', relative(page, places.COMPARE_INDEX))} / {category.title}"
    years = ESTABLISHED_MONTHS // 12
    rule = (
        f"{plural(len(written.rows), 'living entry', 'living entries')} as of {view.as_of}. First those that are active"
        f" and begun at least {years} years ago, then the others, both by name; this is no ranking. The head of a"
        " column says when and where its values were read, a cell only where that differs.\n"
    )
    explorer = f"{relative(page, places.CATALOGUE_INDEX)}?category={category.id}"
    more = (
        f"{link('Filter these in the catalogue', explorer)} ·"
        f" {link('all of the category, ended ones too', relative(page, places.category(category.id)))}\n"
    )
    note = f'!!! tip "How to choose"\n\n    {category.choose}\n'
    return "\n".join([f"{head}# {title}\n", f"{path}\n", note, rule, f"{_form(written, view, page)}\n", more])


def _form(written: Written, view: View, page: PurePosixPath) -> h.Element:
    return h.form(action=address(page, places.COMPARE_INDEX), method="get")[
        h.div(".compared-scroll", tabindex="0", role="region", aria_label="Comparison")[
            h.table(".compared.compared--wide")[
                h.caption(".hidden-text")[f"{written.category.title}: living entries"],
                h.thead[h.tr[h.th(scope="col")["Entry"], (_head(column) for column in written.columns)]],
                (
                    h.tbody[
                        h.tr(".compared__section")[
                            h.th(colspan=str(len(written.columns) + 1), scope="rowgroup")[h.span[title]]
                        ],
                        (_row(row, written, view, page) for row in rows),
                    ]
                    for title, rows in (("Established", written.established), ("The others", written.others))
                    if rows
                ),
            ]
        ],
        h.p(".choose")[h.button(".md-button")["Compare the chosen side by side"]],
    ]


def _head(column: Column) -> h.Element:
    return h.th(scope="col", data_column=column.aspect.id)[column.aspect.title, _small(column.origin)]


def _row(row: SoftwareRow, written: Written, view: View, page: PurePosixPath) -> h.Element:
    values = written.values[row.slug]
    return h.tr(id=row.slug)[
        h.th(scope="row")[
            h.span(".choose")[
                h.input(type="checkbox", name="entries", value=row.slug, aria_label=f"Compare {row.name}")
            ],
            h.a(href=address(page, place_of(row, view.vocabularies)))[row.name],
            " ",
            h.span(class_=f"badge badge--{row.activity}", title=RULES[row.activity])[activity_word(row)],
        ],
        (_cell(values[column.aspect.id], column, view, page) for column in written.columns),
    ]


def _cell(value: Value, column: Column, view: View, page: PurePosixPath) -> h.Element:
    if not value.known:
        return h.td(data_column=column.aspect.id)[h.span(".unknown")["unknown"]]
    own = value.origin if value.origin != column.origin and not value.empty else None
    return h.td(data_column=column.aspect.id)[
        ((", " if number else None, _part(part, view, page)) for number, part in enumerate(value.parts)),
        _small(own),
        _odd(value),
    ]


def _odd(value: Value) -> h.Node:
    """Where what is claimed and what was measured disagree."""
    return h.span(".compared__odd")[f"≠ {value.note}"] if value.odd else None


def _part(part: Part, view: View, page: PurePosixPath) -> h.Node:
    if not part.slug:
        return part.text
    return h.a(href=address(page, place_of(view.rows[part.slug], view.vocabularies)))[part.text]


def _small(origin: Origin | None) -> h.Node:
    return h.span(".facts")[origin_text(origin)] if origin else None
