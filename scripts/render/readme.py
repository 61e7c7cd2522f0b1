"""The list in README.md: living entries, one line each, by kind and category."""

import datetime as dt
from collections.abc import Iterator, Sequence

from scripts.catalogue.vocabularies import Kind
from scripts.render.markdown import escape, link, plural
from scripts.render.parts import authors, last_sign
from scripts.view.activity import ACTIVE_MONTHS, ESTABLISHED_MONTHS, is_established
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View, newest_first

REGION = "catalogue"
MOST_PUBLICATIONS = 10  # of each type


def readme_region(view: View) -> str:
    """Everything between the markers. Ended and dormant projects are left out; what is not established is folded."""
    kinds = [(kind, listed(view, kind)) for kind in view.vocabularies.kinds.values()]
    kinds = [(kind, rows) for kind, rows in kinds if rows]
    return "\n".join([*_preamble(view), *_contents(view, kinds), *_sections(view, kinds)]) + "\n"


def listed(view: View, kind: Kind) -> Sequence[Row]:
    """The rows of a kind that stand in the README."""
    return [row for row in view.of_kind(kind.id) if isinstance(row, PublicationRow) or row.activity.alive]


def _preamble(view: View) -> Iterator[str]:
    left_out = sum(not row.activity.alive for row in view.software)
    living = plural(len(view.software) - left_out, "living project")
    texts = plural(len(view.publications), "publication")
    yield f"As of {view.as_of}: {living} and {texts}. The site's archive keeps {left_out} more, ended or dormant."
    yield f"Projects with a release or commit in the last {ACTIVE_MONTHS} months that are at least"
    yield f"{ESTABLISHED_MONTHS // 12} years old come first; the other living ones are folded below them."
    yield f"Of each type of publication, the newest {MOST_PUBLICATIONS} stand here, and all of them on the site."
    yield ""


def _contents(view: View, kinds: Sequence[tuple[Kind, Sequence[Row]]]) -> Iterator[str]:
    yield "## Contents"
    yield ""
    for kind, rows in kinds:
        yield f"- [{kind.title}](#{_anchor(kind.title)}) ({len(rows)})"
        for term, members in view.groups(kind, rows):
            yield f"  - [{term.title}](#{_anchor(term.title)}) ({len(members)})"
    yield ""


def _anchor(heading: str) -> str:
    """The anchor GitHub gives a heading: lower case, punctuation dropped, spaces to hyphens."""
    kept = "".join(character for character in heading.casefold() if character.isalnum() or character in " -_")
    return kept.replace(" ", "-")


def _sections(view: View, kinds: Sequence[tuple[Kind, Sequence[Row]]]) -> Iterator[str]:
    for kind, rows in kinds:
        yield from (f"{_quoting(rows)}## {escape(kind.title)}", "", f"_{kind.description}_", "")
        for term, members in view.groups(kind, rows):
            yield from (f"### {escape(term.title)}", "", f"_{term.description}_", "")
            yield from _lines(members, view.as_of)


def _quoting(rows: Sequence[Row]) -> str:
    """Titles stand as published, however they spell a word; awesome-lint reads this comment."""
    return "<!--lint disable awesome-spell-check-->\n" if isinstance(rows[0], PublicationRow) else ""


def _lines(rows: Sequence[Row], as_of: dt.date) -> Iterator[str]:
    publications = newest_first(row for row in rows if isinstance(row, PublicationRow))
    if publications:
        yield from (_publication(row) for row in publications[:MOST_PUBLICATIONS])
        yield ""
        return
    software = [row for row in rows if isinstance(row, SoftwareRow)]
    shown: list[SoftwareRow] = []
    folded: list[SoftwareRow] = []
    for row in software:
        (shown if is_established(row.activity, row.first_sign, as_of) else folded).append(row)
    if not shown:
        shown, folded = folded, []
    yield from (_software(row) for row in shown)
    yield ""
    if folded:
        yield f"<details><summary>{len(folded)} more, younger or quieter</summary>"
        yield ""
        yield from (_software(row) for row in folded)
        yield from ("", "</details>", "")


def line(row: Row) -> str:
    """How an entry stands in the list."""
    return _publication(row) if isinstance(row, PublicationRow) else _software(row)


def _software(row: SoftwareRow) -> str:
    return f"- {link(row.name, row.link)} - {escape(row.entry.description)}{_figures(row)}"


def _figures(row: SoftwareRow) -> str:
    """What is known, each with its date, as one short sentence."""
    stars = f"{row.stars.count:,} stars on {row.stars.observed}" if row.stars else ""
    figures = ", ".join(figure for figure in (last_sign(row), stars) if figure)
    return f" _{row.activity.capitalize()}: {figures}._" if figures else ""


def _publication(row: PublicationRow) -> str:
    entry = row.entry
    details = [authors(row), entry.event or "", entry.published or ""]
    suffix = ", ".join(escape(detail) for detail in details if detail)
    return f"- {link(row.name, row.link)} - {escape(entry.summary[:-1])}{f' ({suffix})' if suffix else ''}."
