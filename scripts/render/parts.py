"""Pieces that several pages share: lists of rows, badges, dates."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import htpy as h

from scripts.catalogue.vocabularies import Vocabularies
from scripts.render import places
from scripts.render.markdown import escape, link, relative
from scripts.view.activity import RULES, word
from scripts.view.rows import PublicationRow, Row, SoftwareRow
from scripts.view.values import Origin


def place_of(row: Row, vocabularies: Vocabularies) -> PurePosixPath:
    """The page of an entry."""
    return places.entry(vocabularies.kinds[row.kind].folder, row.slug)


def row_link(row: Row, vocabularies: Vocabularies, page: PurePosixPath) -> str:
    """A link from a page to the page of an entry."""
    return link(row.name, relative(page, place_of(row, vocabularies)))


def badge(row: SoftwareRow) -> str:
    """The activity in a word, with its rule as a tooltip; the entry page and the criteria state the rule in text."""
    return f'<span class="badge badge--{row.activity}" title="{RULES[row.activity]}">{activity_word(row)}</span>'


def activity_word(row: SoftwareRow) -> str:
    """The activity for people; how it ended, where that is known."""
    return word(row.activity, row.entry.status or row.home.status)


def entry_list(rows: Iterable[Row], vocabularies: Vocabularies, page: PurePosixPath) -> str:
    """A list of entries: name, badge or details, one sentence."""
    items = "".join(
        software_item(row, vocabularies, page)
        if isinstance(row, SoftwareRow)
        else publication_item(row, vocabularies, page)
        for row in rows
    )
    return f'<div class="entries" markdown>\n\n{items}\n</div>\n'


def software_item(row: SoftwareRow, vocabularies: Vocabularies, page: PurePosixPath) -> str:
    """One entry of software, in two lines."""
    stars = f"{row.stars.count:,} stars" if row.stars else ""
    facts = " · ".join(fact for fact in (last_sign(row), stars) if fact)
    notes = f'<span class="facts">{facts}</span>' if facts else ""
    return f"- **{row_link(row, vocabularies, page)}** {badge(row)} {notes}<br>{escape(row.entry.description)}\n"


def address(page: PurePosixPath, target: PurePosixPath) -> str:
    """The relative address, for HTML that MkDocs does not rewrite, from a page to a page or file of the site."""
    source = page.parent if page.name == "index.md" else page.with_suffix("")
    path = PurePosixPath(*(".." for _ in source.parts), target).as_posix()
    if target.suffix != ".md":
        return path
    return path.removesuffix("index.md") if target.name == "index.md" else f"{path.removesuffix('.md')}/"


def last_sign(row: SoftwareRow) -> str:
    """The last release with its day, else the last commit, else nothing."""
    if row.package and row.package.last_release:
        return f"released {row.package.last_release}"
    return f"last commit {row.last_sign}" if row.last_sign else ""


def publication_item(row: PublicationRow, vocabularies: Vocabularies, page: PurePosixPath) -> str:
    """One publication, in two lines."""
    entry = row.entry
    language = vocabularies.languages[entry.language].title if entry.language and entry.language != "en" else ""
    details = [authors(row), entry.event or "", entry.published or "", language]
    notes = f'<span class="facts">{escape(" · ".join(detail for detail in details if detail))}</span>'
    return f"- **{row_link(row, vocabularies, page)}** {notes}<br>{escape(entry.summary)}\n"


def authors(row: PublicationRow) -> str:
    """The authors as one text: ``A``, ``A and B``, ``A, B and C``."""
    *others, last = row.entry.authors or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def origin_text(origin: Origin) -> h.Node:
    """Where and when something was read, as a link where the page is known."""
    if origin.url:
        return h.fragment[h.a(href=origin.url)[origin.source], f", {origin.date}"]
    return f"{origin.source}, {origin.date}"
