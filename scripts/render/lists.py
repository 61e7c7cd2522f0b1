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


def catalogue_index(view: View) -> str:
    """The overview: each kind with its categories and how many entries they have."""
    page = places.CATALOGUE_INDEX
    projects, texts = plural(len(view.software), "project"), plural(len(view.publications), "publication")
    lines = [f"{projects} and {texts}, as of {view.as_of}.\n"]
    for kind in view.vocabularies.kinds.values():
        rows = view.of_kind(kind.id)
        lines.append(f"## {link(kind.title, relative(page, places.kind(kind.folder)))} ({len(rows)})\n")
        lines.append(f"{kind.description}\n")
        lines += [
            f"- {link(term.title, relative(page, places.category(term.id)))} ({len(members)}): {term.description}"
            for term, members in view.groups(kind, rows)
        ]
        lines.append("")
    lines.append(f"Across kinds: {link('all tags', relative(page, places.TAGS))}.\n")
    return _page("Catalogue", "\n".join(lines), search=False)


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
    return _page("Tags", "\n".join(lines), search=False)


def publications_page(view: View) -> str:
    """Publications by year, newest first."""
    page = places.PUBLICATIONS_INDEX
    background = link("Background reading", relative(page, places.BACKGROUND))
    intro = f"{plural(len(view.publications), 'publication')} about ASGI by year. {background} is apart.\n\n"
    return _page("Publications", intro + _by_year(view.publications, view, page), search=False)


def background_page(view: View) -> str:
    """What is not about ASGI but helps to understand it."""
    intro = (
        "Standards, projects and texts that are not about ASGI but explain where it comes from: WSGI, coroutines, event"
        " loops, and the neighbours in the asynchronous world.\n\n"
    )
    return _page("Background reading", intro + _by_year(view.background, view, places.BACKGROUND), search=False)


def _by_year(rows: Sequence[PublicationRow], view: View, page: PurePosixPath) -> str:
    years: defaultdict[int, list[PublicationRow]] = defaultdict(list)
    for row in newest_first(rows):
        years[row.year or 0].append(row)
    return "\n".join(
        f"## {year or 'Undated'}\n\n{entry_list(members, view.vocabularies, page)}" for year, members in years.items()
    )


def archive_page(view: View) -> str:
    """Projects that ended or sleep."""
    page = places.ARCHIVE_INDEX
    intro = (
        "Projects that once mattered and are kept here, so that nobody has to find out again what became of them."
        " They do not stand in the README.\n"
    )
    lines = [intro]
    for state, title in ((Activity.ENDED, "Ended"), (Activity.DORMANT, "Dormant")):
        rows = [row for row in view.software if row.activity is state]
        if rows:
            lines.append(f"## {title} ({len(rows)})\n\n{RULES[state].capitalize()}, as of {view.as_of}.\n")
            lines.append(entry_list(rows, view.vocabularies, page))
    return _page("Archive", "\n".join(lines), search=False)


def home_part(view: View) -> str:
    """The counted part of the home page, included there."""
    page = PurePosixPath("index.md")
    lines = ['<div class="grid cards" markdown>\n']
    for kind in view.vocabularies.kinds.values():
        title = link(kind.title, relative(page, places.kind(kind.folder)))
        lines.append(
            f'-   **{title}** <span class="facts">{len(view.of_kind(kind.id))}</span>\n\n    {kind.description}\n'
        )
    lines.append("</div>\n")
    lines.append(f"## Latest releases {{ #latest-releases }}\n\nAs the package index had it on {view.as_of}.\n")
    lines.append(entry_list(_recent(view), view.vocabularies, page))
    return "\n".join(lines)


def _recent(view: View) -> Sequence[SoftwareRow]:
    released = [row for row in view.software if not row.entry.part_of and row.package and row.package.last_release]
    return sorted(released, key=lambda row: str(row.package and row.package.last_release), reverse=True)[:RECENT]


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
