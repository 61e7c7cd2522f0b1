"""The pages that list entries, and the counted part of the home page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from scripts.catalogue.vocabularies import Category, Kind, Term
from scripts.render import places
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.parts import entry_list, row_link
from scripts.view.activity import RULES, Activity
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View, newest_first

RECENT = 8


def kind_page(kind: Kind, view: View) -> str:
    """All entries of a kind by category; those that ended or sleep come last."""
    page = places.kind(kind.folder)
    lines = [f"{kind.description}\n", _counted(view, view.of_kind(kind.id))]
    for term, members in view.groups(kind, view.of_kind(kind.id)):
        lines.append(f"## {link(term.title, relative(page, places.category(term.id)))}\n")
        lines.append(f"{term.description}\n")
        lines.append(entry_list(_ordered(members), view.vocabularies, page))
    return _page(kind.title, "\n".join(lines), search=False)


def category_page(kind: Kind, term: Term, members: Sequence[Row], view: View) -> str:
    """One category."""
    page = places.category(term.id)
    kind_link = link(kind.title, relative(page, places.kind(kind.folder)))
    body = f"{kind_link} / {escape(term.description)}\n\n{_counted(view, members)}\n{_how_to_choose(term)}"
    return _page(
        f"{kind.title}: {term.title}", body + entry_list(_ordered(members), view.vocabularies, page), search=False
    )


def _how_to_choose(term: Term) -> str:
    """The note of a category whose choice is hard; its words are ours, and may use backquotes."""
    note = term.choose if isinstance(term, Category) else ""
    return f'!!! tip "How to choose"\n\n    {note}\n\n' if note else ""


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
    return _page("Tags", "\n".join(lines), search=False)


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


def _page(title: str, body: str, *, search: bool) -> str:
    """A page. Lists repeat what entry pages say, so search leaves them out."""
    more: dict[str, object] = {} if search else {"search": {"exclude": True}}
    return f"{front_matter(title, **more)}# {escape(title)}\n\n{body}"
