"""The page of one entry: what it is, whether it is alive, how to install it, what else there is, what was written."""

from collections.abc import Iterable, Iterator
from html import escape as html
from pathlib import PurePosixPath

from scripts.catalogue.models import Speaking
from scripts.catalogue.scope import ANY
from scripts.catalogue.vocabularies import Term
from scripts.render import places
from scripts.render.facts import facts_table
from scripts.render.markdown import escape, front_matter, link, relative, table
from scripts.render.parts import activity_word, authors, badge, entry_list, place_of, row_link
from scripts.view.activity import Activity
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View

MOST_ALTERNATIVES = 8
UNSEARCHED = "{ data-search-exclude }"  # Material's mark for what its index leaves out
SHOWN_PROTOCOLS = {"websocket": "WebSocket", "lifespan": "lifespan events"}


def entry_page(row: Row, view: View, project: str) -> str:
    """The page as Markdown. ``project`` is the address of the catalogue's own repository."""
    sections = _publication(row, view) if isinstance(row, PublicationRow) else _software(row, view)
    summary = row.entry.summary if isinstance(row, PublicationRow) else row.entry.description
    head = front_matter(row.name, description=summary)
    return head + "\n".join([f"# {escape(row.name)}\n", *sections, *_about_this_page(row, project)])


def _software(row: SoftwareRow, view: View) -> Iterator[str]:
    page = place_of(row, view.vocabularies)
    yield _lead(row.entry.description)
    yield f"{_breadcrumb(row, view, page)} {badge(row)}\n{UNSEARCHED}\n"
    yield from _words(row, view, page)
    yield from _status(row, view, page)
    yield from _vulnerable(row)
    yield from _install(row)
    yield _heading("Facts")
    yield facts_table(row, view)
    yield from _claims(row)
    yield from _links(row)
    yield from _relations(row, view, page)
    yield from _alternatives(row, view, page)
    if about := view.about(row.slug):
        yield _heading("Publications")
        yield entry_list(about, view.vocabularies, page)


def _heading(title: str) -> str:
    """A section that search leaves out: people look for what the lead says, and each first visit loads the index."""
    return f"## {title} {UNSEARCHED}\n"


def _unsearched(admonition: str) -> str:
    return f"<div markdown data-search-exclude>\n\n{admonition}\n</div>\n"


def _lead(text: str) -> str:
    """The sentence below the title. As HTML, since a paragraph may start with what Markdown takes for a list."""
    return f'<p class="lead">{html(text)}</p>\n'


def _breadcrumb(row: Row, view: View, page: PurePosixPath) -> str:
    kind = view.vocabularies.kinds[row.kind]
    term = view.vocabularies.categories[row.kind][row.group]
    if isinstance(row, PublicationRow) and row.entry.background:  # not in the lists of its kind
        publications = link("Publications", relative(page, places.PUBLICATIONS_INDEX))
        return f"{publications} / {link('Background reading', relative(page, places.BACKGROUND))}"
    kind_link = link(kind.title, relative(page, places.kind(kind.folder)))
    return f"{kind_link} / {link(term.title, relative(page, places.category(term.id)))}"


