"""What an entry has to do with others: what it fits, who ships it, who came before and after, what else is there."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import htpy as h

from scripts.catalogue.scope import ANY
from scripts.catalogue.vocabularies import Category
from scripts.render import places
from scripts.render.markdown import escape, link, plural, relative
from scripts.render.parts import badge, origin_text, row_link
from scripts.view.differences import differences
from scripts.view.rows import SoftwareRow, View
from scripts.view.values import Value

MOST_ALTERNATIVES = 6
COMPARED = 4  # the entry itself among them; a table of more does not fit most screens


def relations_section(row: SoftwareRow, values: Mapping[str, Value], view: View, page: PurePosixPath) -> Iterator[str]:
    """Claims and relations; nothing where there are none."""
    if lines := [
        *_claims(values["protocols"], measured=bool(view.lab.of_entry(row.slug))),
        *_relations(row, view, page),
    ]:
        yield from ("## What it fits\n", *lines, "")


def _claims(protocols: Value, *, measured: bool) -> Iterator[str]:
    """What a server or framework says of itself."""
    if protocols.empty or not protocols.origin:
        return
    said = "Claims" if protocols.origin.url else "Tagged"
    note = f"; {protocols.note}" if protocols.note else ""
    origin = h.span(".facts")[
        origin_text(protocols.origin),
        f"{note}; {'what was measured stands below' if measured else 'not measured here'}",
    ]
    yield f"- **{said}** {escape(protocols.text)} {origin}"


def _relations(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    entry, terms = row.entry, view.vocabularies

    def named(slugs: Iterable[str]) -> str:
        return ", ".join(row_link(view.rows[slug], terms, page) for slug in slugs)

    if entry.works_with == (ANY,):
        yield "- **Works with** any ASGI application"
    elif entry.works_with:
        yield f"- **Works with** {named(entry.works_with)}"
    yield from _users(row, view, page)
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


def _users(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    users = view.users(row.slug)
    if not users:
        return
    living = sum(user.activity.alive for user in users)
    ended = f", and {len(users) - living} that sleep or ended" if living < len(users) else ""
    explorer = f"{relative(page, places.CATALOGUE_INDEX)}?works={row.slug}"
    text = link(plural(living, "living entry", "living entries"), explorer)
    yield f"- **Made for it**: {text}{ended}"


def alternatives_section(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    """Other living entries of the category, with what tells each from this one."""
    others = view.alternatives(row)
    if not others:
        return
    term = view.vocabularies.categories[row.kind][row.group]
    shown = others[:MOST_ALTERNATIVES]
    items = "".join(_alternative(row, other, view, page) for other in shown)
    yield "## Alternatives\n"
    yield f'<div class="entries" markdown>\n\n{items}\n</div>\n'
    slugs = ",".join([row.slug, *(other.slug for other in shown[: COMPARED - 1])])
    links = [link("Compare the first of them side by side", f"{relative(page, places.COMPARE_INDEX)}?entries={slugs}")]
    if isinstance(term, Category) and term.choose:
        links.append(link("how to choose", relative(page, places.comparison(term.id))))
    if len(others) > len(shown):
        more = f"all {len(others) + row.activity.alive} of {term.title}"
        links.append(link(more, relative(page, places.category(term.id))))
    yield f"{' · '.join(links)}\n"


def _alternative(row: SoftwareRow, other: SoftwareRow, view: View, page: PurePosixPath) -> str:
    found = differences(row, other, view)
    told = f'<br><span class="differs">{escape("; ".join(found))}</span>' if found else ""
    name = f"**{row_link(other, view.vocabularies, page)}** {badge(other)}"
    return f"- {name}<br>{escape(other.entry.description)}{told}\n"
