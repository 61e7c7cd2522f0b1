"""The page of one entry: what it is, whether it is alive, how to install it, what else there is, what was written."""

from collections.abc import Iterator
from html import escape as html
from pathlib import PurePosixPath

import htpy as h

from scripts.render import places
from scripts.render.facts import facts_table, summary, unknown_facts
from scripts.render.happenings import history_list
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.measured import measured_section
from scripts.render.parts import address, badge, entry_list, place_of, row_link
from scripts.render.publication import publication_sections
from scripts.render.relations import alternatives_section, relations_section
from scripts.render.site import Site
from scripts.render.structured import structured
from scripts.view.activity import RULES, Activity
from scripts.view.comparison import Ground
from scripts.view.packages import distinct
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View

NEWEST = 8  # publications that are not folded


def entry_page(row: Row, ground: Ground, site: Site) -> str:
    """The page as Markdown."""
    view = ground.view
    page = place_of(row, view.vocabularies)
    sections = publication_sections(row, view) if isinstance(row, PublicationRow) else _software(row, ground, site)
    summed = row.entry.summary if isinstance(row, PublicationRow) else row.entry.description
    feed = {"feed": places.entry_feed(row.slug).as_posix()} if isinstance(row, SoftwareRow) else {}
    head = front_matter(row.name, description=summed, **feed, structured=structured(row, view, site))
    lead = f'<p class="lead">{html(summed)}</p>\n'  # HTML, since a paragraph may start with what Markdown makes a list
    start = (f"# {escape(row.name)}\n", lead, _breadcrumb(row, view, page))
    return head + "\n".join([*start, *sections, *_about_this_page(row, view, site)])


def _software(row: SoftwareRow, ground: Ground, site: Site) -> Iterator[str]:
    view, page, values = ground.view, place_of(row, ground.view.vocabularies), ground.values[row.slug]
    yield f"{summary(row, values)}\n"
    yield from _status(row, view, page)
    yield from _vulnerable(row)
    yield from _words(row, view, page)
    yield from _install(row)
    yield from _links(row)
    yield from relations_section(row, values, view, page)
    yield from measured_section(row, view, page, site)
    yield "## Facts\n"
    if row.entry.part_of:
        yield f"Those of {row_link(view.rows[row.entry.part_of], view.vocabularies, page)}, which ships it.\n"
    yield f"{facts_table(row, values)}\n"
    yield unknown_facts(row, values)
    yield from alternatives_section(row, view, page)
    yield from _publications(row, view, page)


def _breadcrumb(row: Row, view: View, page: PurePosixPath) -> str:
    """Where it belongs; and of software, whether it is alive, by which rule and when."""
    kind = view.vocabularies.kinds[row.kind]
    term = view.vocabularies.categories[row.kind][row.group]
    if isinstance(row, PublicationRow) and row.entry.background:  # not in the lists of its kind
        publications = link("Publications", relative(page, places.PUBLICATIONS_INDEX))
        return f"{publications} / {link('Background reading', relative(page, places.BACKGROUND))}\n"
    kind_link = link(kind.title, relative(page, places.kind(kind.folder)))
    path = f"{kind_link} / {link(term.title, relative(page, places.category(term.id)))}"
    if isinstance(row, PublicationRow):
        return f"{path}\n"
    said = row.entry.status or row.home.status
    rule = f"said by {link('its authors or forge', said.source)}" if said else RULES[row.activity]
    return f'{path}\n\n{badge(row)} <span class="facts">{rule}; as of {view.as_of}</span>\n'


def _words(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    """Other words by which people look for it."""
    entry = row.entry
    if entry.tags:
        tags = (link(view.vocabularies.tags[tag].title, f"{relative(page, places.TAGS)}#{tag}") for tag in entry.tags)
        yield f"Tags: {', '.join(tags)}\n"
    if entry.formerly:
        yield f"Formerly: {escape(', '.join(entry.formerly))}\n"


def _status(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    status = row.entry.status or row.home.status
    successor = view.rows.get(row.entry.succeeded_by or "")
    after = f" {row_link(successor, view.vocabularies, page)} took over." if successor else ""
    if row.activity is Activity.ENDED and status:
        since = f" since {status.since}" if status.since else ""
        text = f"{escape(status.reason)}{after} {link('Source', status.source)}."
        yield f'!!! warning "{status.state.capitalize()}{since}"\n\n    {text}\n'
    elif after:
        yield f'!!! note "Succession"\n\n   {after}\n'


def _vulnerable(row: SoftwareRow) -> Iterator[str]:
    """A warning before the install line."""
    if row.package and row.package.vulnerabilities:
        names = escape(", ".join(found.id for found in distinct(row.package.vulnerabilities)))
        asof = f"{row.package.observed}, {escape(row.package.source)}"
        version = escape(row.package.version or "the latest version").replace('"', "&quot;")
        yield f'!!! danger "Known vulnerability in {version}"\n\n    {names} ({asof}).\n'


def _install(row: SoftwareRow) -> Iterator[str]:
    if row.home.package:
        yield "## Install\n"
        for tool, command in (("pip", "pip install"), ("uv", "uv add")):
            yield f'=== "{tool}"\n\n    ```sh\n    {command} {row.home.package}\n    ```\n'
    if row.entry.import_path:
        module, _, name = row.entry.import_path.rpartition(".")
        statement = f"from {module} import {name}" if module else f"import {name}"
        yield f"Import it with `{statement}`.\n"


def _publications(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    """What was written and said about it: the newest ones, the rest folded."""
    about = view.about(row.slug)
    if about:
        yield "## Publications and talks\n"
        yield entry_list(about[:NEWEST], view.vocabularies, page)
    if older := about[NEWEST:]:
        listed = entry_list(older, view.vocabularies, page)
        count = plural(len(older), "older or undated one")
        yield f"<details markdown><summary>{count}</summary>\n\n{listed}\n</details>\n"


def _links(row: SoftwareRow) -> Iterator[str]:
    entry, home = row.entry, row.home
    yield "## Links\n"
    if docs := entry.docs or home.docs:
        yield f"- {link('Documentation', docs)}: {escape(docs.removeprefix('https://').rstrip('/'))}"
    if home.repository:
        yield f"- {link('Repository', home.repository)}: {escape(home.repository.removeprefix('https://'))}"
    if entry.homepage:
        yield f"- {link('Home page', entry.homepage)}: {escape(entry.homepage.removeprefix('https://').rstrip('/'))}"
    yield f"- {link('Evidence that it is ASGI', entry.evidence)}"
    yield ""


def _about_this_page(row: Row, view: View, site: Site) -> Iterator[str]:
    page = place_of(row, view.vocabularies)
    yield "## This entry\n"
    yield from history_list(view.history(row.slug), row.entry.added)
    edit = link("Edit this entry", f"{site.project}/edit/main/{row.path}")
    report = link("report a mistake", f"{site.project}/issues/new?title=Mistake+in+{row.slug}")
    followed, what = (
        (places.entry_feed(row.slug), "feed of its changes")
        if isinstance(row, SoftwareRow)
        else (places.feed("publications"), "feed of new publications")
    )
    feed = h.a(href=address(page, followed))[what]
    yield f"{edit}, {report}, or follow the {feed}. Everything here is as of {view.as_of}.\n"
    if isinstance(row, SoftwareRow):
        text = f"[![In Awesome ASGI]({site.of(places.badge_picture(row.slug))})]({site.of(page)})"
        yield f"{h.details[h.summary['A badge for its README'], h.pre[h.code[text]]]}\n"