def _words(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    """Other words by which people look for it."""
    entry = row.entry
    if entry.tags:
        tags = (link(view.vocabularies.tags[tag].title, f"{relative(page, places.TAGS)}#{tag}") for tag in entry.tags)
        yield f"Tags: {', '.join(tags)}\n{UNSEARCHED}\n"
    if entry.formerly:
        yield f"Formerly: {escape(', '.join(entry.formerly))}\n"


def _status(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    status = row.entry.status or row.home.status
    successor = view.rows.get(row.entry.succeeded_by or "")
    after = f" {row_link(successor, view.vocabularies, page)} took over." if successor else ""
    if row.activity is Activity.ENDED and status:
        since = f" since {status.since}" if status.since else ""
        title = f"{activity_word(row)}{since}"
        text = f"{escape(status.reason)}{after} {link('Source', status.source)}."
        yield _unsearched(f'!!! warning "{title}"\n\n    {text}\n')
    elif after:
        yield f'!!! note "Succession"\n\n   {after}\n'


def _vulnerable(row: SoftwareRow) -> Iterator[str]:
    """A warning before the install line."""
    if row.package and row.package.vulnerabilities:
        names = escape(", ".join(found.id for found in row.package.vulnerabilities))
        asof = f"{row.package.observed}, {escape(row.package.source)}"
        version = escape(row.package.version or "the latest version").replace('"', "&quot;")
        yield _unsearched(f'!!! danger "Known vulnerability in {version}"\n\n    {names} ({asof}).\n')


def _install(row: SoftwareRow) -> Iterator[str]:
    if row.home.package:
        yield _heading("Install")
        for tool, command in (("pip", "pip install"), ("uv", "uv add")):
            yield f'=== "{tool}"\n\n    ```sh\n    {command} {row.home.package}\n    ```\n'
    if row.entry.import_path:
        module, _, name = row.entry.import_path.rpartition(".")
        statement = f"from {module} import {name}" if module else f"import {name}"
        yield f"Import it with `{statement}`.\n"


def _claims(row: SoftwareRow) -> Iterator[str]:
    """What a server or framework says of itself; nobody here has measured it."""
    claims = row.entry.claims if isinstance(row.entry, Speaking) else None
    if claims:
        yield _heading("Claims")
        protocols = ", ".join(SHOWN_PROTOCOLS.get(name, name.upper()) for name in claims.protocols)
        yield f"Its documentation claims {protocols} ({link('source', claims.source)}). It was not measured here.\n"


def _links(row: SoftwareRow) -> Iterator[str]:
    entry, home = row.entry, row.home
    yield _heading("Links")
    if home.repository:
        yield f"- {link('Repository', home.repository)}: {escape(home.repository.removeprefix('https://'))}"
    if docs := entry.docs or home.docs:
        yield f"- {link('Documentation', docs)}: {escape(docs.removeprefix('https://').rstrip('/'))}"
    if entry.homepage:
        yield f"- {link('Home page', entry.homepage)}: {escape(entry.homepage.removeprefix('https://').rstrip('/'))}"
    yield f"- {link('Evidence that it is ASGI', entry.evidence)}"
    yield ""


def _relations(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    lines = [*_relation_lines(row, view, page)]
    if lines:
        yield from (_heading("Relations"), *lines, "")


def _relation_lines(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    entry, terms = row.entry, view.vocabularies

    def named(slugs: Iterable[str]) -> str:
        return ", ".join(row_link(view.rows[slug], terms, page) for slug in slugs)

    if entry.works_with == (ANY,):
        yield "- **Works with** any ASGI application"
    elif entry.works_with:
        yield f"- **Works with** {named(entry.works_with)}"
    if entry.part_of:
        yield f"- **Part of** {named([entry.part_of])}"
    if components := view.components(row.slug):
        yield f"- **Ships** {named(component.slug for component in components)}"
    if entry.fork_of:
        yield f"- **Fork of** {named([entry.fork_of])}"
    if forks := view.forks(row.slug):
        yield f"- **Forked as** {named(other.slug for other in forks)}"
    if entry.succeeded_by:
        yield f"- **Succeeded by** {named([entry.succeeded_by])}"
    if before := view.predecessors(row.slug):
        yield f"- **Succeeds** {named(other.slug for other in before)}"


def _alternatives(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    others = view.alternatives(row)
    if not others:
        return
    term: Term = view.vocabularies.categories[row.kind][row.group]
    yield _heading("Alternatives")
    yield entry_list(others[:MOST_ALTERNATIVES], view.vocabularies, page)
    if len(others) > MOST_ALTERNATIVES:
        more = link(f"All of {term.title}", relative(page, places.category(term.id)))
        yield f"{more}: {len(others) - MOST_ALTERNATIVES} more.\n"


def _publication(row: PublicationRow, view: View) -> Iterator[str]:
    entry, terms = row.entry, view.vocabularies
    page = place_of(row, terms)
    yield _lead(entry.summary)
    yield f"{_breadcrumb(row, view, page)}\n{UNSEARCHED}\n"
    if entry.background:
        note = '!!! note "Background"\n\n    Not about ASGI itself: it helps to understand where ASGI comes from.\n'
        yield _unsearched(note)
    if by := [part for part in (authors(row), entry.event) if part]:
        yield f'<p class="by">{html(", ".join(by))}</p>\n'
    host = entry.url.removeprefix("https://").partition("/")[0]
    yield f"{link(f'Go to {host}', entry.url)}{{ .md-button }}\n{UNSEARCHED}\n"
    yield _heading("Details")
    yield table(("What", "Value"), _publication_facts(row, view, page))


def _publication_facts(row: PublicationRow, view: View, page: PurePosixPath) -> Iterator[tuple[str, str]]:
    entry, terms = row.entry, view.vocabularies
    yield "Published", entry.published or "unknown"
    yield "Language", terms.languages[entry.language].title if entry.language else "unknown"
    yield "Level", entry.level.capitalize()
    if entry.topics:
        yield "Topics", ", ".join(_topic(topic, view, page) for topic in entry.topics)
    if entry.seen_in:
        yield "Mentioned by", escape(", ".join(entry.seen_in))


def _topic(topic: str, view: View, page: PurePosixPath) -> str:
    if topic in view.rows:
        return row_link(view.rows[topic], view.vocabularies, page)
    return link(view.vocabularies.tags[topic].title, f"{relative(page, places.TAGS)}#{topic}")


def _about_this_page(row: Row, project: str) -> Iterator[str]:
    edit = link("Edit this entry", f"{project}/edit/main/{row.path}")
    report = link("report a mistake", f"{project}/issues/new?title=Mistake+in+{row.slug}")
    yield _heading("This entry")
    yield f"Added {row.entry.added}. {edit} or {report}.\n"
