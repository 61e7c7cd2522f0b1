"""The list in README.md: living entries, one line each, by kind and category."""

import datetime as dt
from collections.abc import Iterator, Sequence

from scripts.catalogue.vocabularies import Kind
from scripts.render.markdown import escape, link, plural
from scripts.view.activity import ACTIVE_MONTHS, Activity
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View, newest_first

REGION = "catalogue"
ESTABLISHED_YEARS = 2
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
    yield f"Projects with a release or commit in the last {ACTIVE_MONTHS} months that are at least {ESTABLISHED_YEARS}"
    yield "years old come first; the other living ones are folded below them. Of each type of publication, the"
    yield f"newest {MOST_PUBLICATIONS} stand here, and all of them on the site."
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
    shown = [row for row in software if _is_established(row, as_of)]
    folded = [row for row in software if not _is_established(row, as_of)]
    if not shown:
        shown, folded = folded, []
    yield from (_software(row) for row in shown)
    yield ""
    if folded:
        yield f"<details><summary>{len(folded)} more, younger or quieter</summary>"
        yield ""
        yield from (_software(row) for row in folded)
        yield from ("", "</details>", "")


def _is_established(row: SoftwareRow, as_of: dt.date) -> bool:
    """Active, and begun long enough ago by its first release or its repository; a rule made of facts alone."""
    dates = (row.package and row.package.first_release, row.repository and row.repository.created)
    first = min((day for day in dates if day), default=None)
    return row.activity is Activity.ACTIVE and first is not None and first <= _years_before(as_of)


def _years_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - ESTABLISHED_YEARS, day=min(day.day, 28))


def _software(row: SoftwareRow) -> str:
    return f"- {link(row.name, row.link)} - {escape(row.entry.description)}{_figures(row)}"


def _figures(row: SoftwareRow) -> str:
    """What is known, each with its date, as one short sentence."""
    figures = []
    if row.package and row.package.last_release:
        figures.append(f"released {row.package.last_release}")
    elif row.last_sign:
        figures.append(f"last commit {row.last_sign}")
    if stars := row.stars:
        figures.append(f"{stars.count:,} stars on {stars.observed}")
    return f" _{row.activity.capitalize()}: {', '.join(figures)}._" if figures else ""


def _publication(row: PublicationRow) -> str:
    entry = row.entry
    details = [" and ".join(entry.authors) if len(entry.authors) < 3 else f"{entry.authors[0]} and others"]
    details += [entry.event or "", entry.published or ""]
    suffix = ", ".join(escape(detail) for detail in details if detail)
    return f"- {link(row.name, row.link)} - {escape(entry.summary[:-1])}{f' ({suffix})' if suffix else ''}."
