"""The form over a list that ``docs/assets/explorer.js`` filters: search, facets with counts, order.

The script reads ``data-<facet>`` of each ``[data-item]``: values separated by a bar. The form is hidden until it runs,
so that nobody without scripts meets a control that does nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import htpy as h

BAR = "|"


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list. ``options`` are values with their titles, in the order of the form."""

    name: str
    title: str
    options: Mapping[str, str]


def values(*found: str | None) -> str:
    """The values of one item for one facet, as the script reads them."""
    return BAR.join(value for value in found if value)


def filter_form(
    facets: Sequence[Facet],
    counted: Mapping[str, Iterable[str]],
    *,
    search: str,
    orders: Mapping[str, str],
    switch: tuple[str, str] | None = None,
) -> h.Element:
    """The form. ``counted`` has the values of every item by facet, ``orders`` what one can sort by,
    ``switch`` the name and label of a choice that shows what is hidden at first.
    """
    return h.form(".filters", method="get", role="search", hidden=True)[
        h.div(".filters__bar")[
            h.label(".filters__search")[
                h.span[search],
                h.input(type="search", name="q", maxlength="200", autocomplete="off", spellcheck="false"),
            ],
            orders
            and h.label(".filters__order")[
                h.span["Order"], h.select(name="sort")[(h.option(value=value)[text] for value, text in orders.items())]
            ],
            # Shown on narrow screens only, where the facets are folded; the style sheet decides, so nothing jumps.
            h.button(".filters__toggle", type="button", aria_expanded="false", aria_controls="facets")["Filters"],
        ],
        h.div("#facets.filters__columns")[(_fieldset(facet, Counter(counted[facet.name])) for facet in facets)],
        h.div(".filters__end")[
            switch and h.label(".filters__switch")[h.input(type="checkbox", name=switch[0], value="yes"), switch[1]],
            h.button(type="reset")["Clear all"],
            h.output(".filters__count", role="status", aria_live="polite"),
        ],
    ]


def _fieldset(facet: Facet, counts: Counter[str]) -> h.Element:
    """A facet that opens; values that no item has are left out."""
    options = [(value, title) for value, title in facet.options.items() if counts[value]]
    return h.details(".facet", data_facet=facet.name)[
        h.summary[facet.title, h.span(".facet__chosen")],
        h.fieldset[
            h.legend(".hidden-text")[facet.title],
            (
                h.label[
                    h.input(type="checkbox", name=facet.name, value=value),
                    h.span[title],
                    h.span(".facet__count")[str(counts[value])],
                ]
                for value, title in options
            ),
        ],
    ]
