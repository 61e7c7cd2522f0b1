"""What stands on the page of a publication, below its title."""

from collections.abc import Iterator
from html import escape as html
from pathlib import PurePosixPath

from scripts.render import places
from scripts.render.markdown import escape, link, relative, table
from scripts.render.parts import authors, place_of, row_link
from scripts.view.rows import PublicationRow, View


def publication_sections(row: PublicationRow, view: View) -> Iterator[str]:
    """Who wrote or gave it, where it is, and its details."""
    entry, page = row.entry, place_of(row, view.vocabularies)
    if entry.background:
        yield '!!! note "Background"\n\n    Not about ASGI itself: it helps to understand where ASGI comes from.\n'
    if by := [part for part in (authors(row), entry.event) if part]:
        yield f'<p class="by">{html(", ".join(by))}</p>\n'
    host = entry.url.removeprefix("https://").partition("/")[0]
    yield f"{link(f'Go to {host}', entry.url)}{{ .md-button }}\n"
    yield "## Details\n"
    yield table(("What", "Value"), _details(row, view, page))


def _details(row: PublicationRow, view: View, page: PurePosixPath) -> Iterator[tuple[str, str]]:
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
