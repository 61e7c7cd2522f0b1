"""The pages that list entries by kind, category and tag; and the rules of activity, as a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import htpy as h

from scripts.catalogue.vocabularies import Category, Kind, Term
from scripts.render import places
from scripts.render.markdown import escape, front_matter, link, plural, relative, table
from scripts.render.parts import address, entry_list, row_link
from scripts.view.activity import RULES, Activity
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View, newest_first


def kind_page(kind: Kind, view: View) -> str:
    """All entries of a kind by category; those that ended or sleep come last."""
    page = places.kind(kind.folder)
    filtered = h.a(href=_filtered(page, kind))["Filter and sort these"]
    lines = [f"{kind.description}\n", _counted(view, view.of_kind(kind.id)), f"{filtered}\n"]
    for term, members in view.groups(kind, view.of_kind(kind.id)):
        lines.append(f"## {link(term.title, relative(page, places.category(term.id)))}\n")
        lines.append(f"{term.description}\n")
        lines.append(entry_list(_ordered(members), view.vocabularies, page))
    return _page(kind.title, kind.description, "\n".join(lines))


def category_page(kind: Kind, term: Term, members: Sequence[Row], view: View) -> str:
    """One category."""
    page = places.category(term.id)
    kind_link = link(kind.title, relative(page, places.kind(kind.folder)))
    lines = [
        f"{kind_link} / {escape(term.description)}\n",
        _counted(view, members),
        f"{' · '.join(_elsewhere(kind, term, page))}\n",
        f"{_how_to_choose(term)}{entry_list(_ordered(members), view.vocabularies, page)}",
    ]
    return _page(f"{kind.title}: {term.title}", term.description, "\n".join(lines))


def _filtered(page: PurePosixPath, kind: Kind, term: Term | None = None) -> str:
    """The address of the same entries where they can be filtered."""
    if kind.id == "publication":
        return f"{address(page, places.PUBLICATIONS_INDEX)}{f'?type={term.id}' if term else ''}"
    return f"{address(page, places.CATALOGUE_INDEX)}?{f'category={term.id}' if term else f'kind={kind.id}'}"


def _elsewhere(kind: Kind, term: Term, page: PurePosixPath) -> Iterator[str]:
    """The same entries to filter, and side by side where the choice is hard."""
    yield str(h.a(href=_filtered(page, kind, term))["Filter and sort these"])
    if isinstance(term, Category) and term.choose:
        yield str(h.a(href=address(page, places.comparison(term.id)))["Compare them side by side"])


def _how_to_choose(term: Term) -> str:
    """The note of a category whose choice is hard; its words are ours, and may use backquotes."""
    note = term.choose if isinstance(term, Category) else ""
    side_by_side = link("All of them side by side", relative(places.category(term.id), places.comparison(term.id)))
    return f'!!! tip "How to choose"\n\n    {note} {side_by_side}.\n\n' if note else ""


def tags_page(view: View) -> str:
    """Every tag with its entries, by name only: the description stands on the entry's page."""
    page = places.TAGS
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in view.software:
        for tag in row.entry.tags:
            found[tag].append(row)
    for publication in (*view.publications, *view.background):
        for topic in publication.entry.topics:
            found[topic].append(publication)
    lines = []
    for term in view.vocabularies.tags.values():
        if rows := found[term.id]:
            lines.append(f"## {escape(term.title)} {{ #{term.id} }}\n\n{term.description}\n")
            lines.append(f"{' · '.join(row_link(row, view.vocabularies, page) for row in rows)}\n")
    return _page("Tags", "What entries of all kinds have in common.", "\n".join(lines))


def activity_part() -> str:
    """The rules of activity, included by the criteria."""
    return table(("Activity", "Rule"), ((state.capitalize(), escape(rule)) for state, rule in RULES.items()))


def _counted(view: View, rows: Sequence[Row]) -> str:
    software = [row for row in rows if isinstance(row, SoftwareRow)]
    if not software:
        return f"{plural(len(rows), 'publication')}, as of {view.as_of}.\n"
    counts = ", ".join(_count_words(software))
    return f"{plural(len(rows), 'entry', 'entries')} as of {view.as_of}: {counts}.\n"


def _count_words(rows: Sequence[SoftwareRow]) -> Iterator[str]:
    for state in Activity:
        if count := sum(row.activity is state for row in rows):
            yield f"{count} {'of unknown activity' if state is Activity.UNKNOWN else state}"


def _ordered(rows: Sequence[Row]) -> list[Row]:
    """Living software first, each part by name; publications newest first."""
    software = [row for row in rows if isinstance(row, SoftwareRow)]
    publications = [row for row in rows if isinstance(row, PublicationRow)]
    return [*sorted(software, key=lambda row: not row.activity.alive), *newest_first(publications)]


def _page(title: str, description: str, body: str) -> str:
    return f"{front_matter(title, description=description)}# {escape(title)}\n\n{body}"
