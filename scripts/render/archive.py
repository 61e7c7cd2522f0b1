"""The archive: what ended, when, why, by whose word and what came after; and what sleeps."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from scripts.render import places
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.parts import badge, row_link
from scripts.view.activity import RULES, Activity
from scripts.view.endings import Ending, Sign, dormant, endings
from scripts.view.rows import SoftwareRow, View

PAGE = places.ARCHIVE_INDEX


def archive_page(view: View) -> str:
    """The page ``/archive/``."""
    ended, asleep = endings(view), dormant(view)
    description = "ASGI projects that ended or sleep: when and why, by whose word, and what came after them."
    criteria = link("criteria", f"{relative(PAGE, PurePosixPath('criteria.md'))}#whether-it-is-alive")
    intro = (
        f"{plural(len(ended), 'project')} that ended and {plural(len(asleep), 'dormant one')}, as of {view.as_of},"
        " kept so that nobody picks one by accident or has to find out again what became of it. They do not stand"
        f" in the README. The {criteria} say how this is decided.\n"
    )
    head = f"{front_matter('Archive', description=description)}# Archive\n"
    lines = [head, intro, *(_ended(ended, view) if ended else ()), *(_dormant(asleep, view) if asleep else ())]
    return "\n".join(lines)


def _ended(found: list[Ending], view: View) -> Iterator[str]:
    yield f"## Ended ({len(found)}) {{ #ended }}\n"
    yield f"{RULES[Activity.ENDED].capitalize()}. Listed by the year of the end.\n"
    for year, members in groupby(found, key=lambda ending: (ending.since or "")[:4]):
        yield f"### {year or 'Nobody said when'} {{ #ended-{year or 'unknown'} }}\n"
        yield _items(_ending(ending, view) for ending in members)


def _ending(ending: Ending, view: View) -> str:
    row = ending.row
    since = f' <span class="facts">{ending.since}</span>' if ending.since else ""
    name = f"**{row_link(row, view.vocabularies, PAGE)}** {badge(row)}{since}"
    page = link("source", ending.page) if ending.page else "source"
    source = f"{page}: {escape(ending.source)}, {ending.noted}" if ending.source else f"{page}, noted {ending.noted}"
    lines = (name, escape(row.entry.description), f"{escape(ending.reason)} ({source})", *_after(row, view))
    return f"- {'<br>'.join(lines)}\n"


def _after(row: SoftwareRow, view: View) -> Iterator[str]:
    """The successor, else where living ones that do the same stand."""
    if row.entry.succeeded_by:
        yield f"What came after: **{row_link(view.rows[row.entry.succeeded_by], view.vocabularies, PAGE)}**"
    elif others := view.alternatives(row):
        term = view.vocabularies.categories[row.kind][row.group]
        category = link(term.title, relative(PAGE, places.category(term.id)))
        yield f"No successor is named; {category} has {plural(len(others), 'living entry', 'living entries')}."


def _dormant(found: list[tuple[SoftwareRow, Sign]], view: View) -> Iterator[str]:
    yield f"## Dormant ({len(found)}) {{ #dormant }}\n"
    rule = RULES[Activity.DORMANT].capitalize()
    yield f"{rule}. Nobody declared them dead. Listed by the year of the last release or commit.\n"
    for year, members in groupby(found, key=lambda pair: pair[1].day.year):
        yield f"### {year} {{ #dormant-{year} }}\n"
        yield _items(_asleep(row, sign, view) for row, sign in members)


def _asleep(row: SoftwareRow, sign: Sign, view: View) -> str:
    read = f"last {sign.what} {sign.day} ({escape(sign.source)}, read {sign.observed})"
    name = f'**{row_link(row, view.vocabularies, PAGE)}** <span class="facts">{read}</span>'
    return f"- {name}<br>{escape(row.entry.description)}\n"


def _items(lines: Iterable[str]) -> str:
    return f'<div class="entries" markdown>\n\n{"".join(lines)}\n</div>\n'
