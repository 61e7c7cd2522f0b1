"""The page of changes: what happened to entries, newest first, in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import htpy as h

from scripts.render import places
from scripts.render.filters import Facet, filter_form, values
from scripts.render.happenings import WORDS, around
from scripts.render.markdown import front_matter, plural
from scripts.render.parts import address, place_of
from scripts.view.changes import ORDER, Bundle, Happening, bundles
from scripts.view.rows import View

PAGE = places.CHANGES_INDEX
MOST = 300  # changes on the page
MANY = 10  # of one sort on one day, from which on they fold into a line with their number
DATES = (
    "Dates are the days on which an entry joined, or on which machines that read the forges and the package index"
    " noticed a change; the page of each entry names its sources."
)
LOG = "blob/main/data/facts/changes.jsonl"


def changes_page(view: View, project: str) -> str:
    """The page ``/changes/``. ``project`` is the address of the catalogue's own repository, whose log is complete."""
    found = bundles(view)
    happened = sum(len(bundle.happenings) for bundle in found)
    description = "What happened to ASGI projects: releases, renames, archived repositories, licences, vulnerabilities."
    head = front_matter("Changes", description=description, hide=["toc"])
    more = f" The newest {MOST} stand here." if happened > MOST else ""
    intro = h.p[
        f"{plural(happened, 'change')} until {view.as_of}.{more} New ones come by the ",
        h.a(href=address(PAGE, places.feed("changes")))["feed"],
        ", and ",
        h.a(href=f"{project}/{LOG}")["the log"],
        f" has all of them. {DATES}",
    ]
    script = h.script(src=address(PAGE, places.EXPLORER_SCRIPT), defer=True)
    body = (_filtered(list(_newest(found)), view), script) if found else ()
    return f"{head}# Changes\n\n{h.div[intro, body]}\n"


def _newest(found: Sequence[Bundle]) -> Iterator[tuple[Bundle, Sequence[Happening]]]:
    """The bundles that stand on the page, with those of their happenings that do."""
    left = MOST
    for bundle in found:
        if left > 0:
            yield bundle, bundle.happenings[:left]
            left -= len(bundle.happenings)


Shown = tuple[Bundle, Sequence[Happening]]


def _filtered(shown: Sequence[Shown], view: View) -> h.Element:
    happenings = [happening for _, listed in shown for happening in listed]
    terms = view.vocabularies
    counted: dict[str, list[str]] = {
        "change": [happening.name for happening in happenings],
        "kind": [kind for happening in happenings for kind in {row.kind for row in happening.rows}],
    }
    facets = (
        Facet("change", "Change", {name: WORDS[name].nouns.capitalize() for name in ORDER}),
        Facet("kind", "Kind of entry", {kind.id: kind.title for kind in terms.kinds.values()}),
    )
    elsewhere = {"data_elsewhere": address(PAGE, places.CATALOGUE_INDEX), "data_elsewhere_text": "Search the catalogue"}
    return h.section(data_explorer=True, data_noun="change|changes", **elsewhere)[
        filter_form(facets, counted, search="Search by name, version or licence", orders={}),
        (_month(month, list(days), view) for month, days in groupby(shown, key=lambda one: f"{one[0].day:%B %Y}")),
    ]


def _month(title: str, shown: Sequence[Shown], view: View) -> h.Element:
    anchor = f"{shown[0][0].day:%Y-%m}"
    return h.div(data_group=True)[
        h.h2(id=anchor)[title, h.a(".headerlink", href=f"#{anchor}", title="Link to this section")["¶"]],
        (_day(list(same), view) for _, same in groupby(shown, key=lambda one: one[0].day)),
    ]


def _day(shown: Sequence[Shown], view: View) -> h.Element:
    """A list, and a line that unfolds for each sort of change of which there are many."""
    day = shown[0][0].day
    few = [happening for bundle, listed in shown if len(bundle.happenings) <= MANY for happening in listed]
    return h.div(".changes", data_group=True)[
        h.h3(id=f"{day}")[f"{day.day} {day:%B}"],
        h.ul[(_item(happening, view) for happening in few)] if few else None,
        (_folded(bundle, listed, view) for bundle, listed in shown if len(bundle.happenings) > MANY),
    ]


def _folded(bundle: Bundle, listed: Sequence[Happening], view: View) -> h.Element:
    number = len(bundle.happenings)
    rest = number - len(listed)
    return h.details(data_group=True)[
        h.summary[h.strong[plural(number, *WORDS[bundle.name][:2])], f": {_by_kind(bundle, view)}"],
        h.ul[(_item(happening, view) for happening in listed)],
        rest > 0 and h.p[f"And {rest:,} more of that day, which the log has."],
    ]


def _by_kind(bundle: Bundle, view: View) -> str:
    counts = Counter(happening.rows[0].kind for happening in bundle.happenings)
    kinds = (kind for kind in view.vocabularies.kinds.values() if counts[kind.id])
    return ", ".join(f"{kind.title.lower()} {counts[kind.id]:,}" for kind in kinds)


def _item(happening: Happening, view: View) -> h.Element:
    kinds = values(*dict.fromkeys(row.kind for row in happening.rows))
    return h.li(data_item=True, data_change=happening.name, data_kind=kinds)[sentence(happening, view)]


def sentence(happening: Happening, view: View) -> h.Node:
    """What happened, with links to the entries."""
    kind = view.vocabularies.kinds[happening.rows[0].kind].title
    lead, tail = around(happening.name, happening.before, happening.after, kind)
    return lead, _names(happening, view), tail


def _names(happening: Happening, view: View) -> list[h.Node]:
    links = [h.a(href=address(PAGE, place_of(row, view.vocabularies)))[row.name] for row in happening.rows]
    return [part for number, one in enumerate(links) for part in (", " if number else "", one)]
